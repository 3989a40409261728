"""The converter of quantised networks against ONNX's own reference implementation."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import onnx
import pytest
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

from kiosk.errors import ConfigurationError
from kiosk.vision.quantised_to_tflite import quantised_to_tflite

Array: TypeAlias = NDArray[np.float32]
SIDE_PX, CHANNELS, DIMENSION = 8, 6, 5


class SmallQuantised:
    """A chain as OpenCV's model zoo publishes them: int8 weights in blocks, normalised, bent, flattened, weighed."""

    def __init__(self, seed: int = 1) -> None:
        self._random = np.random.default_rng(seed)
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self.last = "data"

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        self.constants.append(numpy_helper.from_array(value, name))
        return name

    def add(self, operator: str, *inputs: str, **attributes: object) -> str:
        self.last = f"t{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [self.last], **attributes))
        return self.last

    def quantised(self, name: str, shape: tuple[int, ...]) -> str:
        """Return the name of weights (out, n) in int8 blocks of three, brought to their shape again."""
        before, rows, columns = self.last, shape[0], int(np.prod(shape[1:]))
        weights = self.constant(f"{name}_q", self._random.integers(-120, 120, (rows, columns)).astype(np.int8))
        scales = self.constant(f"{name}_s", self._random.uniform(0.002, 0.01, (rows, columns // 3)).astype(np.float32))
        zeros = self.constant(f"{name}_z", self._random.integers(-9, 9, (rows, columns // 3)).astype(np.int8))
        flat = self.add("DequantizeLinear", weights, scales, zeros, axis=1, block_size=3)
        shaped = self.add("Reshape", flat, self.constant(f"{name}_shape", np.array(shape, np.int64)))
        self.last = before
        return shaped

    def normalise(self, name: str, channels: int) -> None:
        made = [self._random.uniform(low, 2, channels).astype(np.float32) for low in (0.5, -1, -1, 0.5)]
        names = [self.constant(f"{name}_{i}", value) for i, value in enumerate(made)]
        self.add("BatchNormalization", self.last, *names, epsilon=1e-3)

    def bend(self, name: str) -> None:
        slopes = self._random.uniform(-0.5, 1.8, (CHANNELS, 1, 1)).astype(np.float32)
        self.add("PRelu", self.last, self.constant(name, slopes))

    def model(self) -> onnx.ModelProto:
        self.add("Sub", "data", self.constant("mean", np.array([127.5], np.float32)))
        self.add("Mul", self.last, self.constant("scale", np.array([1 / 128], np.float32)))
        around = {"pads": [1, 1, 1, 1], "kernel_shape": [3, 3]}
        self.add("Conv", self.last, self.quantised("c1", (CHANNELS, 3, 3, 3)), strides=[2, 2], **around)
        self.normalise("n1", CHANNELS)
        self.bend("p1")
        self.add("Conv", self.last, self.quantised("c2", (CHANNELS, 1, 3, 3)), strides=[1, 1], group=CHANNELS, **around)
        self.normalise("n2", CHANNELS)
        self.bend("p2")
        pointwise = self.quantised("c3", (CHANNELS, CHANNELS, 1, 1))
        self.add("Conv", self.last, pointwise, strides=[1, 1], pads=[0, 0, 0, 0], kernel_shape=[1, 1])
        self.normalise("n3", CHANNELS)
        self.bend("p3")
        self.normalise("n4", CHANNELS)
        self.add("Dropout", self.last)
        self.add("Flatten", self.last)
        weights = self.quantised("g", (DIMENSION, CHANNELS * (SIDE_PX // 2) ** 2))
        self.add("Gemm", self.last, weights, self.constant("b", np.ones(DIMENSION, np.float32)), transB=1)
        self.normalise("n5", DIMENSION)
        return self.finished()

    def finished(self) -> onnx.ModelProto:
        picture = helper.make_tensor_value_info("data", TensorProto.FLOAT, [1, 3, SIDE_PX, SIDE_PX])
        vector = helper.make_tensor_value_info(self.last, TensorProto.FLOAT, [1, DIMENSION])
        graph = helper.make_graph(self.nodes, "small", [picture], [vector], self.constants)
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)])


def published(model: onnx.ModelProto) -> bytes:
    """Return the file with weights listed among the inputs, as the model zoo's tool writes them."""
    listed = [helper.make_tensor_value_info(t.name, t.data_type, t.dims) for t in model.graph.initializer]
    nobodys = helper.make_tensor_value_info("weights_before", TensorProto.FLOAT, [1])
    whole = onnx.ModelProto()
    whole.CopyFrom(model)
    whole.graph.input.extend([*listed, nobodys])
    return bytes(whole.SerializeToString())


@pytest.mark.parametrize("seed", range(4))
def test_the_converted_network_computes_the_same(seed: int) -> None:
    model = SmallQuantised(seed).model()
    pictures = np.random.default_rng(seed).uniform(0, 255, (3, 3, SIDE_PX, SIDE_PX)).astype(np.float32)
    reference = ReferenceEvaluator(model)
    expected = np.concatenate([reference.run(None, {"data": picture[None]})[0] for picture in pictures])
    found = np.stack([_computed(quantised_to_tflite(published(model)), picture) for picture in pictures])
    np.testing.assert_allclose(found, expected, atol=0.02 * np.abs(expected).max())


def _computed(content: bytes, picture: Array) -> Array:
    """Return what LiteRT makes of a picture (C, H, W)."""
    interpreter = Interpreter(model_content=content)
    interpreter.allocate_tensors()
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], picture.transpose(1, 2, 0)[None].copy())
    interpreter.invoke()
    vector: Array = interpreter.get_tensor(interpreter.get_output_details()[0]["index"])[0]
    return vector


def test_the_same_file_gives_the_same_bytes() -> None:
    content = published(SmallQuantised().model())
    assert quantised_to_tflite(content) == quantised_to_tflite(content)


def _branched() -> onnx.ModelProto:
    chain = SmallQuantised()
    chain.add("Conv", "data", chain.quantised("c1", (3, 3, 1, 1)), strides=[1, 1], pads=[0, 0, 0, 0])
    chain.add("PRelu", "data", chain.constant("p", np.ones((3, 1, 1), np.float32)))
    return chain.finished()


def _unknown() -> onnx.ModelProto:
    chain = SmallQuantised()
    chain.add("Sigmoid", "data")
    return chain.finished()


def _normalised_before_padding() -> onnx.ModelProto:
    chain = SmallQuantised()
    chain.normalise("n", 3)
    chain.add("Conv", chain.last, chain.quantised("c1", (3, 3, 3, 3)), strides=[1, 1], pads=[1, 1, 1, 1])
    return chain.finished()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"no network at all", "not an ONNX file", id="another file"),
        pytest.param(b"", "not one picture", id="empty"),
        pytest.param(_branched().SerializeToString(), "no chain: PRelu", id="branches"),
        pytest.param(_unknown().SerializeToString(), "needs Sigmoid", id="unknown operator"),
        pytest.param(_normalised_before_padding().SerializeToString(), "before padding", id="a shift before padding"),
    ],
)
def test_what_would_come_out_wrong_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        quantised_to_tflite(content)
