"""Reads and sets the exposure of a V4L2 camera, beside whoever takes its pictures.

Source of the numbers and layouts: linux/videodev2.h and linux/v4l2-controls.h.
"""

from __future__ import annotations

import fcntl
import os
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, TypeVar

from kiosk.errors import DeviceError

Answer = TypeVar("Answer")
Ioctl: TypeAlias = Callable[[int, int, bytes], bytes]
"""fcntl.ioctl: of an open device file, a request and its structure; returns the structure as the kernel left it."""

_CONTROL = struct.Struct("=Ii")
_QUERY = struct.Struct("=2I32s4i3I")
_BOTH = 3
_GET = _BOTH << 30 | _CONTROL.size << 16 | ord("V") << 8 | 27
_SET = _BOTH << 30 | _CONTROL.size << 16 | ord("V") << 8 | 28
_QUERYCTRL = _BOTH << 30 | _QUERY.size << 16 | ord("V") << 8 | 36
_CAMERA_CLASS = 0x009A0900
EXPOSURE_AUTO, EXPOSURE_ABSOLUTE = _CAMERA_CLASS + 1, _CAMERA_CLASS + 2
MANUAL = 1


@dataclass(frozen=True, slots=True)
class ExposureState:
    """What a camera is set to: mode is the kernel's V4L2_EXPOSURE_…, units are of 100 µs."""

    mode: int
    units: int


class ExposureControls:
    """The controls of one camera. Every method raises DeviceError when it has none, or is gone.

    Args:
        path: of its device file.
        ioctl: the kernel's.
    """

    def __init__(self, path: Path, ioctl: Ioctl = fcntl.ioctl) -> None:
        self._path, self._ioctl = path, ioctl

    def read(self) -> ExposureState:
        return self._on_device(
            lambda handle: ExposureState(self._get(handle, EXPOSURE_AUTO), self._get(handle, EXPOSURE_ABSOLUTE))
        )

    def limits(self) -> tuple[int, int]:
        """Return the shortest and the longest exposure, in units of 100 µs."""

        def ask(handle: int) -> tuple[int, int]:
            question = _QUERY.pack(EXPOSURE_ABSOLUTE, 0, b"", *[0] * 7)
            answer = _QUERY.unpack(self._ioctl(handle, _QUERYCTRL, question))
            return answer[3], answer[4]

        return self._on_device(ask)

    def expose(self, units: int) -> None:
        """Expose for so many units of 100 µs from now on."""
        self.write(ExposureState(MANUAL, units))

    def write(self, state: ExposureState) -> None:
        """Set the mode, and where that is manual the exposure, which the camera refuses otherwise."""

        def put(handle: int) -> None:
            self._ioctl(handle, _SET, _CONTROL.pack(EXPOSURE_AUTO, state.mode))
            if state.mode == MANUAL:
                self._ioctl(handle, _SET, _CONTROL.pack(EXPOSURE_ABSOLUTE, state.units))

        self._on_device(put)

    def _get(self, handle: int, control: int) -> int:
        value: int = _CONTROL.unpack(self._ioctl(handle, _GET, _CONTROL.pack(control, 0)))[1]
        return value

    def _on_device(self, work: Callable[[int], Answer]) -> Answer:
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
            try:
                return work(handle)
            finally:
                os.close(handle)
        except OSError as error:
            raise DeviceError(f"The exposure of {self._path} cannot be set: {error.strerror}") from error
