"""A camera's controls as the kernel answers for them, with the kernel's own structures and numbers."""

from __future__ import annotations

import errno
import struct
from dataclasses import dataclass, field

AUTO, ABSOLUTE = 0x009A0901, 0x009A0902
# As `v4l2-ctl --list-ctrls` and strace show them on x86-64 and arm64 alike.
G_CTRL, S_CTRL, QUERYCTRL = 0xC008561B, 0xC008561C, 0xC0445624


@dataclass
class CameraKernel:
    """Answers ioctl of a UVC camera.

    Attributes:
        values: of its controls, by the kernel's numbers.
        log: the controls that were set, in order.
        error: raised instead, such as errno.ENODEV for an unplugged camera; None for none.
    """

    values: dict[int, int] = field(default_factory=lambda: {AUTO: 3, ABSOLUTE: 156})
    limits: tuple[int, int] = (3, 2047)
    log: list[tuple[int, int]] = field(default_factory=list)
    error: int | None = None

    def ioctl(self, _handle: int, request: int, question: bytes) -> bytes:
        if self.error is not None:
            raise OSError(self.error, "as told")
        if request == QUERYCTRL:
            control = struct.unpack_from("=I", question)[0]
            assert control == ABSOLUTE
            assert len(question) == 68
            return struct.pack("=2I32s4i3I", control, 1, b"Exposure Time, Absolute", *self.limits, 1, 156, 0, 0, 0)
        control, value = struct.unpack("=Ii", question)
        if request == G_CTRL:
            return struct.pack("=Ii", control, self.values[control])
        assert request == S_CTRL
        if control == ABSOLUTE and self.values[AUTO] != 1:
            raise OSError(errno.EACCES, "the exposure is the camera's own affair")
        self.values[control] = value
        self.log.append((control, value))
        return question
