"""Wakes whoever waits for changes of the attendance."""

from __future__ import annotations

import threading


class ChangeSignal:
    """Counts what may have been a change. For any thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._count = 0

    @property
    def count(self) -> int:
        return self._count

    def announce(self) -> None:
        """Something may have changed."""
        with self._changed:
            self._count += 1
            self._changed.notify_all()

    def wait(self, seen: int, timeout_s: float) -> None:
        """Return when something has been announced since count was seen, after timeout_s at the latest."""
        with self._changed:
            self._changed.wait_for(lambda: self._count != seen, timeout_s)
