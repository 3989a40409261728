"""A log from before stays, in which every calendar day began with an entry: what was wrong is asked, not changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from db import migrations
from db.attendance_log import DatabaseAttendanceLog
from db.schedules import StoredSchedule
from db.session import Database
from kiosk.attendance.corrections import Corrections
from kiosk.attendance.schedule_store import ScheduleStore
from kiosk.attendance.stays import Doubt, StayRules
from kiosk.attendance.timesheet import PersonMonth, Timesheets
from kiosk.domain.types import EventType
from support.database_rows import add_person
from support.fakes import FakeClock

BERLIN = ZoneInfo("Europe/Berlin")
RULES = StayRules(timedelta(hours=16), time(0), BERLIN)
FIRST, LAST = date(2026, 11, 2), date(2026, 11, 8)
LATER = FakeClock(datetime(2026, 11, 20, tzinfo=UTC))
INSERT = text("""
    INSERT INTO attendance_log (employee_id, timestamp, event_type, trace_id)
    VALUES (:employee_id, :timestamp, :event_type, :trace_id)
""")


def write_as_before(database: Database, employee_id: int, passages: list[datetime]) -> None:
    """Write passages by the rule of that time: a local day's first one is an entry, the others take turns."""
    is_sqlite = database.engine.dialect.name == "sqlite"
    day, last = None, EventType.EXIT
    with database.transaction() as session:
        for local in passages:
            last = EventType.ENTRY if local.date() != day else last.opposite
            day, at, trace_id = local.date(), local.astimezone(UTC), uuid4()
            row = {
                "employee_id": employee_id,
                "timestamp": f"{at:%Y-%m-%d %H:%M:%S.%f}" if is_sqlite else at,
                "event_type": last.value,
                "trace_id": trace_id.hex if is_sqlite else trace_id,
            }
            session.execute(INSERT, row)


def sheet(database: Database) -> PersonMonth:
    (month,) = Timesheets(database, RULES, LATER).months(FIRST, LAST)
    return month


def test_night_shifts_of_an_old_log_come_out_right_once_what_is_asked_is_answered(
    empty_database_url: str, open_database: Callable[[str], Database]
) -> None:
    database = open_database(empty_database_url)
    migrations.upgrade(database, "002_add_indexes")
    nina = add_person(database, "Nina")
    evenings = [datetime.combine(FIRST + timedelta(days=night), time(22), BERLIN) for night in range(5)]
    write_as_before(database, nina, [at for evening in evenings for at in (evening, evening + timedelta(hours=8))])
    migrations.upgrade(database)
    log = DatabaseAttendanceLog(database)
    before = [(row.timestamp, row.event_type) for row in log.history()]
    assert [kind for _, kind in before] == ["entry", *["entry", "exit"] * 4, "entry"], "nine of ten follow the old rule"

    store = ScheduleStore(database)
    store.save(StoredSchedule("nights", "Mon-Fri 22:00-06:00", FIRST), has_start=True)
    store.assign("nights", FIRST, None, nina, None)
    month = sheet(database)
    assert month.total("worked") == timedelta(), "nothing is counted that is not known"
    assert {stay.doubt for stay in month.questions} == {Doubt.EXIT_MISSING, Doubt.ENTRY_MISSING}
    asked = {moment for stay in month.questions for moment in stay.moments if moment is not None}
    assert asked == {at for at, _ in before}, "each row is in the list"
    assert [(row.timestamp, row.event_type) for row in log.history()] == before, "and none was changed"

    corrections = Corrections(database, RULES, "office", LATER)
    for row in log.history():
        at = row.timestamp.astimezone(BERLIN)
        if (row.event_type is EventType.ENTRY) is not (at.hour == 22):
            corrections.turn(row.trace_id, "cli:admin", "written by the old rule")
    month = sheet(database)
    assert (month.total("worked"), month.questions) == (timedelta(hours=40), ())


@pytest.mark.parametrize("hour", [18, 20, 22])
def test_nights_of_an_old_log_are_asked_without_a_schedule(
    empty_database_url: str, open_database: Callable[[str], Database], hour: int
) -> None:
    """Shifts until six in the morning; Saturday and Sunday are off."""
    database = open_database(empty_database_url)
    migrations.upgrade(database, "002_add_indexes")
    nina = add_person(database, "Nina")
    evenings = [datetime.combine(FIRST + timedelta(days=day), time(hour), BERLIN) for day in (0, 1, 2, 3, 4, 7)]
    length = timedelta(hours=30 - hour)
    write_as_before(database, nina, [at for evening in evenings for at in (evening, evening + length)])
    migrations.upgrade(database)
    log = DatabaseAttendanceLog(database)
    (month,) = Timesheets(database, RULES, LATER).months(FIRST, FIRST + timedelta(days=10))
    asked = {moment for stay in month.questions for moment in stay.moments if moment is not None}
    assert asked == {row.timestamp for row in log.history()}, "each row is in the list"
    assert (month.total("worked"), {day.worked for day in month.days}) == (timedelta(), {timedelta()})
    assert Doubt.TYPES_TURNED in {stay.doubt for stay in month.questions}
    (later,) = Timesheets(database, RULES, LATER).months(FIRST + timedelta(days=2), LAST)
    assert not later.total("worked"), "also where the period begins among them"


def test_days_of_an_old_log_need_no_answer(empty_database_url: str, open_database: Callable[[str], Database]) -> None:
    database = open_database(empty_database_url)
    migrations.upgrade(database, "002_add_indexes")
    anna = add_person(database, "Anna")
    mornings = [datetime.combine(FIRST + timedelta(days=day), time(9), BERLIN) for day in range(5)]
    write_as_before(database, anna, [at for morning in mornings for at in (morning, morning + timedelta(hours=9))])
    migrations.upgrade(database)
    month = sheet(database)
    assert (month.total("worked"), month.questions) == (timedelta(hours=45), ())
