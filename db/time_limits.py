"""How long a connection waits for its database: one that hangs counts as away, like one that is off."""

from __future__ import annotations

import select
import sqlite3
import time
from dataclasses import dataclass
from typing import Any

import psycopg2
from psycopg2 import extensions
from sqlalchemy import Connection, Engine, event

# The server cancels a statement itself, and says why; only a server that is frozen has to be left.
SERVER_FIRST_S = 1.0
CONNECT_S = 3
# Of SQLite's virtual machine: less than a millisecond of work between two looks at the clock.
INSTRUCTIONS_BETWEEN_LOOKS = 10_000
STATEMENT_CLOCK = "kiosk_statement_clock"


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """Limits of the connections of one engine.

    Attributes:
        statement_s: for one statement, in seconds; None without a limit. On SQLite it runs until the next statement,
            or the transaction's end.
        lock_s: for a lock that somebody else holds, in seconds; on SQLite for the write lock.
        leaves_silent_server: whether a PostgreSQL server that accepts bytes and never answers, for it is frozen, is
            left when statement_s are over. It changes how psycopg2 waits in the whole process, after which COPY is
            not possible: not for a library in somebody else's process.
    """

    statement_s: float | None
    lock_s: float
    leaves_silent_server: bool = False


SERVICE_LIMITS = TimeLimits(statement_s=600, lock_s=30)
"""For those who call the kiosk's services in a process of their own."""
COMMAND_LIMITS = TimeLimits(statement_s=600, lock_s=30, leaves_silent_server=True)
"""For a command that somebody waits for, and for the administrator's screens."""
API_LIMITS = TimeLimits(statement_s=20, lock_s=5, leaves_silent_server=True)
"""For requests: less than the watchdog allows the thread of the models."""
LONG_LIMITS = TimeLimits(statement_s=None, lock_s=60)
"""For migrations, backups and copies, which take as long as the data are large."""


def door_limits(timeout_s: float) -> TimeLimits:
    """Return the limits of the door's own connections: after so many seconds the database is away."""
    return TimeLimits(statement_s=timeout_s, lock_s=timeout_s, leaves_silent_server=True)


class LimitedConnection(extensions.connection):
    """A connection to PostgreSQL that waits for an answer no longer than answer_s; None for as long as it takes."""

    answer_s: float | None = None


def connection_options(limits: TimeLimits, options: str = "") -> dict[str, Any]:
    """Return what psycopg2.connect needs for the limits; options: those that the address names itself."""
    limited = f"-c lock_timeout={_milliseconds(limits.lock_s)}"
    if limits.statement_s is not None:
        limited = f"-c statement_timeout={_milliseconds(limits.statement_s)} {limited}"
    arguments: dict[str, Any] = {"options": f"{limited} {options}".strip()}
    if limits.leaves_silent_server and limits.statement_s is not None:
        extensions.set_wait_callback(wait_for_answer)
        answer_s = limits.statement_s + SERVER_FIRST_S
        arguments["connection_factory"] = type("LimitedConnection", (LimitedConnection,), {"answer_s": answer_s})
    return arguments


def wait_for_answer(connection: Any) -> None:
    """Wait until psycopg2 has what it waits for. Raises psycopg2.OperationalError when the limit is over.

    psycopg2 then closes the connection.
    """
    limit_s: float | None = getattr(connection, "answer_s", None)
    if limit_s is not None and connection.status == extensions.STATUS_SETUP:
        limit_s = min(limit_s, CONNECT_S)
    ends_s = None if limit_s is None else time.monotonic() + limit_s
    while (state := connection.poll()) != extensions.POLL_OK:
        waiting = select.poll()  # not select(): an API that many call has descriptors beyond its 1024
        waiting.register(connection.fileno(), select.POLLOUT if state == extensions.POLL_WRITE else select.POLLIN)
        left_ms = None if ends_s is None else max(0.0, (ends_s - time.monotonic()) * 1000)
        if not waiting.poll(left_ms):
            raise psycopg2.OperationalError(f"no answer within {limit_s:g} s")


class StatementClock:
    """Interrupts statements of one SQLite connection that take longer than limit_s."""

    def __init__(self, connection: sqlite3.Connection, limit_s: float) -> None:
        self._limit_s = limit_s
        self._ends_s: float | None = None
        connection.set_progress_handler(self._is_over, INSTRUCTIONS_BETWEEN_LOOKS)

    def start(self) -> None:
        self._ends_s = time.monotonic() + self._limit_s

    def stop(self) -> None:
        self._ends_s = None

    def _is_over(self) -> bool:
        return self._ends_s is not None and time.monotonic() > self._ends_s


def limit_sqlite_statements(engine: Engine, limit_s: float) -> None:
    """Have every statement of an engine of SQLite interrupted after limit_s: sqlite3.OperationalError."""

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, record: Any) -> None:
        record.info[STATEMENT_CLOCK] = StatementClock(connection, limit_s)

    @event.listens_for(engine, "before_cursor_execute")
    def _start(connection: Connection, *_statement: Any) -> None:
        connection.info[STATEMENT_CLOCK].start()

    @event.listens_for(engine, "commit")
    @event.listens_for(engine, "rollback")
    def _stop(connection: Connection) -> None:
        connection.info[STATEMENT_CLOCK].stop()


def _milliseconds(seconds: float) -> int:
    return max(1, round(seconds * 1000))
