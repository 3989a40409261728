"""Dumps: a whole database of either kind as one SQLite file, and back."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import inspect, text

from db import copy_database, migrations
from db.audit_log import AuditHead
from db.base import Base
from db.error_translation import SQLITE_HINTS
from db.integrity import require_whole
from db.session import Database, make_engine
from db.tables import ChangeCounterRow, GalleryChangeRow
from db.time_limits import LONG_LIMITS
from db.triggers import LOCK_TIMEOUT
from kiosk.errors import StorageError

BACKUP_PAGES = 1000
SEQUENCES = "SELECT name, seq FROM sqlite_sequence"
GALLERY_COUNTER, CHANGE_COUNTER = GalleryChangeRow.__tablename__, ChangeCounterRow.__tablename__


def write_dump(database: Database, path: Path, progress: copy_database.Progress) -> None:
    """Write a new file, mode 600, with all rows as they are now; other programs may write meanwhile.

    A dump of SQLite has no deleted rows in its pages, and the tables of the database's own revision. Of PostgreSQL
    each row is compared with its copy. Raises ConfigurationError if PostgreSQL's tables are not up to date,
    StorageError, also for a SQLite file that is damaged.
    """
    require_whole(database)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    if database.engine.dialect.name == "sqlite":
        with (
            _translated(f"the copy {path}"),
            closing(_connected(Path(str(database.engine.url.database)))) as connection,
        ):
            connection.execute("VACUUM INTO ?", (str(path),))
        return
    with opened_dump(path) as file:
        copy_database.copy_database(database, file, progress)


@contextmanager
def opened_dump(path: Path) -> Iterator[Database]:
    """Open a dump as a database; afterwards it is a single file again, without a write-ahead log."""
    with closing(Database(make_engine(f"sqlite:///{path}", LONG_LIMITS))) as database:
        yield database
    with _translated(str(path)), closing(_connected(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def row_counts(path: Path) -> dict[str, int]:
    """Return the number of rows of each table of a dump. Raises StorageError if the file is damaged."""
    with _translated(str(path)), closing(_connected(path)) as connection:
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise StorageError(f"{path}: {SQLITE_HINTS['malformed']}")
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        own = [name for (name,) in names if name in Base.metadata.tables and name not in copy_database.OWN]
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in own}  # noqa: S608


def audit_head(path: Path) -> AuditHead | None:
    """Return the head of a dump's audit log, None when it has none. Raises StorageError if the file is damaged."""
    with _translated(str(path)), closing(_connected(path)) as connection:
        known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'audit_head'").fetchone()
        row = known and connection.execute("SELECT row_count, hash FROM audit_head").fetchone()
        return AuditHead(*row) if row else None


def is_empty(database: Database) -> bool:
    """Tell whether the kiosk's tables have no rows, or do not exist. Raises StorageError."""
    if migrations.current(database) is None:
        return True
    with database.reading() as session:
        tables = [table for table in copy_database.TABLES if _exists(database, table.name)]
        return not any(session.execute(text(f"SELECT 1 FROM {t.name} LIMIT 1")).first() for t in tables)  # noqa: S608


def load_into_sqlite(dump: Path, database: Database, progress: Callable[[int, int], None]) -> None:
    """Replace everything in a SQLite database by a dump, in one transaction.

    Programs that have the file open continue with the new contents. New ids will be above all earlier ones.
    Raises StorageError.
    """
    live = Path(str(database.engine.url.database))
    with (
        _translated(database.description),
        closing(_connected(live)) as target,
        closing(_connected(dump)) as source,
    ):
        _go_on_from(source, target)
        source.backup(target, pages=BACKUP_PAGES, progress=lambda _status, left, total: progress(total - left, total))
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def load_into_postgresql(dump: Path, database: Database, progress: copy_database.Progress) -> None:
    """Replace everything in a PostgreSQL database by a dump, in one transaction.

    Tables of a newer version of the kiosk are dropped before, in a transaction of their own. Raises
    ConfigurationError, StorageError.
    """
    if migrations.current(database) not in (None, *migrations.REVISIONS):
        _drop_everything(database)
    migrations.upgrade(database)
    with opened_dump(dump) as source:
        copy_database.replace_contents(source, database, progress)


def _go_on_from(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Raise the dump's ids and counters above the target's: running programs remember those they have seen."""
    (identity,) = target.execute("PRAGMA user_version").fetchone()
    if identity:
        source.execute(f"PRAGMA user_version = {identity}")
    known = {name for (name,) in target.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "sqlite_sequence" in known:
        for name, seq in target.execute(SEQUENCES).fetchall():
            source.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (seq, name))
    if GALLERY_COUNTER in known:
        for (version,) in target.execute(f"SELECT version FROM {GALLERY_COUNTER}").fetchall():  # noqa: S608
            source.execute(f"UPDATE {GALLERY_COUNTER} SET version = max(version, ?) + 1", (version,))  # noqa: S608
    if CHANGE_COUNTER in known:
        for (number,) in target.execute(f"SELECT number FROM {CHANGE_COUNTER}").fetchall():  # noqa: S608
            source.execute(f"UPDATE {CHANGE_COUNTER} SET number = max(number, ?)", (number,))  # noqa: S608


def _drop_everything(database: Database) -> None:
    """Drop the tables and functions that the kiosk's role owns in its schema."""
    with database.transaction() as session:
        session.execute(text(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'"))
        tables = session.scalars(
            text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tableowner = current_user")
        )
        for name in tables.all():
            session.execute(text(f'DROP TABLE "{name}" CASCADE'))
        functions = session.scalars(
            text(
                "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
                " AND pg_get_userbyid(proowner) = current_user AND proname LIKE 'kiosk\\_%'"
            )
        )
        for name in functions.all():
            session.execute(text(f"DROP FUNCTION {name} CASCADE"))


def _exists(database: Database, table: str) -> bool:
    return inspect(database.engine).has_table(table)


def _connected(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=LONG_LIMITS.lock_s, isolation_level=None)


@contextmanager
def _translated(what: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        hint = next((hint for sign, hint in SQLITE_HINTS.items() if sign in str(error)), str(error))
        raise StorageError(f"{what}: {hint}") from error
