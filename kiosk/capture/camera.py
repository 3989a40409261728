"""Cameras that OpenCV reads: USB and built-in ones by V4L2, network ones by RTSP."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.capture.address import READ_TIMEOUT_S, StreamAddress, require_reachable
from kiosk.capture.picture_size import is_usable_size, unusable_size
from kiosk.capture.status import CameraFault, CameraFaultKind
from kiosk.capture.v4l2 import is_capture_device
from kiosk.core.opencv import cv2
from kiosk.domain.types import Image

# One damaged picture is no fault; a stream that has ended fails each time, at once.
_TRIES = 5
_STALL_S = 1.5
# One picture being filled while another is read; more would only be older.
_BUFFERS = 2
# V4L2: V4L2_EXPOSURE_MANUAL and V4L2_EXPOSURE_APERTURE_PRIORITY; exposure in units of 100 µs.
_MANUAL, _AUTOMATIC, _EXPOSURES_PER_MS = 1, 3, 10

_SYMPTOMS = {
    CameraFaultKind.ENDED: "sends no more pictures",
    CameraFaultKind.STALLED: "has stalled: no picture for two seconds",
}


@dataclass(frozen=True, slots=True)
class CaptureFormat:
    """What is asked of a V4L2 camera; it may give something near.

    Attributes:
        width_px: of the picture.
        height_px: of the picture.
        fps: frames a second.
        exposure_ms: None leaves it to the camera.
    """

    width_px: int
    height_px: int
    fps: float
    exposure_ms: float | None = None


class OpenCvStream:
    """One opened cv2.VideoCapture as a LiveStream."""

    def __init__(self, capture: Any, explain: Callable[[CameraFaultKind], CameraFault]) -> None:
        """explain: returns why it gives no picture, given the symptom: ENDED or STALLED."""
        self._capture = capture
        self._explain = explain

    def read(self) -> Image:
        """Return the next picture, (H, W, 3) BGR uint8, within about two seconds. Raises CameraFault."""
        began_s = time.monotonic()
        for _ in range(_TRIES):
            try:
                delivered, image = self._capture.read()
            except cv2.error:
                continue
            if delivered:
                return image  # type: ignore[no-any-return]
            if time.monotonic() - began_s >= _STALL_S:
                raise self._explain(CameraFaultKind.STALLED)
        raise self._explain(CameraFaultKind.ENDED)

    def close(self) -> None:
        self._capture.release()


def device_path(spec: str) -> Path:
    """Return the device file of a camera given by number or by path."""
    return Path(f"/dev/video{spec}" if spec.isdigit() else spec)


def open_device(path: Path, wanted: CaptureFormat) -> OpenCvStream:
    """Open a V4L2 camera, /dev/video0 or a link to one. Raises CameraFault."""
    _require_accessible(path)
    capture = cv2.VideoCapture(str(path), cv2.CAP_V4L2)
    if not capture.isOpened():
        capture.release()
        raise CameraFault(
            CameraFaultKind.BUSY, f"{path} is in use by another program; close it, or choose another camera"
        )
    # Compressed, because a USB 2 bus carries uncompressed 720p at ten frames a second only; a camera that cannot
    # do it keeps its own format.
    capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, wanted.width_px)
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, wanted.height_px)
    capture.set(cv2.CAP_PROP_FPS, wanted.fps)
    capture.set(cv2.CAP_PROP_BUFFERSIZE, _BUFFERS)
    capture.set(cv2.CAP_PROP_AUTO_EXPOSURE, _AUTOMATIC if wanted.exposure_ms is None else _MANUAL)
    if wanted.exposure_ms is not None:
        capture.set(cv2.CAP_PROP_EXPOSURE, round(wanted.exposure_ms * _EXPOSURES_PER_MS))
    return OpenCvStream(capture, lambda fault: _explain_device(path, fault))


def open_rtsp(address: StreamAddress) -> OpenCvStream:
    """Open an RTSP stream over TCP. Raises CameraFault."""
    require_reachable(address)
    timeout_ms = int(READ_TIMEOUT_S * 1000)
    limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, timeout_ms, cv2.CAP_PROP_READ_TIMEOUT_MSEC, timeout_ms]
    capture = cv2.VideoCapture(address.url, cv2.CAP_FFMPEG, limits)
    if not capture.isOpened():
        capture.release()
        raise CameraFault(
            CameraFaultKind.REFUSED,
            f"{address.shown} answers, but gives no video; check the path, user name and password",
        )
    if announces_unusable_size(capture):  # before a frame of it takes memory
        capture.release()
        raise unusable_size(address.shown)
    return OpenCvStream(capture, lambda fault: CameraFault(fault, f"{address.shown} {_SYMPTOMS[fault]}"))


def announces_unusable_size(capture: Any) -> bool:
    """Whether an opened cv2.VideoCapture says that its frames have a size that cannot be used; some say none."""
    width, height = int(capture.get(cv2.CAP_PROP_FRAME_WIDTH)), int(capture.get(cv2.CAP_PROP_FRAME_HEIGHT))
    return width > 0 and height > 0 and not is_usable_size(width, height)


def _explain_device(path: Path, fault: CameraFaultKind) -> CameraFault:
    try:
        _require_accessible(path)
    except CameraFault as reason:
        return reason
    return CameraFault(fault, f"{path} {_SYMPTOMS[fault]}; if it stays so, plug the camera out and in")


def _require_accessible(path: Path) -> None:
    """Raise CameraFault, with what to do about it, unless path is a camera that this user may open."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    except OSError as error:
        raise _cannot_open(path, error) from error
    try:
        if not is_capture_device(handle):
            raise CameraFault(
                CameraFaultKind.NO_STREAM, f"{path} is not a camera; `kiosk cameras` lists those that are there"
            )
    finally:
        os.close(handle)


def _cannot_open(path: Path, error: OSError) -> CameraFault:
    match error.errno:
        case errno.ENOENT | errno.ENOTDIR | errno.ENXIO | errno.ENODEV:  # the last two while it is being unplugged
            sentence = f"There is no camera at {path}; is it plugged in? `kiosk cameras` lists what is there"
            return CameraFault(CameraFaultKind.MISSING, sentence)
        case errno.EACCES | errno.EPERM:
            sentence = f"{path} may not be opened; add this user to the group video and log in again"
            return CameraFault(CameraFaultKind.DENIED, sentence)
    return CameraFault(CameraFaultKind.BUSY, f"{path} cannot be opened: {error.strerror}")
