"""From aligned faces to embeddings, on LiteRT, which multiplies in int8 where the network's weights are in int8."""

from __future__ import annotations

import numpy as np
from ai_edge_litert.interpreter import Interpreter

from kiosk.core.stderr import native_stderr_silenced
from kiosk.errors import ConfigurationError
from kiosk.vision.catalogue import EmbedderModel
from kiosk.vision.network_embedder import Batch, NetworkEmbedder


def open_embedder(model: EmbedderModel, content: bytes, threads: int) -> LiteRtEmbedder:
    """Load a network from the content of its .tflite file. Raises ConfigurationError."""
    return LiteRtEmbedder(content, model, threads)


class LiteRtEmbedder(NetworkEmbedder):
    """A network in TensorFlow Lite's form, which takes one picture (1, H, W, C) at a time."""

    def __init__(self, content: bytes, model: EmbedderModel, threads: int = 1) -> None:
        """Load a network from the content of a .tflite file.

        threads: of the processor for one face. Raises ConfigurationError when the network is not as the catalogue says.
        """
        super().__init__(model)
        self._interpreter = _interpreter(content, model, threads)
        inputs, outputs = self._interpreter.get_input_details(), self._interpreter.get_output_details()
        size = model.alignment.size_px
        found = [[*place["shape"].tolist()] for place in (*inputs, *outputs)]
        wanted = [[1, size, size, 3], [1, model.dimension]]
        if model.preprocessing.layout != "NHWC" or found != wanted or inputs[0]["dtype"] is not np.float32:
            raise ConfigurationError(f"{model.id}: the network takes and gives {found}, the catalogue says {wanted}")
        self._input, self._output = inputs[0]["index"], outputs[0]["index"]

    def _infer(self, batch: Batch) -> Batch:
        return np.stack([self._infer_one(picture) for picture in batch])

    def _infer_one(self, picture: Batch) -> Batch:
        self._interpreter.set_tensor(self._input, picture[None])
        self._interpreter.invoke()
        vector: Batch = self._interpreter.get_tensor(self._output)[0]
        return vector


def _interpreter(content: bytes, model: EmbedderModel, threads: int) -> Interpreter:
    try:
        with native_stderr_silenced():  # it tells how it computes
            interpreter = Interpreter(model_content=content, num_threads=threads)
            interpreter.allocate_tensors()
    except Exception as error:  # LiteRT's errors have no common base of their own
        raise ConfigurationError(f"{model.id}: this is not a network that LiteRT can load") from error
    return interpreter
