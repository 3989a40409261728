"""Recognition of single photographs, for other rooms and systems; the door recognises with recognizer.py."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

import numpy as np

from db.gallery_changes import gallery_version
from db.session import Database
from db.templates import load_templates
from kiosk.core.context import trace_id_or_new
from kiosk.core.logger import log
from kiosk.core.photographs import read_photograph
from kiosk.core.thread_pool import ThreadPool
from kiosk.domain.decision import Decider
from kiosk.domain.gallery import Gallery
from kiosk.domain.quality import Reason
from kiosk.domain.types import DecisionStatus, Embedding, Image
from kiosk.errors import InvalidInput, SampleRefused

TakeSample: TypeAlias = Callable[[Image], Embedding]
"""From a BGR photograph to the embedding of its one face. Raises SampleRefused."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """Whom a photograph shows.

    Attributes:
        status: as the door's decision; no_face for a picture without a face.
        employee_id: None unless the status is match.
        confidence: similarity with the most similar person, in [-1, 1]; None when there was nobody to compare with.
        trace_id: of the request, or a new one; the log has it, too.
    """

    status: DecisionStatus
    employee_id: int | None
    confidence: float | None
    trace_id: UUID


class CurrentGallery:
    """The gallery as the database has it now; loaded again when it has changed. Any thread may call it."""

    def __init__(self, database: Database, model_version: str) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._version: int | None = None
        self._gallery = Gallery(model_version, ())

    def __call__(self) -> Gallery:
        """Return the gallery. Raises StorageError."""
        with self._lock, self._database.reading() as session:
            version = gallery_version(session)
            if version != self._version:
                model_version = self._gallery.model_version
                self._gallery = Gallery(model_version, load_templates(session, model_version))
                self._version = version
            return self._gallery


class RecognitionService:
    """Recognition of photographs for coroutines of any event loop.

    Args:
        sample_to_enroll: the strict one, for photographs that people are enrolled from.
        sample_to_recognise: the lenient one, as at the door.
        gallery: returns whom a photograph may show.
        decider: the rule by which the door decides as well.
        inference: one thread, as the models allow.
    """

    def __init__(
        self,
        *,
        sample_to_enroll: TakeSample,
        sample_to_recognise: TakeSample,
        gallery: Callable[[], Gallery],
        decider: Decider,
        inference: ThreadPool,
    ) -> None:
        self._sample_to_enroll = sample_to_enroll
        self._sample_to_recognise = sample_to_recognise
        self._gallery = gallery
        self._decider = decider
        self._inference = inference

    async def create_embedding(self, image: bytes) -> list[float]:
        """Return the embedding, of length 1, of the one face in a photograph that is fit to be enrolled.

        Raises SampleRefused.
        """
        return await self._inference.run(self._embedding, image)

    async def recognize_face(self, image: bytes) -> Recognition:
        """Return whom a photograph shows; nothing is written. A picture without a face is an answer, too.

        Decided as at the door, where one picture is all there is: the same thresholds, lead and look-alikes.
        Raises SampleRefused for another fault of the picture, StorageError.
        """
        recognition = await self._inference.run(self._recognition, image)
        log(
            logging.INFO,
            "photograph.recognised",
            status=recognition.status,
            employee_id=recognition.employee_id,
            trace_id=recognition.trace_id,
        )
        return recognition

    async def compare_faces(self, a: Sequence[float], b: Sequence[float]) -> float:
        """Return the similarity, in [-1, 1], of two embeddings that create_embedding has made.

        Raises InvalidInput when they are none, or of different networks.
        """
        first, second = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
        lengths = np.linalg.norm(first), np.linalg.norm(second)
        if first.ndim != 1 or first.shape != second.shape or not np.allclose(lengths, 1.0, atol=1e-3):
            raise InvalidInput("two embeddings of one network are needed, each of length 1")
        return float(np.clip(first @ second, -1.0, 1.0))

    def _embedding(self, image: bytes) -> list[float]:
        vector: list[float] = self._sample_to_enroll(read_photograph(image)).vector.tolist()
        return vector

    def _recognition(self, image: bytes) -> Recognition:
        trace_id = trace_id_or_new()
        try:
            probe = self._sample_to_recognise(read_photograph(image))
        except SampleRefused as refused:
            if refused.reason != Reason.NO_FACE:
                raise
            return Recognition(DecisionStatus.NO_FACE, None, None, trace_id)
        decision = self._decider.decide_probe(probe, self._gallery())
        return Recognition(decision.status, decision.employee_id, decision.similarity, trace_id)
