"""No library that the kiosk brings along tells its maker anything."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

# The smallest network: what ONNX Runtime would write down is written when a session is made.
MAKE_A_SESSION = """
import kiosk
import onnxruntime
from onnx import TensorProto, helper
ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1]) for name in "xy"]
graph = helper.make_graph([helper.make_node("Relu", ["x"], ["y"])], "relu", ends[:1], ends[1:])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
"""


@pytest.mark.parametrize("asked_before", [{}, {"ORT_DISABLE_TELEMETRY": "0"}], ids=["unset", "allowed by the machine"])
def test_onnx_runtime_keeps_no_device_id(asked_before: dict[str, str], tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ORT_", "XDG_"))}
    subprocess.run(
        [sys.executable, "-c", MAKE_A_SESSION],
        env=environment | {"HOME": str(tmp_path)} | asked_before,
        check=True,
        timeout=60,
    )
    assert [path for path in tmp_path.rglob("*") if "onnxruntime" in path.name] == []
