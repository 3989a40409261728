"""From a setting's text to a source, or to a sentence that helps."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from kiosk.app.camera import build_camera_config
from kiosk.capture.playback_speed import PlaybackSpeed
from kiosk.capture.reconnecting_stream import ReconnectingStream
from kiosk.capture.replay import ImageFolder, VideoFile
from kiosk.capture.source_factory import CameraConfig, find_camera, is_live, open_source
from kiosk.capture.status import CameraFault, CameraFaultKind
from kiosk.capture.v4l2 import list_cameras
from kiosk.config.settings import Settings, load_settings
from kiosk.core.opencv import cv2
from kiosk.errors import ConfigurationError, DeviceError
from support.fakes import FakeClock
from support.rtsp_server import RtspServer

NO_SUCH_CAMERA = "97"
NOBODY = 65534


@pytest.fixture
def config() -> CameraConfig:
    return build_camera_config(Settings(_env_file=None))


def refusal(spec: str, config: CameraConfig) -> DeviceError:
    with pytest.raises(DeviceError) as error:
        open_source(spec, config, FakeClock())
    return error.value


def camera_fault(spec: str, config: CameraConfig) -> CameraFault:
    error = refusal(spec, config)
    assert isinstance(error, CameraFault)
    return error


def test_a_video_a_folder_and_an_image_are_told_apart(tmp_path, config):
    image = np.full((48, 64, 3), 90, np.uint8)
    cv2.imwrite(str(tmp_path / "one.jpg"), image)
    writer = cv2.VideoWriter(str(tmp_path / "clip.avi"), cv2.VideoWriter.fourcc(*"MJPG"), 10, (64, 48))
    writer.write(image)
    writer.release()
    opened = {
        name: open_source(str(tmp_path / name), config, FakeClock(), PlaybackSpeed.MAX)
        for name in ("clip.avi", "one.jpg", "")
    }
    assert [type(source) for source in opened.values()] == [VideoFile, ImageFolder, ImageFolder]
    assert all(source.read() is not None for source in opened.values())
    assert opened["clip.avi"].description == "video file clip.avi"


def test_a_relative_name_with_a_colon_is_a_file(tmp_path, config, monkeypatch):
    monkeypatch.chdir(tmp_path)
    writer = cv2.VideoWriter(str(tmp_path / "12:30.avi"), cv2.VideoWriter.fourcc(*"MJPG"), 10, (64, 48))
    writer.write(np.full((48, 64, 3), 90, np.uint8))
    writer.release()
    assert open_source("12:30.avi", config, FakeClock()).read() is not None


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda path: path / "missing.mp4", "There is no file or folder"),
        (lambda path: _file(path / "empty.mp4", b""), "is empty"),
        (lambda path: _file(path / "text.mp4", b"hello\n" * 99), "is a text file, not a video"),
        (lambda path: _file(path / "text.txt", "привет\n".encode("cp1251") * 99), "is a text file, not a video"),
        (lambda path: _file(path / "garbage.avi", b"RIFF\x00\x10\x00\x00AVI " + bytes(range(256)) * 40), "damaged"),
        (lambda path: _file(path / "list.m3u8", b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/x.ts\n"), "is a text file"),
        (lambda path: _file(path / "empty.jpg", b""), "is empty"),
        (lambda path: _folder(path / "empty"), "holds no images"),
        (lambda path: _pipe(path / "pipe"), "neither a file nor a folder"),
    ],
    ids=["missing", "0 bytes", "text as video", "text", "garbage", "playlist", "empty image", "empty folder", "pipe"],
)
def test_what_cannot_be_played_is_refused_in_a_sentence(tmp_path, config, make, sentence):
    assert sentence in str(refusal(str(make(tmp_path)), config))


@pytest.fixture
def as_nobody(tmp_path_factory) -> Iterator[Path]:
    """A folder of this user, who has no more rights than others have; root may read everything."""
    if os.geteuid() != 0:
        yield tmp_path_factory.mktemp("mine")
        return
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        os.seteuid(NOBODY)
        try:
            yield Path(folder)
        finally:
            os.seteuid(0)


@pytest.mark.parametrize("kind", ["file", "folder", "file in a folder"])
def test_what_may_not_be_read_is_refused_in_a_sentence(config, as_nobody, kind):
    closed = _file(as_nobody / "clip.mp4", b"x") if kind == "file" else _folder(as_nobody / "images")
    closed.chmod(0)
    spec = closed / "clip.mp4" if kind == "file in a folder" else closed
    try:
        assert "may not be read" in str(refusal(str(spec), config))
    finally:
        closed.chmod(0o700)


@pytest.mark.parametrize("spec", ["", "  "])
def test_no_source_at_all_is_refused(config, spec):
    assert "No source is given" in str(refusal(spec, config))


@pytest.mark.parametrize("spec", [NO_SUCH_CAMERA, f"/dev/video{NO_SUCH_CAMERA}", "/dev/v4l/by-id/usb-Nothing"])
def test_a_camera_that_is_not_there_is_refused_in_a_sentence(config, spec):
    error = camera_fault(spec, config)
    assert error.fault is CameraFaultKind.MISSING
    assert "is it plugged in?" in str(error)


def test_a_device_that_is_no_camera_is_refused_in_a_sentence(config):
    error = camera_fault("/dev/null", config)
    assert error.fault is CameraFaultKind.NO_STREAM
    assert "/dev/null is not a camera" in str(error)


@pytest.mark.parametrize("scheme", ["http", "rtsp"])
def test_a_stream_that_nobody_serves_is_refused_without_its_password(config, scheme):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        error = camera_fault(f"{scheme}://admin:geheim@127.0.0.1:{unused.getsockname()[1]}/x?token=geheim", config)
    assert error.fault is CameraFaultKind.UNREACHABLE
    assert "geheim" not in str(error)


def test_an_rtsp_stream_of_a_size_that_cannot_be_used_is_refused_in_words(config):
    with closing(RtspServer((2_032, 16))) as camera:
        error = camera_fault(camera.url, config)
    assert error.fault is CameraFaultKind.PICTURE_SIZE
    assert "16 to 16,384 pixels" in str(error)


@pytest.mark.parametrize("spec", [NO_SUCH_CAMERA, "http://127.0.0.1:9/stream", "rtsp://u:geheim@127.0.0.1:9/stream"])
def test_a_live_source_can_be_waited_for(config, spec):
    source = open_source(spec, config, FakeClock(), wait_for_camera=True)
    assert isinstance(source, ReconnectingStream)
    assert "geheim" not in source.description
    source.close()


@pytest.mark.parametrize(
    ("spec", "live"),
    [
        ("0", True),
        ("/dev/video3", True),
        ("rtsp://cam/x", True),
        ("clip.mp4", False),
        ("/srv/x", False),
        ("-1", False),
    ],
)
def test_what_has_no_end(spec, live):
    assert is_live(spec) is live


@pytest.mark.skipif(bool(list(Path("/dev").glob("video*"))), reason="this machine has a camera")
def test_a_machine_without_a_camera_says_so(config):
    assert list_cameras() == ()
    assert find_camera(config.format) is None


@pytest.mark.parametrize("degrees", ["0", "90", "180", "270"])
def test_a_quarter_turn_is_read_from_the_environment(monkeypatch, degrees):
    monkeypatch.setenv("KIOSK_CAMERA_ROTATION_DEG", degrees)
    assert load_settings().camera_rotation_deg == int(degrees)


def test_another_turn_is_refused(monkeypatch):
    monkeypatch.setenv("KIOSK_CAMERA_ROTATION_DEG", "45")
    with pytest.raises(ConfigurationError, match="must be 0, 90, 180 or 270"):
        load_settings()


def _file(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def _pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path
