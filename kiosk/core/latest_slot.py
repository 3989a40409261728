"""The newest-value mailbox between two threads: frames may be dropped, and those that are get counted."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SlotCounts:
    """How many values were put, taken, and replaced before anybody took them."""

    put: int
    taken: int
    dropped: int


class LatestSlot(Generic[T]):
    """Room for one value: a newer one replaces it, and who takes gets the newest.

    lock_step: nothing is replaced; put waits until the value before it was taken. For files played at full
        speed, where the reader sets the pace and no frame may be lost.

    Any number of threads may put, take and look; each value is taken once.
    """

    def __init__(self, *, lock_step: bool = False) -> None:
        self._lock_step = lock_step
        self._changed = threading.Condition()
        self._newest: T | None = None
        self._waiting = False
        self._closed = False
        self._put = 0
        self._taken = 0
        self._dropped = 0

    def put(self, value: T) -> bool:
        """Lay a value in the mailbox; False when it is closed, and the value was not accepted."""
        with self._changed:
            if self._lock_step:
                self._changed.wait_for(lambda: self._closed or not self._waiting)
            if self._closed:
                return False
            if self._waiting:
                self._dropped += 1
            self._newest, self._waiting = value, True
            self._put += 1
            self._changed.notify_all()
            return True

    def take(self, timeout_s: float | None = None) -> T | None:
        """Return the newest value that nobody has taken, or None after timeout_s or when the mailbox has ended.

        timeout_s: None waits for as long as it takes.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed, timeout_s)
            if not self._waiting:
                return None
            self._waiting = False
            self._taken += 1
            self._changed.notify_all()
            return self._newest

    def newest(self) -> T | None:
        """Return the newest value, taken or not, without taking it; None before the first."""
        with self._changed:
            return self._newest

    def close(self) -> None:
        """Accept nothing more and wake everybody who waits; a value that lies there can still be taken."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    @property
    def ended(self) -> bool:
        """Closed, and nothing left to take."""
        with self._changed:
            return self._closed and not self._waiting

    @property
    def counts(self) -> SlotCounts:
        with self._changed:
            return SlotCounts(self._put, self._taken, self._dropped)
