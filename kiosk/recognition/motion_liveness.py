"""Presentation attack detection by motion alone, without a network: implements kiosk.domain.ports."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kiosk.domain.liveness import (
    LEAST_FACE_MOTION,
    UNCHANGED_AFTER_S,
    LivenessAssessment,
    LivenessEvidence,
    LivenessVerdict,
)
from kiosk.domain.tracking import LOST_AFTER_S, Track, box_overlap
from kiosk.domain.types import Box, Image
from kiosk.vision.co_motion import Surround, co_motion, face_blocks, surround_of

# A face is looked at this often, and less often once its evidence says that it is live.
LOOK_EVERY_S, SETTLED_EVERY_S = 0.1, 0.5
# Frames farther apart than this are not compared: too much has changed meanwhile.
REFERENCE_S = 1.0
# A mean over an eighth of the face changes by more than so many grey levels when a living face moves; noise and a
# flickering lamp change it by less.
CHANGED_LEVELS = 4.0
# Whatever covers the same place as something that was furniture is taken for it until it moves.
SAME_PLACE = 0.7
# Faces that are looked at, the largest first: a crowd is not to slow the recognition.
MOST_FACES = 2
MOST_FURNITURE = 8


@dataclass(slots=True, eq=False)
class _Watched:
    """What is remembered of one track."""

    evidence: LivenessEvidence
    box: Box
    seen_s: float
    assessment: LivenessAssessment | None = None
    looked_s: float = float("-inf")
    reference: Surround | None = None
    reference_s: float = float("-inf")
    # The face when it last changed, and where it was; the place stays, so that a face that moves away has changed.
    blocks: NDArray[np.float32] | None = None
    blocks_box: Box = (0.0, 0.0, 0.0, 0.0)


class MotionLiveness:
    """Follows how faces and their surroundings move; for one thread."""

    def __init__(self) -> None:
        self._watched: dict[int, _Watched] = {}
        self._furniture: deque[Box] = deque(maxlen=MOST_FURNITURE)

    def observe(self, image_bgr: Image, tracks: Sequence[Track], at_s: float) -> None:
        """Look at the largest faces of a frame, (H, W, 3) BGR uint8; tracks are those seen in it."""
        for track in tracks[:MOST_FACES]:
            one = self._watched.get(track.id) or self._begin(track, at_s)
            one.box, one.seen_s = track.detection.box_xyxy, at_s
            if at_s - one.looked_s >= _pause_s(one):
                self._look(one, image_bgr, at_s)
        self._watched = {i: one for i, one in self._watched.items() if at_s - one.seen_s <= LOST_AFTER_S}

    def assess(self, track_id: int) -> LivenessAssessment | None:
        """Return what is known of a track by its latest look; None for one that was not looked at."""
        one = self._watched.get(track_id)
        return None if one is None else one.assessment

    def _begin(self, track: Track, at_s: float) -> _Watched:
        box = track.detection.box_xyxy
        is_furniture = any(box_overlap(place, box) >= SAME_PLACE for place in self._furniture)
        self._watched[track.id] = _Watched(LivenessEvidence(at_s, is_furniture=is_furniture), box, at_s)
        return self._watched[track.id]

    def _look(self, one: _Watched, image_bgr: Image, at_s: float) -> None:
        one.looked_s = at_s
        motion = None if one.reference is None else co_motion(one.reference, image_bgr)
        if motion is not None:
            one.evidence.add_motion(motion)
        if motion is None or motion.face_motion >= LEAST_FACE_MOTION or at_s - one.reference_s > REFERENCE_S:
            one.reference, one.reference_s = surround_of(image_bgr, one.box), at_s
        one.evidence.add_look(at_s, changed=_has_changed(one, image_bgr))
        was_furniture = one.assessment is not None and one.assessment.is_furniture
        one.assessment = one.evidence.assess(at_s)
        if one.assessment.is_furniture and not was_furniture:
            self._furniture.append(one.box)


def _pause_s(one: _Watched) -> float:
    known = one.assessment
    if known is None:
        return LOOK_EVERY_S
    # Somebody who stands in a poster's place is to be noticed at once.
    is_surely_furniture = known.is_furniture and known.unchanged_s >= UNCHANGED_AFTER_S
    return SETTLED_EVERY_S if known.verdict is LivenessVerdict.LIVE or is_surely_furniture else LOOK_EVERY_S


def _has_changed(one: _Watched, image_bgr: Image) -> bool:
    """Compare the face with how its place looked when it last changed."""
    if one.blocks is not None:
        now = face_blocks(image_bgr, one.blocks_box)
        if float(np.abs(now - one.blocks).max()) <= CHANGED_LEVELS:
            return False
    one.blocks, one.blocks_box = face_blocks(image_bgr, one.box), one.box
    return True
