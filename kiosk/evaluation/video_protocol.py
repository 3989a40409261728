"""Visits by people who walk up to the camera, each made from a photograph."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from math import hypot
from pathlib import Path

from kiosk.core.photographs import read_photograph
from kiosk.domain.decision import Decider
from kiosk.domain.frame_result import Observation
from kiosk.domain.gallery import Gallery
from kiosk.domain.ports import Embedder, FaceDetector
from kiosk.domain.quality import PROBE_LIMITS, Limits, Reason
from kiosk.domain.tracking import Track
from kiosk.domain.types import DecisionStatus, Embedding, Frame, Image
from kiosk.errors import SampleRefused
from kiosk.evaluation.approach_clip import FRAME_S, approach_clip, approach_poses
from kiosk.evaluation.camera import LENS, eyes_px
from kiosk.evaluation.memoizing_models import MemoizingDetector, MemoizingEmbedder
from kiosk.evaluation.protocol import Progress, Result, Visit
from kiosk.evaluation.samples_cache import central_face
from kiosk.recognition.recognizer import Recognizer
from kiosk.synthetic.lens import Pose

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Setup:
    """The product's parts, as one visit after the other meets them."""

    detector: FaceDetector
    embedder: Embedder
    gallery: Gallery
    decider: Decider
    limits: Limits = PROBE_LIMITS


def visit_walking(visits: Sequence[Visit], setups: Sequence[Setup], progress: Progress) -> list[tuple[Result, ...]]:
    """Return the results of each setup, recognised frame by frame; all of them see the same frames."""
    results = []
    for done, visit in enumerate(visits, start=1):
        results.append(_visit(visit, setups))
        progress("visits", done, len(visits))
    return list(zip(*results, strict=True))


def frame_of(image_bgr: Image, index: int) -> Frame:
    """Return a made frame with its time; frames are FRAME_S apart."""
    return Frame(image_bgr, BEGINNING + timedelta(seconds=index * FRAME_S), index * FRAME_S, index)


def _visit(visit: Visit, setups: Sequence[Setup]) -> tuple[Result, ...]:
    try:
        photograph = read_photograph(visit.path)
    except SampleRefused as refused:
        return tuple(Result(visit, None, (), None, refused.reason) for _ in setups)
    face = central_face(setups[0].detector.detect(photograph), photograph)
    if face is None:
        return tuple(Result(visit, None, (), None, Reason.NO_FACE) for _ in setups)
    frames = [frame_of(image, index) for index, image in enumerate(approach_clip(photograph, face, _seed(visit.path)))]
    return tuple(_recognise(visit, frames, setup) for setup in _doing_nothing_twice(setups))


def _doing_nothing_twice(setups: Sequence[Setup]) -> list[Setup]:
    """Return the setups with detectors and embedders that remember the frames of one visit."""
    detectors = {id(setup.detector): MemoizingDetector(setup.detector) for setup in setups}
    embedders = {id(setup.embedder): MemoizingEmbedder(setup.embedder) for setup in setups}
    return [
        replace(setup, detector=detectors[id(setup.detector)], embedder=embedders[id(setup.embedder)])
        for setup in setups
    ]


def _recognise(visit: Visit, frames: Sequence[Frame], setup: Setup) -> Result:
    recognizer = Recognizer(setup.detector, setup.embedder, lambda: setup.gallery, setup.decider, setup.limits)
    watched = _Watched()
    for frame, pose in zip(frames, approach_poses(_seed(visit.path)), strict=True):
        seen = recognizer.process(frame)
        present = [track for track in recognizer.tracks if track.last_seen_s == frame.monotonic_s]
        track = _track_at(present, pose)
        if track is not None:
            watched.observations += [o for o in seen.observations if o.track_id == track.id]
            watched.weigh(track, setup.decider)
    return watched.result(visit)


@dataclass(slots=True)
class _Watched:
    """What the product made of the visitor, and of nobody else: others may be seen beside them in the photograph.

    attempts: by track and number of its samples.
    """

    observations: list[Observation] = field(default_factory=list)
    attempts: dict[tuple[int, int], Embedding] = field(default_factory=dict)
    is_sampled: bool = False

    def weigh(self, track: Track, decider: Decider) -> None:
        evidence = track.evidence
        self.is_sampled |= evidence.sample_count > 0
        if evidence.sample_count >= decider.agreeing_samples:
            self.attempts.setdefault((track.id, evidence.sample_count), evidence.fused(decider.fused_samples))

    def result(self, visit: Visit) -> Result:
        """Judge a visit by its worst moment: whoever was named wrongly once was named wrongly."""
        decided = [o for o in self.observations if o.is_new and o.decision is not None]
        decisions = [o.decision for o in decided if o.decision is not None]
        named = [decision.employee_id for decision in decisions if decision.status is DecisionStatus.MATCH]
        wrong = [person for person in named if person != visit.person]
        qualities = [o.quality for o in self.observations if o.quality is not None]
        refused = None if self.is_sampled else (qualities[-1].reasons[0] if qualities else Reason.NO_FACE)
        return Result(
            visit=visit,
            named=wrong[0] if wrong else (named[0] if named else None),
            attempts=tuple(self.attempts.values()),
            quality_score=max((quality.quality_score for quality in qualities), default=None),
            refused=refused,
            seconds_to_decision=decided[0].seconds_to_decision if decided else None,
        )


def _track_at(tracks: Sequence[Track], pose: Pose) -> Track | None:
    """Return the track of whoever stands there."""
    there_x, there_y = LENS.xy(pose)

    def away(track: Track) -> float:
        x, y = track.detection.eyes_xy.mean(axis=0)
        return hypot(x - there_x, y - there_y)

    nearest = min(tracks, key=away, default=None)
    return nearest if nearest is not None and away(nearest) < 2 * eyes_px(pose) else None


def _seed(path: Path) -> int:
    return zlib.crc32(path.name.encode())
