"""Works the screens of a kiosk that runs in this process, step by step."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from kiosk.ui.panel import Screen
from kiosk.ui.window import KioskWindow

LOOKS_MS = 50
T = TypeVar("T", bound=Screen)


class ScriptedUser:
    """Takes the next step as soon as the screen is ready for it; then ends the kiosk with SIGTERM.

    steps: each returns whether it could be taken. patience_ms: after so long the kiosk is ended anyway.
    """

    def __init__(self, steps: Iterator[Callable[[], bool]], patience_ms: int = 90_000) -> None:
        self.is_done = False
        self.taken = 0
        self._steps = steps
        self._step = next(steps)
        self._timers = QObject()
        self._timer = QTimer(self._timers)
        self._timer.setInterval(LOOKS_MS)
        self._timer.timeout.connect(self._go_on)
        self._timer.start()
        QTimer.singleShot(patience_ms, self._timers, _end)

    def _go_on(self) -> None:
        if not self._step():
            return
        self.taken += 1
        following = next(self._steps, None)
        if following is None:
            self._timer.stop()
            self._timers.deleteLater()
            self.is_done = True
            _end()
        else:
            self._step = following


def shown(kind: type[T]) -> T | None:
    """Return the screen that is seen, if it is of this kind."""
    for window in QApplication.topLevelWidgets():
        if isinstance(window, KioskWindow) and window.isVisible() and isinstance(window.screen_shown, kind):
            return window.screen_shown
    return None


def _end() -> None:
    os.kill(os.getpid(), signal.SIGTERM)
