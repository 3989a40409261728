"""Work that may wait for a disk, a database or a password hash, done beside the main thread."""

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
    """Runs functions on a few threads and hands their results to the main thread, where it lives itself."""

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
        """Do work on another thread; then done(result) or failed(error) on the main one, unless owner is gone.

        A bug in work is logged with its traceback and reaches failed as a plain KioskError. After stop nothing happens.
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
        """Begin nothing more and wait for what is under way: a write in hand is finished."""
        self._stopped = True
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _deliver(self, delivery: tuple[QObject, Callable[[], None]]) -> None:
        owner, call = delivery
        if isValid(owner):
            call()
