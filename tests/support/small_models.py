"""Small networks in each model format, with an oracle in plain numpy."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import onnx
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
