"""Counts what a person does at the screen: touches, and keys of a real keyboard."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget


class TapCounter(QObject):
    """Counts from its making until stop.

    Attributes:
        taps: of a finger or a mouse, and keys that were pressed; those that the on-screen keyboard sends on count once.
    """

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        self._application, self._began_s, self.taps = application, time.monotonic(), 0
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress) and isinstance(watched, QWidget):
            self.taps += event.spontaneous()
        return super().eventFilter(watched, event)

    def stop(self, what: str) -> int:
        """Count no more, print how many there were and how long it took, and return how many."""
        self._application.removeEventFilter(self)
        print(f"\n    {what}: {self.taps} taps, {time.monotonic() - self._began_s:.0f} s", end="")  # noqa: T201
        return self.taps
