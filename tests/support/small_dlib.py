"""A small .dat network of dlib, with an oracle in plain numpy."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable

import numpy as np

from support.small_models import Array, convolved


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
