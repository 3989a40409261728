"""From aligned faces to embeddings, on ONNX Runtime."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import onnxruntime

from kiosk.errors import ConfigurationError
from kiosk.vision.catalogue import EmbedderModel
from kiosk.vision.network_embedder import Batch, NetworkEmbedder


def open_embedder(model: EmbedderModel, content: bytes, threads: int) -> OnnxEmbedder:
    """Load a network from the content of its .onnx file. Raises ConfigurationError."""
    return OnnxEmbedder(content, model, threads)


class OnnxEmbedder(NetworkEmbedder):
    """A network in ONNX form."""

    def __init__(self, content: bytes, model: EmbedderModel, threads: int = 1) -> None:
        """Load a network from the content of an .onnx file.

        threads: of the processor for one face. Raises ConfigurationError when the network is not as the catalogue says.
        """
        super().__init__(model)
        self._session = _session(content, model, threads)
        self._input = _checked_input(self._session, model)
        self._output = self._session.get_outputs()[0].name
        self._one_at_a_time = isinstance(self._session.get_inputs()[0].shape[0], int)

    def _infer(self, batch: Batch) -> Batch:
        parts = np.split(batch, len(batch)) if self._one_at_a_time else [batch]
        return np.concatenate([self._session.run([self._output], {self._input: part})[0] for part in parts])


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
