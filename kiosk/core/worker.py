"""A thread that repeats one step, survives a bug a few times, and never dies silently."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TypeAlias

from kiosk.core.logger import log

Step: TypeAlias = Callable[[], bool]

_WINDOW_S = 60.0
_present = threading.local()  # .worker: the Worker whose thread this is


@contextmanager
def waiting_outside() -> Iterator[None]:
    """While a step waits for another program, such as a database, its thread does not count as stuck.

    Whoever waits limits the time; a restart would not help the other program. Elsewhere than in a step of a Worker
    this does nothing.
    """
    worker: Worker | None = getattr(_present, "worker", None)
    if worker is None:
        yield
        return
    with worker.waiting_outside():
        yield


class Worker:
    """Runs step in a named thread until it returns False or the worker is stopped.

    step: a short piece of work; True means that there is more of it. A step that waits does so with wait(), or for
        a second at most, so that stopping is quick.
    cleanup: runs once in the same thread when it ends, however it ends; sessions and devices are closed there.
    on_failed: called in the same thread with the worker's name when step has crashed more than restarts_per_minute
        times within a minute; the process is then expected to end.
    restart_delay_s: pause between a crash and the next step.
    """

    def __init__(
        self,
        name: str,
        step: Step,
        *,
        cleanup: Callable[[], None] | None = None,
        on_failed: Callable[[str], None] | None = None,
        restarts_per_minute: int = 3,
        restart_delay_s: float = 0.5,
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = name
        self._step = step
        self._cleanup = cleanup
        self._on_failed = on_failed
        self._restarts_per_minute = restarts_per_minute
        self._restart_delay_s = restart_delay_s
        self._monotonic_s = monotonic_s
        self._crashed_s: deque[float] = deque()
        self._stopping = threading.Event()
        self._failed = threading.Event()
        self._beat_s: float | None = None
        self._waits_outside = False
        # A daemon, so that a thread stuck in a driver cannot keep the process from ending.
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin; a worker starts once in its life."""
        self._thread.start()

    def request_stop(self) -> None:
        """Ask the thread to end after its present step, and return at once."""
        self._stopping.set()

    def stop(self, timeout_s: float) -> bool:
        """Ask the thread to end and wait for it; False, and its name in the log, when it does not end in time."""
        self.request_stop()
        if self.join(timeout_s):
            return True
        log(logging.ERROR, "thread.stuck", thread=self.name, waited_s=timeout_s)
        return False

    def join(self, timeout_s: float | None = None) -> bool:
        """Wait until the thread has ended; whether it has. A worker that never started has ended."""
        if self._thread.ident is None:
            return True
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def wait(self, timeout_s: float) -> bool:
        """Sleep inside a step; True when the worker is being stopped, and then at once."""
        return self._stopping.wait(timeout_s)

    @property
    def stopping(self) -> bool:
        return self._stopping.is_set()

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    @property
    def beat_s(self) -> float | None:
        """Monotonic seconds of the last sign of life, at the latest when a step ended or the first began.

        None before that, and while a step waits for another program.
        """
        return None if self._waits_outside else self._beat_s

    @contextmanager
    def waiting_outside(self) -> Iterator[None]:
        """As the function of this name, for the worker's own thread."""
        waited, self._waits_outside = self._waits_outside, True
        try:
            yield
        finally:
            self._beat_s = self._monotonic_s()
            self._waits_outside = waited

    @property
    def failed(self) -> bool:
        """The step crashed too often, and the thread has given up."""
        return self._failed.is_set()

    def _run(self) -> None:
        _present.worker = self
        self._beat_s = self._monotonic_s()
        while not self._stopping.is_set() and self._survive_step():
            self._beat_s = self._monotonic_s()
        if self.failed and self._on_failed is not None:  # before cleanup, which may hang in a driver
            self._guard("on_failed", partial(self._on_failed, self.name))
        if self._cleanup is not None:
            self._guard("cleanup", self._cleanup)

    def _survive_step(self) -> bool:
        """Run one step; whether to go on."""
        try:
            return self._step()
        except (Exception, SystemExit):  # threading swallows a SystemExit without a word
            if self._crashed_too_often():
                log(logging.CRITICAL, "thread.gave_up", exc_info=True, thread=self.name)
                self._failed.set()
                return False
            log(logging.ERROR, "thread.crashed", exc_info=True, thread=self.name)
            self.wait(self._restart_delay_s)
            return True

    def _crashed_too_often(self) -> bool:
        now_s = self._monotonic_s()
        self._crashed_s.append(now_s)
        while now_s - self._crashed_s[0] > _WINDOW_S:
            self._crashed_s.popleft()
        return len(self._crashed_s) > self._restarts_per_minute

    def _guard(self, what: str, action: Callable[[], None]) -> None:
        try:
            action()
        except Exception:
            log(logging.ERROR, f"thread.{what}_crashed", exc_info=True, thread=self.name)
