"""Exposure by the face, on a camera that gathers light as real ones do, over the kernel's own structures."""

from __future__ import annotations

import errno
from pathlib import Path

import numpy as np
import pytest

from kiosk.app.face_exposure import FaceExposure, exposing_for_faces, restore_exposure
from kiosk.app.mode import Mode
from kiosk.capture.camera_controls import ExposureControls, ExposureState
from kiosk.domain.face_exposure import (
    BRIGHTEST,
    DARKEST,
    LARGEST_STEP,
    LONGEST_UNITS,
    face_brightness,
    next_exposure,
)
from kiosk.domain.frame_result import FrameResult, Observation
from kiosk.domain.types import Box, Frame, Image
from kiosk.errors import ConfigurationError, DeviceError
from kiosk.synthetic.photographs import photograph
from support.builders import make_settings
from support.camera_kernel import ABSOLUTE, AUTO, CameraKernel
from support.fakes import MORNING
from support.photographs import picture

LIMITS = (3, 2047)
FACE = photograph("obama.jpg").face
FRAME_S = 0.1
SHRINK = 8  # the brightness of a face needs no detail


def box() -> Box:
    assert FACE is not None
    x, y, half = FACE.x / SHRINK, FACE.y / SHRINK, FACE.width_px / SHRINK / 2
    return x - half, y - half, x + half, y + half


def seen_by(kernel: CameraKernel, light: float) -> Image:
    """Return the photograph as a camera shows it that exposes for so long in so much light."""
    gain = light * kernel.values[ABSOLUTE] / 156
    shown: Image = np.clip(picture("obama.jpg")[::SHRINK, ::SHRINK].astype(np.float32) * gain, 0, 255).astype(np.uint8)
    return shown


def frame(image: Image, at_s: float, *boxes: Box) -> FrameResult:
    observations = tuple(
        Observation(place, one, None, is_new=False, quality=None, seconds_to_decision=0.0)
        for place, one in enumerate(boxes)
    )
    return FrameResult(Frame(image, MORNING, at_s, 0), observations, 1.0)


@pytest.fixture
def kernel() -> CameraKernel:
    return CameraKernel()


@pytest.fixture
def controls(kernel: CameraKernel, tmp_path: Path) -> ExposureControls:
    device = tmp_path / "video0"
    device.touch()
    return ExposureControls(device, kernel.ioctl)


@pytest.fixture
def exposure(controls: ExposureControls, tmp_path: Path) -> FaceExposure:
    return FaceExposure(controls, tmp_path / "camera-exposure.json")


def watch(exposure: FaceExposure, kernel: CameraKernel, light: float, frames: int = 60, from_s: float = 0.0) -> float:
    """Let it look at so many frames in so much light, and return how bright the face is then."""
    for index in range(frames):
        exposure.listen(frame(seen_by(kernel, light), from_s + index * FRAME_S, box()), ())
    bright = face_brightness(seen_by(kernel, light), box())
    assert bright is not None
    return bright


@pytest.mark.parametrize("light", [0.5, 0.6, 1.0, 1.8, 3.0], ids="light {}".format)
def test_a_face_becomes_neither_dark_nor_bright_and_stays_so(
    exposure: FaceExposure, kernel: CameraKernel, light: float
) -> None:
    assert DARKEST <= watch(exposure, kernel, light) <= BRIGHTEST
    settled = len(kernel.log)
    watch(exposure, kernel, light, from_s=6.0)
    assert len(kernel.log) == settled, "it pumps"


def test_deep_darkness_exposes_no_longer_than_a_walking_face_bears(
    exposure: FaceExposure, kernel: CameraKernel
) -> None:
    watch(exposure, kernel, 0.1)
    assert kernel.values[ABSOLUTE] == LONGEST_UNITS


@pytest.mark.parametrize(
    ("units", "brightness", "limits", "expected"),
    [
        pytest.param(100, 125, LIMITS, 100, id="right as it is"),
        pytest.param(100, 20, LIMITS, round(100 * LARGEST_STEP), id="dark: a step at the most"),
        pytest.param(100, 250, LIMITS, round(100 / LARGEST_STEP), id="bright: a step at the most"),
        pytest.param(100, 0, LIMITS, round(100 * LARGEST_STEP), id="black"),
        pytest.param(300, 20, LIMITS, LONGEST_UNITS, id="as long as a walking face bears"),
        pytest.param(3, 250, LIMITS, 3, id="the camera's shortest"),
        pytest.param(1, 200, (1, 10), 1, id="a camera of few steps"),
        pytest.param(1, 80, (1, 10), 2, id="a step that rounding would swallow"),
    ],
)
def test_the_next_exposure(units: int, brightness: float, limits: tuple[int, int], expected: int) -> None:
    assert next_exposure(units, brightness, limits) == expected


