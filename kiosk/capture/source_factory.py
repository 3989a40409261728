"""From the text of a setting to a source of frames."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kiosk.capture.address import is_address, parse_address, require_readable
from kiosk.capture.camera import CaptureFormat, device_path, open_device, open_rtsp
from kiosk.capture.mjpeg import MjpegStream
from kiosk.capture.orientation import ImageOrientation
from kiosk.capture.playback_speed import PlaybackSpeed
from kiosk.capture.reconnecting_stream import LiveStream, ReconnectingStream
from kiosk.capture.replay import IMAGE_SUFFIXES, ImageFolder, VideoFile, is_folder
from kiosk.capture.source import InterruptibleSource
from kiosk.capture.status import CameraFault
from kiosk.capture.v4l2 import list_cameras
from kiosk.domain.ports import Clock
from kiosk.errors import DeviceError


@dataclass(frozen=True, slots=True)
class CameraConfig:
    """How sources are opened.

    Attributes:
        format: what is asked of a USB camera.
        orientation: how the camera hangs; for cameras and streams.
        reconnect_max_s: longest pause between two attempts to reach a lost camera.
        frozen_s: seconds of identical frames after which a camera counts as frozen; 0 for never.
        replay_fps: frames a second of a video file or a folder; None for the file's own, a folder's 5.
    """

    format: CaptureFormat
    orientation: ImageOrientation
    reconnect_max_s: float
    frozen_s: float
    replay_fps: float | None = None


def open_source(
    spec: str,
    config: CameraConfig,
    clock: Clock,
    speed: PlaybackSpeed = PlaybackSpeed.REALTIME,
    *,
    wait_for_camera: bool = False,
) -> InterruptibleSource:
    """Open what spec names: a camera's number or /dev path, a stream's URL, a video file, a folder or one image.

    speed: for files and folders; a camera has its own.
    wait_for_camera: a camera or stream that is not there now is waited for, instead of refused.
    Raises DeviceError, a sentence with what is wrong and what to do.
    """
    require_readable(spec)
    if not is_live(spec):
        return _open_file(spec, config, clock, speed)
    camera = _reconnecting(spec, config, clock)
    if not wait_for_camera:
        camera.open()
    return camera


def is_live(spec: str) -> bool:
    """Whether this names a camera or stream: something without an end."""
    return spec.isdecimal() or spec.startswith("/dev/") or is_address(spec)


def find_camera(wanted: CaptureFormat) -> str | None:
    """Return the path of the first camera of this machine that gives a picture, or None; quick when there is none."""
    for camera in list_cameras():
        try:
            stream = open_device(camera.path, wanted)
        except CameraFault:
            continue
        try:
            stream.read()
        except CameraFault:
            continue
        finally:
            stream.close()
        return str(camera.path)
    return None


def _open_file(spec: str, config: CameraConfig, clock: Clock, speed: PlaybackSpeed) -> InterruptibleSource:
    if not spec.strip():
        raise DeviceError("No source is given; name a camera by its number, a video file, a folder or a stream's URL")
    path = Path(spec)
    if is_folder(path) or path.suffix.lower() in IMAGE_SUFFIXES:
        return ImageFolder(path, clock, speed, config.replay_fps)
    return VideoFile(path, clock, speed, config.replay_fps)


def _reconnecting(spec: str, config: CameraConfig, clock: Clock) -> ReconnectingStream:
    connect, description = _connection(spec, config)
    return ReconnectingStream(
        connect,
        description,
        clock,
        adjust=config.orientation.apply,
        reconnect_max_s=config.reconnect_max_s,
        frozen_s=config.frozen_s,
    )


def _connection(spec: str, config: CameraConfig) -> tuple[Callable[[], LiveStream], str]:
    if not is_address(spec):
        path = device_path(spec)
        return partial(open_device, path, config.format), f"camera {path}"
    address = parse_address(spec)
    if address.scheme in ("rtsp", "rtsps"):
        return partial(open_rtsp, address), f"stream {address.shown}"
    return partial(MjpegStream, address), f"stream {address.shown}"
