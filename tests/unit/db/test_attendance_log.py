import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import func, select, update

from db import audit_log
from db.attendance_log import DatabaseAttendanceLog, DeletedEvents
from db.models import AttendanceRow, EmployeeRow
from db.session import Database
from db.tables import CorrectionRow
from kiosk.core.context import acting_as
from kiosk.domain.attendance_log import LogEntry, LogFilter, LogKind
from kiosk.domain.types import AttendanceEvent, EventType, Method
from kiosk.errors import RowRefused
from support.database_rows import add_person, trace, void

MORNING = datetime(2025, 3, 3, 9, 0, 0, 250000, tzinfo=UTC)
NOW = MORNING + timedelta(days=1)
ENTRY, EXIT = EventType.ENTRY, EventType.EXIT


@pytest.fixture
def log(database: Database) -> DatabaseAttendanceLog:
    return DatabaseAttendanceLog(database)


def event(number: int, employee_id: int | None, event_type: EventType = ENTRY, hours: float = 0) -> AttendanceEvent:
    return AttendanceEvent(
        trace_id=trace(number),
        employee_id=employee_id,
        event_type=event_type,
        occurred_at=MORNING + timedelta(hours=hours),
        confidence=0.1 + 0.2,
        kiosk_id="door",
        photo_path=f"static/{number}.jpg",
    )


def traces(entries: tuple[LogEntry, ...] | tuple[AttendanceEvent, ...]) -> list[int]:
    return [entry.trace_id.int for entry in entries]


def test_recorded_event_comes_back_whole(database: Database, log: DatabaseAttendanceLog) -> None:
    anna = add_person(database)
    pin = replace(event(1, anna, EXIT), method=Method.PIN, confidence=None, photo_path=None, kiosk_id="Вход №2")
    seoul = timezone(timedelta(hours=9))
    abroad = replace(event(2, None, hours=1), occurred_at=(MORNING + timedelta(hours=1)).astimezone(seoul))
    assert log.record([pin, abroad]) == 2
    assert log.latest_events(NOW) == (pin,)
    first, second = log.history()
    assert first == LogEntry(trace(1), anna, "Anna", MORNING, EXIT, None, Method.PIN, "Вход №2", False, None)
    assert (second.employee_id, second.full_name, second.confidence) == (None, None, 0.1 + 0.2)
    assert second.timestamp == abroad.occurred_at
    assert second.timestamp.tzinfo is UTC


def test_repeated_event_changes_nothing(database: Database, log: DatabaseAttendanceLog) -> None:
    anna = add_person(database)
    assert log.record([]) == 0
    assert log.record([event(1, anna), event(2, anna, EXIT)]) == 2
    assert log.record([event(2, anna, ENTRY), event(3, anna), event(3, anna)]) == 1
    assert [(entry.trace_id.int, entry.event_type) for entry in log.history()] == [(1, ENTRY), (2, EXIT), (3, ENTRY)]


def test_events_of_one_moment_keep_the_order_they_were_given_in(database: Database, log: DatabaseAttendanceLog) -> None:
    anna = add_person(database)
    numbers = [int(n) for n in range(2500, 0, -1)]
    assert log.record([event(number, anna) for number in numbers]) == 2500
    assert traces(log.history()) == numbers
    assert traces(log.latest_events(NOW)) == [1]


def test_racing_recorders_write_each_event_once(database: Database, log: DatabaseAttendanceLog) -> None:
    anna = add_person(database)
    events = [event(number, anna) for number in range(1, 21)]
    with ThreadPoolExecutor(8) as threads:
        written = list(threads.map(lambda _: log.record(events), range(8)))
    assert sum(written) == 20
    assert sorted(traces(log.history())) == list(range(1, 21))


def test_event_of_nobody_refuses_the_batch_and_writes_nothing(database: Database, log: DatabaseAttendanceLog) -> None:
    anna = add_person(database)
    with pytest.raises(RowRefused):
        log.record([event(1, anna), event(2, 999)])
    assert log.history() == ()


def test_latest_events_are_by_time_and_leave_out_what_does_not_count(
    database: Database, log: DatabaseAttendanceLog
) -> None:
    anna, boris, clara = add_person(database), add_person(database), add_person(database)
    log.record(
        [
            event(1, anna, ENTRY, hours=8),
            event(2, anna, EXIT, hours=1),
            event(3, boris, ENTRY),
            event(4, boris, EXIT, hours=1),
            event(5, clara),
            event(6, None, hours=9),
        ]
    )
    with database.reading() as session:
        ids = {row.trace_id.int: row.id for row in session.execute(select(AttendanceRow.id, AttendanceRow.trace_id))}
    void(database, ids[4])
    void(database, ids[5])
    assert traces(log.latest_events(NOW)) == [1, 3]
    assert [entry.trace_id.int for entry in log.history() if entry.voided] == [5, 4]


