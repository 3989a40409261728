"""A real X server without a screen, and what somebody at its keyboard or a window manager sends."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

CLIENT_MESSAGE, NO_EVENT_MASK = 33, 0
PATIENCE_S = 20.0


class ClientMessage(ctypes.Structure):
    """XClientMessageEvent of Xlib.h, with 32-bit data."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("room", ctypes.c_byte * 96),
    )


class XDisplay:
    """A connection to an X server."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._x, self._xtst = (_library(part) for part in ("X11", "Xtst"))
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XInternAtom.restype = ctypes.c_ulong
        self._x.XStringToKeysym.restype = ctypes.c_ulong
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(name.encode()))
        assert self._display, f"no X server answers on {name}"

    def press(self, *keys: str) -> None:
        """Press keys together, such as "Alt_L", "F4", and let them go."""
        symbols = [ctypes.c_ulong(self._x.XStringToKeysym(key.encode())) for key in keys]
        codes = [self._x.XKeysymToKeycode(self._display, symbol) for symbol in symbols]
        for code, is_down in [*((code, 1) for code in codes), *((code, 0) for code in reversed(codes))]:
            self._xtst.XTestFakeKeyEvent(self._display, code, is_down, ctypes.c_ulong(0))
        self._x.XSync(self._display, 0)

    def ask_to_close(self, window: int) -> None:
        """Send WM_DELETE_WINDOW, as a window manager does for Alt+F4 and for the button in the frame."""
        protocols, delete = (self._x.XInternAtom(self._display, n, 0) for n in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW"))
        data = (ctypes.c_long * 5)(delete, 0, 0, 0, 0)
        message = ClientMessage(CLIENT_MESSAGE, 0, 1, None, window, protocols, 32, data)
        sent = self._x.XSendEvent(
            self._display, ctypes.c_ulong(window), 0, ctypes.c_long(NO_EVENT_MASK), ctypes.byref(message)
        )
        assert sent, "the message was not sent"
        self._x.XSync(self._display, 0)

    def close(self) -> None:
        self._x.XCloseDisplay(self._display)


@contextmanager
def x_server() -> Iterator[XDisplay]:
    """Start an X server for the block."""
    read_fd, write_fd = os.pipe()
    arguments = ["Xvfb", "-displayfd", str(write_fd), "-screen", "0", "1024x600x24", "-nolisten", "tcp"]
    server = subprocess.Popen(arguments, pass_fds=[write_fd], stderr=subprocess.DEVNULL)
    os.close(write_fd)
    with os.fdopen(read_fd) as told:
        name = f":{told.readline().strip()}"
    display = XDisplay(name)
    try:
        yield display
    finally:
        display.close()
        server.terminate()
        server.wait(PATIENCE_S)


def _library(name: str) -> ctypes.CDLL:
    found = ctypes.util.find_library(name)
    assert found is not None, f"./install.sh test installs lib{name}"
    return ctypes.CDLL(found)
