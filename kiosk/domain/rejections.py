"""Who a face is not, as the person said: believed for as long as the face stays, and a while longer.

The face goes on in another track when it was lost for a moment. A track is its successor when it begins where the face
was seen last, or when its samples resemble the face at least as much as they resemble the person who was rejected.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import hypot

from kiosk.domain.decision import Decider, Evidence
from kiosk.domain.gallery import Gallery
from kiosk.domain.tracking import Track, box_centre, box_size
from kiosk.domain.types import Box, Embedding

# The rejected face is remembered this long after it was last seen.
REMEMBERED_S = 30.0
# A face that appears within this time and this many faces' widths of the rejected one is taken for it.
SUCCEEDS_WITHIN_S = 2.0
SUCCEEDS_WITHIN_FACES = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class RejectedFace:
    """A face that was taken for somebody whom it is not.

    Attributes:
        employee_id: for whom it was taken.
        track_id: of the track that was decided on.
        box_xyxy: where it was then, in the frame's pixels.
        embedding: the fused samples that the decision rested on.
        at_s: monotonic time of that frame.
    """

    employee_id: int
    track_id: int
    box_xyxy: Box
    embedding: Embedding
    at_s: float


@dataclass(slots=True, eq=False)
class _Rejection:
    """A rejected face, where and when it was last seen, the tracks that show it, and tracks that show another face."""

    face: RejectedFace
    box_xyxy: Box
    seen_at_s: float
    shown_by: set[int] = field(default_factory=set)
    others: set[int] = field(default_factory=set)

    def is_succeeded_by(self, track: Track, at_s: float) -> bool:
        """Tell whether a track that began after the face was last seen is where that was."""
        if track.id in self.others or track.first_seen_s < self.seen_at_s or at_s - self.seen_at_s > SUCCEEDS_WITHIN_S:
            return False
        (x, y), (new_x, new_y) = box_centre(self.box_xyxy), box_centre(track.detection.box_xyxy)
        return hypot(new_x - x, new_y - y) <= SUCCEEDS_WITHIN_FACES * max(
            box_size(self.box_xyxy), box_size(track.detection.box_xyxy)
        )


class Rejections:
    """All that are in force; for the recognition thread."""

    def __init__(self, decider: Decider) -> None:
        self._decider = decider
        self._rejections: list[_Rejection] = []

    def add(self, face: RejectedFace) -> None:
        self._rejections.append(_Rejection(face, face.box_xyxy, face.at_s))

    def follow(self, tracks: Iterable[Track], at_s: float) -> None:
        """Take note of the tracks that are seen in a frame, and give each the people who it is not."""
        self._rejections = [one for one in self._rejections if at_s - one.seen_at_s <= REMEMBERED_S]
        if not self._rejections:
            return
        for track in tracks:
            for rejection in self._rejections:
                if track.id in rejection.shown_by or rejection.is_succeeded_by(track, at_s):
                    rejection.shown_by.add(track.id)
            self._apply(track)
        for rejection in self._rejections:
            for track in tracks:
                if track.id in rejection.shown_by:
                    rejection.box_xyxy, rejection.seen_at_s = track.detection.box_xyxy, at_s

    def weigh(self, track: Track, gallery: Gallery) -> None:
        """Look, after a sample, whether a track shows a rejected face or another one."""
        for rejection in self._rejections:
            if self._shows(rejection.face, track.evidence, gallery):
                rejection.shown_by.add(track.id)
                rejection.others.discard(track.id)
            elif self._shows_another(rejection.face, track.evidence, gallery):
                rejection.shown_by.discard(track.id)
                rejection.others.add(track.id)
        self._apply(track)

    def _apply(self, track: Track) -> None:
        rejected = {one.face.employee_id for one in self._rejections if track.id in one.shown_by}
        track.evidence.reject(frozenset(rejected))

    def _shows(self, face: RejectedFace, evidence: Evidence, gallery: Gallery) -> bool:
        to_face, to_person = _similarities(face, evidence, gallery)
        return to_face >= self._decider.same_face_similarity and to_face >= to_person

    def _shows_another(self, face: RejectedFace, evidence: Evidence, gallery: Gallery) -> bool:
        """Tell whether enough samples are of another face; a few bad ones of the same face are not."""
        if evidence.sample_count < self._decider.agreeing_samples:
            return False
        to_face, to_person = _similarities(face, evidence, gallery)
        is_the_person = to_person - to_face >= self._decider.minimum_margin
        return is_the_person or to_face < self._decider.same_face_similarity


def _similarities(face: RejectedFace, evidence: Evidence, gallery: Gallery) -> tuple[float, float]:
    """Return how much a track's samples resemble the rejected face, and the person whom it was taken for."""
    probe = evidence.fused()
    to_person = gallery.similarity_to(face.employee_id, probe)
    return float(face.embedding.vector @ probe.vector), -1.0 if to_person is None else to_person
