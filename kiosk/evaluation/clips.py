"""A recorded clip played to the product: whom it identified, and how soon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kiosk.domain.decision import Decider
from kiosk.domain.gallery import Gallery
from kiosk.domain.ports import Embedder, FaceDetector, FrameSource
from kiosk.domain.types import Decision, Frame
from kiosk.recognition.recognizer import Recognizer


@dataclass(slots=True)
class TrackReport:
    """One tracked face.

    Attributes:
        track_id: number of the track.
        entered_s: when it was first seen, in the clip's time.
        left_s: when it was last seen.
        decisions: each new decision.
        seconds_to_decision: from the face's first frame to its first decision.
    """

    track_id: int
    entered_s: float
    left_s: float
    decisions: list[Decision]
    seconds_to_decision: float | None = None


def frames_of(source: FrameSource) -> Iterator[Frame]:
    while (frame := source.read()) is not None:
        yield frame


def track_reports(
    frames: Iterable[Frame], detector: FaceDetector, embedder: Embedder, gallery: Gallery, decider: Decider
) -> tuple[TrackReport, ...]:
    """Return the tracks of a clip in the order in which they began."""
    recognizer = Recognizer(detector, embedder, lambda: gallery, decider)
    tracks: dict[int, TrackReport] = {}
    began_s: float | None = None
    for frame in frames:
        began_s = frame.monotonic_s if began_s is None else began_s
        at_s = frame.monotonic_s - began_s
        for seen in recognizer.process(frame).observations:
            report = tracks.setdefault(seen.track_id, TrackReport(seen.track_id, at_s, at_s, []))
            report.left_s = at_s
            if seen.is_new and seen.decision is not None:
                report.decisions.append(seen.decision)
                if report.seconds_to_decision is None:
                    report.seconds_to_decision = seen.seconds_to_decision
    return tuple(tracks.values())
