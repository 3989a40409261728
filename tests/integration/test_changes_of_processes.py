"""The numbers of changes that several processes make at once."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable

from db.attendance_changes import changes_after
from db.session import Database
from kiosk.config.paths import PROJECT_DIR
from kiosk.domain.attendance_log import AttendanceChange

OpenDatabase = Callable[[str], Database]
WRITER = """
import sys
from datetime import UTC, datetime
from uuid import uuid4
from db.attendance_log import DatabaseAttendanceLog
from db.session import Database, make_engine
from kiosk.core.context import acting_as
from kiosk.domain.types import AttendanceEvent, EventType, Method
log = DatabaseAttendanceLog(Database(make_engine(sys.argv[1])))
print("ready", flush=True)
sys.stdin.readline()
with acting_as(sys.argv[2]):
    for _ in range(100):
        log.record([AttendanceEvent(uuid4(), None, EventType.ENTRY, datetime.now(UTC), None, "k", Method.API, None)])
"""


def changes(database: Database, after: int) -> tuple[AttendanceChange, ...]:
    with database.reading() as session:
        return changes_after(session, after, 1000)


def test_kiosk_api_and_command_line_write_to_one_file_at_once(sqlite_url: str, open_database: OpenDatabase) -> None:
    actors = ("kiosk:kiosk-1", "token:payroll", "cli:anna")
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, sqlite_url, actor],
            cwd=PROJECT_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for actor in actors
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    reader, seen, number = open_database(sqlite_url), list[AttendanceChange](), 0
    while len(seen) < 300 and any(writer.poll() is None for writer in writers):
        page = changes(reader, number)
        seen += page
        number = page[-1].number if page else number
    assert [(writer.wait(), *writer.communicate()) for writer in writers] == [(0, "", "")] * 3
    seen += changes(reader, number)
    assert [change.number for change in seen] == list(range(1, 301))
    assert Counter(change.actor for change in seen) == dict.fromkeys(actors, 100), "each in its own name"
