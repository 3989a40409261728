"""Transactions of people who walk up to the camera, each a clip made from a photograph."""

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
from kiosk.evaluation.protocol import Progress, Transaction, TransactionResult
from kiosk.evaluation.samples_cache import central_face
from kiosk.recognition.recognizer import Recognizer
from kiosk.synthetic.lens import Pose

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SystemUnderTest:
    """The parts that a transaction meets; one of them may be exchanged to see what it is worth."""

    detector: FaceDetector
    embedder: Embedder
    gallery: Gallery
    decider: Decider
    limits: Limits = PROBE_LIMITS


def run_approach_transactions(
    transactions: Sequence[Transaction], systems: Sequence[SystemUnderTest], progress: Progress
) -> list[tuple[TransactionResult, ...]]:
    """Return the results of each system, recognised frame by frame; all of them see the same frames."""
    results = []
    for done, transaction in enumerate(transactions, start=1):
        results.append(_run_on_each(transaction, systems))
        progress("visits", done, len(transactions))
    return list(zip(*results, strict=True))


def frame_of(image_bgr: Image, index: int) -> Frame:
    """Return a made frame with its time; frames are FRAME_S apart."""
    return Frame(image_bgr, BEGINNING + timedelta(seconds=index * FRAME_S), index * FRAME_S, index)


def _run_on_each(transaction: Transaction, systems: Sequence[SystemUnderTest]) -> tuple[TransactionResult, ...]:
    try:
        photograph = read_photograph(transaction.path)
    except SampleRefused as refused:
        return tuple(TransactionResult(transaction, None, (), None, refused.reason) for _ in systems)
    face = central_face(systems[0].detector.detect(photograph), photograph)
    if face is None:
        return tuple(TransactionResult(transaction, None, (), None, Reason.NO_FACE) for _ in systems)
    frames = [
        frame_of(image, index) for index, image in enumerate(approach_clip(photograph, face, _seed(transaction.path)))
    ]
    return tuple(_run_transaction(transaction, frames, system) for system in _with_memoized_models(systems))


def _with_memoized_models(systems: Sequence[SystemUnderTest]) -> list[SystemUnderTest]:
    """Return the systems with detectors and embedders that remember the frames of one transaction."""
    detectors = {id(system.detector): MemoizingDetector(system.detector) for system in systems}
    embedders = {id(system.embedder): MemoizingEmbedder(system.embedder) for system in systems}
    return [
        replace(system, detector=detectors[id(system.detector)], embedder=embedders[id(system.embedder)])
        for system in systems
    ]


def _run_transaction(transaction: Transaction, frames: Sequence[Frame], system: SystemUnderTest) -> TransactionResult:
    recognizer = Recognizer(system.detector, system.embedder, lambda: system.gallery, system.decider, system.limits)
    observed = _TransactionObservations()
    for frame, pose in zip(frames, approach_poses(_seed(transaction.path)), strict=True):
        seen = recognizer.process(frame)
        present = [track for track in recognizer.tracks if track.last_seen_s == frame.monotonic_s]
        track = _track_at(present, pose)
        if track is not None:
            observed.observations += [o for o in seen.observations if o.track_id == track.id]
            observed.record(track, system.decider)
    return observed.result(transaction)


@dataclass(slots=True)
class _TransactionObservations:
    """What the product made of the visitor, and of nobody else: others may be seen beside them in the photograph.

    Attributes:
        observations: of the visitor's tracks.
        attempts: fused probes, by track and number of its samples.
        is_sampled: whether any sample passed the quality check.
    """

    observations: list[Observation] = field(default_factory=list)
    attempts: dict[tuple[int, int], Embedding] = field(default_factory=dict)
    is_sampled: bool = False

    def record(self, track: Track, decider: Decider) -> None:
        evidence = track.evidence
        self.is_sampled |= evidence.sample_count > 0
        if evidence.sample_count >= decider.agreeing_samples:
            self.attempts.setdefault((track.id, evidence.sample_count), evidence.fused(decider.fused_samples))

    def result(self, transaction: Transaction) -> TransactionResult:
        """Judge a transaction by its worst moment: a visitor who was misidentified once was misidentified."""
        decided = [o for o in self.observations if o.is_new and o.decision is not None]
        decisions = [o.decision for o in decided if o.decision is not None]
        named = [decision.employee_id for decision in decisions if decision.status is DecisionStatus.MATCH]
        wrong = [person for person in named if person != transaction.person]
        qualities = [o.quality for o in self.observations if o.quality is not None]
        refused = None if self.is_sampled else (qualities[-1].reasons[0] if qualities else Reason.NO_FACE)
        return TransactionResult(
            transaction=transaction,
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
