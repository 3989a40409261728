"""A chain of layers as a .tflite network that multiplies in int8, which LiteRT is fastest with.

Pointwise convolutions and the last matrix, nearly all of the work, have int8 weights with a scale for each output;
what they multiply is brought to int8 by its own range at run time, so that no sample pictures are needed, and a
picture's vector does not depend on others. All else is computed in float32.
Source: the schema, https://github.com/google-ai-edge/LiteRT/blob/main/tflite/converter/schema/schema.fbs
"""

from __future__ import annotations

from typing import Any

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema
from numpy.typing import NDArray

from kiosk.vision.onnx_graph import Weights

_OPERATOR, _OPTIONS = schema.BuiltinOperator, schema.BuiltinOptions
_LARGEST = 127
_FIRST_VERSIONS = {_OPERATOR.CONV_2D: 5, _OPERATOR.FULLY_CONNECTED: 9}  # of those that take int8 weights by channel
_TYPES = {"float32": schema.TensorType.FLOAT32, "int8": schema.TensorType.INT8, "int32": schema.TensorType.INT32}


class TfliteGraph:
    """A network in the making: one picture (1, H, W, C) float32 in, one vector (1, D) out, layer by layer."""

    def __init__(self, picture_shape: tuple[int, int, int]) -> None:
        """picture_shape: channels, height, width."""
        channels, height, width = picture_shape
        self._model, self._graph = schema.ModelT(), schema.SubGraphT()
        self._model.version, self._model.subgraphs, self._model.operatorCodes = 3, [self._graph], []
        self._model.buffers = [schema.BufferT()]  # the first one is empty: tensors that are computed have it
        self._graph.tensors, self._graph.operators = [], []
        self._codes: dict[int, int] = {}
        self._shape = [1, height, width, channels]
        self._last = self._tensor(self._shape)
        self._graph.inputs = [self._last]

    def subtract(self, value: Weights) -> None:
        self._append(_OPERATOR.SUB, [self._constant(value)], schema.SubOptionsT(), _OPTIONS.SubOptions)

    def multiply(self, value: Weights) -> None:
        self._append(_OPERATOR.MUL, [self._constant(value)], schema.MulOptionsT(), _OPTIONS.MulOptions)

    def prelu(self, slopes: Weights) -> None:
        """Append a PReLU with a slope for each channel."""
        self._append(_OPERATOR.PRELU, [self._constant(slopes.reshape(1, 1, -1))])

    def convolution(self, weights: Weights, bias: Weights, *, stride: int, pads: list[int], depthwise: bool) -> None:
        """Append a convolution; weights (out, in or 1, kernel height, width), pads top, left, bottom, right."""
        if around := any(pads):
            self._pad(pads)
        count, _, height, width = weights.shape
        size = [(side - kernel) // stride + 1 for side, kernel in zip(self._shape[1:3], (height, width), strict=True)]
        how = schema.DepthwiseConv2DOptionsT() if depthwise else schema.Conv2DOptionsT()
        how.padding = schema.Padding.VALID
        how.strideH = how.strideW = stride
        how.dilationHFactor = how.dilationWFactor = 1
        self._shape = [1, *size, count]
        if depthwise:
            how.depthMultiplier = 1
            stored = self._constant(weights.transpose(1, 2, 3, 0))
            operator, kind = _OPERATOR.DEPTHWISE_CONV_2D, _OPTIONS.DepthwiseConv2DOptions
        else:
            stored = self._weights(weights.transpose(0, 2, 3, 1), in_int8=height == width == 1 and not around)
            operator, kind = _OPERATOR.CONV_2D, _OPTIONS.Conv2DOptions
        self._append(operator, [stored, self._constant(bias)], how, kind)

    def vector(self, weights: Weights, bias: Weights) -> None:
        """Append what makes a vector of the picture; weights (out, channels * height * width)."""
        _, height, width, channels = self._shape
        turned = weights.reshape(-1, channels, height, width).transpose(0, 2, 3, 1).reshape(len(weights), -1)
        how = schema.ReshapeOptionsT()
        self._shape = how.newShape = [1, turned.shape[1]]
        self._append(_OPERATOR.RESHAPE, [self._constant(np.array(self._shape, np.int32))], how, _OPTIONS.ReshapeOptions)
        self._shape = [1, len(weights)]
        inputs = [self._weights(turned, in_int8=True), self._constant(bias)]
        self._append(_OPERATOR.FULLY_CONNECTED, inputs, schema.FullyConnectedOptionsT(), _OPTIONS.FullyConnectedOptions)

    def content(self) -> bytes:
        """Return the finished network as the content of a .tflite file."""
        self._graph.outputs = [self._last]
        builder = flatbuffers.Builder(1 << 20)
        builder.Finish(self._model.Pack(builder), file_identifier=b"TFL3")
        return bytes(builder.Output())

    def _pad(self, pads: list[int]) -> None:
        top, left, bottom, right = pads
        _, height, width, channels = self._shape
        self._shape = [1, top + height + bottom, left + width + right, channels]
        around = self._constant(np.array([[0, 0], [top, bottom], [left, right], [0, 0]], np.int32))
        self._append(_OPERATOR.PAD, [around], schema.PadOptionsT(), _OPTIONS.PadOptions)

    def _append(self, operator: int, inputs: list[int], options: Any = None, kind: int = 0) -> None:
        """Append an operator that makes the next tensor, of the present shape, of the last one and constants."""
        made = schema.OperatorT()
        made.opcodeIndex, made.inputs = self._code(operator), [self._last, *inputs]
        if options is not None:
            made.builtinOptions, made.builtinOptionsType = options, kind
        self._last = self._tensor(self._shape)
        made.outputs = [self._last]
        self._graph.operators.append(made)

    def _code(self, operator: int) -> int:
        if operator not in self._codes:
            code = schema.OperatorCodeT()
            code.builtinCode = code.deprecatedBuiltinCode = operator
            code.version = _FIRST_VERSIONS.get(operator, 1)
            self._codes[operator] = len(self._model.operatorCodes)
            self._model.operatorCodes.append(code)
        return self._codes[operator]

    def _weights(self, weights: Weights, *, in_int8: bool) -> int:
        """Store weights (out, ...) and return their tensor's number."""
        if not in_int8:
            return self._constant(weights)
        largest = np.abs(weights.reshape(len(weights), -1)).max(axis=1)
        scales = np.where(largest > 0, largest / _LARGEST, 1).astype(np.float32)
        tensor = self._constant(np.rint(weights / scales.reshape(-1, *[1] * (weights.ndim - 1))).astype(np.int8))
        how = schema.QuantizationParametersT()
        how.scale, how.zeroPoint, how.quantizedDimension = scales, np.zeros(len(scales), np.int64), 0
        self._graph.tensors[tensor].quantization = how
        return tensor

    def _constant(self, value: NDArray[np.generic]) -> int:
        stored = schema.BufferT()
        stored.data = np.frombuffer(np.ascontiguousarray(value).tobytes(), np.uint8)
        self._model.buffers.append(stored)
        number = self._tensor(list(value.shape))
        tensor = self._graph.tensors[number]
        tensor.type, tensor.buffer = _TYPES[value.dtype.name], len(self._model.buffers) - 1
        return number

    def _tensor(self, shape: list[int]) -> int:
        tensor = schema.TensorT()
        tensor.shape, tensor.name = list(shape), f"t{len(self._graph.tensors)}".encode()
        tensor.type, tensor.buffer = schema.TensorType.FLOAT32, 0
        self._graph.tensors.append(tensor)
        return len(self._graph.tensors) - 1
