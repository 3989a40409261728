"""Ctrl-C and SIGTERM ask for a clean end; the write in hand is finished."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType

_STOPPING = (signal.SIGINT, signal.SIGTERM)


def end_at_once_on_signals() -> None:
    """Let the first signal end the process with exit code 0 while it still starts.

    Called before anything slow is imported. An exception would have to pass through native modules that are being
    imported, and they make other errors of it; what was begun is left as by a power cut, which each start
    puts up with.
    """
    for number in _STOPPING:
        signal.signal(number, lambda _number, _frame: os._exit(0))


@contextmanager
def stopped_by_signals(request_stop: Callable[[], None]) -> Iterator[Event]:
    """Call request_stop at the first signal; a second Ctrl-C ends the process at once. Yields what a signal sets."""
    signalled = Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signalled.set()
        request_stop()

    before = {number: signal.signal(number, stop) for number in _STOPPING}
    try:
        yield signalled
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
