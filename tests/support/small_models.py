"""Small networks in each model format, with an oracle in plain numpy."""

from __future__ import annotations

import hashlib
import math
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import flatbuffers
import numpy as np
import onnx
import tflite
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Array: TypeAlias = NDArray[np.float32]


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def onnx_embedder(
    dimension: int = 16, size_px: int = 112, *, batch: int | str = "N", layout: str = "NCHW", factor: float = 1.0
) -> bytes:
    """Return a network in the manner of ArcFace's: averages of a 4 x 4 grid, times a matrix, times a factor."""
    weights = np.random.default_rng(dimension).normal(size=(48, dimension)).astype(np.float32)
    with np.errstate(all="ignore"):
        constant = numpy_helper.from_array(weights * np.float32(factor), "weights")
    cell = size_px // 4
    turned = layout == "NHWC"
    picture = [size_px, size_px, 3] if turned else [3, size_px, size_px]
    nodes = [helper.make_node("Transpose", ["data"], ["picture"], perm=[0, 3, 1, 2])] if turned else []
    nodes += [
        helper.make_node("AveragePool", [nodes[0].output[0] if turned else "data"], ["grid"], kernel_shape=[cell, cell],
                         strides=[cell, cell]),
        helper.make_node("Flatten", ["grid"], ["flat"]),
        helper.make_node("MatMul", ["flat", "weights"], ["fc1"]),
    ]  # fmt: skip
    graph = helper.make_graph(
        nodes,
        "arcface",
        [helper.make_tensor_value_info("data", TensorProto.FLOAT, [batch, *picture])],
        [helper.make_tensor_value_info("fc1", TensorProto.FLOAT, [batch, dimension])],
        [constant],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


def convolved(
    picture: Array, weights: Array, bias: Array, stride: int, pads: Sequence[int], *, groups: int = 1
) -> Array:
    """Convolve (C, H, W) by the definition; weights (out, in / groups, h, w); pads top, left, bottom, right."""
    top, left, bottom, right = pads
    padded = np.pad(picture, ((0, 0), (top, bottom), (left, right)))
    count, per_group, rows, columns = weights.shape
    height, width = ((padded.shape[i + 1] - size) // stride + 1 for i, size in enumerate((rows, columns)))
    result = np.empty((count, height, width), np.float32)
    for channel in range(count):
        first = channel // (count // groups) * per_group
        for y in range(height):
            for x in range(width):
                part = padded[
                    first : first + per_group, y * stride : y * stride + rows, x * stride : x * stride + columns
                ]
                result[channel, y, x] = (part * weights[channel]).sum() + bias[channel]
    return result


def same_pads(size: int, kernel: int, stride: int) -> list[int]:
    """TensorFlow's SAME for a square picture: as many outputs as size / stride, the odd pixel below and right."""
    whole = max((math.ceil(size / stride) - 1) * stride + kernel - size, 0)
    return [whole // 2, whole // 2, whole - whole // 2, whole - whole // 2]


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


class SmallDlib:
    """A .dat file of 19 x 19 pictures and vectors of 5: a plain residual block, then one that halves the picture."""

    size_px = 19
    dimension = 5

    def __init__(self) -> None:
        random = np.random.default_rng(3)

        def convolution(outputs: int, inputs: int) -> tuple[Array, Array]:
            weights = random.normal(size=(outputs, inputs, 3, 3)) / np.sqrt(9 * inputs)
            return weights.astype(np.float32), random.normal(size=outputs).astype(np.float32)

        sizes = ((4, 3), (4, 4), (4, 4), (6, 4), (6, 6))
        self.convolutions = [convolution(*size) for size in sizes]
        self.affines = [random.normal(size=(2, size[0])).astype(np.float32) for size in sizes]
        self.matrix = random.normal(size=(6, self.dimension)).astype(np.float32)

    def content(self) -> bytes:
        tag = None
        layers: list[bytes | None] = [
            *self._step(0, stride=2, pad=0),
            _string("relu_"),
            _string("max_pool_2") + _integers(3, 3, 2, 2, 0, 0),
            tag,
            *self._step(1, stride=1, pad=1),
            _string("relu_"),
            *self._step(2, stride=1, pad=1),
            _string("add_prev_"),
            _string("relu_"),
            tag,
            *self._step(3, stride=2, pad=0),
            _string("relu_"),
            *self._step(4, stride=1, pad=1),
            tag,
            tag,
            _string("avg_pool_2") + _integers(2, 2, 2, 2, 0, 0),
            _string("add_prev_"),
            _string("relu_"),
            _string("avg_pool_2") + _integers(0, 0, 1, 1, 0, 0),
            _string("fc_2") + _integers(self.dimension, 6) + _tensor(self.matrix) + _alias(6, 5, 1, 1)
            + _alias(0, 0, 0, 0) + _integers(1) + _real(1.0) * 4,
        ]  # fmt: skip
        versions = [3, *(1 if layer is tag else 2 for layer in layers[1:])]
        head = _integers(1) + _string("loss_metric_2") + _real(0.04) + _real(0.6) + _integers(*reversed(versions))
        picture = _string("input_rgb_image_sized") + _real(122.782) + _real(117.001) + _real(104.298)
        body = b"".join(
            layer + b"110" + _tensor(np.empty((0, 0, 0, 0), np.float32)) * 3 + (_integers(1) if place == 0 else b"")
            for place, layer in enumerate(layers)
            if layer is not None
        )
        return head + picture + _integers(self.size_px, self.size_px) + body

    def oracle(self, picture: Array) -> Array:
        """Return what the network makes of (3, 19, 19), the mean taken away."""
        first = _pooled(np.maximum(self._computed(0, picture, 2, 0), 0), 3, 2, np.max)
        inner = self._computed(2, np.maximum(self._computed(1, first, 1, 1), 0), 1, 1)
        plain = np.maximum(inner + first, 0)
        block = self._computed(4, np.maximum(self._computed(3, plain, 2, 0), 0), 1, 1)
        total = np.zeros((6, 2, 2), np.float32)
        total[:, :1, :1] += block
        total[:4] += _pooled(plain, 2, 2, np.mean)
        averages: Array = np.maximum(total, 0).mean(axis=(1, 2)) @ self.matrix
        return averages

    def _computed(self, place: int, picture: Array, stride: int, pad: int) -> Array:
        gamma, beta = self.affines[place]
        result: Array = convolved(picture, *self.convolutions[place], stride, [pad] * 4)
        scaled: Array = result * gamma[:, None, None] + beta[:, None, None]
        return scaled

    def _step(self, place: int, stride: int, pad: int) -> list[bytes]:
        weights, bias = self.convolutions[place]
        count = len(bias)
        convolution = _string("con_4") + _tensor(np.concatenate([weights.reshape(-1), bias]))
        convolution += _integers(count, 3, 3, stride, stride, pad, pad)
        convolution += _alias(*weights.shape) + _alias(1, count, 1, 1) + _real(1.0) * 4
        affine = _string("affine_") + _tensor(self.affines[place]) + _alias(1, count, 1, 1) * 2 + _integers(0)
        return [convolution, affine]


def _pooled(picture: Array, size: int, stride: int, how: Callable[[Array], Array]) -> Array:
    height, width = ((extent - size) // stride + 1 for extent in picture.shape[1:])
    result = np.empty((len(picture), height, width), np.float32)
    for channel, y, x in np.ndindex(result.shape):
        part = picture[channel, y * stride : y * stride + size, x * stride : x * stride + size]
        result[channel, y, x] = how(part)
    return result


def _integers(*values: int) -> bytes:
    return b"".join(_integer(value) for value in values)


def _integer(value: int) -> bytes:
    length = max(1, (abs(value).bit_length() + 7) // 8)
    return bytes([length | (128 if value < 0 else 0)]) + abs(value).to_bytes(length, "little")


def _real(value: float) -> bytes:
    mantissa, exponent = math.frexp(value)
    return _integers(int(mantissa * 2**24), exponent - 24)


def _string(text: str) -> bytes:
    return _integer(len(text)) + text.encode()


def _tensor(values: Array) -> bytes:
    shape = values.shape if values.ndim == 4 else (values.size, 1, 1, 1)
    return _integers(2, *shape) + struct.pack(f"<{values.size}f", *values.reshape(-1))


def _alias(*shape: int) -> bytes:
    return _integers(1, *shape)
