"""Work that may wait for a disk, a database or a password hash, done off the main thread."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from kiosk.core.logger import log
from kiosk.errors import KioskError

T = TypeVar("T")


class Background(QObject):
    """Runs functions on a few threads and delivers their results in the main thread."""

    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None, *, threads: int = 2) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="ui-background")
        self._stopped = False
        self._finished.connect(self._deliver)

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[KioskError], None],
    ) -> None:
        """Call work on another thread, then done(result) or failed(error) in the main thread, unless owner is gone.

        Any exception but KioskError is logged with its traceback and delivered as a plain KioskError. After stop
        nothing is called.
        """
        if self._stopped:
            return

        def step() -> None:
            try:
                result = work()
            except KioskError as error:
                expected = error
                self._finished.emit((owner, lambda: failed(expected)))
            except Exception:
                log(logging.ERROR, "ui.background_crashed", exc_info=True)
                self._finished.emit((owner, lambda: failed(KioskError("This did not work; the log says why."))))
            else:
                self._finished.emit((owner, lambda: done(result)))

        self._pool.submit(step)

    def stop(self) -> None:
        """Start nothing more and wait for what is running: a write is finished."""
        self._stopped = True
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _deliver(self, delivery: tuple[QObject, Callable[[], None]]) -> None:
        owner, call = delivery
        if isValid(owner):
            call()
