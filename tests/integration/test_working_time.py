"""Days of offices from rows in the table to the timesheet, on both databases; the figures were worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from db.attendance_log import DatabaseAttendanceLog
from db.schedules import StoredSchedule
from db.session import Database
from kiosk.attendance.presence import present_entries
from kiosk.attendance.schedule_store import ScheduleStore
from kiosk.attendance.stays import StayRules
from kiosk.attendance.timesheet import FIGURES, Timesheets
from kiosk.attendance.timesheet_files import hours_text
from kiosk.domain.types import AttendanceEvent, EventType, Method
from support.database_rows import add_person, trace
from support.fakes import FakeClock

ZONE = ZoneInfo("Europe/Berlin")
RULES = StayRules(timedelta(hours=16), time(5), ZONE)
DAY = date(2026, 11, 2)  # a Monday
OFFICE = "Mon-Fri 08:00-17:00 break 12:00-13:00"
SPLIT = "Mon-Fri 08:00-12:00 + 16:00-20:00"
FLEXIBLE = "Mon-Fri flexible 8:00 06:00-22:00 core 11:00-15:00 unpaid 0:30 after 6:00"


def at(text: str) -> datetime:
    """text: HH:MM of the day, or +HH:MM of the next one."""
    clock = time.fromisoformat(text.removeprefix("+"))
    return datetime.combine(DAY + timedelta(days=text.startswith("+")), clock, ZONE).astimezone(UTC)


def write(database: Database, passages: str) -> None:
    """passages: times in turn of an entry and an exit; the reason of an exit after a slash."""
    rows = []
    for number, passage in enumerate(passages.split()):
        moment, _, reason = passage.partition("/")
        kind = EventType.EXIT if number % 2 else EventType.ENTRY
        rows.append(
            AttendanceEvent(trace(number + 1), 1, kind, at(moment), None, "door", Method.PIN, reason=reason or None)
        )
    DatabaseAttendanceLog(database).record(rows)


def assign(database: Database, plan: str, grace: int) -> None:
    store = ScheduleStore(database)
    store.save(StoredSchedule("plan", plan, date(2024, 1, 1), grace, 1, 2.0), has_start=True)
    store.assign("plan", date(2026, 1, 1), None, 1, None)


@pytest.mark.parametrize(
    ("plan", "grace", "passages", "expected"),
    [
        pytest.param(OFFICE, 15, "07:58 17:03", {"worked": "8:00"}, id="A1 within the grace at both ends"),
        pytest.param(OFFICE, 15, "08:14 17:00", {"worked": "7:46"}, id="A2 within the grace"),
        pytest.param(OFFICE, 15, "08:16 17:00", {"worked": "7:44", "late": "0:16"}, id="A3 past the grace"),
        pytest.param(
            OFFICE, 15, "08:00 19:30", {"worked": "8:00", "overtime": "2:30", "overtime_paid": "5:00"}, id="A4 overtime"
        ),
        pytest.param(OFFICE, 15, "08:00 12:30", {"worked": "4:00", "left_early": "4:30"}, id="A5 left early"),
        pytest.param(SPLIT, 15, "07:59 12:01 15:58 20:02", {"worked": "8:00"}, id="a split shift"),
        pytest.param(FLEXIBLE, 0, "10:40 19:10", {"worked": "8:00"}, id="flexible"),
        pytest.param(
            FLEXIBLE, 0, "11:10 19:40", {"worked": "8:00", "core_missed": "0:10"}, id="flexible, core time missed"
        ),
        pytest.param(
            None, 0, "09:00 13:00/break 13:20 18:00", {"worked": "8:40", "away": "0:20"}, id="a break with its reason"
        ),
    ],
)
def test_a_day(database: Database, plan: str | None, grace: int, passages: str, expected: dict[str, str]) -> None:
    add_person(database)
    if plan is not None:
        assign(database, plan, grace)
    write(database, passages)
    (month,) = Timesheets(database, RULES, FakeClock(at("+12:00"))).months(DAY, DAY)
    (day,) = month.days
    told = {figure: hours_text(getattr(day, figure)) for figure in FIGURES if getattr(day, figure)}
    wanted = {"planned": "8:00"} if plan is not None else {}
    assert {figure: hours for figure, hours in told.items() if figure != "present"} == wanted | expected
    assert not month.questions


def test_who_works_a_split_shift_is_not_in_between_its_parts(database: Database) -> None:
    add_person(database)
    write(database, "07:59 12:01 15:58 20:02")
    rows = DatabaseAttendanceLog(database).history()
    there = [len(present_entries(rows, RULES, at(moment))) for moment in ("11:00", "14:00", "17:00", "21:00")]
    assert there == [1, 0, 1, 0]
