"""Whether there is a display, asked without Qt: Qt aborts the process where there is none."""

from __future__ import annotations

import os
import subprocess
import sys
from enum import Enum

from kiosk.errors import DeviceError, InvalidInput

PROBE = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # Qt aborts
try:
    from PySide6.QtWidgets import QApplication
except ImportError as error:
    sys.exit(str(error))
QApplication(["kiosk"])
"""
PROBE_TIMEOUT_S = 30.0


class Display(Enum):
    """Where the screens are shown."""

    NONE = "none"
    FULL_SCREEN = "full_screen"
    WINDOW = "window"


def has_display() -> bool:
    """Whether a window could be shown."""
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def choose_display(*, headless: bool, windowed: bool) -> Display:
    """Return where to show the screens. Raises InvalidInput for a window where there can be none."""
    if windowed and (headless or not has_display()):
        why = "--headless, and --json with it, go without one" if headless else "there is no display"
        raise InvalidInput(f"no window can be opened: {why}; leave --windowed out")
    if headless or not has_display():
        return Display.NONE
    return Display.WINDOW if windowed else Display.FULL_SCREEN


def require_working_display() -> None:
    """Try the display in a process of its own. Raises DeviceError with what Qt says when it does not open."""
    try:
        tried = subprocess.run(  # noqa: S603
            [sys.executable, "-c", PROBE], capture_output=True, text=True, check=False, timeout=PROBE_TIMEOUT_S
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _unusable("it does not answer") from error
    if tried.returncode != 0:
        said = tried.stderr.strip().splitlines()
        raise _unusable(said[0] if said else f"Qt ended with code {tried.returncode}")


def _unusable(reason: str) -> DeviceError:
    return DeviceError(f"the screen cannot be opened: {reason.rstrip('. ')}; `kiosk run --headless` goes without it")
