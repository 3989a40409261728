"""Time that runs out: as a line that gets shorter, and in seconds."""

from __future__ import annotations

import math
from time import monotonic

from PySide6.QtCore import QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.ui.theme import colour, scale_of

_TICK_MS = 100


class Countdown(QWidget):
    """Runs for a number of seconds; start it again to begin anew.

    Signals:
        finished: the time is over.
    """

    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lasts_s = 1.0
        self._ends_s = 0.0
        self._colour = "accent"
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)

    def start(self, lasts_s: float, colour_name: str = "accent") -> None:
        self._lasts_s, self._ends_s, self._colour = lasts_s, monotonic() + lasts_s, colour_name
        self._timer.start()
        self.update()

    @property
    def left_s(self) -> float:
        """Seconds that are left."""
        return max(0.0, self._ends_s - monotonic())

    def paintEvent(self, _event: QPaintEvent) -> None:
        height = scale_of(self).px("ring")
        width = self.width() * self.left_s / self._lasts_s
        painter = QPainter(self)
        painter.fillRect(QRectF(0, self.height() - height, width, height), colour(self._colour))
        painter.end()

    def _tick(self) -> None:
        self.update()
        if self.left_s == 0:
            self._timer.stop()
            self.finished.emit()


class SecondsLeft(QObject):
    """Counts seconds down for a sentence that says how long somebody has to wait.

    Signals:
        changed: how many seconds are left, at once and with each second, 1 at the least.
        finished: the time is over.
    """

    changed = Signal(int)
    finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ends_s = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._shown = 0

    @property
    def is_running(self) -> bool:
        return self._timer.isActive()

    def start(self, wait_s: float) -> None:
        self._ends_s, self._shown = monotonic() + wait_s, 0
        self._timer.start()
        self._tick()

    def stop(self) -> None:
        """Stop without a signal."""
        self._timer.stop()

    def _tick(self) -> None:
        left = math.ceil(self._ends_s - monotonic())
        if left <= 0:
            self._timer.stop()
            self.finished.emit()
        elif left != self._shown:
            self._shown = left
            self.changed.emit(left)
