"""A chain of convolutions in ONNX form whose weights are stored in int8, as the .tflite network that is fastest.

ONNX Runtime refuses such files as OpenCV's model zoo publishes them, since their weights are listed as inputs, too.
Here the weights become float32, each BatchNormalization goes into the weights beside it, and tflite_graph.py brings
those that matter back to int8, by output instead of by block.
Source: the operators' definitions, https://onnx.ai/onnx/operators/
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import onnx
from google.protobuf.message import DecodeError
from onnx import helper, numpy_helper
from onnx.reference import ReferenceEvaluator

from kiosk.errors import ConfigurationError
from kiosk.vision.onnx_graph import Weights
from kiosk.vision.tflite_graph import TfliteGraph


def quantised_to_tflite(content: bytes) -> bytes:
    """Convert a network with one picture going in and one vector coming out.

    Args:
        content: of an .onnx file, whose input is (1, C, H, W).

    Returns:
        The content of a .tflite file, whose input is (1, H, W, C).

    Raises:
        ConfigurationError: this is no chain, or needs an operator that is not known here.
    """
    try:
        model = onnx.load_from_string(content)
    except DecodeError as error:
        raise ConfigurationError("this is not an ONNX file") from error
    return _QuantisedConverter(model).convert()


@dataclass(slots=True)
class _Layer:
    """A convolution or matrix that may still take up a BatchNormalization; weights (out, ...), bias (out,)."""

    weights: Weights
    bias: Weights
    attributes: dict[str, Any] | None

    def scale(self, factors: Weights, shifts: Weights) -> None:
        self.weights = self.weights * factors.reshape(-1, *[1] * (self.weights.ndim - 1))
        self.bias = self.bias * factors + shifts


class _QuantisedConverter:
    """One pass over the chain, in the file's order, which is the order of execution.

    What the original computes at a point is factors * tensor + shifts, by channel, of what is computed here; the next
    layer takes both up.
    """

    def __init__(self, model: onnx.ModelProto) -> None:
        self._source, self._opset = model.graph, model.opset_import
        self._constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in self._source.initializer}
        self._layer: _Layer | None = None
        self._factors, self._shifts = np.ones(1, np.float32), np.zeros(1, np.float32)

    def convert(self) -> bytes:
        read = {name for node in self._source.node for name in node.input}
        pictures = [i for i in self._source.input if i.name in read and i.name not in self._constants]
        if len(pictures) != 1 or len(self._source.output) != 1 or not self._source.node:
            raise ConfigurationError("the .onnx file has not one picture going in and one vector coming out")
        last, (_, *shape) = pictures[0].name, (d.dim_value for d in pictures[0].type.tensor_type.shape.dim)
        if len(shape) != 3:
            raise ConfigurationError("the .onnx file takes no pictures")
        self._target = TfliteGraph((shape[0], shape[1], shape[2]))
        for node in self._source.node:
            if self._is_constant(node):
                continue
            if node.input[0] != last:
                raise ConfigurationError(f"the .onnx file is no chain: {node.op_type} comes after something else")
            self._step(node)
            last = node.output[0]
        self._emit()
        return self._target.content()

    def _is_constant(self, node: onnx.NodeProto) -> bool:
        """Compute what follows from constants alone."""
        if any(name not in self._constants for name in node.input):
            return False
        graph = helper.make_graph(
            [node], "constants", [], [helper.make_empty_tensor_value_info(name) for name in node.output],
            [numpy_helper.from_array(self._constants[name], name) for name in node.input],
        )  # fmt: skip
        results = ReferenceEvaluator(helper.make_model(graph, opset_imports=self._opset)).run(None, {})
        self._constants |= dict(zip(node.output, map(np.asarray, results), strict=True))
        return True

    def _step(self, node: onnx.NodeProto) -> None:
        match node.op_type:
            case "Dropout" | "Identity" | "Flatten":
                pass
            case "BatchNormalization":
                self._normalise(node)
            case "Conv" | "Gemm":
                self._weigh(node)
            case "PRelu":
                self._bend(self._constants[node.input[1]].astype(np.float32).reshape(-1))
            case "Sub" | "Mul" if self._layer is None and (self._factors == 1).all():
                value = self._constants[node.input[1]].astype(np.float32)
                (self._target.subtract if node.op_type == "Sub" else self._target.multiply)(value)
            case _:
                raise ConfigurationError(f"the .onnx file needs {node.op_type}, which the converter does not know")

    def _weigh(self, node: onnx.NodeProto) -> None:
        """Begin a layer, with what is due from before in its weights."""
        self._emit()
        how = {a.name: helper.get_attribute_value(a) for a in node.attribute}
        weights = self._constants[node.input[1]].astype(np.float32)
        if node.op_type == "Gemm" and not how.get("transB"):
            weights = weights.T
        bias = self._constants[node.input[2]] if len(node.input) > 2 else np.zeros(len(weights))
        depthwise = node.op_type == "Conv" and how.get("group", 1) > 1
        inputs = weights.shape[0] if depthwise else weights.shape[1]
        if inputs % len(self._factors) or (node.op_type == "Conv" and self._shifts.any()):
            raise ConfigurationError("the .onnx file normalises before padding, which the converter does not know")
        # A vector made of a picture holds all pixels of a channel one after the other.
        factors, shifts = (np.repeat(v, inputs // len(v)) for v in (self._factors, self._shifts))
        bias = bias + (weights @ shifts if node.op_type == "Gemm" else 0)
        along = (-1, 1) if depthwise else (1, -1)
        weights = weights * factors.reshape(*along, *[1] * (weights.ndim - 2))
        self._layer = _Layer(weights, np.asarray(bias, np.float32), None if node.op_type == "Gemm" else how)
        self._factors, self._shifts = np.ones(1, np.float32), np.zeros(1, np.float32)

    def _normalise(self, node: onnx.NodeProto) -> None:
        gamma, beta, mean, variance = (self._constants[name].astype(np.float64) for name in node.input[1:])
        epsilon = next((a.f for a in node.attribute if a.name == "epsilon"), 1e-5)
        factors = gamma / np.sqrt(variance + epsilon)
        shifts = beta - mean * factors
        if self._layer is not None:
            self._layer.scale(factors.astype(np.float32), shifts.astype(np.float32))
        else:
            self._shifts = (self._shifts * factors + shifts).astype(np.float32)
            self._factors = (self._factors * factors).astype(np.float32)

    def _bend(self, slopes: Weights) -> None:
        self._emit()
        self._target.prelu(slopes)

    def _emit(self) -> None:
        """Append the layer that is in hand."""
        layer, self._layer = self._layer, None
        if layer is None:
            return
        if layer.attributes is None:
            self._target.vector(layer.weights, layer.bias)
        else:
            how = layer.attributes
            self._target.convolution(
                layer.weights, layer.bias,
                stride=how["strides"][0], pads=list(how["pads"]), depthwise=how.get("group", 1) > 1,
            )  # fmt: skip
