"""Both converters against networks computed by their definitions."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import onnxruntime
import pytest
import tflite
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import ConfigurationError
from kiosk.vision.dlib_reader import DlibReader
from kiosk.vision.dlib_to_onnx import dlib_to_onnx
from kiosk.vision.tflite_to_onnx import tflite_to_onnx
from support.small_dlib import SmallDlib
from support.small_models import Array
from support.small_tflite import SmallTflite


def computed(network: bytes, pictures: Array) -> Array:
    session = onnxruntime.InferenceSession(network, providers=["CPUExecutionProvider"])
    (vectors,) = session.run(["embedding"], {"input": pictures})
    return np.asarray(vectors)


@pytest.mark.parametrize(
    ("network", "oracle", "size_px"),
    [
        pytest.param(tflite_to_onnx(SmallTflite().content()), SmallTflite().oracle, 9, id="tflite"),
        pytest.param(
            tflite_to_onnx(SmallTflite(residual=False).content()),
            SmallTflite(residual=False).oracle,
            9,
            id="tflite-without-residual",
        ),
        pytest.param(dlib_to_onnx(SmallDlib().content()), SmallDlib().oracle, 19, id="dlib"),
    ],
)
@pytest.mark.parametrize("count", [1, 3])
def test_a_converted_network_computes_the_same(
    network: bytes, oracle: Callable[[Array], Array], size_px: int, count: int
) -> None:
    pictures = np.random.default_rng(count).normal(size=(count, 3, size_px, size_px)).astype(np.float32)
    expected = np.stack([oracle(picture) for picture in pictures])
    np.testing.assert_allclose(computed(network, pictures), expected, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"no network at all", "not a TensorFlow Lite file", id="another-file"),
        pytest.param(SmallTflite(quantised=True).content(), "quantised", id="int8"),
        pytest.param(SmallTflite(dilation=2).content(), "dilated", id="dilated"),
        pytest.param(SmallTflite(fused=tflite.ActivationFunctionType.RELU6).content(), "fused", id="fused-activation"),
        pytest.param(
            SmallTflite(last=tflite.BuiltinOperator.SOFTMAX).content(), "needs SOFTMAX", id="unknown-operator"
        ),
    ],
)
def test_a_tflite_file_that_would_come_out_wrong_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        tflite_to_onnx(content)


DAT = SmallDlib().content()


@given(length=st.integers(0, len(DAT) - 1))
def test_a_dat_file_cut_short_is_refused(length: int) -> None:
    with pytest.raises(ConfigurationError):
        dlib_to_onnx(DAT[:length])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(DAT + b"\x01\x01", "goes on after its last layer", id="more-than-a-network"),
        pytest.param(DAT.replace(b"relu_", b"htan_"), "layer htan_", id="unknown-layer"),
        pytest.param(DAT.replace(b"loss_metric_2", b"loss_binary_2"), "no loss_metric", id="another-loss"),
        pytest.param(
            DAT.replace(b"input_rgb_image_sized", b"input_rgb_image_plain"), "no pictures", id="another-input"
        ),
    ],
)
def test_a_dat_file_of_another_kind_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        dlib_to_onnx(content)


@pytest.mark.parametrize(
    ("content", "value"),
    [
        pytest.param(b"\x01\x00", 0, id="zero"),
        pytest.param(b"\x02\x00\x01", 256, id="two-bytes"),
        pytest.param(b"\x81\x04", -4, id="negative"),
    ],
)
def test_integers_of_a_dat_file(content: bytes, value: int) -> None:
    assert DlibReader(content).integer() == value


def test_a_real_number_of_a_dat_file() -> None:
    assert DlibReader(bytes.fromhex("036290f58111")).real() == pytest.approx(122.782, abs=1e-4)