HISTORY_CASES: dict[str, tuple[dict[str, Any], list[int]]] = {
    "all": ({}, [1, 2, 3, 4]),
    "since is included": ({"since": MORNING + timedelta(hours=1)}, [2, 3, 4]),
    "until is not": ({"until": MORNING + timedelta(hours=2)}, [1, 2]),
    "both, in another zone": (
        {
            "since": (MORNING + timedelta(hours=1)).astimezone(timezone(timedelta(hours=-5))),
            "until": MORNING + timedelta(hours=3),
        },
        [2, 3],
    ),
    "an empty span": ({"since": MORNING, "until": MORNING}, []),
    "one person": ({"employee_id": 1}, [1, 3]),
    "a person that there is not": ({"employee_id": 99}, []),
}


@pytest.mark.parametrize("name", HISTORY_CASES)
def test_history_is_of_the_span_and_person_asked_for(sqlite_log: DatabaseAttendanceLog, name: str) -> None:
    asked, expected = HISTORY_CASES[name]
    assert traces(sqlite_log.history(**asked)) == expected


@pytest.fixture
def sqlite_log(open_database: Callable[[str], Database], sqlite_url: str) -> DatabaseAttendanceLog:
    database = open_database(sqlite_url)
    anna, boris = add_person(database), add_person(database)
    log = DatabaseAttendanceLog(database)
    log.record([event(1, anna), event(2, boris, hours=1), event(3, anna, EXIT, hours=2), event(4, None, hours=3)])
    return log


def test_what_a_wrong_clock_wrote_is_nobodys_latest_event(database: Database, log: DatabaseAttendanceLog) -> None:
    anna, boris = add_person(database, "Anna"), add_person(database, "Boris")
    log.record([event(1, anna), event(2, anna, hours=24 * 365 * 3), event(3, boris, hours=24 * 365 * 3)])
    assert traces(log.latest_events(NOW)) == [1]


def test_one_kiosks_events_are_deleted_with_their_corrections(database: Database, log: DatabaseAttendanceLog) -> None:
    anna = add_person(database)
    log.record([event(1, anna), replace(event(2, anna), kiosk_id="other"), replace(event(3, None), photo_path=None)])
    with database.reading() as session:
        first = session.execute(select(func.min(AttendanceRow.id))).scalar_one()
    void(database, first)
    with acting_as("cli:anna"):
        assert log.delete_of_kiosk("door") == DeletedEvents(2, ("static/1.jpg",))
    assert traces(log.history()) == [2]
    assert log.delete_of_kiosk("door") == DeletedEvents(0, ())
    with database.reading() as session:
        assert session.execute(select(func.count()).select_from(CorrectionRow)).scalar_one() == 0
        (entry,) = audit_log.entries(session)
    assert (entry.actor, entry.action, entry.subject) == ("cli:anna", "events_delete", "kiosk:door")
    assert json.loads(entry.details) == {"events": 2}


@pytest.mark.parametrize(("page", "what"), [({"skip": -1}, "skip"), ({"limit": -1}, "limit")], ids=["skip", "limit"])
def test_a_negative_page_is_refused(log: DatabaseAttendanceLog, page: dict[str, int], what: str) -> None:
    with pytest.raises(ValueError, match=f"{what} is 0 or more"):
        log.history(**page)  # type: ignore[arg-type]
    assert log.history(skip=0, limit=0) == ()


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        pytest.param({}, [5, 4, 3, 2, 1], id="all, the latest first"),
        pytest.param({"since": MORNING + timedelta(hours=1), "until": MORNING + timedelta(hours=3)}, [3, 2], id="span"),
        pytest.param({"employee_id": 1}, [4, 1], id="person"),
        pytest.param({"department": "Stores"}, [5, 2], id="department"),
        pytest.param({"kind": LogKind.ENTRY}, [3, 2, 1], id="entries"),
        pytest.param({"kind": LogKind.EXIT}, [5, 4], id="exits"),
        pytest.param({"kind": LogKind.UNKNOWN}, [3], id="unknown visitors"),
        pytest.param({"kind": LogKind.CORRECTED}, [2], id="corrected"),
        pytest.param({"kind": LogKind.CORRECTED, "department": "Stores"}, [2], id="kind and department"),
    ],
)
def test_a_filter_lets_the_wanted_entries_through(
    database: Database, log: DatabaseAttendanceLog, wanted: dict[str, Any], found: list[int]
) -> None:
    anna, boris = add_person(database), add_person(database, "Boris")
    with database.transaction() as session:
        session.execute(update(EmployeeRow).where(EmployeeRow.id == boris).values(department="Stores"))
    rows = ((anna, ENTRY), (boris, ENTRY), (None, ENTRY), (anna, EXIT), (boris, EXIT))
    log.record([event(number, who, kind, number - 1) for number, (who, kind) in enumerate(rows, 1)])
    void(database, 2)
    asked = LogFilter(**{"since": MORNING, "until": NOW} | wanted)
    assert traces(log.latest(asked, 9)) == found
    assert traces(log.latest(asked, 1)) == found[:1]
    assert log.count_matching(asked) == len(found)
    assert traces(tuple(log.read_matching(asked))) == found[::-1]
    assert [entry.trace_id.int for entry in log.latest(asked, 9) if entry.voided] == [2] * (2 in found)
