"""From observations to the state that is shown at each face."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from kiosk.domain.frame_result import FrameResult, Observation
from kiosk.domain.quality import Quality, Reason
from kiosk.domain.types import Box, DecisionStatus

# Words that changed with every frame could not be read; only a recognition is shown at once.
SETTLES_AFTER_S = 0.35
# How much of the way to its new place a frame goes with each result: less is calmer, more is nearer.
SMOOTHING = 0.6
# How long the tick of a recognised face is drawn.
TICK_S = 0.25


class FaceState(Enum):
    """What is shown at a face."""

    LOOKING = "looking"
    RECOGNISED = "recognised"
    COME_CLOSER = "come_closer"
    LOOK_AT_CAMERA = "look_at_camera"
    STEP_INTO_PICTURE = "step_into_picture"
    TOO_DARK = "too_dark"
    TOO_BRIGHT = "too_bright"
    HOLD_STILL = "hold_still"
    UNCOVER_EYES = "uncover_eyes"
    UNCOVER_FACE = "uncover_face"
    LOOK_AGAIN = "look_again"
    NOT_RECOGNISED = "not_recognised"


_BY_DECISION = {
    DecisionStatus.MATCH: FaceState.RECOGNISED,
    DecisionStatus.LOW_CONFIDENCE: FaceState.LOOK_AGAIN,
    DecisionStatus.UNKNOWN: FaceState.NOT_RECOGNISED,
    DecisionStatus.NO_FACE: FaceState.LOOKING,
}
_BY_REASON = {
    Reason.TOO_SMALL: FaceState.COME_CLOSER,
    Reason.CUT_OFF: FaceState.STEP_INTO_PICTURE,
    Reason.TURNED_AWAY: FaceState.LOOK_AT_CAMERA,
    Reason.UNCERTAIN_FACE: FaceState.LOOK_AT_CAMERA,
    Reason.TOO_DARK: FaceState.TOO_DARK,
    Reason.LOW_CONTRAST: FaceState.TOO_DARK,
    Reason.TOO_BRIGHT: FaceState.TOO_BRIGHT,
    Reason.TOO_BLURRED: FaceState.HOLD_STILL,
    Reason.EYES_COVERED: FaceState.UNCOVER_EYES,
    Reason.FACE_COVERED: FaceState.UNCOVER_FACE,
}


@dataclass(frozen=True, slots=True)
class FaceMark:
    """A face to be framed.

    Attributes:
        box_xyxy: in pixels of the camera's picture.
        ring: how far the ring round it has closed, in [0, 1].
        tick: how much of the tick of a recognised face is drawn, in [0, 1].
    """

    track_id: int
    box_xyxy: Box
    state: FaceState
    ring: float = 0.0
    tick: float = 1.0


def state_of(observation: Observation) -> FaceState:
    """Return the state of a face in one observation alone."""
    if observation.decision is not None:
        return _BY_DECISION[observation.decision.status]
    if observation.quality is None:
        return FaceState.LOOKING
    return _advice(observation.quality)


def _advice(quality: Quality) -> FaceState:
    advised = (*quality.reasons, *quality.advice)
    return next((_BY_REASON[reason] for reason in advised if reason in _BY_REASON), FaceState.LOOKING)


@dataclass(frozen=True, slots=True)
class _Shown:
    mark: FaceMark
    wanted: FaceState
    wanted_since_s: float


class FaceMarks:
    """Smooths positions and states from result to result, so that frames glide and labels can be read.

    less_motion: there is no ring, and the tick is there at once.
    """

    def __init__(self, *, less_motion: bool = False) -> None:
        self._less_motion = less_motion
        self._shown: dict[int, _Shown] = {}

    @property
    def marks(self) -> tuple[FaceMark, ...]:
        """The faces to be framed now."""
        return tuple(shown.mark for shown in self._shown.values())

    def update(self, result: FrameResult) -> None:
        """Follow a new result; tracks that are not in it are dropped."""
        at_s = result.frame.monotonic_s
        self._shown = {
            observation.track_id: self._follow(observation, self._shown.get(observation.track_id), at_s)
            for observation in result.observations
        }

    def clear(self) -> None:
        self._shown = {}

    def _follow(self, observation: Observation, before: _Shown | None, at_s: float) -> _Shown:
        wanted = state_of(observation)
        if before is None:
            tick = 1.0 if self._less_motion else 0.0
            return _Shown(FaceMark(observation.track_id, observation.box_xyxy, wanted, tick=tick), wanted, at_s)
        since_s = before.wanted_since_s if before.wanted is wanted else at_s
        at_once = wanted is FaceState.RECOGNISED
        settled = at_once or at_s - since_s >= SETTLES_AFTER_S
        box = _glide(before.mark.box_xyxy, observation.box_xyxy)
        mark = replace(before.mark, box_xyxy=box, state=wanted if settled else before.mark.state)
        if not self._less_motion:
            ring = before.mark.ring + SMOOTHING * (observation.evidence_share - before.mark.ring)
            mark = replace(mark, ring=ring, tick=min(1.0, (at_s - since_s) / TICK_S))
        return _Shown(mark, wanted, since_s)


def _glide(before: Box, now: Box) -> Box:
    left, top, right, bottom = (old + SMOOTHING * (new - old) for old, new in zip(before, now, strict=True))
    return left, top, right, bottom
