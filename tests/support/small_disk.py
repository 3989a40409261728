"""A device on a file system that fills up, and on one that cannot be written; run in a mount namespace of its own.

Arguments: a scenario's name, and the folder on which a tmpfs is mounted.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing, suppress
from mmap import PAGESIZE
from pathlib import Path

from db import migrations
from db.attendance_log import DatabaseAttendanceLog
from db.integrity import check_integrity
from db.session import Database, make_engine
from kiosk.attendance.database_writer import DatabaseWriter
from kiosk.attendance.journal import Journal, JournalCounts, read_counts
from kiosk.domain.types import AttendanceEvent
from kiosk.errors import StorageError
from support.builders import event
from support.database_rows import add_person
from support.fakes import FakeClock


def append_until_full(journal: Journal, people: Sequence[int] = range(1, 6)) -> list[AttendanceEvent]:
    """Return the events that the journal answered for; the last three attempts were refused."""
    written: list[AttendanceEvent] = []
    refused = 0
    while refused < 3:
        one = event(people[len(written) % len(people)])
        try:
            journal.append(one)
        except StorageError as error:
            assert "No space left on device" in str(error), error
            refused += 1
        else:
            written.append(one)
    return written


def full(folder: Path) -> None:
    """Full: said each time; what was answered for is there, also for the next process; room again: it goes on."""
    path, ballast = folder / "events.journal", folder / "ballast"
    ballast.write_bytes(bytes(16 * 1024))
    journal = Journal(path)
    written = append_until_full(journal)
    assert len(written) > 50, len(written)
    assert list(journal.pending(10_000)) == written
    journal.mark_recorded([one.trace_id for one in written[:10]])  # cannot be noted: no crash
    assert list(journal.pending(10_000)) == written[10:]
    journal.close()

    journal = Journal(path)
    assert list(journal.pending(10_000))[-len(written) + 10 :] == written[10:]
    append_until_full(journal)
    ballast.unlink()
    written += append_until_full(journal)
    journal.close()
    assert read_counts(path).waiting >= len(written) - 10
    assert not list(folder.glob("*.new")), "a refused rewriting leaves nothing behind"


def full_and_damaged(folder: Path) -> None:
    """No room to set the damaged file aside: what is whole is used, and nothing of it lost by the attempt."""
    path = folder / "events.journal"
    journal = Journal(path)
    written = append_until_full(journal)
    journal.close()
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x55
    path.write_bytes(data)
    for _ in range(3):
        journal = Journal(path)
        found = list(journal.pending(10_000))
        assert len(found) == len(written) - 1, (len(found), len(written))
        assert [one for one in written if one in found] == found
        journal.close()


def read_only(folder: Path) -> None:
    """What is there can still be recorded; a new event is refused with a reason; writable again: it goes on."""
    path = folder / "events.journal"
    journal = Journal(path)
    first, second = event(1), event(2)
    for one in (first, second):
        journal.append(one)
    journal.close()
    remount(folder, "ro")
    journal = Journal(path)
    assert journal.pending(10) == (first, second)
    journal.mark_recorded([first.trace_id])
    for _ in range(2):
        assert_refused(journal, "Read-only file system")
        assert journal.pending(10) == (second,), "what is in the database is not sent for ever"
    remount(folder, "rw")
    third = event(3)
    journal.append(third)
    assert journal.pending(10) == (second, third)
    journal.close()
    assert read_counts(path) == JournalCounts(waiting=3, refused=0)


def read_only_from_the_beginning(folder: Path) -> None:
    path = folder / "events.journal"
    remount(folder, "ro")
    journal = Journal(path)
    assert_refused(journal, "Read-only file system")
    assert journal.counts == JournalCounts(0, 0)
    remount(folder, "rw")
    journal.append(event())
    assert read_counts(path) == JournalCounts(waiting=1, refused=0)
    journal.close()


def database_too(folder: Path) -> None:
    """The database finds the disk full, too: what was answered for waits in the journal; room again: it is written."""
    url, ballast = f"sqlite:///{folder / 'kiosk.db'}", folder / "ballast"
    with closing(Database(make_engine(url))) as database:
        migrations.upgrade(database)
        clock, journal, attendance = FakeClock(), Journal(folder / "events.journal"), DatabaseAttendanceLog(database)
        writer = DatabaseWriter(journal, attendance, lambda _latest: None, clock, lambda *_: None)
        people = [add_person(database) for _ in range(5)]
        journal.append(event(people[0]))
        writer.step()
        with closing(sqlite3.connect(folder / "kiosk.db")) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # its log has no room of its own then
        ballast.write_bytes(bytes(512 * 1024))
        with (folder / "filled").open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(bytes(PAGESIZE))
        waiting = append_until_full(journal, people)
        assert waiting, "the journal's page has room left"
        writer.step()
        assert writer.is_database_away
        assert (attendance.count(), writer.waiting_count) == (1, len(waiting))
        ballast.unlink()
        journal.append(event(people[0]))
        clock.advance(2.5)
        writer.step()
        assert (attendance.count(), writer.waiting_count, writer.is_database_away) == (2 + len(waiting), 0, False)
        assert check_integrity(database, None).fault is None


def assert_refused(journal: Journal, reason: str) -> None:
    try:
        journal.append(event())
    except StorageError as error:
        assert reason in str(error), error
    else:
        raise AssertionError("the event was not refused")


def remount(folder: Path, mode: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{mode}", folder], check=True)


SCENARIOS = {
    one.__name__: one for one in (full, full_and_damaged, database_too, read_only, read_only_from_the_beginning)
}

if __name__ == "__main__":
    SCENARIOS[sys.argv[1]](Path(sys.argv[2]))
    print("done")  # noqa: T201
