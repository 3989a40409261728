"""The threads in which services do their blocking work: each has a connection to the database for itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass

from db.session import Database
from kiosk.core.thread_pool import ThreadPool

EXPORTS_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class ServiceThreads:
    """Pools of threads, none of which waits for another's work.

    Attributes:
        database: for queries that are soon answered.
        exports: for answers of any length, which take as long as whoever reads them.
        inference: one thread, in which the models are used.
    """

    database: ThreadPool
    exports: ThreadPool
    inference: ThreadPool


@contextmanager
def service_threads(database: Database, others: int = 0) -> Iterator[ServiceThreads]:
    """Start the threads, and stop them in the end; others: how many connections are used by somebody else."""
    with ExitStack() as stack:
        counts = {"exports": EXPORTS_AT_ONCE, "inference": 1}
        counts["database"] = database.pool_size - sum(counts.values()) - others
        pools = {name: stack.enter_context(closing(ThreadPool(name, count))) for name, count in counts.items()}
        yield ServiceThreads(**pools)
