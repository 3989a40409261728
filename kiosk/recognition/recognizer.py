"""One frame in, what is known of each face in it out."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.core.decision import Decider
from kiosk.core.gallery import Gallery
from kiosk.core.ports import Embedder, FaceDetector
from kiosk.core.quality import PROBE_LIMITS, Limits, Quality, assess
from kiosk.core.tracking import Track, Tracker
from kiosk.core.types import Box, Decision, DecisionStatus, Embedding, Frame, Image
from kiosk.vision.warp import align_face

# A settled face is looked at again this often, in case somebody else has taken its place.
VERIFY_EVERY_S = 0.5


@dataclass(frozen=True, slots=True)
class Observation:
    """One face in one frame.

    decision: the track's present one, None while it still needs evidence.
    is_new: this frame made or changed it.
    quality: of this frame's sample; None when none was needed.
    seconds_to_decision: from the track's first frame, in the frames' time.
    """

    track_id: int
    box_xyxy: Box
    decision: Decision | None
    is_new: bool
    quality: Quality | None
    seconds_to_decision: float


@dataclass(frozen=True, slots=True, eq=False)
class FrameResult:
    """All faces of one frame; latency_ms is the work on it, from frame in hand to decisions."""

    frame: Frame
    observations: tuple[Observation, ...]
    latency_ms: float


class Recognizer:
    """Holds the tracks; not for use by two threads."""

    def __init__(
        self,
        detector: FaceDetector,
        embedder: Embedder,
        gallery: Callable[[], Gallery],
        decider: Decider,
        limits: Limits = PROBE_LIMITS,
    ) -> None:
        self._detector = detector
        self._embedder = embedder
        self._gallery = gallery
        self._decider = decider
        self._limits = limits
        self._tracker = Tracker()

    def process(self, frame: Frame) -> FrameResult:
        started_s = time.perf_counter()
        detections = self._detector.detect(frame.image_bgr)
        tracks = self._tracker.update(detections, frame.monotonic_s)
        gallery = self._gallery()
        qualities: dict[int, Quality] = {}
        aligned: dict[int, Image] = {}
        for place, track in enumerate(tracks):
            if self._needs_sample(track, gallery, frame.monotonic_s):
                image = align_face(frame.image_bgr, track.detection.landmarks_xy, self._embedder.alignment)
                qualities[place] = assess(track.detection, frame.image_bgr.shape, image, self._limits)
                if qualities[place].is_sufficient:
                    aligned[place] = image
        samples = dict(zip(aligned, self._embedder.embed(list(aligned.values())), strict=True)) if aligned else {}
        observations = tuple(
            self._observe(track, samples.get(place), qualities.get(place), gallery, frame.monotonic_s)
            for place, track in enumerate(tracks)
        )
        return FrameResult(frame, observations, (time.perf_counter() - started_s) * 1000)

    def _needs_sample(self, track: Track, gallery: Gallery, at_s: float) -> bool:
        evidence = track.evidence
        settled = (
            evidence.decision is not None
            and evidence.gallery is gallery
            and evidence.vote_count >= self._decider.agreeing_samples
        )
        return not settled or at_s - evidence.sampled_at_s >= VERIFY_EVERY_S

    def _observe(
        self, track: Track, sample: Embedding | None, quality: Quality | None, gallery: Gallery, at_s: float
    ) -> Observation:
        before = track.evidence.decision
        if sample is not None and quality is not None:
            if not track.evidence.is_same_face(sample):
                track, before = self._tracker.replace(track, at_s), None
            track.evidence.add(sample, quality.quality_score, gallery, at_s)
            track.evidence.decision = self._decider.decide(track.evidence, gallery, at_s) or before
        decision = track.evidence.decision
        return Observation(
            track_id=track.id,
            box_xyxy=track.detection.box_xyxy,
            decision=decision,
            is_new=decision is not None and (before is None or _belief(decision) != _belief(before)),
            quality=quality,
            seconds_to_decision=at_s - track.first_seen_s,
        )


def _belief(decision: Decision) -> tuple[DecisionStatus, int | None]:
    return decision.status, decision.employee_id
