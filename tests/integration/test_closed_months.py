"""A month that is closed: corrected by nobody, by the product or by SQL, without being found; on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from db.attendance_log import DatabaseAttendanceLog
from db.session import Database
from kiosk.attendance.closed_months import ClosedMonths
from kiosk.attendance.corrections import Corrections, EventChanges
from kiosk.attendance.stays import StayRules
from kiosk.domain.types import AttendanceEvent, EventType
from kiosk.errors import EventRefused, InvalidInput, MonthClosed, StorageError
from kiosk.security.audit_verification import verify
from support.builders import event, make_corrections
from support.database_rows import add_person
from support.fakes import FakeClock
from support.tampering import tamper

NOW, NOVEMBER, BY = datetime(2026, 12, 5, 12, tzinfo=UTC), date(2026, 11, 1), "cli:anna"
RULES = StayRules(timedelta(hours=16), datetime.min.time(), ZoneInfo("Europe/Moscow"))
ENTRY, EXIT = EventType.ENTRY, EventType.EXIT


def local(day: int, hour: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=RULES.zone)


class Office:
    """A night shift into November, a day in it, and a night shift out of it; November is closed."""

    def __init__(self, database: Database) -> None:
        self.database, self.anna = database, add_person(database)
        self.months = ClosedMonths(database, RULES, FakeClock(NOW))
        self.rows = {
            "entry in October": event(self.anna, ENTRY, local(31, 22, 10)),
            "exit of October's last night": event(self.anna, EXIT, local(1, 6)),
            "entry": event(self.anna, ENTRY, local(10, 9)),
            "exit": event(self.anna, EXIT, local(10, 18)),
            "entry of the last night": event(self.anna, ENTRY, local(30, 22)),
            "exit of the last night": event(self.anna, EXIT, local(1, 6, 12)),
            "entry in December": event(self.anna, ENTRY, local(2, 9, 12)),
        }
        DatabaseAttendanceLog(database).record(list(self.rows.values()))
        self.corrections = make_corrections(database, NOW)
        self.months.close(NOVEMBER, "Anna Petrova")


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


OF_NOVEMBER = ("entry", "exit", "entry of the last night", "exit of the last night")
OF_OTHERS = ("entry in October", "exit of October's last night", "entry in December")
CORRECTIONS: dict[str, Callable[[Corrections, AttendanceEvent], object]] = {
    "void": lambda all_, made: all_.void(made.trace_id, BY, "x"),
    "turn": lambda all_, made: all_.turn(made.trace_id, BY, "x"),
    "move": lambda all_, made: all_.change(
        made.trace_id, EventChanges(at=made.occurred_at + timedelta(minutes=5)), BY, "x"
    ),
}


@pytest.mark.parametrize("kind", CORRECTIONS)
@pytest.mark.parametrize("row", OF_NOVEMBER)
def test_nothing_of_a_closed_month_is_corrected(office: Office, row: str, kind: str) -> None:
    with pytest.raises(MonthClosed, match="2026-11 is closed; open it again first"):
        CORRECTIONS[kind](office.corrections, office.rows[row])
    assert office.corrections.listed() == ()
    assert office.months.faults() == ()


@pytest.mark.parametrize("row", OF_OTHERS)
def test_the_months_beside_it_stay_open(office: Office, row: str) -> None:
    CORRECTIONS["move"](office.corrections, office.rows[row])
    assert office.months.faults() == ()


def test_an_exit_that_would_become_a_question_of_the_closed_month_keeps_its_entry(office: Office) -> None:
    with pytest.raises(MonthClosed):
        office.corrections.void(office.rows["entry in October"].trace_id, BY, "x")


MOVES: dict[str, Callable[[Office], object]] = {
    "added": lambda office: office.corrections.add(office.anna, EXIT, local(20, 18), BY, "x"),
    "moved into it": lambda office: office.corrections.change(
        office.rows["entry in December"].trace_id, EventChanges(at=local(29, 9)), BY, "x"
    ),
    "another end of its last night": lambda office: office.corrections.add(
        office.anna, ENTRY, local(1, 5, 12), BY, "x"
    ),
}


@pytest.mark.parametrize("name", MOVES)
def test_nothing_comes_into_a_closed_month(office: Office, name: str) -> None:
    with pytest.raises(MonthClosed):
        MOVES[name](office)


def test_opened_again_it_is_corrected_and_closed_anew(office: Office) -> None:
    office.months.reopen(NOVEMBER, "Anna Petrova", "Boris was ill")
    made = office.corrections.void(office.rows["exit"].trace_id, BY, "x")
    office.months.close(NOVEMBER, "Anna Petrova")
    assert office.months.faults() == ()
    with pytest.raises(MonthClosed):
        office.corrections.undo(made.correction_id, BY, "x")
    with office.database.reading() as session:
        assert verify(session).faults == ()


TAMPERING = {
    "a time": ("UPDATE attendance_log SET timestamp = '2026-11-10 07:00:00.000000' WHERE id = 4", "was changed"),
    "a person": ("UPDATE attendance_log SET employee_id = NULL WHERE id = 3", "was changed"),
    "a type": ("UPDATE attendance_log SET event_type = 'entry' WHERE id = 4", "was changed"),
    "a deleted row": ("DELETE FROM attendance_log WHERE id = 4", "was changed"),
    "the exit of the last night": (
        "UPDATE attendance_log SET timestamp = '2026-12-01 05:00:00.000000' WHERE id = 6",
        "was changed",
    ),
    "a correction": (
        "INSERT INTO attendance_corrections (attendance_id, action, author, reason) VALUES (4, 'void', 'a', 'b')",
        "correction 1 was written although the month is closed",
    ),
    "the closing": ("UPDATE closed_months SET digest = 'x'", "not what the audit log says"),
    "a closing taken away": ("DELETE FROM closed_months", "its table does not say so any more"),
}


@pytest.mark.parametrize("name", TAMPERING)
def test_sql_is_found_out(office: Office, name: str) -> None:
    statement, sentence = TAMPERING[name]
    tamper(office.database, statement)
    (fault,) = office.months.faults()
    assert fault.startswith("2026-11: ")
    assert sentence in fault


def test_the_database_refuses_corrections_of_a_closed_month_itself(office: Office) -> None:
    statement = (
        "INSERT INTO attendance_corrections (attendance_id, action, author, reason) VALUES ({}, 'void', 'a', 'b')"
    )
    for row_id, refused in ((1, False), (2, False), (3, True), (4, True), (5, True), (7, False)):
        try:
            with office.database.transaction() as session:
                session.execute(text(statement.format(row_id)))
        except StorageError as error:
            assert refused, row_id
            assert "the month is closed" in str(error)
        else:
            assert not refused, row_id


def test_rows_that_come_late_are_written_and_named(office: Office) -> None:
    late = event(office.anna, ENTRY, local(12, 9))
    DatabaseAttendanceLog(office.database).record([late])
    assert office.months.faults() == ()
    ((closed, (found,)),) = office.months.with_late_events()
    assert (closed.name, found.trace_id, found.employee_id, found.timestamp) == (
        "2026-11", late.trace_id, office.anna, late.occurred_at,
    )  # fmt: skip


REFUSED: dict[str, tuple[type[Exception], str, Callable[[ClosedMonths], object]]] = {
    "closed already": (EventRefused, "closed already", lambda months: months.close(NOVEMBER, "Anna")),
    "not over": (InvalidInput, "2026-12 is not over", lambda months: months.close(date(2026, 12, 1), "Anna")),
    "by nobody": (InvalidInput, "say who closes it", lambda months: months.close(date(2026, 10, 1), " ")),
    "not closed": (EventRefused, "2026-10 is not closed", lambda months: months.reopen(date(2026, 10, 1), "A", "x")),
    "opened without a reason": (InvalidInput, "say why", lambda months: months.reopen(NOVEMBER, "Anna", "")),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_closed_or_opened_is_told_in_a_sentence(office: Office, name: str) -> None:
    kind, sentence, ask = REFUSED[name]
    with pytest.raises(kind, match=sentence):
        ask(office.months)
    assert [closed.name for closed in office.months.listed()] == ["2026-11"]
