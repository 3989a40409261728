"""The feeds of people and of schedules for coroutines: which records are others since a number."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from db.feed_epochs import ensure_epoch
from db.record_changes import latest_record_change, record_changes_after
from db.session import Database
from kiosk.core.thread_pool import ThreadPool
from kiosk.domain.record_changes import RecordChange, RecordSubject


class RecordFeedService:
    """Every method raises StorageError when the database is away.

    Args:
        database: of the office.
        threads: no more than the database has connections.
    """

    def __init__(self, database: Database, threads: ThreadPool) -> None:
        self._database = database
        self._threads = threads

    async def get_page(
        self, after: int, limit: int, subjects: Collection[RecordSubject]
    ) -> tuple[UUID, int, tuple[RecordChange, ...]]:
        """Return the epoch, the number that was given last, and the changes after a number."""
        return await self._threads.run(self._page, after, limit, subjects)

    def _page(
        self, after: int, limit: int, subjects: Collection[RecordSubject]
    ) -> tuple[UUID, int, tuple[RecordChange, ...]]:
        epoch = ensure_epoch(self._database)
        with self._database.reading() as session:
            return epoch, latest_record_change(session), record_changes_after(session, after, limit, subjects)
