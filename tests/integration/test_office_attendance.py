"""Entries and exits that other systems register."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest

from db.attendance_log import DatabaseAttendanceLog
from db.session import Database
from kiosk.attendance.office_attendance import OfficeAttendance, PresenceStatus
from kiosk.attendance.rules import Rules
from kiosk.attendance.stays import StayRules
from kiosk.core.context import traced
from kiosk.domain.types import EventMode, EventType, Method
from kiosk.errors import EmployeeInactive, EmployeeNotFound, EventRefused
from support.builders import event
from support.database_rows import add_person, trace, void
from support.fakes import MORNING, FakeClock

STAYS = StayRules(timedelta(hours=16), time(0), ZoneInfo("Europe/Moscow"))
MINUTE_S, DAY_S = 60.0, 86_400.0


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def desk(database: Database, clock: FakeClock) -> OfficeAttendance:
    return OfficeAttendance(database, Rules(EventMode.TOGGLE, 300, STAYS), "door", clock)


@pytest.fixture
def anna(database: Database) -> int:
    return add_person(database, "Anna")


def test_a_day_goes_from_entry_to_exit(desk: OfficeAttendance, clock: FakeClock, anna: int) -> None:
    assert desk.get_employee_status(anna).status is PresenceStatus.UNKNOWN
    assert desk.can_log_entry(anna)
    entry = desk.log_entry(anna)
    assert (entry.event_type, entry.method, entry.occurred_at) == (EventType.ENTRY, Method.API, MORNING)
    assert [person.employee_id for person in desk.get_present_employees()] == [anna]
    assert not desk.can_log_entry(anna)
    clock.advance(MINUTE_S)
    desk.log_exit(anna)
    status = desk.get_employee_status(anna)
    assert (status.status, status.since_at) == (PresenceStatus.LEFT, clock.now())
    assert desk.get_present_employees() == ()
    assert [row.event_type for row in desk.get_attendance_history(employee_id=anna)] == ["entry", "exit"]
    assert desk.count_attendance_history(since=clock.now()) == 1
    assert len(desk.get_attendance_history(limit=1, skip=1)) == 1


def test_the_same_once_more_is_refused(desk: OfficeAttendance, clock: FakeClock, anna: int) -> None:
    desk.log_entry(anna)
    clock.advance(3600)
    with pytest.raises(EventRefused, match="already registered: entry at 2025-03-03 12:00"):
        desk.log_entry(anna)
    assert desk.count_attendance_history() == 1


def test_a_forgotten_exit_does_not_turn_the_next_day_around(
    desk: OfficeAttendance, clock: FakeClock, anna: int
) -> None:
    desk.log_entry(anna)
    clock.advance(DAY_S)
    assert desk.get_employee_status(anna).status is PresenceStatus.UNKNOWN
    assert desk.register(anna).event_type is EventType.ENTRY


def test_the_rules_say_what_is_due_when_nobody_does(desk: OfficeAttendance, clock: FakeClock, anna: int) -> None:
    assert desk.register(anna).event_type is EventType.ENTRY
    clock.advance(MINUTE_S)
    with pytest.raises(EventRefused):
        desk.register(anna)
    clock.advance(300)
    assert desk.register(anna).event_type is EventType.EXIT


def test_where_only_entries_count_they_may_be_repeated(database: Database, clock: FakeClock, anna: int) -> None:
    desk = OfficeAttendance(database, Rules(EventMode.ENTRY_ONLY, 300, STAYS), "door", clock)
    desk.log_entry(anna)
    clock.advance(301)
    assert desk.log_entry(anna).event_type is EventType.ENTRY


def test_a_voided_event_does_not_count(desk: OfficeAttendance, database: Database, clock: FakeClock, anna: int) -> None:
    DatabaseAttendanceLog(database).record([event(anna, at=MORNING - timedelta(seconds=9))])
    void(database, 1)
    assert desk.get_employee_status(anna).status is PresenceStatus.UNKNOWN
    assert desk.can_log_entry(anna)


def test_a_trace_id_is_one_event(desk: OfficeAttendance, database: Database, anna: int) -> None:
    boris = add_person(database, "Boris")
    with traced(trace(7)):
        first = desk.log_entry(anna)
        assert desk.log_entry(anna) == first
        assert first.trace_id == trace(7)
        with pytest.raises(EventRefused, match="trace id"):
            desk.log_exit(anna)
        with pytest.raises(EventRefused, match="trace id"):
            desk.log_entry(boris)
    assert desk.count_attendance_history() == 1


def test_twenty_at_the_same_time_are_one_entry(desk: OfficeAttendance, anna: int) -> None:
    def enter(_number: int) -> bool:
        try:
            desk.log_entry(anna)
        except EventRefused:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(enter, range(20))) == 1
    assert desk.count_attendance_history() == 1


def test_nobody_and_the_deactivated_cannot_come(desk: OfficeAttendance, database: Database) -> None:
    gone = add_person(database, "Gone", active=False)
    with pytest.raises(EmployeeInactive):
        desk.log_entry(gone)
    for number in (4711, 2**31):
        with pytest.raises(EmployeeNotFound):
            desk.log_entry(number)
        assert not desk.can_log_entry(number)
    assert not desk.can_log_entry(gone)
    with pytest.raises(EmployeeNotFound):
        desk.get_employee_status(gone)
    assert desk.statuses() == ()
