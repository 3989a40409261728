"""Events that are taken back or turned round, on both databases."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from db.attendance_log import DatabaseAttendanceLog
from db.models import AttendanceRow
from db.session import Database
from db.tables import AuditRow, CorrectionRow
from kiosk.domain.types import AttendanceEvent, EventType
from kiosk.errors import EventRefused, StorageError
from kiosk.security.audit_verification import verify
from support.builders import event, make_corrections
from support.database_rows import add_person, trace
from support.fakes import MORNING

DOOR, REASON = "kiosk:door", "not me"


@pytest.fixture
def entry(database: Database) -> AttendanceEvent:
    """An entry that is in the database."""
    made = event(add_person(database), EventType.ENTRY, MORNING)
    DatabaseAttendanceLog(database).record([made])
    return made


def corrections(database: Database) -> list[tuple[UUID, str, str, str]]:
    query = select(AttendanceRow.trace_id, CorrectionRow.action, CorrectionRow.author, CorrectionRow.reason)
    with database.reading() as session:
        rows = session.execute(query.join(CorrectionRow, CorrectionRow.attendance_id == AttendanceRow.id))
        return [(trace_id, action, author, reason) for trace_id, action, author, reason in rows]


def test_a_voided_event_is_kept_and_does_not_count(database: Database, entry: AttendanceEvent) -> None:
    assert make_corrections(database).void(entry.trace_id, DOOR, REASON).event == entry
    log = DatabaseAttendanceLog(database)
    assert log.latest_events(MORNING + timedelta(days=1)) == ()
    (kept,) = log.history()
    assert kept.voided
    assert corrections(database) == [(entry.trace_id, "void", DOOR, REASON)]


def test_taking_back_twice_says_it_once(database: Database, entry: AttendanceEvent) -> None:
    for _ in range(2):
        assert make_corrections(database).take_back(entry.trace_id, DOOR, REASON) == entry
    assert len(corrections(database)) == 1


def test_a_turned_event_is_the_opposite_of_the_same_time(database: Database, entry: AttendanceEvent) -> None:
    turned = make_corrections(database).turn(entry.trace_id, DOOR, "turned")
    assert (turned.event_type, turned.occurred_at) == (EventType.EXIT, entry.occurred_at)
    assert (turned.employee_id, turned.confidence) == (entry.employee_id, entry.confidence)
    assert DatabaseAttendanceLog(database).latest_events(MORNING + timedelta(days=1)) == (turned,)
    assert sorted(corrections(database), key=lambda row: row[1]) == [
        (turned.trace_id, "add", DOOR, "turned"),
        (entry.trace_id, "void", DOOR, "turned"),
    ]


def test_what_was_turned_can_be_turned_back(database: Database, entry: AttendanceEvent) -> None:
    wanted = make_corrections(database)
    back = wanted.turn(wanted.turn(entry.trace_id, DOOR, "turned").trace_id, DOOR, "turned")
    assert back.event_type is EventType.ENTRY
    assert DatabaseAttendanceLog(database).latest_events(MORNING + timedelta(days=1)) == (back,)


def test_what_does_not_count_is_not_turned(database: Database, entry: AttendanceEvent) -> None:
    make_corrections(database).void(entry.trace_id, DOOR, REASON)
    with pytest.raises(EventRefused, match="does not count"):
        make_corrections(database).turn(entry.trace_id, DOOR, "turned")
    assert len(DatabaseAttendanceLog(database).history()) == 1


@pytest.mark.parametrize("wish", ["void", "take_back", "turn"])
def test_an_event_that_is_not_there_yet_is_to_be_asked_for_again(database: Database, wish: str) -> None:
    with pytest.raises(StorageError, match="not reached the database"):
        getattr(make_corrections(database), wish)(trace(1), DOOR, REASON)


def test_the_audit_log_tells_of_both(database: Database, entry: AttendanceEvent) -> None:
    turned = make_corrections(database).turn(entry.trace_id, DOOR, "turned")
    make_corrections(database).void(turned.trace_id, DOOR, REASON)
    with database.reading() as session:
        rows = session.scalars(select(AuditRow).order_by(AuditRow.id)).all()
        assert verify(session).faults == ()
    assert [(row.actor, row.action, row.subject) for row in rows] == [
        (DOOR, "event_turn", f"event:{entry.trace_id}"),
        (DOOR, "event_void", f"event:{turned.trace_id}"),
    ]
    assert json.loads(rows[0].details)["turned_into"] == str(turned.trace_id)
    assert json.loads(rows[1].details) == {"employee_id": entry.employee_id, "correction": 3}
    assert not any("reason" in json.loads(row.details) for row in rows), "what people type is no id"
