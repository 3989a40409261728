"""Whether the database's own files can be read whole: a disk that lost some bytes says nothing by itself."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import text

from db.base import Base
from db.file_mark import is_spoilt
from db.session import Database, Session
from kiosk.errors import StorageError

STEPS_BETWEEN_LOOKS = 10_000  # of SQLite's virtual machine: some milliseconds
FAULTS_SHOWN = 3
CHECKSUM_FAILURES = "SELECT checksum_failures FROM pg_stat_database WHERE datname = current_database()"
WAY_BACK = "keep a copy of it, move it away, then restore a backup: kiosk restore FILE"


@dataclass(frozen=True, slots=True)
class Integrity:
    """What a check found.

    Attributes:
        fault: what is damaged, None when nothing was found.
        is_finished: whether there was time for all of it.
    """

    fault: str | None
    is_finished: bool = True


def check_integrity(database: Database, within_s: float | None) -> Integrity:
    """Read tables and indexes whole; within_s: the longest that it may take, None for as long as it takes.

    SQLite compares them with each other; PostgreSQL says what it could not read, now or, with checksums, ever. Bytes
    that changed inside a value, and leave it one, nothing of this finds. Raises StorageError when the database is away.
    """
    ends_s = None if within_s is None else time.monotonic() + within_s
    if database.file_path is not None:
        return _check_sqlite(database.file_path, ends_s)
    return _check_postgresql(database, ends_s)


def require_whole(database: Database) -> None:
    """Raise StorageError, with the way back in it, for a damaged SQLite file: a copy of it would be no backup.

    A server is not asked: each of its rows is compared with its copy.
    """
    if database.engine.dialect.name != "sqlite":
        return
    found = check_integrity(database, within_s=None)
    if found.fault is not None:
        raise StorageError(f"{database.description} is damaged ({found.fault}); {WAY_BACK}; older backups are kept")


def _check_sqlite(path: Path, ends_s: float | None) -> Integrity:
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=rw", uri=True)) as connection:
            if ends_s is not None:
                connection.set_progress_handler(lambda: time.monotonic() > ends_s, STEPS_BETWEEN_LOOKS)
            found = [str(sentence) for (sentence,) in connection.execute(f"PRAGMA integrity_check({FAULTS_SHOWN})")]
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
            return Integrity(None, is_finished=False)
        if is_spoilt(error):
            return Integrity(str(error))
        raise StorageError(f"{path} cannot be read ({error}); check its owner and the disk") from error
    return Integrity(None if found == ["ok"] else "; ".join(" ".join(one.split()) for one in found))


def _check_postgresql(database: Database, ends_s: float | None) -> Integrity:
    try:
        with database.reading() as session:
            failures = session.scalar(text(CHECKSUM_FAILURES))
            if failures:
                return Integrity(f"the server found {failures} page(s) whose checksum is wrong")
            for statement in _whole_tables(session):
                if ends_s is not None:
                    left_ms = max(1, round((ends_s - time.monotonic()) * 1000))
                    session.execute(text(f"SET LOCAL statement_timeout = {left_ms}"))
                session.execute(text(statement))
    except StorageError as error:
        code = getattr(getattr(error.__cause__, "orig", None), "pgcode", None) or ""
        if code == "57014":
            return Integrity(None, is_finished=False)
        if code[:2] == "XX" or code == "58030":  # data, index or page damaged; input or output error
            return Integrity(str(error))
        raise
    return Integrity(None)


def _whole_tables(session: Session) -> Iterator[str]:
    names = session.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")).all()
    for name in sorted(set(names) & set(Base.metadata.tables)):
        yield f"SELECT sum(length(one::text)) FROM {name} AS one"  # noqa: S608 - names of our own tables