def test_a_face_outside_of_the_picture_says_nothing() -> None:
    assert face_brightness(np.zeros((10, 10, 3), np.uint8), (100, 100, 120, 120)) is None


def test_without_a_face_the_camera_is_left_to_itself_again(
    exposure: FaceExposure, kernel: CameraKernel, tmp_path: Path
) -> None:
    watch(exposure, kernel, 0.5)
    assert kernel.values[AUTO] == 1
    image = seen_by(kernel, 0.5)
    exposure.listen(frame(image, 8.0), ())
    assert kernel.values[AUTO] == 1  # a face may look away for a moment
    exposure.listen(frame(image, 12.0), ())
    assert kernel.values[AUTO] == 3
    assert not (tmp_path / "camera-exposure.json").exists()


@pytest.mark.parametrize("before", [{AUTO: 3, ABSOLUTE: 156}, {AUTO: 1, ABSOLUTE: 90}], ids=["automatic", "by hand"])
def test_a_camera_is_given_back_at_the_end_and_after_a_crash(
    controls: ExposureControls, kernel: CameraKernel, tmp_path: Path, before: dict[int, int]
) -> None:
    path = tmp_path / "camera-exposure.json"
    for ends_by_itself in (True, False):
        kernel.values = dict(before)
        exposure = FaceExposure(controls, path)
        watch(exposure, kernel, 0.5)
        assert path.exists()
        if ends_by_itself:
            exposure.close()
        else:
            restore_exposure(controls, path)  # the next start, which knows nothing but the file
        assert kernel.values[AUTO] == before[AUTO]
        assert before[AUTO] == 3 or kernel.values == before
        assert not path.exists()


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"mode": "x", "units": 1}'], ids=repr)
def test_a_damaged_file_is_no_reason_not_to_start(
    controls: ExposureControls, kernel: CameraKernel, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "camera-exposure.json"
    path.write_bytes(content)
    restore_exposure(controls, path)
    assert not path.exists()
    assert kernel.log == []


def test_a_camera_without_the_control_is_asked_once(exposure: FaceExposure, kernel: CameraKernel) -> None:
    kernel.error = errno.EINVAL
    watch(exposure, kernel, 0.5, frames=5)
    kernel.error = None
    watch(exposure, kernel, 0.5, frames=20, from_s=1.0)
    assert kernel.log == []


def test_an_unplugged_camera_does_not_keep_the_kiosk_from_ending(exposure: FaceExposure, kernel: CameraKernel) -> None:
    watch(exposure, kernel, 0.5, frames=3)
    kernel.error = errno.ENODEV
    exposure.close()


def test_the_real_kernel_refuses_what_is_no_camera(tmp_path: Path) -> None:
    path = tmp_path / "video0"
    path.touch()
    for make in (ExposureControls(path).read, ExposureControls(path).limits, ExposureControls(tmp_path / "none").read):
        with pytest.raises(DeviceError, match="exposure of"):
            make()


def test_what_is_asked_of_the_kernel_is_understood(controls: ExposureControls, kernel: CameraKernel) -> None:
    assert controls.read() == ExposureState(3, 156)
    assert controls.limits() == LIMITS
    controls.expose(200)
    assert kernel.log == [(AUTO, 1), (ABSOLUTE, 200)]


@pytest.mark.parametrize(
    ("overrides", "is_right"),
    [
        pytest.param({"source": "/dev/video7"}, True, id="a USB camera"),
        pytest.param({"source": "rtsp://192.168.1.20/stream"}, False, id="a network camera"),
        pytest.param({"source": "clip.mp4"}, False, id="a file"),
        pytest.param({"source": "7", "camera_exposure_ms": 20}, False, id="with an exposure of its own"),
    ],
)
def test_only_a_usb_camera_can_be_told(tmp_path: Path, overrides: dict[str, object], is_right: bool) -> None:
    settings = make_settings(tmp_path, camera_face_exposure=True, **overrides)
    told: list[object] = []
    if is_right:
        with exposing_for_faces(settings, Mode.DOOR, told.append):
            assert len(told) == 1
    else:
        with (
            pytest.raises(ConfigurationError, match="needs a USB camera"),
            exposing_for_faces(settings, Mode.DOOR, told.append),
        ):
            pass


def test_it_is_off_unless_somebody_wants_it(tmp_path: Path) -> None:
    told: list[object] = []
    with exposing_for_faces(make_settings(tmp_path, source="/dev/video7"), Mode.DOOR, told.append):
        assert told == []
