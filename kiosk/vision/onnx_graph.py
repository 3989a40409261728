"""What both converters build their networks with."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Weights: TypeAlias = NDArray[np.float32]
OPSET, IR_VERSION = 17, 8  # old enough for every ONNX Runtime since 1.14
INPUT, OUTPUT = "input", "embedding"


class OnnxGraph:
    """A network in the making: pictures (N, C, H, W) float32 in, vectors (N, D) float32 out, any N."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def add(self, operator: str, *inputs: str, **attributes: int | float | list[int] | str) -> str:
        """Append an operator and return the name of what it computes."""
        output = f"t{len(self._nodes)}"
        self._nodes.append(helper.make_node(operator, inputs, [output], **attributes))
        return output

    def constant(self, value: NDArray[np.generic]) -> str:
        """Store weights and return their name."""
        name = f"w{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def convolution(
        self, picture: str, weights: Weights, bias: Weights, *, stride: int, pads: list[int], group: int = 1
    ) -> str:
        """Append a convolution; weights (out, in / group, kernel height, width), pads top, left, bottom, right."""
        return self.add(
            "Conv",
            picture,
            self.constant(weights.astype(np.float32)),
            self.constant(bias.astype(np.float32)),
            kernel_shape=list(weights.shape[2:]),
            strides=[stride, stride],
            pads=pads,
            group=group,
        )

    def scaling(self, picture: str, factors: Weights, shifts: Weights | None = None) -> str:
        """Append a factor and a shift for each channel, as a 1x1 depthwise convolution.

        ONNX Runtime keeps convolutions in a blocked layout; Mul and Add on channels would make it turn the picture
        around and back.
        """
        count = len(factors)
        shifts = np.zeros(count, np.float32) if shifts is None else shifts
        return self.convolution(
            picture, factors.reshape(count, 1, 1, 1), shifts, stride=1, pads=[0, 0, 0, 0], group=count
        )

    def prelu(self, x: str, slopes: Weights) -> str:
        """Append a PReLU with a slope for each channel as a * x + (1 - a) * relu(x), faster than PRelu."""
        bent = self.scaling(self.add("Relu", x), 1 - slopes)
        return self.add("Add", self.scaling(x, slopes), bent)

    def signed_prelu(self, x: str, slopes: Weights) -> tuple[str, Weights]:
        """Append a PReLU whose channels of slopes over 1 come out negated; return it and the signs, 1 or -1.

        ONNX Runtime computes relu((1 - a) * x) in one go, which is right where a <= 1. Other channels are computed as
        -a * x + relu((a - 1) * x); what weighs them next has to be multiplied by the signs.
        """
        signs = np.where(slopes > 1, -1, 1).astype(np.float32)
        bent = self.add("Relu", self.scaling(x, np.abs(1 - slopes)))
        return self.add("Add", self.scaling(x, signs * slopes), bent), signs

    def model(self, picture_shape: tuple[int, int, int], vector: str, dimension: int) -> bytes:
        """Return the finished network as the content of an .onnx file.

        picture_shape: channels, height, width. vector: the name of the (N, dimension) result.
        """
        nodes = [*self._nodes, helper.make_node("Identity", [vector], [OUTPUT])]
        graph = helper.make_graph(
            nodes,
            "embedder",
            [helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, ["N", *picture_shape])],
            [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, ["N", dimension])],
            self._constants,
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
        onnx.checker.check_model(model, full_check=True)
        return bytes(model.SerializeToString(deterministic=True))
