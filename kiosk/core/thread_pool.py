"""Blocking work beside an event loop, in a fixed number of threads."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from contextvars import copy_context
from functools import partial
from typing import Generic, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

PIECES_AHEAD = 4


class ThreadPool:
    """Runs blocking functions for coroutines of any event loop; what exceeds count waits its turn."""

    def __init__(self, name: str, count: int) -> None:
        self.count = count
        self._executor = ThreadPoolExecutor(count, thread_name_prefix=name)

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what the function returns, or raise what it raises; it runs in the caller's context."""
        work = partial(copy_context().run, function, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)

    async def stream(self, pieces: Callable[[], Generator[T]]) -> AsyncGenerator[T]:
        """Yield what an iterator yields, all of it in one thread, which is a few pieces ahead at the most.

        Raises what the iterator raises. Closed early, for nobody takes any more, it closes the iterator, too.
        """
        stream: _Stream[T] = _Stream(asyncio.get_running_loop())
        made = asyncio.ensure_future(self.run(stream.fill, pieces))
        made.add_done_callback(lambda _: stream.pieces.put_nowait(_END))
        try:
            while (piece := await stream.pieces.get()) is not _END:
                stream.taken.release()
                yield piece  # type: ignore[misc]
            await made
        finally:
            stream.stop()
            made.cancel()

    def close(self) -> None:
        """Wait for the work in hand and drop what waits; harmless when called twice."""
        self._executor.shutdown(cancel_futures=True)


_END = object()


class _Stream(Generic[T]):
    """What one thread makes and a coroutine takes."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.pieces: asyncio.Queue[T | object] = asyncio.Queue()
        self.taken = threading.Semaphore(PIECES_AHEAD)
        self._loop = loop
        self._stopped = False

    def fill(self, pieces: Callable[[], Generator[T]]) -> None:
        """For the thread: make piece after piece, and wait where too few were taken."""
        with closing(pieces()) as iterator:
            for piece in iterator:
                self.taken.acquire()
                if self._stopped:
                    return
                self._loop.call_soon_threadsafe(self.pieces.put_nowait, piece)

    def stop(self) -> None:
        self._stopped = True
        self.taken.release()
