"""The engine of a database, and its transactions; the driver's errors are translated."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Delete, Engine, Update, create_engine, event, make_url, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session

from db.database_file import DatabaseFile
from db.database_server import DatabaseServer
from db.error_translation import translated
from db.text_decoder import SqliteSession, TextDecoder
from db.time_limits import COMMAND_LIMITS, CONNECT_S, TimeLimits, connection_options, limit_sqlite_statements
from db.types import utc_now
from kiosk.core.worker import waiting_outside
from kiosk.errors import ConfigurationError

__all__ = [
    "Database",
    "Session",  # the one name of SQLAlchemy that other rooms need
    "changed_count",
    "database_now",
    "describe",
    "insert_or_skip",
    "make_engine",
    "sqlite_path",
]

POOL_SIZE = 12
POOL_TIMEOUT_S = 5
PRAGMA_RETRY_S = 1.0
READ_ONLY, LOG_FILES = "kiosk_read_only", "kiosk_log_files"

# Without these a server whose cable was pulled holds a query for many minutes.
POSTGRESQL_ARGUMENTS = {
    "connect_timeout": f"{CONNECT_S}",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
    "client_encoding": "utf8",
    "application_name": "kiosk",
}
SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",  # what is deleted is overwritten: an erased face must not stay in a free page
)


def make_engine(url: str, limits: TimeLimits = COMMAND_LIMITS) -> Engine:
    """Return an engine for postgresql://… or sqlite:///FILE; a missing SQLite file is created, mode 600.

    limits: how long its connections wait. Raises ConfigurationError for another kind of address, StorageError if the
    file's folder cannot be made.
    """
    parsed = _parse(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite_engine(parsed, limits)
    engine = create_engine(
        parsed.set(drivername="postgresql+psycopg2"),
        connect_args=_postgresql_arguments(parsed, limits),
        executemany_mode="values_plus_batch",  # updates of many rows are sent a hundred at a time
        pool_pre_ping=True,
        pool_size=POOL_SIZE,
        max_overflow=0,
        pool_timeout=POOL_TIMEOUT_S,
        hide_parameters=True,
    )
    event.listen(engine, "connect", DatabaseServer(describe(parsed)).require_same)
    return engine


class Database:
    """A database with its pool of connections. Threads share it, but never a session."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @property
    def description(self) -> str:
        """The kind and place of the database, without the password."""
        return describe(self.engine.url)

    @property
    def file_path(self) -> Path | None:
        """The file of a SQLite database, None for a server."""
        return _file_path(self.engine.url)

    @property
    def pool_size(self) -> int:
        """How many transactions there can be at once; one more waits, and then raises StorageError."""
        return POOL_SIZE

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Run the block in a transaction: commit at its end, roll back if it raises.

        Raises StorageError if the database does not answer or refuses, ConfigurationError if its tables are missing
        or out of date. Other errors of the block are not changed.
        """
        with waiting_outside(), translated(self.description), self._session() as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Run the block in a read-only transaction that sees one moment and blocks no writer; raises likewise."""
        with waiting_outside(), translated(self.description), self._session() as session, session.begin():
            session.connection(execution_options={READ_ONLY: True, **self._reading_options})
            yield session

    def _session(self) -> Session:
        """A session whose objects nobody keeps: none has to be expired, or brought up to date by a statement."""
        kind = SqliteSession if self.engine.dialect.name == "sqlite" else Session
        return kind(self.engine, expire_on_commit=False)

    @property
    def _reading_options(self) -> dict[str, Any]:
        if self.engine.dialect.name == "sqlite":
            return {}
        return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}

    def close(self) -> None:
        """Close all connections; harmless when called twice."""
        self.engine.dispose()


def describe(url: URL) -> str:
    """Return the kind and place of a database, without the password."""
    if url.get_backend_name() == "sqlite":
        return f"SQLite {url.database}"
    host = url.host or url.query.get("host") or "the local socket"
    return f"PostgreSQL {url.database} on {host}"


def sqlite_path(url: str) -> Path | None:
    """Return the file of a SQLite database, None for a server. Raises ConfigurationError for another address."""
    return _file_path(_parse(url))


