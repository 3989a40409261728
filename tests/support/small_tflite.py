"""A small .tflite network, with an oracle in plain numpy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import flatbuffers
import numpy as np
import tflite
from numpy.typing import NDArray

from support.small_models import Array, convolved, same_pads


@dataclass(frozen=True)
class SmallTflite:
    """A .tflite file of 9 x 9 pictures and vectors of 4, with each operator that the converter knows.

    fused: an activation fused into the first convolution. dilation: of the first convolution.
    quantised: the first weights are int8. last: the operator at the end.
    residual: what comes out of the PReLU is added to what a convolution makes of it.
    """

    fused: int = tflite.ActivationFunctionType.NONE
    dilation: int = 1
    quantised: bool = False
    last: int = tflite.BuiltinOperator.RESHAPE
    residual: bool = True

    def content(self) -> bytes:
        return _TfliteFile(self).content()

    @staticmethod
    def weights() -> dict[str, Array]:
        random = np.random.default_rng(7)
        shapes = {
            "first": (4, 3, 3, 3),
            "first_bias": (4,),
            "slopes": (4,),
            "depthwise": (4, 1, 3, 3),
            "depthwise_bias": (4,),
            "whole": (4, 1, 5, 5),
            "whole_bias": (4,),
        }
        drawn = {name: random.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
        return drawn | {"slopes": np.array([0.25, 2.5, -0.5, 1.0], np.float32)}

    def oracle(self, picture: Array) -> Array:
        """Return what the network makes of (3, 9, 9)."""
        w = self.weights()
        first = convolved(picture, w["first"], w["first_bias"], 2, same_pads(9, 3, 2))
        bent = np.where(first > 0, first, first * w["slopes"][:, None, None])
        deep = convolved(bent, w["depthwise"], w["depthwise_bias"], 1, same_pads(5, 3, 1), groups=4)
        total = deep + bent if self.residual else deep
        return convolved(total, w["whole"], w["whole_bias"], 1, [0, 0, 0, 0], groups=4).reshape(-1)


class _TfliteFile:
    def __init__(self, form: SmallTflite) -> None:
        self._form = form
        self._builder = flatbuffers.Builder(0)
        self._tensors: list[int] = []
        self._buffers: list[int] = []
        self._operators: list[int] = []
        self._codes: list[int] = []

    def content(self) -> bytes:
        b, w, form = self._builder, SmallTflite.weights(), self._form
        picture = self._tensor((1, 9, 9, 3))
        stored = w["first"].transpose(0, 2, 3, 1)
        first_weights = self._tensor(stored.shape, stored.astype(np.int8) if form.quantised else stored)
        first = self._convolution(picture, first_weights, w["first_bias"], (1, 5, 5, 4), stride=2)
        bent = self._prelu(first, w["slopes"])
        deep = self._depthwise(bent, w["depthwise"], w["depthwise_bias"], (1, 5, 5, 4), tflite.Padding.SAME)
        total = deep
        if form.residual:
            total = self._operator(tflite.BuiltinOperator.ADD, [deep, bent], (1, 5, 5, 4), *self._add_options())
        whole = self._depthwise(total, w["whole"], w["whole_bias"], (1, 1, 1, 4), tflite.Padding.VALID)
        result = self._operator(form.last, [whole], (1, 4))
        inputs, outputs = self._ints([picture]), self._ints([result])
        tensors = self._vector(self._tensors)
        operators = self._vector(self._operators)
        tflite.SubGraphStart(b)
        tflite.SubGraphAddTensors(b, tensors)
        tflite.SubGraphAddInputs(b, inputs)
        tflite.SubGraphAddOutputs(b, outputs)
        tflite.SubGraphAddOperators(b, operators)
        graphs = self._vector([tflite.SubGraphEnd(b)])
        codes, buffers = self._vector([self._code(code) for code in self._codes]), self._vector(self._buffers)
        tflite.ModelStart(b)
        tflite.ModelAddVersion(b, 3)
        tflite.ModelAddOperatorCodes(b, codes)
        tflite.ModelAddSubgraphs(b, graphs)
        tflite.ModelAddBuffers(b, buffers)
        b.Finish(tflite.ModelEnd(b), b"TFL3")
        return bytes(b.Output())

    def _convolution(self, picture: int, weights: int, bias: Array, shape: Sequence[int], stride: int) -> int:
        b = self._builder
        tflite.Conv2DOptionsStart(b)
        tflite.Conv2DOptionsAddPadding(b, tflite.Padding.SAME)
        tflite.Conv2DOptionsAddStrideW(b, stride)
        tflite.Conv2DOptionsAddStrideH(b, stride)
        tflite.Conv2DOptionsAddDilationWFactor(b, self._form.dilation)
        tflite.Conv2DOptionsAddDilationHFactor(b, self._form.dilation)
        tflite.Conv2DOptionsAddFusedActivationFunction(b, self._form.fused)
        options = tflite.Conv2DOptionsEnd(b)
        inputs = [picture, weights, self._tensor(bias.shape, bias)]
        code, kind = tflite.BuiltinOperator.CONV_2D, tflite.BuiltinOptions.Conv2DOptions
        return self._operator(code, inputs, shape, kind, options)

    def _depthwise(self, picture: int, weights: Array, bias: Array, shape: Sequence[int], padding: int) -> int:
        b = self._builder
        tflite.DepthwiseConv2DOptionsStart(b)
        tflite.DepthwiseConv2DOptionsAddPadding(b, padding)
        tflite.DepthwiseConv2DOptionsAddStrideW(b, 1)
        tflite.DepthwiseConv2DOptionsAddStrideH(b, 1)
        tflite.DepthwiseConv2DOptionsAddDepthMultiplier(b, 1)
        options = tflite.DepthwiseConv2DOptionsEnd(b)
        stored = weights.transpose(1, 2, 3, 0)
        inputs = [picture, self._tensor(stored.shape, stored), self._tensor(bias.shape, bias)]
        code, kind = tflite.BuiltinOperator.DEPTHWISE_CONV_2D, tflite.BuiltinOptions.DepthwiseConv2DOptions
        return self._operator(code, inputs, shape, kind, options)

    def _prelu(self, x: int, slopes: Array) -> int:
        """Write a PReLU as the published network has it: relu(x) + slope / 2 * (x - |x|)."""
        code, shape = tflite.BuiltinOperator, (1, 5, 5, 4)
        positive = self._operator(code.RELU, [x], shape)
        magnitude = self._operator(code.ABS, [x], shape)
        difference = self._operator(code.SUB, [x, magnitude], shape)
        halves = self._tensor(slopes.shape, slopes / 2)
        negative = self._operator(code.MUL, [halves, difference], shape)
        return self._operator(code.ADD, [positive, negative], shape, *self._add_options())

    def _add_options(self) -> tuple[int, int]:
        tflite.AddOptionsStart(self._builder)
        return tflite.BuiltinOptions.AddOptions, tflite.AddOptionsEnd(self._builder)

    def _operator(self, code: int, inputs: list[int], shape: Sequence[int], kind: int = 0, options: int = 0) -> int:
        b, result = self._builder, self._tensor(shape)
        if code not in self._codes:
            self._codes.append(code)
        taken, given = self._ints(inputs), self._ints([result])
        tflite.OperatorStart(b)
        tflite.OperatorAddOpcodeIndex(b, self._codes.index(code))
        tflite.OperatorAddInputs(b, taken)
        tflite.OperatorAddOutputs(b, given)
        if options:
            tflite.OperatorAddBuiltinOptionsType(b, kind)
            tflite.OperatorAddBuiltinOptions(b, options)
        self._operators.append(tflite.OperatorEnd(b))
        return result

    def _tensor(self, shape: Sequence[int], data: NDArray[np.generic] | None = None) -> int:
        b = self._builder
        stored = b.CreateByteVector(np.ascontiguousarray(data).tobytes()) if data is not None else None
        tflite.BufferStart(b)
        if stored is not None:
            tflite.BufferAddData(b, stored)
        self._buffers.append(tflite.BufferEnd(b))
        sizes = self._ints(shape)
        is_int8 = data is not None and data.dtype == np.int8
        tflite.TensorStart(b)
        tflite.TensorAddShape(b, sizes)
        tflite.TensorAddType(b, tflite.TensorType.INT8 if is_int8 else tflite.TensorType.FLOAT32)
        tflite.TensorAddBuffer(b, len(self._buffers) - 1)
        self._tensors.append(tflite.TensorEnd(b))
        return len(self._tensors) - 1

    def _code(self, code: int) -> int:
        tflite.OperatorCodeStart(self._builder)
        tflite.OperatorCodeAddDeprecatedBuiltinCode(self._builder, code)
        tflite.OperatorCodeAddBuiltinCode(self._builder, code)
        return int(tflite.OperatorCodeEnd(self._builder))

    def _ints(self, values: Sequence[int]) -> int:
        return int(self._builder.CreateNumpyVector(np.array(values, dtype=np.int32)))

    def _vector(self, offsets: Sequence[int]) -> int:
        self._builder.StartVector(4, len(offsets), 4)
        for offset in reversed(offsets):
            self._builder.PrependUOffsetTRelative(offset)
        return int(self._builder.EndVector())
