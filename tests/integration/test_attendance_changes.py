"""The numbered changes of the attendance: which there are, in whose name, and that a reader by number misses none."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import numpy as np
import pytest
from sqlalchemy import text

from db import migrations
from db.attendance_changes import changes_after
from db.attendance_log import DatabaseAttendanceLog
from db.database_dump import load_into_postgresql, load_into_sqlite, write_dump
from db.models import AttendanceRow
from db.session import Database
from kiosk.core.context import acting_as
from kiosk.domain.attendance_log import AttendanceChange, ChangeKind
from kiosk.domain.types import AttendanceEvent, EventType, Method
from kiosk.errors import StorageError
from support.builders import make_corrections
from support.database_rows import add_person, trace, void

OpenDatabase = Callable[[str], Database]
START = datetime(2026, 3, 2, 8, tzinfo=UTC)
ROW = "INSERT INTO attendance_log (employee_id, timestamp, event_type, trace_id) VALUES "
FIRST = "(1, '2026-03-02 08:00:00.000000', 'entry', '00000000000000000000000000000001')"
SECOND = "(1, '2026-03-02 17:00:00.000000', 'exit', '00000000000000000000000000000002')"


def event(number: int, employee_id: int | None = 1) -> AttendanceEvent:
    at = START + timedelta(seconds=number)
    return AttendanceEvent(trace(number), employee_id, EventType.ENTRY, at, 0.5, "kiosk-1", Method.FACE, None)


def run(database: Database, *statements: str) -> None:
    with database.transaction() as session:
        for statement in statements:
            session.execute(text(statement))


def changes(database: Database, after: int = 0, limit: int = 1000) -> tuple[AttendanceChange, ...]:
    with database.reading() as session:
        return changes_after(session, after, limit)


def told(database: Database, after: int = 0) -> list[tuple[str, int]]:
    return [(change.kind.value, change.trace_id.int) for change in changes(database, after)]


PLAIN_SQL = {
    "a row": ([ROW + SECOND], [("insert", 2)]),
    "a row that is there already": (
        [f"{ROW} {FIRST} ON CONFLICT (trace_id) DO NOTHING"],
        [],
    ),
    "a deletion": (["DELETE FROM attendance_log"], [("deletion", 1)]),
    "a deletion of a row with corrections": (
        [
            "INSERT INTO attendance_corrections (attendance_id, action, author, reason) VALUES (1, 'void', 'a', 'b')",
            "DELETE FROM attendance_log",
        ],
        [("correction", 1), ("deletion", 1)],
    ),
    "a purged snapshot": (["UPDATE attendance_log SET photo_path = NULL"], []),
    "an event that is nobody's any more": (["UPDATE attendance_log SET employee_id = NULL"], [("erasure", 1)]),
    "another time": (["UPDATE attendance_log SET timestamp = '2026-03-02 09:00:00.000000'"], [("alteration", 1)]),
    "the same time": (["UPDATE attendance_log SET timestamp = timestamp"], []),
    "another trace id": (
        ["UPDATE attendance_log SET trace_id = '00000000000000000000000000000009'"],
        [("deletion", 1), ("insert", 9)],
    ),
}


@pytest.mark.parametrize("name", PLAIN_SQL)
def test_plain_sql_is_recorded_row_by_row(database: Database, name: str) -> None:
    add_person(database)
    run(database, ROW + FIRST, "UPDATE attendance_log SET photo_path = 'a.jpg'")
    statements, expected = PLAIN_SQL[name]
    run(database, *statements)
    found = told(database, after=1)
    if "corrections" in name and database.engine.dialect.name == "postgresql":
        expected = expected[1:]  # at commit there is no event left that a correction could be of
    assert found == expected
    assert {change.actor.partition(":")[0] for change in changes(database)} == {"sql"}


def test_emptied_table_is_recorded(postgresql_url: str, open_database: OpenDatabase) -> None:
    database = open_database(postgresql_url)
    DatabaseAttendanceLog(database).record([event(1, None), event(2, None)])
    run(database, "TRUNCATE attendance_log CASCADE")
    assert told(database, after=2) == [("deletion", 1), ("deletion", 2)]


OTHER_VALUES = {
    "id": "77",
    "employee_id": "2",
    "timestamp": "'2026-03-03 08:00:00.000000'",
    "event_type": "'exit'",
    "confidence": "0.25",
    "trace_id": "'00000000000000000000000000000009'",
    "kiosk_id": "'kiosk-2'",
    "method": "'pin'",
}


@pytest.mark.parametrize("column", [column.name for column in AttendanceRow.__table__.columns])
def test_no_column_but_the_snapshots_path_changes_unrecorded(database: Database, column: str) -> None:
    add_person(database), add_person(database)
    run(database, ROW + FIRST)
    value = OTHER_VALUES.get(column, "'b'")
    run(database, f"UPDATE attendance_log SET {column} = {value}")
    assert bool(told(database, after=1)) is (column != "photo_path")


def test_changes_are_told_in_the_name_of_who_made_them(database: Database) -> None:
    anna = add_person(database)
    log, corrections = DatabaseAttendanceLog(database), make_corrections(database)
    with acting_as("kiosk:kiosk-1"):
        log.record([event(1, anna), event(2, anna)])
        log.record([event(1, anna)])
    corrections.void(trace(1), "admin:boris", "somebody else's")
    corrections.take_back(trace(1), "admin:boris", "once more")
    with acting_as("cli:clara"):
        turned = corrections.turn(trace(2), "admin:boris", "the other way")
        log.delete_of_kiosk("kiosk-1")
    run(database, ROW + FIRST)

    found = changes(database)
    assert [change.number for change in found] == list(range(1, len(found) + 1))
    assert [(change.kind, change.trace_id, change.actor) for change in found[:6]] == [
        (ChangeKind.INSERT, trace(1), "kiosk:kiosk-1"),
        (ChangeKind.INSERT, trace(2), "kiosk:kiosk-1"),
        (ChangeKind.CORRECTION, trace(1), "admin:boris"),
        (ChangeKind.INSERT, turned.trace_id, "admin:boris"),
        (ChangeKind.CORRECTION, trace(2), "admin:boris"),
        (ChangeKind.CORRECTION, turned.trace_id, "admin:boris"),
    ]
    assert {(change.kind, change.actor) for change in found[6:9]} == {(ChangeKind.DELETION, "cli:clara")}
    assert found[9].actor.startswith("sql")
    assert all(abs(datetime.now(UTC) - change.at) < timedelta(minutes=5) for change in found)


def test_pages_follow_one_another(database: Database) -> None:
    DatabaseAttendanceLog(database).record([event(number, None) for number in range(1, 8)])
    first = changes(database, limit=3)
    rest = changes(database, after=first[-1].number)
    assert [change.trace_id.int for change in first + rest] == list(range(1, 8))
    assert changes(database, after=7) == ()


def test_what_is_taken_back_leaves_neither_change_nor_gap(database: Database) -> None:
    log = DatabaseAttendanceLog(database)
    with pytest.raises(KeyError), database.transaction() as session:
        session.execute(text(ROW + FIRST.replace("(1,", "(NULL,")))
        raise KeyError
    log.record([event(2, None)])
    assert [(change.number, change.trace_id.int) for change in changes(database)] == [(1, 2)]


REFUSED = {
    "deleted": "DELETE FROM attendance_changes",
    "kind": "UPDATE attendance_changes SET kind = 'deletion'",
    "actor": "UPDATE attendance_changes SET actor = 'b'",
    "time": "UPDATE attendance_changes SET at = '2020-01-01 00:00:00.000000'",
    "another digest": "UPDATE attendance_changes SET digest = 'b'",
    "digest taken away": "UPDATE attendance_changes SET digest = NULL",
}


def test_changes_are_append_only(database: Database, subtests: pytest.Subtests) -> None:
    DatabaseAttendanceLog(database).record([event(1, None)])
    run(database, "UPDATE attendance_changes SET digest = 'a'")
    for name, statement in REFUSED.items():
        with subtests.test(name), pytest.raises(StorageError, match="append-only"):
            run(database, statement)


def test_lost_counter_keeps_no_event_from_being_written(database: Database) -> None:
    log = DatabaseAttendanceLog(database)
    log.record([event(1, None), event(2, None)])
    run(database, "DELETE FROM change_counter")
    log.record([event(3, None)])
    assert [change.number for change in changes(database)] == [1, 2, 3]


def test_rows_that_exist_already_get_their_changes(empty_database_url: str, open_database: OpenDatabase) -> None:
    database = open_database(empty_database_url)
    migrations.upgrade(database, "005_schedules")
    add_person(database)
    run(database, ROW + SECOND, ROW + FIRST)
    void(database, 1)
    migrations.upgrade(database)
    assert told(database) == [("insert", 2), ("insert", 1), ("correction", 2)]
    assert {change.actor for change in changes(database)} == {"migration"}
    DatabaseAttendanceLog(database).record([event(3, None)])
    assert [change.number for change in changes(database)] == [1, 2, 3, 4]
    migrations.downgrade(database, "005_schedules")
    migrations.upgrade(database)
    assert told(database) == [("insert", 2), ("insert", 1), ("insert", 3), ("correction", 2)]


def test_reader_by_number_misses_nothing_and_writers_do_not_block_one_another(
    database_url: str, open_database: OpenDatabase
) -> None:
    """Eight writers, some of which change the gallery before or after, commit out of order while somebody reads."""
    database, reader = open_database(database_url), open_database(database_url)
    people = [add_person(database) for _ in range(8)]
    written: list[UUID] = []
    seen: list[tuple[int, UUID]] = []
    failures: list[BaseException] = []
    done = threading.Event()

    def write(employee_id: int) -> None:
        dice = np.random.default_rng(employee_id)
        try:
            for _ in range(40):
                events = [event(0, employee_id) for _ in range(int(dice.integers(1, 5)))]
                made = [uuid4() for _ in events]
                with database.transaction() as session:
                    if dice.random() < 0.3:
                        session.execute(text(f"UPDATE employees SET full_name = '{uuid4()}' WHERE id = {employee_id}"))
                    for trace_id in made:
                        row = f"({employee_id}, '2026-03-02 08:00:00.000000', 'entry', '{trace_id.hex}')"
                        session.execute(text(ROW + row))
                    if dice.random() < 0.3:
                        session.execute(text(f"UPDATE employees SET full_name = '{uuid4()}' WHERE id = {employee_id}"))
                written.extend(made)
        except BaseException as error:
            failures.append(error)
            raise

    def read() -> None:
        number = 0
        while True:
            was_done = done.is_set()
            page = changes(reader, number, 50)
            seen.extend((change.number, change.trace_id) for change in page)
            number = page[-1].number if page else number
            if was_done and not page:
                return

    writers = [threading.Thread(target=write, args=(person,)) for person in people]
    polling = threading.Thread(target=read)
    for thread in (polling, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    polling.join()
    assert not failures
    assert sorted(trace_id for _, trace_id in seen) == sorted(written)
    assert [number for number, _ in seen] == list(range(1, len(written) + 1))


def test_numbers_go_on_above_those_of_a_database_that_is_replaced(database: Database, tmp_path: Path) -> None:
    log, dump = DatabaseAttendanceLog(database), tmp_path / "dump.db"
    log.record([event(1, None), event(2, None)])
    write_dump(database, dump, lambda *_: None)
    log.record([event(3, None), event(4, None), event(5, None)])
    if database.engine.dialect.name == "sqlite":
        load_into_sqlite(dump, database, lambda *_: None)
    else:
        load_into_postgresql(dump, database, lambda *_: None)
    assert told(database) == [("insert", 1), ("insert", 2)], "what is copied is no change"
    log.record([event(6, None)])
    assert [(change.number, change.trace_id.int) for change in changes(database)] == [(1, 1), (2, 2), (6, 6)]
