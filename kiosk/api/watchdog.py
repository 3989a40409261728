"""Telling systemd's watchdog that requests could be answered."""

from __future__ import annotations

import asyncio

from kiosk.core.systemd import WATCHDOG, notify
from kiosk.core.thread_pool import ThreadPool


class Watchdog:
    """Feeds the watchdog each time that every kind of thread has taken work and done it, and never otherwise.

    The event loop is watched in passing, since it is what calls tell.
    """

    def __init__(self, *threads: ThreadPool) -> None:
        self._threads = threads
        self._round: asyncio.Task[None] | None = None

    async def tell(self) -> None:
        """Note how the last round went and send out the next; it does not wait for it."""
        if self._round is not None:
            if not self._round.done():
                return
            self._round.result()
            notify(WATCHDOG)
        self._round = asyncio.create_task(self._go_round())

    async def _go_round(self) -> None:
        for threads in self._threads:
            await threads.run(_nothing)


def _nothing() -> None:
    """Work that is done as soon as a thread is free for it."""
