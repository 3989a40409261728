"""Whether a live person stands before the camera, weighed over a whole visit: presentation attack detection (PAD).

Nothing is decided on one frame, and nothing here enters a similarity or a quality. What is measured is motion: a
picture that is held up moves as one plane with its surround, one that hangs or stands does not change at all, and a
live head moves before a background that stays.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

# A face that moves by less of its own width may only seem to.
LEAST_FACE_MOTION = 0.012
# Of what is far away, so much of the face's motion at most: otherwise it is the camera that moves.
FAR_SHARE = 0.5
LEAST_CORNERS = 6
# Motions, each from another moment on, that a verdict takes at least; and how many of the latest ones count.
LEAST_MOTIONS, LATEST_MOTIONS = 3, 30
# Share of the surround that moves with the face. Beside live heads it is near 0, and in a picture that is held up it is
# what the picture takes up beside the face (kiosk evaluate DIR --study liveness).
ATTACK_FROM, LIVE_UP_TO = 0.16, 0.08
# A living face never keeps so still; a face that does for FURNITURE_AFTER_S is a poster or a portrait on the wall.
UNCHANGED_AFTER_S, FURNITURE_AFTER_S = 4.0, 120.0


class LivenessMode(StrEnum):
    """What is done about pictures that are shown to the camera.

    Attributes:
        OFF: nothing.
        WATCH: what was seen is kept beside each event, and nobody is refused.
    """

    OFF = "off"
    WATCH = "watch"


class LivenessVerdict(StrEnum):
    """What the evidence of a visit says.

    Attributes:
        LIVE: the head moved before a surround that stayed.
        DOUBTFUL: what was seen tells neither.
        ATTACK: it moved as a picture does, or did not change at all.
    """

    LIVE = "live"
    DOUBTFUL = "doubtful"
    ATTACK = "attack"


class LivenessReason(StrEnum):
    """Why a verdict is not LIVE; stable codes.

    Attributes:
        MOVES_WITH_SURROUND: face and surround moved as one plane.
        UNCHANGED: the face did not change at all.
        LITTLE_MOTION: there were too few motions, or too little was to be seen around the face.
    """

    MOVES_WITH_SURROUND = "moves_with_surround"
    UNCHANGED = "unchanged"
    LITTLE_MOTION = "little_motion"


@dataclass(frozen=True, slots=True)
class CoMotion:
    """How a face and its surround moved from one moment to another.

    Attributes:
        face_motion: of the face, in its own widths.
        carried: number of the surround's corners that went where the face's motion carries them.
        stayed: number of the surround's corners that stayed.
        far_motion: of what is far from the face, in widths of the face.
    """

    face_motion: float
    carried: int
    stayed: int
    far_motion: float

    @property
    def tells(self) -> bool:
        """Whether it tells a picture from a head: enough moved, and not the camera."""
        moves = self.face_motion >= LEAST_FACE_MOTION and self.far_motion <= FAR_SHARE * self.face_motion
        return moves and self.carried + self.stayed >= LEAST_CORNERS

    @property
    def share(self) -> float:
        """Which part of the surround moved with the face, in [0, 1]."""
        return self.carried / max(1, self.carried + self.stayed)


@dataclass(frozen=True, slots=True)
class LivenessAssessment:
    """What a visit's evidence says so far.

    Attributes:
        verdict: of the evidence.
        reasons: why it is not LIVE.
        co_motion: median share of the surround that moved with the face, in [0, 1]; None without a motion that tells.
        motions: number of those motions.
        unchanged_s: how long the face has not changed until now.
        seen_s: how long the face has been looked at.
        is_furniture: it has not changed for minutes: nobody who comes or goes.
    """

    verdict: LivenessVerdict
    reasons: tuple[LivenessReason, ...]
    co_motion: float | None
    motions: int
    unchanged_s: float
    seen_s: float
    is_furniture: bool = False


class LivenessEvidence:
    """The evidence of one track; times are monotonic seconds."""

    def __init__(self, began_s: float, *, is_furniture: bool = False) -> None:
        """is_furniture: something that had not changed for minutes was in the same place before."""
        self._began_s = began_s
        self._changed_s = began_s
        self._shares: deque[float] = deque(maxlen=LATEST_MOTIONS)
        self._longest_unchanged_s = 0.0
        self._is_furniture = is_furniture

    def add_motion(self, motion: CoMotion) -> None:
        """Add a motion; one that does not tell is left out. Whatever moves by itself is no furniture."""
        if motion.face_motion >= LEAST_FACE_MOTION and motion.far_motion <= FAR_SHARE * motion.face_motion:
            self._is_furniture = False
        if motion.tells:
            self._shares.append(motion.share)

    def add_look(self, at_s: float, *, changed: bool) -> None:
        """Add whether the face looks different from when it last did."""
        if changed:
            self._changed_s = at_s
        self._longest_unchanged_s = max(self._longest_unchanged_s, at_s - self._changed_s)
        self._is_furniture |= at_s - self._changed_s >= FURNITURE_AFTER_S

    def assess(self, at_s: float) -> LivenessAssessment:
        """Return what the evidence says; a longer wait changes nothing in a verdict of ATTACK but more motions do."""
        share = median(self._shares) if self._shares else None
        enough = share is not None and len(self._shares) >= LEAST_MOTIONS
        carried = enough and share is not None and share >= ATTACK_FROM
        unchanged = not enough and self._longest_unchanged_s >= UNCHANGED_AFTER_S
        reasons = {LivenessReason.MOVES_WITH_SURROUND: carried, LivenessReason.UNCHANGED: unchanged}
        found = tuple(reason for reason, holds in reasons.items() if holds)
        verdict = LivenessVerdict.ATTACK if found else LivenessVerdict.DOUBTFUL
        if not found:
            if enough and share is not None and share <= LIVE_UP_TO:
                verdict = LivenessVerdict.LIVE
            else:
                found = (LivenessReason.LITTLE_MOTION,)
        return LivenessAssessment(
            verdict, found, share, len(self._shares), at_s - self._changed_s, at_s - self._began_s, self._is_furniture
        )
