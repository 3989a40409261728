"""Writes entries into a database, as a door does, until all are there; may be killed and started again.

python tests/support/event_writer.py URL NAME COUNT ROWS_AT_ONCE PAUSE_S
"""

from __future__ import annotations

import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from db.attendance_log import DatabaseAttendanceLog
from db.session import Database, make_engine
from kiosk.domain.types import AttendanceEvent, EventType
from kiosk.errors import StorageError

FIRST_AT = datetime(2026, 1, 5, 6, tzinfo=UTC)


def trace_ids(name: str, count: int) -> list[UUID]:
    """Return the trace ids of a writer's events, in order; the same in each process."""
    return [uuid5(NAMESPACE_URL, f"{name}/{number}") for number in range(count)]


def occurred_at(number: int) -> datetime:
    """Return when an event was, counted from 0: a second after the one before it, so that no two are alike."""
    return FIRST_AT + timedelta(seconds=number)


def write(url: str, name: str, count: int, rows_at_once: int, pause_s: float) -> None:
    with closing(Database(make_engine(url))) as database:
        log = DatabaseAttendanceLog(database)
        wanted = [
            AttendanceEvent(one, 1, EventType.ENTRY, occurred_at(number), 0.75, name)
            for number, one in enumerate(trace_ids(name, count))
        ]
        while wanted:
            try:
                log.record(wanted[:rows_at_once])
            except StorageError:
                time.sleep(0.1)
                continue
            del wanted[:rows_at_once]
            time.sleep(pause_s)


if __name__ == "__main__":
    write(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5]))
