"""Whether the attendance is what was digested: what is legitimate is no fault, and what was done by hand is found."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from db import audit_log, migrations
from db.attendance_changes import changes_after
from db.attendance_digest import CORRECTION_COLUMNS, EVENT_COLUMNS, REASON_COLUMNS, digest_changes
from db.attendance_log import DatabaseAttendanceLog
from db.database_dump import load_into_postgresql, load_into_sqlite, write_dump
from db.session import Database
from db.snapshot_paths import clear_photo_paths
from kiosk.core.logger import LineFormatter
from kiosk.domain.types import AttendanceEvent, EventType, Method
from kiosk.jobs.attendance_digest import digest_attendance, log_head
from kiosk.security.attendance_verification import AttendanceVerdict, verify_attendance
from kiosk.security.audit_heads import read_head
from support.builders import make_corrections
from support.database_rows import add_person, trace
from support.tampering import drop_triggers, run, tamper

OpenDatabase = Callable[[str], Database]
EVENT_TABLES = ("attendance_log", "attendance_changes")
START = datetime(2026, 3, 2, 8, tzinfo=UTC)


def event(number: int, employee_id: int | None = None) -> AttendanceEvent:
    at = START + timedelta(minutes=number, microseconds=7)
    return AttendanceEvent(
        trace(number), employee_id, EventType.ENTRY, at, 0.1, "kiosk-1", Method.FACE, f"{number}.jpg"
    )


def verdict(database: Database) -> AttendanceVerdict:
    with database.reading() as session:
        return verify_attendance(session)


def digested(database: Database) -> AttendanceVerdict:
    digest_attendance(database)
    return verdict(database)


@pytest.fixture
def office(database: Database) -> Database:
    """Events 1 to 6 of one person, the second voided, the third turned; all digested."""
    anna = add_person(database)
    DatabaseAttendanceLog(database).record([event(number, anna) for number in range(1, 7)])
    make_corrections(database).void(trace(2), "admin:boris", "somebody else's")
    make_corrections(database).turn(trace(3), "admin:boris", "the other way")
    assert digested(database).faults == []
    return database


def test_digest_covers_every_change_once_in_batches(database: Database) -> None:
    assert digest_attendance(database) == 0
    DatabaseAttendanceLog(database).record([event(number) for number in range(1, 8)])
    with database.transaction() as session:
        first = digest_changes(session, "digest", limit=5)
    assert first is not None
    assert (first.first, first.last, first.count) == (1, 5, 5)
    assert verdict(database).digested == 5
    assert digest_attendance(database) == 2
    assert digest_attendance(database) == 0
    found = verdict(database)
    assert (found.changes, found.digested, found.faults, found.notices) == (7, 7, [], [])
    with database.reading() as session:
        assert [entry.action for entry in audit_log.entries(session)] == ["attendance_digest"] * 2


def test_digest_can_be_stopped_and_goes_on(database: Database) -> None:
    DatabaseAttendanceLog(database).record([event(1)])
    assert digest_attendance(database, lambda: True) == 0
    assert digest_attendance(database) == 1


def late_rows(database: Database) -> None:
    DatabaseAttendanceLog(database).record([replace(event(8), occurred_at=START - timedelta(days=9)), event(7)])


def correction(database: Database) -> None:
    make_corrections(database).void(trace(5), "admin:boris", "later")


def purge(database: Database) -> None:
    with database.transaction() as session:
        assert clear_photo_paths(session, [trace(1), trace(4)]) == 2


def deletion(database: Database) -> None:
    DatabaseAttendanceLog(database).delete_of_kiosk("kiosk-1")


LEGITIMATE: dict[str, Callable[[Database], None]] = {
    "late rows of a journal": late_rows,
    "a correction": correction,
    "the purge": purge,
    "a deletion": deletion,
    "a row of another program": lambda database: run(
        database,
        "INSERT INTO attendance_log (timestamp, event_type, trace_id)"
        " VALUES ('2026-03-02 09:00:00.000000', 'entry', '000000000000000000000000000000ff')",
    ),
    "an erasure": lambda database: run(database, "UPDATE attendance_log SET employee_id = NULL"),
}


@pytest.mark.parametrize("name", LEGITIMATE)
def test_what_is_legitimate_is_no_fault(office: Database, name: str) -> None:
    LEGITIMATE[name](office)
    assert verdict(office).faults == []
    assert digested(office).faults == []
    assert verdict(office).notices == []


def restore(database: Database, dump: Path) -> None:
    load = load_into_sqlite if database.engine.dialect.name == "sqlite" else load_into_postgresql
    load(dump, database, lambda *_: None)
    with database.transaction() as session:
        audit_log.append(session, "cli:anna", "restore")


@pytest.mark.parametrize("undigested", [0, 1], ids=["all digested before", "not digested before"])
def test_restored_database_is_no_fault(office: Database, tmp_path: Path, undigested: int) -> None:
    DatabaseAttendanceLog(office).record([event(20 + number) for number in range(undigested)])
    dump = tmp_path / "dump.db"
    write_dump(office, dump, lambda *_: None)
    DatabaseAttendanceLog(office).record([event(7), event(8)])
    digest_attendance(office)
    restore(office, dump)
    assert verdict(office).faults == []
    DatabaseAttendanceLog(office).record([event(9)])
    assert verdict(office).faults == []
    assert digested(office).faults == []


def test_restore_hides_no_more_than_the_gap_that_it_made(office: Database, tmp_path: Path) -> None:
    DatabaseAttendanceLog(office).record([event(20)])
    dump = tmp_path / "dump.db"
    write_dump(office, dump, lambda *_: None)
    DatabaseAttendanceLog(office).record([event(7)])
    restore(office, dump)
    DatabaseAttendanceLog(office).record([event(8), event(9), event(10)])
    tamper(office, *(f"DELETE FROM {table} WHERE trace_id = '{trace(9).hex}'" for table in EVENT_TABLES))
    assert verdict(office).faults == ["change 14 is missing: it was removed by hand"]


UPDATE_TIME = "UPDATE attendance_log SET timestamp = '2026-03-02 07:00:00.000000' WHERE id = 4"
LATEST_CHANGE = "(SELECT max(id) FROM attendance_changes)"
TAMPERINGS: dict[str, tuple[Sequence[str], str, int | None]] = {
    "time changed": ([UPDATE_TIME], "it is not what was digested at its change 4", 4),
    "person exchanged": (["UPDATE attendance_log SET employee_id = NULL WHERE id = 1"], "not what was digested", 1),
    "confidence changed": (
        ["UPDATE attendance_log SET confidence = 0.100001 WHERE id = 1"],
        "not what was digested",
        1,
    ),
    "row deleted": (["DELETE FROM attendance_log WHERE id = 5"], "is gone, and no change says", 5),
    "row deleted with its change": (
        [
            "DELETE FROM attendance_log WHERE id = 5",
            f"DELETE FROM attendance_changes WHERE trace_id = '{trace(5).hex}'",
        ],
        "the changes 1 to 10 are not those that audit row 3 digested: there were 10 and are 9",
        None,
    ),
    "row inserted": (
        [
            "INSERT INTO attendance_log (timestamp, event_type, trace_id)"
            " VALUES ('2026-03-02 09:00:00.000000', 'entry', '000000000000000000000000000000ff')"
        ],
        "has no change that tells who wrote it",
        255,
    ),
    "deleted row put back": (
        [
            f"INSERT INTO attendance_changes (id, kind, trace_id, actor) SELECT {LATEST_CHANGE} + 1, 'deletion', "
            f"trace_id, 'a' FROM attendance_log WHERE id = 1",
            "UPDATE change_counter SET number = number + 1",
        ],
        "was deleted by change 11, and is there again",
        1,
    ),
    "correction removed": (["DELETE FROM attendance_corrections WHERE id = 1"], "not what was digested", 2),
    "correction changed": (["UPDATE attendance_corrections SET author = 'b' WHERE id = 1"], "not what was digested", 2),
    "correction inserted": (
        ["INSERT INTO attendance_corrections (attendance_id, action, author, reason) VALUES (6, 'void', 'a', 'b')"],
        "not what was digested",
        6,
    ),
    "reason given": (
        ["INSERT INTO attendance_reasons (attendance_id, reason, author) VALUES (6, 'break', 'a')"],
        "not what was digested",
        6,
    ),
    "row and its digest changed": (
        [UPDATE_TIME, "UPDATE attendance_changes SET digest = 'a' WHERE id = 4"],
        "the changes 1 to 10 are not those",
        4,
    ),
    "who did it changed": (["UPDATE attendance_changes SET actor = 'b' WHERE id = 4"], "are not those", None),
    "change inserted": (
        ["INSERT INTO attendance_changes (id, kind, trace_id, actor) VALUES (0, 'insert', '" + "0" * 32 + "', 'a')"],
        "there were 10 and are 11",
        0,
    ),
    "all of it removed": (
        ["DELETE FROM attendance_corrections", "DELETE FROM attendance_log", "DELETE FROM attendance_changes"],
        "there were 10 and are 0",
        None,
    ),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_found(office: Database, name: str) -> None:
    statements, words, named = TAMPERINGS[name]
    tamper(office, *statements)
    found = verdict(office)
    assert any(words in fault for fault in found.faults), found.faults
    assert found.fault_count == len(found.faults)
    if named is not None:
        assert trace(named) in found.events
        assert any(str(trace(named)) in fault for fault in found.faults)


UNDIGESTED = {
    "in the middle": ([7], "change 11 is missing"),
    "at the end": ([9], "change 13 is missing"),
    "several": ([7, 8, 9], "the changes 11 to 13 are missing"),
}


@pytest.mark.parametrize("name", UNDIGESTED)
def test_change_removed_before_the_night_is_found_by_its_number(office: Database, name: str) -> None:
    numbers, words = UNDIGESTED[name]
    DatabaseAttendanceLog(office).record([event(number) for number in (7, 8, 9)])
    drop_triggers(office)
    for number in numbers:
        for table in ("attendance_log", "attendance_changes"):
            run(office, f"DELETE FROM {table} WHERE trace_id = '{trace(number).hex}'")
    assert any(words in fault for fault in verdict(office).faults), verdict(office).faults
    if name == "in the middle":
        assert any("had been removed before they were digested" in fault for fault in digested(office).faults)


def test_row_changed_in_plain_sql_is_named_with_who_did_it(office: Database) -> None:
    run(office, UPDATE_TIME)
    [fault] = verdict(office).faults
    assert str(trace(4)) in fault
    assert "was changed by sql" in fault
    assert len(digested(office).faults) == 1, "the night does not make it right"


def test_row_deleted_in_plain_sql_is_told_and_no_fault(office: Database) -> None:
    run(office, "DELETE FROM attendance_log WHERE id = 4")
    found = verdict(office)
    assert (found.faults, len(found.notices)) == ([], 1)
    assert str(trace(4)) in found.notices[0]


def test_digests_hold_when_tables_go_down_and_up_again(office: Database) -> None:
    """A later migration must not make digested rows look changed; the changes themselves go with their table."""
    latest = migrations.REVISIONS[-1]
    if latest != "006_attendance_changes":
        migrations.downgrade(office, "006_attendance_changes")
        migrations.upgrade(office)
        assert verdict(office).faults == []
    migrations.downgrade(office, "005_schedules")
    migrations.upgrade(office)
    assert any("there were 10" in fault for fault in verdict(office).faults), (
        "what was digested is lost, and it is said"
    )


def test_columns_added_later_may_be_empty(office: Database) -> None:
    """An empty value is left out of the digest; one with a default would make every earlier event look changed."""
    first = {"employee_id", "timestamp", "event_type", "confidence", "trace_id", "kiosk_id", "method"}
    first |= {"action", "author", "reason", "at"}
    later = [column for column in (*EVENT_COLUMNS, *CORRECTION_COLUMNS, *REASON_COLUMNS) if column.name not in first]
    assert all(column.nullable for column in later), later
    with office.reading() as session:
        assert changes_after(session, 0, 1)[0].number == 1
        assert session.scalar(text("SELECT count(*) FROM attendance_changes WHERE digest IS NULL")) == 0


def test_night_writes_the_head_to_the_systems_journal(office: Database, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="kiosk"):
        head = log_head(office)
    [record] = [record for record in caplog.records if record.getMessage() == "audit.head"]
    assert read_head(LineFormatter().format(record)) == head, "verify takes the line as it stands there"