def _file_path(url: URL) -> Path | None:
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def insert_or_skip(session: Session, table: Any, *unique: str) -> postgresql.Insert | sqlite.Insert:
    """Return an INSERT that skips rows whose values in the columns of a unique index exist already."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing(index_elements=unique)
    return sqlite.insert(table).on_conflict_do_nothing(index_elements=unique)


def database_now(session: Session) -> datetime:
    """Return the time of the database's own clock, aware UTC."""
    return session.execute(select(utc_now())).scalar_one()


def changed_count(session: Session, statement: Update | Delete) -> int:
    """Run a statement and return how many rows it changed or deleted."""
    return int(session.execute(statement).rowcount)  # type: ignore[attr-defined]


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except (ArgumentError, ValueError):
        parsed, backend = None, ""
    if parsed is not None and "@" in f"{parsed.host}{parsed.database if backend != 'sqlite' else ''}":
        parsed = None  # an @ of the password's own, and with it a part of the password outside its place
    # Outside the except clause: a chained error would repeat parts of the address, the password among them.
    if parsed is None or backend not in ("postgresql", "sqlite"):
        raise ConfigurationError(
            "the database's address is neither postgresql://user:password@host/name nor sqlite:///FILE; "
            "characters like @ : / in a password are written as %40 %3A %2F"
        )
    if backend == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise ConfigurationError("a database in memory would forget everything; write sqlite:///FILE")
    return parsed


def _postgresql_arguments(url: URL, limits: TimeLimits) -> dict[str, Any]:
    """Return the arguments of psycopg2.connect that the address does not give itself."""
    options = url.query.get("options", "")
    arguments = {name: value for name, value in POSTGRESQL_ARGUMENTS.items() if name not in url.query}
    return arguments | connection_options(limits, options if isinstance(options, str) else " ".join(options))


def _sqlite_engine(url: URL, limits: TimeLimits) -> Engine:
    file = DatabaseFile(Path(url.database or ""))
    file.make()
    engine = create_engine(
        url.set(drivername="sqlite+pysqlite"),
        creator=file.connect,
        pool_size=POOL_SIZE,
        max_overflow=0,
        pool_timeout=POOL_TIMEOUT_S,
        hide_parameters=True,
    )
    busy_timeout = f"busy_timeout={round(limits.lock_s * 1000)}"  # first: the next pragma may have to wait
    event.listen(engine, "connect", partial(_prepare_sqlite_connection, (busy_timeout, *SQLITE_PRAGMAS)))
    if limits.statement_s is not None:
        limit_sqlite_statements(engine, limits.statement_s)
    decoder = TextDecoder()
    event.listen(engine, "connect", lambda connection, _record: decoder.prepare(connection))
    event.listen(engine, "connect", partial(_note_log_files, file))
    event.listen(engine, "begin", partial(_begin_sqlite_transaction, file))
    event.listen(engine, "commit", partial(_require_same_files, file))
    event.listen(engine, "close", lambda _connection, _record: file.set_log_aside())
    event.listen(engine, "engine_disposed", lambda _engine: file.forget())
    return engine


def _prepare_sqlite_connection(pragmas: Sequence[str], connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver would begin transactions late, and none around changes of tables
    for pragma in pragmas:
        _execute_pragma(connection, pragma)


def _execute_pragma(connection: sqlite3.Connection, pragma: str) -> None:
    """Where two programs turn a new file's log on at once, SQLite refuses one of them without waiting: try again."""
    ends_s = time.monotonic() + PRAGMA_RETRY_S
    while True:
        try:
            connection.execute(f"PRAGMA {pragma}").close()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > ends_s:
                raise
            time.sleep(0.02)


def _note_log_files(file: DatabaseFile, connection: sqlite3.Connection, record: Any) -> None:
    connection.execute("PRAGMA schema_version").close()  # opens the logs
    record.info[LOG_FILES] = file.log_files()


def _require_same_files(file: DatabaseFile, connection: Connection) -> None:
    file.require_same()
    file.require_same_logs(connection.info[LOG_FILES])


def _begin_sqlite_transaction(file: DatabaseFile, connection: Connection) -> None:
    """Take the write lock at once: a reader that becomes a writer can fail at a lock without waiting for it."""
    _require_same_files(file, connection)
    read_only = connection.get_execution_options().get(READ_ONLY, False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
