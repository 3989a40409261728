"""Detector and embedder that do no work twice, for systems that see the same frames."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import TypeVar

from kiosk.domain.alignment import AlignmentTemplate
from kiosk.domain.gallery import ImpostorTail
from kiosk.domain.ports import Embedder, FaceDetector
from kiosk.domain.types import Box, Embedding, FaceDetection, Image

Value = TypeVar("Value")


class MemoizingDetector:
    """Remembers what it found in a frame, by the frame's identity; the caller has to keep the frames as long."""

    def __init__(self, detector: FaceDetector) -> None:
        self._detector = detector
        self._seen: dict[Hashable, tuple[FaceDetection, ...]] = {}

    def detect(self, image_bgr: Image) -> tuple[FaceDetection, ...]:
        return _once(self._seen, id(image_bgr), lambda: self._detector.detect(image_bgr))

    def detect_at(self, image_bgr: Image, places: Sequence[Box]) -> tuple[FaceDetection, ...]:
        key = id(image_bgr), tuple(places)
        return _once(self._seen, key, lambda: self._detector.detect_at(image_bgr, places))

    def close(self) -> None:
        self._detector.close()


class MemoizingEmbedder:
    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._seen: dict[Hashable, Embedding] = {}

    @property
    def model_version(self) -> str:
        return self._embedder.model_version

    @property
    def alignment(self) -> AlignmentTemplate:
        return self._embedder.alignment

    @property
    def impostor_tail(self) -> ImpostorTail:
        return self._embedder.impostor_tail

    def embed(self, faces_bgr: Sequence[Image]) -> tuple[Embedding, ...]:
        return tuple(_once(self._seen, face.tobytes(), partial(self._embed, face)) for face in faces_bgr)

    def _embed(self, face_bgr: Image) -> Embedding:
        return self._embedder.embed([face_bgr])[0]


def _once(seen: dict[Hashable, Value], key: Hashable, find: Callable[[], Value]) -> Value:
    if key not in seen:
        seen[key] = find()
    return seen[key]
