"""The change feed for coroutines: page by page, and as a stream of what happens."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from db.feed import FeedSignal, first_number, read_page
from db.feed_epochs import ensure_epoch
from db.session import Database
from kiosk.core.thread_pool import ThreadPool
from kiosk.core.worker import Worker
from kiosk.domain.attendance_log import FeedPage
from kiosk.errors import ConfigurationError, StorageError

MOST_STREAMS = 32
SIGNAL_S = 1.0
STOP_S = 3.0


class FeedService:
    """Every method raises StorageError when the database is away.

    Args:
        database: of the office.
        threads: no more than the database has connections.
    """

    def __init__(self, database: Database, threads: ThreadPool) -> None:
        self._database = database
        self._threads = threads
        self.streams = FeedStreams(FeedSignal(database))

    async def get_page(self, after: int, limit: int) -> tuple[FeedPage, int]:
        """Return entries after a number, and the lowest number that the feed has."""
        return await self._threads.run(self._page, after, limit)

    def _page(self, after: int, limit: int) -> tuple[FeedPage, int]:
        ensure_epoch(self._database)
        with self._database.reading() as session:
            return read_page(session, after, limit), first_number(session)


class FeedStreams:
    """Wakes the open streams when the attendance has changed; one thread for all, which the first one starts."""

    def __init__(self, signal: FeedSignal) -> None:
        self._signal = signal
        self._lock = threading.Lock()
        self._wakers: set[Callable[[], None]] = set()
        self._worker: Worker | None = None
        self.ended = False

    @contextmanager
    def opened(self) -> Iterator[asyncio.Event]:
        """Give an event of the running loop that is set at each change, and when the streams are to end.

        Raises TooManyStreams.
        """
        event, loop = asyncio.Event(), asyncio.get_running_loop()

        def wake() -> None:
            loop.call_soon_threadsafe(event.set)

        with self._lock:
            if len(self._wakers) >= MOST_STREAMS:
                raise TooManyStreams
            self._wakers.add(wake)
            if self._worker is None and not self.ended:
                self._worker = Worker("feed", self._follow, cleanup=self._signal.close)
                self._worker.start()
        try:
            yield event
        finally:
            with self._lock:
                self._wakers.discard(wake)

    def end(self) -> None:
        """Let all streams end soon; harmless when called twice."""
        self.ended = True
        self._wake_all()

    def close(self) -> None:
        """End the streams and stop the thread."""
        self.end()
        if self._worker is not None:
            self._worker.stop(STOP_S)

    def _follow(self) -> bool:
        try:
            if self._signal.wait(SIGNAL_S):
                self._wake_all()
        except (StorageError, ConfigurationError):  # the streams meet it as well, and end
            if self._worker is not None:
                self._worker.wait(SIGNAL_S)
        return True

    def _wake_all(self) -> None:
        with self._lock:
            for wake in self._wakers:
                wake()


class TooManyStreams(Exception):
    """As many streams are open as there may be."""
