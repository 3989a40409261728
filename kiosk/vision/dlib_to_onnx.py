"""A residual network of dlib as ONNX.

The file names the wrappers from the output down to the input, each by a version: 2 for a layer, 1 for a tag or a skip,
3 for the layer that stands on the input. Then the layers follow from the input up, each with its name and weights.
The residual blocks are wired as in dlib's examples/dnn_face_recognition_ex.cpp: a plain one is tag, layers, add_prev;
one that halves the picture is tag, layers, tag, skip to the first tag, pooling, add_prev.
Source: dlib/dnn/core.h, layers.h and loss.h of dlib 19 and 20.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from kiosk.errors import ConfigurationError
from kiosk.vision.dlib_reader import DlibReader
from kiosk.vision.onnx_graph import INPUT, OnnxGraph

LAYER, TAG_OR_SKIP, FIRST_LAYER = 2, 1, 3


def dlib_to_onnx(content: bytes) -> bytes:
    """Convert a network with loss_metric at its end and input_rgb_image_sized at its beginning.

    content: of a .dat file. Returns the content of an .onnx file whose input is (N, 3, H, W) RGB with the mean already
    taken away, and whose output is not normalised. Raises ConfigurationError for a damaged file and unknown layers.
    """
    return _DlibConverter(content).convert()


@dataclass(frozen=True, slots=True)
class _Picture:
    """What a layer computes: the ONNX name and (channels, height, width)."""

    name: str
    shape: tuple[int, int, int]


class _DlibConverter:
    def __init__(self, content: bytes) -> None:
        self._file = DlibReader(content)
        self._graph = OnnxGraph()
        self._tags: list[_Picture] = []
        self._convert_by_name: dict[str, Callable[[_Picture], _Picture]] = {
            "con_4": self._convolution,
            "affine_": self._affine,
            "relu_": self._relu,
            "max_pool_2": partial(self._pooling, "MaxPool"),
            "avg_pool_2": partial(self._pooling, "AveragePool"),
            "add_prev_": self._addition,
            "fc_2": self._fully_connected,
        }

    def convert(self) -> bytes:
        wrappers = self._head()
        size = self._input_size()
        picture = _Picture(INPUT, size)
        for wrapper in reversed(wrappers):
            if wrapper == TAG_OR_SKIP:
                picture = self._tag_or_skip(picture)
            else:
                picture = self._layer(picture)
                self._training_state(is_first=wrapper == FIRST_LAYER)
        _require(self._file.at_end, "it goes on after its last layer")
        vector = self._graph.add("Flatten", picture.name)
        return self._graph.model(size, vector, picture.shape[0])

    def _head(self) -> list[int]:
        """Return the versions of the wrappers from the output down."""
        self._file.integer()
        _require(self._file.string() == "loss_metric_2", "it has no loss_metric at its end")
        self._file.real(), self._file.real()  # margin and threshold of the training
        wrappers = [self._file.integer()]
        while wrappers[-1] != FIRST_LAYER:
            _require(wrappers[-1] in (LAYER, TAG_OR_SKIP), f"a layer's wrapper has the version {wrappers[-1]}")
            wrappers.append(self._file.integer())
        return wrappers

    def _input_size(self) -> tuple[int, int, int]:
        _require(self._file.string() == "input_rgb_image_sized", "it takes no pictures of one size")
        for _ in "red", "green", "blue":
            self._file.real()  # the means; they stand in the catalogue
        height, width = self._file.integers(2)
        return 3, height, width

    def _tag_or_skip(self, picture: _Picture) -> _Picture:
        """Tag the beginning or the end of a block; a third mark in a row is the skip back to its beginning."""
        if len(self._tags) == 2:
            return self._tags[0]
        self._tags.append(picture)
        return picture

    def _layer(self, picture: _Picture) -> _Picture:
        name = self._file.string()
        if name not in self._convert_by_name:
            raise ConfigurationError(f"the .dat file has the layer {name[:20]}, which is not known here")
        return self._convert_by_name[name](picture)

    def _relu(self, picture: _Picture) -> _Picture:
        return _Picture(self._graph.add("Relu", picture.name), picture.shape)

    def _convolution(self, picture: _Picture) -> _Picture:
        parameters = self._file.tensor().reshape(-1)
        count, rows, columns, stride_y, stride_x, pad_y, pad_x = self._file.integers(7)
        shape, biases = self._file.shape(), self._file.shape()
        self._learning_rates()
        whole = shape == [count, picture.shape[0], rows, columns] and biases[1] == count and stride_x == stride_y
        _require(whole, "a convolution's sizes contradict each other")
        split = int(np.prod(shape))
        name = self._graph.convolution(
            picture.name,
            parameters[:split].reshape(shape),
            parameters[split:],
            stride=stride_y,
            pads=[pad_y, pad_x, pad_y, pad_x],
        )
        return _Picture(name, (count, *_moved(picture, (rows, columns), stride_y, (pad_y, pad_x))))

    def _affine(self, picture: _Picture) -> _Picture:
        """Scale and shift channels: a batch normalisation at rest, which ONNX Runtime folds into the convolution."""
        gamma, beta = np.split(self._file.tensor().reshape(-1), 2)
        self._file.shape(), self._file.shape(), self._file.integer()
        still = np.zeros_like(gamma), np.ones_like(gamma)
        constants = [self._graph.constant(value) for value in (gamma, beta, *still)]
        return _Picture(self._graph.add("BatchNormalization", picture.name, *constants, epsilon=0.0), picture.shape)

    def _pooling(self, operator: str, picture: _Picture) -> _Picture:
        rows, columns, stride_y, stride_x, pad_y, pad_x = self._file.integers(6)
        if rows == columns == 0:  # a window of no size stands for the whole picture
            return _Picture(self._graph.add("GlobalAveragePool", picture.name), (picture.shape[0], 1, 1))
        _require(pad_y == pad_x == 0 and stride_x == stride_y, "a pooling layer is padded or uneven")
        name = self._graph.add(operator, picture.name, kernel_shape=[rows, columns], strides=[stride_y, stride_x])
        return _Picture(name, (picture.shape[0], *_moved(picture, (rows, columns), stride_y, (0, 0))))

    def _addition(self, picture: _Picture) -> _Picture:
        """Add what the latest tag holds; the smaller one is filled up with zeros below, right and in channels."""
        _require(bool(self._tags), "it adds up what was not tagged")
        other = self._tags[-1]
        self._tags = []
        channels, height, width = (max(pair) for pair in zip(picture.shape, other.shape, strict=True))
        shape = channels, height, width
        return _Picture(self._graph.add("Add", self._filled(picture, shape), self._filled(other, shape)), shape)

    def _filled(self, picture: _Picture, shape: tuple[int, int, int]) -> str:
        missing = [to - have for to, have in zip(shape, picture.shape, strict=True)]
        if not any(missing):
            return picture.name
        pads = np.array([0, 0, 0, 0, 0, *missing], dtype=np.int64)
        return self._graph.add("Pad", picture.name, self._graph.constant(pads))

    def _fully_connected(self, picture: _Picture) -> _Picture:
        outputs, inputs = self._file.integers(2)
        weights = self._file.tensor().reshape(-1)
        self._file.shape(), self._file.shape()
        has_no_bias = self._file.integer()
        self._learning_rates()
        whole = has_no_bias and weights.size == inputs * outputs and inputs == np.prod(picture.shape)
        _require(bool(whole), "a fully connected layer's sizes contradict each other")
        name = self._graph.add(
            "MatMul",
            self._graph.add("Flatten", picture.name),
            self._graph.constant(weights.reshape(inputs, outputs)),
        )
        return _Picture(name, (outputs, 1, 1))

    def _learning_rates(self) -> None:
        for _ in range(4):
            self._file.real()

    def _training_state(self, *, is_first: bool) -> None:
        """Pass over what only training needs: three truth values, three empty tensors, a factor beside the input."""
        for _ in range(3):
            self._file.truth()
        for _ in range(3):
            self._file.tensor()
        if is_first:
            self._file.integer()


def _moved(picture: _Picture, window: tuple[int, int], stride: int, pads: tuple[int, int]) -> tuple[int, int]:
    """Return height and width after a window has moved over the picture."""
    _, height, width = picture.shape
    return (height + 2 * pads[0] - window[0]) // stride + 1, (width + 2 * pads[1] - window[1]) // stride + 1


def _require(condition: bool, otherwise: str) -> None:
    if not condition:
        raise ConfigurationError(f"the .dat file is damaged or of another kind: {otherwise}")
