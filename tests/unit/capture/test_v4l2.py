"""The list of cameras, and the numbers with which the kernel is asked for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from kiosk.__main__ import app
from kiosk.capture import v4l2
from kiosk.capture.v4l2 import CameraFormat, CameraInfo


@pytest.mark.parametrize(
    ("request_number", "in_the_kernel"),
    [
        (v4l2._QUERYCAP, 0x80685600),
        (v4l2._ENUM_FMT, 0xC0405602),
        (v4l2._ENUM_FRAMESIZES, 0xC02C564A),
        (v4l2._ENUM_FRAMEINTERVALS, 0xC034564B),
    ],
    ids=["VIDIOC_QUERYCAP", "VIDIOC_ENUM_FMT", "VIDIOC_ENUM_FRAMESIZES", "VIDIOC_ENUM_FRAMEINTERVALS"],
)
def test_the_requests_are_the_kernel_s(request_number, in_the_kernel):
    assert request_number == in_the_kernel


def test_a_device_that_is_no_camera_is_not_taken_for_one():
    with Path("/dev/null").open("rb") as device:
        assert not v4l2.is_capture_device(device.fileno())


@pytest.mark.skipif(bool(list(Path("/dev").glob("video*"))), reason="this machine has a camera")
def test_a_machine_without_a_camera_says_so_and_how_to_name_a_stream():
    result = CliRunner().invoke(app, ["cameras"])
    assert result.exit_code == 0
    assert result.stdout == "No camera is plugged in.\n"
    assert "--source rtsp://" in result.stderr


def test_cameras_are_shown_with_their_names_and_formats(monkeypatch):
    monkeypatch.setattr(
        v4l2,
        "list_cameras",
        lambda: (
            CameraInfo(
                Path("/dev/video0"),
                (Path("/dev/v4l/by-id/usb-Door"),),
                "Door Camera",
                (
                    CameraFormat("MJPG", 1280, 720, 30.0),
                    CameraFormat("MJPG", 640, 480, 60.0),
                    CameraFormat("YUYV", 640, 480, None),
                ),
            ),
            CameraInfo(Path("/dev/video2"), (), None, ()),
        ),
    )
    shown = CliRunner(env={"COLUMNS": "160"}).invoke(app, ["cameras"]).stdout
    for expected in (
        "/dev/video0",
        "or /dev/v4l/by-id/usb-Door",
        "Door Camera",
        "MJPG: 1280×720 at 30, 640×480 at 60",
        "YUYV: 640×480 ",
        "may not open it",
    ):
        assert expected in shown
