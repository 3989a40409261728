"""What recognition says of one frame, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kiosk.domain.liveness import LivenessAssessment
from kiosk.domain.quality import Quality
from kiosk.domain.registration import RegistrationOutcome
from kiosk.domain.types import Box, Decision, Embedding, Frame, Points


@dataclass(frozen=True, slots=True, eq=False)
class SampledFace:
    """The face of a sample that was compared.

    Attributes:
        landmarks_xy: as in FaceDetection.
        embedding: of the network in use.
    """

    landmarks_xy: Points
    embedding: Embedding


@dataclass(frozen=True, slots=True)
class Observation:
    """One face in one frame.

    Attributes:
        decision: the track's present one; None while it still needs evidence, and while it is uncertain whether the
            face is still the one that was decided on.
        is_new: this frame made the decision or changed it.
        quality: of this frame's sample; None when none was needed.
        seconds_to_decision: from the track's first frame, in the frames' time.
        probe: the fused samples that a new decision rests on; None for no new one.
        sampled_face: of this frame's sample; None when none was compared.
        evidence_share: how many there are of the samples that a decision takes at least, in [0, 1].
        liveness: what the visit says so far of a live person; None where that is not watched.
    """

    track_id: int
    box_xyxy: Box
    decision: Decision | None
    is_new: bool
    quality: Quality | None
    seconds_to_decision: float
    probe: Embedding | None = None
    sampled_face: SampledFace | None = None
    evidence_share: float = 0.0
    liveness: LivenessAssessment | None = None


@dataclass(frozen=True, slots=True)
class StageLatency:
    """The work on one frame by its stages, in milliseconds.

    Attributes:
        detect_ms: finding the faces and following their tracks.
        assess_ms: aligning the faces, their quality, and what covers them.
        embed_ms: the embedder.
        decide_ms: searching the gallery and deciding.
    """

    detect_ms: float = 0.0
    assess_ms: float = 0.0
    embed_ms: float = 0.0
    decide_ms: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class FrameResult:
    """All faces of one frame; latency_ms is the work on it, from frame in hand to decisions, and stages its parts."""

    frame: Frame
    observations: tuple[Observation, ...]
    latency_ms: float
    stages: StageLatency = StageLatency()


@dataclass(frozen=True, slots=True, eq=False)
class Announcement:
    """A new decision, and what became of it; outcome is None where there is nothing to register."""

    result: FrameResult
    observation: Observation
    decision: Decision
    outcome: RegistrationOutcome | None


FrameListener: TypeAlias = Callable[[FrameResult, Sequence[Announcement]], None]
