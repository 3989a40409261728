"""From aligned faces to embeddings, on ONNX Runtime."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from kiosk.core.opencv import cv2
from kiosk.domain.alignment import AlignmentTemplate
from kiosk.domain.gallery import ImpostorTail
from kiosk.domain.types import Embedding, Image
from kiosk.errors import ConfigurationError
from kiosk.vision.catalogue import EmbedderModel
from kiosk.vision.golden_image import LEAST_COSINE, golden_image

Batch: TypeAlias = NDArray[np.float32]


def open_embedder(model: EmbedderModel, content: bytes, threads: int) -> OnnxEmbedder:
    """Load a network from the content of its .onnx file. Raises ConfigurationError."""
    return OnnxEmbedder(content, model, threads)


class OnnxEmbedder:
    """A network of the catalogue, ready to run; for one thread at a time."""

    def __init__(self, content: bytes, model: EmbedderModel, threads: int = 1) -> None:
        """Load a network from the content of an .onnx file.

        threads: of the processor for one face. Raises ConfigurationError when the network is not as the catalogue says.
        """
        self._model = model
        self._network_s = 0.0
        self._session = _session(content, model, threads)
        self._input = _checked_input(self._session, model)
        self._output = self._session.get_outputs()[0].name
        self._one_at_a_time = isinstance(self._session.get_inputs()[0].shape[0], int)

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
        """Seconds spent inside ONNX Runtime so far."""
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
        if self._model.preprocessing.mirror:
            vectors = _normalised(vectors) + _normalised(self._run([face[:, ::-1] for face in faces_bgr]))
        vectors = _normalised(vectors)
        if not (np.abs(np.linalg.norm(vectors, axis=1) - 1) < 1e-3).all():  # False for NaN, too
            raise ConfigurationError(f"{self._model.id} answers with no number; run: kiosk models verify")
        return tuple(Embedding(vector, self.model_version) for vector in vectors)

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
        if cosine is not None and not cosine >= LEAST_COSINE:  # NaN must not pass
            raise ConfigurationError(
                f"{self._model.id}: the network disagrees with the published one (cosine {cosine:.4f}, "
                f"at least {LEAST_COSINE} is needed)"
            )

    def _run(self, faces_bgr: Sequence[Image]) -> Batch:
        batch = self._preprocessed(faces_bgr)
        parts = np.split(batch, len(batch)) if self._one_at_a_time else [batch]
        began_s = time.perf_counter()
        try:
            results = [self._session.run([self._output], {self._input: part})[0] for part in parts]
        except Exception as error:  # ONNX Runtime's errors have no common base of their own
            raise ConfigurationError(f"{self._model.id} fails on a face; run: kiosk models verify") from error
        self._network_s += time.perf_counter() - began_s
        return np.concatenate(results).reshape(len(faces_bgr), self._model.dimension)

    def _preprocessed(self, faces_bgr: Sequence[Image]) -> Batch:
        """Return (N, C, H, W) or (N, H, W, C) float32, as the network wants it."""
        how, size = self._model.preprocessing, self._model.alignment.size_px
        batch: Batch = cv2.dnn.blobFromImages(
            list(faces_bgr), how.scale, (size, size), how.mean, swapRB=how.colour == "RGB"
        )
        return batch if how.layout == "NCHW" else np.ascontiguousarray(batch.transpose(0, 2, 3, 1))


def _session(content: bytes, model: EmbedderModel, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors, which are raised as well
    # Waiting threads sleep: between two faces they would otherwise keep a processor busy doing nothing.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime's errors have no common base of their own
        raise ConfigurationError(f"{model.id}: this is not a network that ONNX Runtime can load") from error


def _checked_input(session: onnxruntime.InferenceSession, model: EmbedderModel) -> str:
    """Return the input's name. Raises ConfigurationError when the network is not as the catalogue says."""
    inputs, outputs = session.get_inputs(), session.get_outputs()
    if len(inputs) != 1 or len(outputs) != 1:
        raise ConfigurationError(f"{model.id}: an embedder has one input and one output")
    size = model.alignment.size_px
    wanted = [1, 3, size, size] if model.preprocessing.layout == "NCHW" else [1, size, size, 3]
    if not _fits(inputs[0].shape, wanted) or inputs[0].type != "tensor(float)":
        raise ConfigurationError(f"{model.id}: the network takes {inputs[0].shape}, the catalogue says {wanted}")
    if not _fits(outputs[0].shape[-1:], [model.dimension]):
        raise ConfigurationError(f"{model.id}: dimension is {model.dimension}, the network's {outputs[0].shape[-1:]}")
    return str(inputs[0].name)


def _fits(shape: Sequence[int | str | None], wanted: Sequence[int]) -> bool:
    """Compare sizes; a name or None stands for any size."""
    return len(shape) == len(wanted) and all(
        not isinstance(found, int) or found == size for found, size in zip(shape, wanted, strict=True)
    )


def _normalised(vectors: Batch) -> Batch:
    """Return vectors of length 1; one that is zero or not finite becomes NaN."""
    with np.errstate(all="ignore"):
        normalised: Batch = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return normalised
