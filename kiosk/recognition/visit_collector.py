"""Collects the faces of visits that leave no doubt, for templates of a new embedder; on the recognition thread.

No face is embedded or stored here: a few aligned crops stay in memory until the visit is over.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from queue import Full, Queue

from kiosk.domain.alignment import AlignmentTemplate
from kiosk.domain.embedder_switch import CertaintyRule
from kiosk.domain.frame_result import Announcement, FrameResult, Observation
from kiosk.domain.gallery import Gallery
from kiosk.domain.types import Image
from kiosk.vision.tone_mapping import tone_mapped
from kiosk.vision.warp import align_face

FACES_A_VISIT = 3
# A track that has not been seen for so long is over.
OVER_AFTER_S = 2.0
# Tracks that are watched at once: their crops take 40 KB each.
MOST_TRACKS = 20


@dataclass(frozen=True, slots=True, eq=False)
class ObservedVisit:
    """A visit of somebody who was recognised with certainty.

    Attributes:
        taken_at: of the first certain frame, aware UTC.
        faces_bgr: aligned for the new embedder, the best first; at least one.
        quality_score: of the best one, in [0, 1].
        similarity: of the least sure of the decisions.
    """

    employee_id: int
    taken_at: datetime
    faces_bgr: tuple[Image, ...]
    quality_score: float
    similarity: float


@dataclass(slots=True, eq=False)
class _Visit:
    employee_id: int
    taken_at: datetime
    seen_s: float
    similarity: float
    faces: list[tuple[float, Image]] = field(default_factory=list)
    is_doubtful: bool = False


class VisitCollector:
    """A FrameListener that passes each certain visit on, once, when it is over.

    Args:
        rule: tells which decisions are certain.
        least_similarity: returns what a single sample must reach, for the present gallery.
        gallery: returns the present gallery.
        visits: takes each visit; one that finds it full is lost.

    Attributes:
        alignment: of the new embedder; None while no visits are wanted, and then nothing is done.
    """

    def __init__(
        self,
        rule: CertaintyRule,
        least_similarity: Callable[[Gallery], float],
        gallery: Callable[[], Gallery],
        visits: Queue[ObservedVisit],
    ) -> None:
        self._rule = rule
        self._least_similarity = least_similarity
        self._gallery = gallery
        self._finished = visits
        self._visits: dict[int, _Visit] = {}
        self.alignment: AlignmentTemplate | None = None

    def __call__(self, result: FrameResult, _announcements: Sequence[Announcement]) -> None:
        alignment = self.alignment
        if alignment is None:
            self._visits.clear()
            return
        at_s = result.frame.monotonic_s
        for observation in result.observations:
            self._observe(result, observation, alignment)
        for track_id in [i for i, visit in self._visits.items() if at_s - visit.seen_s > OVER_AFTER_S]:
            self._end(self._visits.pop(track_id))

    def _observe(self, result: FrameResult, observation: Observation, alignment: AlignmentTemplate) -> None:
        visit = self._visits.get(observation.track_id)
        named = observation.decision.employee_id if observation.decision is not None else None
        if visit is not None:
            visit.seen_s = result.frame.monotonic_s
            # A face that was anybody else for a moment makes no template.
            visit.is_doubtful |= observation.decision is not None and named != visit.employee_id
        face = observation.sampled_face
        if face is None or named is None or not self._is_certain(observation, named):
            return
        decision, quality = observation.decision, observation.quality
        if decision is None or decision.similarity is None or quality is None:
            return
        aligned = align_face(result.frame.image_bgr, face.landmarks_xy, alignment)
        if tone_mapped(aligned) is not aligned:  # good enough to be recognised, not to be enrolled from
            return
        if visit is None:
            if len(self._visits) >= MOST_TRACKS:
                return
            visit = _Visit(named, result.frame.taken_at, result.frame.monotonic_s, decision.similarity)
            self._visits[observation.track_id] = visit
        visit.similarity = min(visit.similarity, decision.similarity)
        visit.faces = sorted([*visit.faces, (quality.quality_score, aligned)], key=lambda pair: -pair[0])[
            :FACES_A_VISIT
        ]

    def _is_certain(self, observation: Observation, named: int) -> bool:
        """Return whether the decision is certain, and this very sample names the same person."""
        face, quality, gallery = observation.sampled_face, observation.quality, self._gallery()
        if face is None or quality is None or observation.decision is None:
            return False
        if face.embedding.model_version != gallery.model_version:
            return False
        best = next(iter(gallery.search(face.embedding, 1)), None)
        return (
            best is not None
            and best.employee_id == named
            and best.similarity >= self._least_similarity(gallery)
            and self._rule.is_certain(observation.decision, quality.quality_score, gallery)
        )

    def _end(self, visit: _Visit) -> None:
        if visit.is_doubtful:
            return
        qualities, faces = zip(*visit.faces, strict=True)
        found = ObservedVisit(visit.employee_id, visit.taken_at, faces, max(qualities), visit.similarity)
        with suppress(Full):  # whoever comes every day comes again
            self._finished.put_nowait(found)
