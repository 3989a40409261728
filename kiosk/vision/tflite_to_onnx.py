"""A convolutional .tflite network as ONNX: just the operators that face embedders are made of.

TensorFlow Lite keeps pictures as (N, H, W, C), ONNX Runtime is fast with (N, C, H, W). Inside the network only the
weights have to be turned, because every operator here works on channels or on single values.
Source: the schema in the package tflite; its padding, https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import tflite

from kiosk.errors import ConfigurationError
from kiosk.vision.onnx_graph import INPUT, OnnxGraph, Weights

_NAMES = {code: name for name, code in vars(tflite.BuiltinOperator).items() if isinstance(code, int)}


def tflite_to_onnx(content: bytes) -> bytes:
    """Convert a float32 network with one picture going in and one vector coming out.

    content: of a .tflite file; its fixed batch becomes any batch. Returns the content of an .onnx file whose input is
    (N, C, H, W). Raises ConfigurationError for anything that is not among the operators known here.
    """
    if content[4:8] != b"TFL3":
        raise ConfigurationError("this is not a TensorFlow Lite file")
    return _TfliteConverter(content).convert()


@dataclass(frozen=True, slots=True)
class _Operator:
    name: str
    inputs: tuple[int, ...]
    output: int
    table: tflite.Operator


class _TfliteConverter:
    """One pass over the operators, in the file's order, which is the order of execution."""

    def __init__(self, content: bytes) -> None:
        self._file = tflite.Model.GetRootAs(content, 0)
        self._source = self._file.Subgraphs(0)
        self._target = OnnxGraph()
        self._names = {int(self._source.Inputs(0)): INPUT}
        self._signs: dict[int, Weights] = {}  # of the channels of tensors that are computed with some of them negated
        self._operators = [self._operator(i) for i in range(self._source.OperatorsLength())]

    def convert(self) -> bytes:
        operators = self._operators
        while operators:
            taken = 5 if self._is_prelu(operators[:5]) else 1
            chunk, operators = operators[:taken], operators[taken:]
            self._names[chunk[-1].output] = self._prelu(chunk) if taken == 5 else self._single(chunk[0])
        _, height, width, channels = self._shape(self._source.Inputs(0))
        result = self._source.Outputs(0)
        return self._target.model((channels, height, width), self._names[result], self._shape(result)[-1])

    def _single(self, operator: _Operator) -> str:
        match operator.name:
            case "CONV_2D" | "DEPTHWISE_CONV_2D":
                return self._convolution(operator)
            case "ADD":
                _refuse_activation(_options(operator, tflite.AddOptions()))
                return self._target.add("Add", *(self._names[i] for i in operator.inputs))
            case "RESHAPE" if self._shape(operator.inputs[0])[1:3] == (1, 1):
                return self._target.add("Flatten", self._names[operator.inputs[0]])
        raise ConfigurationError(f"the .tflite file needs {operator.name}, which the converter does not know")

    def _convolution(self, operator: _Operator) -> str:
        picture, weights_index, bias_index = operator.inputs
        weights = self._constant(weights_index)
        if depthwise := operator.name == "DEPTHWISE_CONV_2D":
            options = _options(operator, tflite.DepthwiseConv2DOptions())
            weights = weights.transpose(3, 0, 1, 2)  # (1, H, W, C) becomes (C, 1, H, W)
            weights = weights * self._signs.get(picture, np.ones(len(weights), np.float32))[:, None, None, None]
        else:
            options = _options(operator, tflite.Conv2DOptions())
            weights = weights.transpose(0, 3, 1, 2)  # (out, H, W, in) becomes (out, in, H, W)
            weights = weights * self._signs.get(picture, np.ones(weights.shape[1], np.float32))[None, :, None, None]
        _refuse_activation(options)
        if options.StrideH() != options.StrideW() or options.DilationHFactor() * options.DilationWFactor() != 1:
            raise ConfigurationError("the .tflite file has a dilated or uneven convolution, which is not supported")
        return self._target.convolution(
            self._names[picture],
            weights,
            self._constant(bias_index),
            stride=options.StrideH(),
            pads=self._pads(operator, options, weights.shape[2:]),
            group=len(weights) if depthwise else 1,
        )

    def _pads(self, operator: _Operator, options: tflite.Conv2DOptions, kernel: tuple[int, ...]) -> list[int]:
        """Return top, left, bottom, right; the odd pixel of TensorFlow's SAME goes to the bottom and right."""
        if options.Padding() == tflite.Padding.VALID:
            return [0, 0, 0, 0]
        before, after = [], []
        sizes = zip(self._shape(operator.inputs[0])[1:3], self._shape(operator.output)[1:3], kernel, strict=True)
        for size_in, size_out, size in sizes:
            whole = max(0, (size_out - 1) * options.StrideH() + size - size_in)
            before.append(whole // 2)
            after.append(whole - whole // 2)
        return [*before, *after]

    def _is_prelu(self, chunk: Sequence[_Operator]) -> bool:
        """Tell whether these are relu(x) + s * (x - |x|), which is how a PReLU of slope 2s is written out."""
        if [operator.name for operator in chunk] != ["RELU", "ABS", "SUB", "MUL", "ADD"]:
            return False
        relu, absolute, difference, product, _ = chunk
        x = relu.inputs[0]
        wired = [operator.inputs for operator in chunk]
        slope = product.inputs[0]
        return wired == [(x,), (x,), (x, absolute.output), (slope, difference.output), (relu.output, product.output)]

    def _prelu(self, chunk: Sequence[_Operator]) -> str:
        """Write a PReLU; where only convolutions read it, negated channels make it quicker (`kiosk bench`: embed)."""
        x = self._names[chunk[0].inputs[0]]
        slopes = 2 * self._constant(chunk[3].inputs[0]).reshape(-1)
        if not self._is_only_weighed(chunk[-1].output):
            return self._target.prelu(x, slopes)
        bent, self._signs[chunk[-1].output] = self._target.signed_prelu(x, slopes)
        return bent

    def _is_only_weighed(self, tensor: int) -> bool:
        """Tell whether nothing but convolutions looks at a tensor."""
        readers = [operator for operator in self._operators if tensor in operator.inputs]
        weighs = ("CONV_2D", "DEPTHWISE_CONV_2D")
        return tensor != self._source.Outputs(0) and all(operator.name in weighs for operator in readers)

    def _operator(self, index: int) -> _Operator:
        table = self._source.Operators(index)
        code = self._file.OperatorCodes(table.OpcodeIndex())
        number = max(code.BuiltinCode(), code.DeprecatedBuiltinCode())  # which of the two counts depends on the age
        inputs = tuple(int(i) for i in table.InputsAsNumpy())
        return _Operator(_NAMES.get(number, str(number)), inputs, int(table.Outputs(0)), table)

    def _shape(self, tensor: int) -> tuple[int, ...]:
        return tuple(int(size) for size in self._source.Tensors(tensor).ShapeAsNumpy())

    def _constant(self, tensor: int) -> Weights:
        stored = self._source.Tensors(tensor)
        if stored.Type() != tflite.TensorType.FLOAT32:
            raise ConfigurationError("the .tflite file is quantised; the float32 one is needed")
        content = self._file.Buffers(stored.Buffer()).DataAsNumpy()
        return np.frombuffer(content.tobytes(), dtype="<f4").reshape(self._shape(tensor))


def _options(operator: _Operator, options: tflite.Conv2DOptions) -> tflite.Conv2DOptions:
    """Lay a typed view over an operator's options; the flatbuffers classes share no base."""
    stored = operator.table.BuiltinOptions()
    options.Init(stored.Bytes, stored.Pos)
    return options


def _refuse_activation(options: tflite.Conv2DOptions) -> None:
    if options.FusedActivationFunction() != tflite.ActivationFunctionType.NONE:
        raise ConfigurationError("the .tflite file has a fused activation, which the converter does not know")
