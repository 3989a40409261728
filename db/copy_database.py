"""Copies all rows from one database to another, and compares them afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, TypeAlias

import numpy as np
from sqlalchemy import Row, Table, case, cast, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import REGCLASS
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.orm import Session

from db import migrations
from db.base import Base
from db.error_translation import translated
from db.feed_epochs import begin_epoch
from db.session import Database
from db.tables import AttendanceChangeRow, ChangeCounterRow, DeviceClaimRow, FeedEpochRow, GalleryChangeRow
from db.triggers import silenced_triggers
from kiosk.errors import ConfigurationError, RowRefused, StorageError

BATCH_ROWS = 1000
OWN = tuple(row.__tablename__ for row in (GalleryChangeRow, ChangeCounterRow, DeviceClaimRow, FeedEpochRow))
"""Tables that each database has for itself: counters, its feeds' epoch, and which devices use it."""
TABLES = tuple(table for table in Base.metadata.sorted_tables if table.name not in OWN)

Progress: TypeAlias = Callable[[str, int, int], None]
"""Is called with a table's name, the number of its rows copied so far, and of all its rows."""


@dataclass(frozen=True, slots=True)
class CopiedTable:
    name: str
    row_count: int


def copy_database(source: Database, target: Database, progress: Progress) -> tuple[CopiedTable, ...]:
    """Copy all rows with their ids, in one transaction, and compare each with its copy.

    Missing tables of the target are created. What is written to the source meanwhile is not copied.
    Raises ConfigurationError if the target is not empty or the source not up to date, RowRefused for a row that
    the target cannot hold, StorageError.
    """
    if source.engine.url == target.engine.url:
        raise ConfigurationError(f"{source.description} cannot be copied to itself")
    migrations.require_head(source)
    migrations.upgrade(target)
    return _copy_all(source, target, _refuse_unless_empty, progress)


def replace_contents(source: Database, target: Database, progress: Progress) -> tuple[CopiedTable, ...]:
    """Replace all rows of a PostgreSQL database by copies, in one transaction; other programs wait meanwhile.

    Both databases must be up to date. New ids will be above all earlier ones, and kiosks that use the target reload
    their gallery. Raises the same errors as copy_database.
    """
    migrations.require_head(source)
    migrations.require_head(target)
    return _copy_all(source, target, _empty, progress)


def _copy_all(
    source: Database, target: Database, prepare: Callable[[_Side], None], progress: Progress
) -> tuple[CopiedTable, ...]:
    with source.reading() as reading, target.transaction() as writing:
        original, copy = _Side(source, reading), _Side(target, writing)
        with silenced_triggers(writing):
            prepare(copy)
            copied = tuple(_copy_table(table, original, copy, progress) for table in TABLES)
        _continue_changes(writing)
        begin_epoch(writing)
        return copied


def _empty(copy: _Side) -> None:
    copy.session.execute(text(f"TRUNCATE {', '.join(table.name for table in TABLES)}"))


def _continue_changes(session: Session) -> None:
    """Let new changes of the attendance have numbers above the copied and all earlier ones."""
    copied = select(func.coalesce(func.max(AttendanceChangeRow.id), 0)).scalar_subquery()
    reached = case((ChangeCounterRow.number > copied, ChangeCounterRow.number), else_=copied)
    session.execute(update(ChangeCounterRow).values(number=reached))


@dataclass(frozen=True, slots=True)
class _Side:
    """A database with its open transaction."""

    database: Database
    session: Session

    def count(self, table: Table) -> int:
        with translated(self.database.description):
            return self.session.execute(select(func.count()).select_from(table)).scalar_one()

    def batches(self, table: Table) -> Iterator[Sequence[Row[Any]]]:
        with translated(self.database.description):
            rows = self.session.execute(select(table).order_by(table.c.id), execution_options={"yield_per": BATCH_ROWS})
            yield from rows.partitions()

    def rows(self, table: Table) -> Iterator[Row[Any]]:
        for batch in self.batches(table):
            yield from batch


def _refuse_unless_empty(copy: _Side) -> None:
    filled = [table.name for table in TABLES if copy.count(table)]
    if filled:
        raise ConfigurationError(f"{copy.database.description} is not empty ({', '.join(filled)}); copy to a new one")


def _copy_table(table: Table, original: _Side, copy: _Side, progress: Progress) -> CopiedTable:
    copied, total = 0, original.count(table)
    progress(table.name, copied, total)
    try:
        for batch in original.batches(table):
            copy.session.execute(insert(table), [dict(row._mapping) for row in batch])
            copied += len(batch)
            progress(table.name, copied, total)
    except (ValueError, StatementError) as error:
        if isinstance(error, DBAPIError):
            raise
        raise RowRefused(
            f"one of the rows {copied + 1} to {min(copied + BATCH_ROWS, total)} of {table.name} holds a value that "
            "cannot be copied; mend it in the source; nothing was copied"
        ) from error
    _continue_ids(table, copy.session)
    _compare(table, original.rows(table), copy.rows(table))
    return CopiedTable(table.name, copied)


def _continue_ids(table: Table, session: Session) -> None:
    """Let new ids be above the copied and all earlier ones; SQLite does that by itself."""
    if session.get_bind().dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence(table.name, "id")
        reached = func.greatest(func.max(table.c.id), func.pg_sequence_last_value(cast(sequence, REGCLASS)))
        session.execute(select(func.setval(sequence, reached)).having(func.count() > 0))


def _compare(table: Table, originals: Iterator[Row[Any]], copies: Iterator[Row[Any]]) -> None:
    for original, copy in zip_longest(originals, copies):
        if original is None or copy is None or not all(map(_same, original, copy)):
            row_id = (original or copy).id
            raise StorageError(f"row {row_id} of {table.name} differs from its copy; nothing was copied, try again")


def _same(original: Any, copy: Any) -> bool:
    return np.array_equal(original, copy) if isinstance(original, np.ndarray) else bool(original == copy)
