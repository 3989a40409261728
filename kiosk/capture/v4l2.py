"""What the kernel tells of the cameras of this machine, without disturbing whoever uses them.

Source of the numbers and layouts: linux/videodev2.h.
"""

from __future__ import annotations

import errno
import fcntl
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_CAPABILITY = struct.Struct("16s32s32s3I12x")
_FORMAT = struct.Struct("3I32sI16x")
_FRAME_SIZE = struct.Struct("3I6I8x")
_FRAME_INTERVAL = struct.Struct("5I6I8x")

_READ, _BOTH = 2, 3
_QUERYCAP = _READ << 30 | _CAPABILITY.size << 16 | ord("V") << 8
_ENUM_FMT = _BOTH << 30 | _FORMAT.size << 16 | ord("V") << 8 | 2
_ENUM_FRAMESIZES = _BOTH << 30 | _FRAME_SIZE.size << 16 | ord("V") << 8 | 74
_ENUM_FRAMEINTERVALS = _BOTH << 30 | _FRAME_INTERVAL.size << 16 | ord("V") << 8 | 75

_VIDEO_CAPTURE = 1
_HAS_DEVICE_CAPS = 0x80000000
_DISCRETE = 1


@dataclass(frozen=True, slots=True)
class CameraFormat:
    """A format that a camera offers.

    pixels: the kernel's four letters, like MJPG or YUYV.
    width_px, height_px: the largest, for a camera that scales as one likes.
    fps: the most frames a second; None when the camera does not tell.
    """

    pixels: str
    width_px: int
    height_px: int
    fps: float | None


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """A camera that the kernel knows.

    path: /dev/video…; links: names under /dev/v4l/by-id that stay the same when it is plugged in elsewhere.
    name: what it calls itself; None when this user may not ask.
    """

    path: Path
    links: tuple[Path, ...]
    name: str | None
    formats: tuple[CameraFormat, ...]


def list_cameras() -> tuple[CameraInfo, ...]:
    """Return the cameras of this machine, by number; devices that only output, encode or count are left out."""
    found = (_inspect(path) for path in sorted(Path("/dev").glob("video*"), key=_number))
    return tuple(info for info in found if info is not None)


def is_capture_device(handle: int) -> bool:
    """Whether an open device file delivers pictures one at a time."""
    return _capture_name(handle) is not None


def _inspect(path: Path) -> CameraInfo | None:
    links = tuple(sorted(link for link in Path("/dev/v4l/by-id").glob("*") if link.resolve() == path))
    try:
        handle = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    except PermissionError:
        return CameraInfo(path, links, None, ())
    except OSError:
        return None
    try:
        name = _capture_name(handle)
        return None if name is None else CameraInfo(path, links, name, tuple(_formats(handle)))
    finally:
        os.close(handle)


def _number(path: Path) -> tuple[int, str]:
    digits = path.name.removeprefix("video")
    return (int(digits), "") if digits.isdecimal() else (10**9, path.name)


def _capture_name(handle: int) -> str | None:
    answer = _ask(handle, _QUERYCAP, bytes(_CAPABILITY.size))
    if answer is None:
        return None
    _, card, _, _, capabilities, device_capabilities = _CAPABILITY.unpack(answer)
    if capabilities & _HAS_DEVICE_CAPS:
        capabilities = device_capabilities
    return card.split(b"\0")[0].decode("utf-8", "replace") if capabilities & _VIDEO_CAPTURE else None


def _formats(handle: int) -> Iterator[CameraFormat]:
    index = 0
    while (answer := _ask(handle, _ENUM_FMT, _FORMAT.pack(index, _VIDEO_CAPTURE, 0, b"", 0))) is not None:
        pixel_format = _FORMAT.unpack(answer)[4]
        pixels = struct.pack("<I", pixel_format).decode("latin-1").strip()
        for width_px, height_px in _sizes(handle, pixel_format):
            yield CameraFormat(pixels, width_px, height_px, _fastest(handle, pixel_format, width_px, height_px))
        index += 1


def _sizes(handle: int, pixel_format: int) -> Iterator[tuple[int, int]]:
    index = 0
    while (answer := _ask(handle, _ENUM_FRAMESIZES, _FRAME_SIZE.pack(index, pixel_format, *[0] * 7))) is not None:
        _, _, kind, first, second, _, _, fifth, _ = _FRAME_SIZE.unpack(answer)
        if kind != _DISCRETE:
            yield second, fifth  # of minimum, maximum and step, for the width and then the height
            return
        yield first, second
        index += 1


def _fastest(handle: int, pixel_format: int, width_px: int, height_px: int) -> float | None:
    rates: list[float] = []
    index = 0
    while True:
        question = _FRAME_INTERVAL.pack(index, pixel_format, width_px, height_px, *[0] * 7)
        answer = _ask(handle, _ENUM_FRAMEINTERVALS, question)
        if answer is None:
            return max(rates, default=None)
        kind, numerator, denominator = _FRAME_INTERVAL.unpack(answer)[4:7]
        if numerator:
            rates.append(denominator / numerator)
        if kind != _DISCRETE:  # the shortest interval comes first
            return max(rates, default=None)
        index += 1


def _ask(handle: int, request: int, question: bytes) -> bytes | None:
    """Return the kernel's answer, or None when there is none (the end of a list, no such question, no device)."""
    while True:
        try:
            return fcntl.ioctl(handle, request, question)
        except OSError as error:
            if error.errno != errno.EINTR:
                return None
