"""What all embedders share: from aligned faces to what the network takes, and from its vectors to embeddings."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from kiosk.core.opencv import cv2
from kiosk.domain.alignment import AlignmentTemplate
from kiosk.domain.gallery import ImpostorTail
from kiosk.domain.types import Embedding, Image
from kiosk.errors import ConfigurationError
from kiosk.vision.catalogue import EmbedderModel
from kiosk.vision.golden_image import golden_image

Batch: TypeAlias = NDArray[np.float32]


class NetworkEmbedder(ABC):
    """A network of the catalogue, ready to run; for one thread at a time. Each runtime has a subclass."""

    def __init__(self, model: EmbedderModel) -> None:
        self._model = model
        self._network_s = 0.0

    @abstractmethod
    def _infer(self, batch: Batch) -> Batch:
        """Return the network's vectors of (N, C, H, W) or (N, H, W, C) float32; whatever fails may be raised."""

    @property
    def model_version(self) -> str:
        return self._model.model_version

    @property
    def dimension(self) -> int:
        return self._model.dimension

    @property
    def alignment(self) -> AlignmentTemplate:
        return self._model.alignment

    @property
    def impostor_tail(self) -> ImpostorTail:
        return self._model.impostor_tail

    @property
    def network_s(self) -> float:
        """Seconds spent inside the runtime so far."""
        return self._network_s

    def embed(self, faces_bgr: Sequence[Image]) -> tuple[Embedding, ...]:
        """Return one embedding of length 1 for each aligned face, (size, size, 3) BGR uint8.

        Raises ValueError for a face of another size, ConfigurationError when the network answers with no number:
        nothing of that call may then count as evidence.
        """
        if not faces_bgr:
            return ()
        size = self._model.alignment.size_px
        if any(face.shape != (size, size, 3) for face in faces_bgr):
            raise ValueError(f"an aligned face for {self._model.id} is ({size}, {size}, 3)")
        vectors = self._run(faces_bgr)
        clarities = [self._clarity(float(np.linalg.norm(vector.astype(np.float64)))) for vector in vectors]
        if self._model.preprocessing.mirror:
            vectors = _normalised(vectors) + _normalised(self._run([face[:, ::-1] for face in faces_bgr]))
        vectors = _normalised(vectors)
        if not (np.abs(np.linalg.norm(vectors, axis=1) - 1) < 1e-3).all():  # False for NaN, too
            raise ConfigurationError(f"{self._model.id} answers with no number; run: kiosk models verify")
        return tuple(
            Embedding(vector, self.model_version, clarity) for vector, clarity in zip(vectors, clarities, strict=True)
        )

    def golden_cosine(self) -> float | None:
        """Return how close this network comes to the published one on the golden picture; None without a vector."""
        if not self._model.golden:
            return None
        published = _normalised(np.array([self._model.golden], dtype=np.float32))
        vectors = _normalised(self._run([golden_image(self._model.alignment.size_px)]))
        return float(published[0] @ vectors[0])

    def check(self) -> None:
        """Raise ConfigurationError unless this network does what the published one does."""
        cosine = self.golden_cosine()
        if cosine is not None and not cosine >= self._model.least_cosine:  # NaN must not pass
            raise ConfigurationError(
                f"{self._model.id}: the network disagrees with the published one (cosine {cosine:.4f}, "
                f"at least {self._model.least_cosine} is needed)"
            )

    def _clarity(self, norm: float) -> float:
        if self._model.norms is None:
            return 1.0
        nothing, all_of_it = self._model.norms
        return min(max((norm - nothing) / (all_of_it - nothing), 0.0), 1.0)

    def _run(self, faces_bgr: Sequence[Image]) -> Batch:
        batch = self._preprocessed(faces_bgr)
        began_s = time.perf_counter()
        try:
            vectors = self._infer(batch)
        except Exception as error:  # the runtimes' errors have no common base of their own
            raise ConfigurationError(f"{self._model.id} fails on a face; run: kiosk models verify") from error
        self._network_s += time.perf_counter() - began_s
        return vectors.reshape(len(faces_bgr), self._model.dimension)

    def _preprocessed(self, faces_bgr: Sequence[Image]) -> Batch:
        """Return (N, C, H, W) or (N, H, W, C) float32, as the network wants it."""
        how, size = self._model.preprocessing, self._model.alignment.size_px
        batch: Batch = cv2.dnn.blobFromImages(
            list(faces_bgr), how.scale, (size, size), how.mean, swapRB=how.colour == "RGB"
        )
        return batch if how.layout == "NCHW" else np.ascontiguousarray(batch.transpose(0, 2, 3, 1))


def _normalised(vectors: Batch) -> Batch:
    """Return vectors of length 1; one that is zero or not finite becomes NaN."""
    with np.errstate(all="ignore"):
        normalised: Batch = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return normalised
