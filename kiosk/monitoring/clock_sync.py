"""Whether the machine's clock is synchronised with the network's time."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

TIMESYNCD = Path("/run/systemd/timesync")
# Linux, include/uapi/linux/timex.h: the clock's state that adjtimex(2) returns, and a bit of its status.
TIME_ERROR = 5
STA_UNSYNC = 0x0040
STATUS_OFFSET = 5 * ctypes.sizeof(ctypes.c_long)
TIMEX_BYTES = 512  # struct timex has 208 on 64-bit systems; more does no harm


def timesyncd_is_synchronised(folder: Path = TIMESYNCD) -> bool | None:
    """Return what systemd-timesyncd reports; None where it does not run. For processes that may not ask the kernel."""
    return (folder / "synchronized").exists() if folder.is_dir() else None


def kernel_is_synchronised() -> bool | None:
    """Return whether some program keeps the kernel's clock in step; None where the kernel does not say.

    Source: adjtimex(2), which only reads where modes is 0; modes, padded, and four longs stand before status.
    """
    timex = ctypes.create_string_buffer(TIMEX_BYTES)
    state = ctypes.CDLL(None, use_errno=True).adjtimex(timex)
    if state < 0:
        return None
    status = int.from_bytes(timex.raw[STATUS_OFFSET : STATUS_OFFSET + 4], sys.byteorder)
    return bool(state != TIME_ERROR and not status & STA_UNSYNC)
