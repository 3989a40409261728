"""Overwrites deleted rows in the database's files, where they stay in unused pages otherwise."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import text

from db.database_file import replaced_log
from db.error_translation import translated
from db.session import Database
from kiosk.domain.erasure_leftovers import ErasureLeftover, LeftoverKind
from kiosk.errors import KioskError

LOCK_TIMEOUT_S = 5
TRY_AGAIN = "run: python -m kiosk purge"
POSTGRESQL_SCRUBS = (
    "ALTER TABLE embeddings ALTER COLUMN vector SET STATISTICS 0",
    "ALTER TABLE embeddings ALTER COLUMN vector TYPE REAL[]",
    "VACUUM FULL embeddings",
    "VACUUM FULL pg_statistic",
)
POSTGRESQL_KEEPS = ErasureLeftover(
    LeftoverKind.SERVER_COPIES,
    "PostgreSQL's write-ahead log, replicas and backups hold what was deleted until they are recycled; "
    "whoever runs the server has to see to them",
)
LOG_KEEPS = ErasureLeftover(
    LeftoverKind.WRITE_AHEAD_LOG, f"another program was reading: old pages stay in the write-ahead log; {TRY_AGAIN}"
)


def scrub(database: Database) -> tuple[ErasureLeftover, ...]:
    """Rewrite the database's files without deleted rows, and return what could not be removed.

    Call it after the rows are deleted and committed. It raises nothing: a failure is one of the leftovers.
    """
    try:
        if database.file_path is not None:
            return (*_scrub_sqlite(database.file_path), *_delete_replaced_log(database.file_path))
        with translated(database.description):
            return _scrub_postgresql(database)
    except (KioskError, sqlite3.Error) as error:
        why = f"free pages of the database were not overwritten ({error}); {TRY_AGAIN}"
        return (ErasureLeftover(LeftoverKind.FREE_PAGES, why),)


def _scrub_sqlite(path: Path) -> tuple[ErasureLeftover, ...]:
    """Rewrite the file, bring the rewritten pages out of the write-ahead log into it, and cut the log to nothing.

    On a connection of its own: VACUUM wants to be outside of any transaction, and the pool's begin one by themselves.
    """
    with closing(sqlite3.connect(path, timeout=LOCK_TIMEOUT_S, isolation_level=None)) as connection:
        connection.execute("VACUUM")
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return (LOG_KEEPS,) if busy else ()


def _delete_replaced_log(path: Path) -> tuple[ErasureLeftover, ...]:
    """Delete what was kept of a database that was overwritten: nobody can tell whose faces are in it."""
    log_path = replaced_log(path)
    try:
        log_path.unlink(missing_ok=True)
    except OSError as error:
        why = f"{log_path} could not be deleted: {error.strerror}; delete it by hand"
        return (ErasureLeftover(LeftoverKind.FILE, why, log_path),)
    return ()


def _scrub_postgresql(database: Database) -> tuple[ErasureLeftover, ...]:
    """VACUUM FULL writes the table of templates to a new file; the old one is deleted.

    The planner's statistics hold samples of a column's values, whole templates among them: none are gathered any more,
    and giving the column its own type anew drops those that were.
    """
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"SET lock_timeout = '{LOCK_TIMEOUT_S}s'"))
        try:
            for statement in POSTGRESQL_SCRUBS:
                connection.execute(text(statement))
        finally:
            connection.execute(text("RESET lock_timeout"))
    return (POSTGRESQL_KEEPS,)
