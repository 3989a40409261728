"""Months in which somebody came, left or changed the department, on both databases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text, update

from db import migrations
from db.attendance_log import DatabaseAttendanceLog
from db.models import EmployeeRow
from db.personal_data import rows_about
from db.schedules import StoredSchedule
from db.session import Database
from db.tables import FormerDepartmentRow
from kiosk.attendance.plan_sync import PlanSync
from kiosk.attendance.plans import Plans
from kiosk.attendance.schedule_store import ScheduleStore
from kiosk.attendance.stays import StayRules
from kiosk.attendance.t13 import person_of
from kiosk.attendance.timesheet import PersonMonth, Timesheets
from kiosk.domain.types import EventType
from kiosk.employees.schemas import EmployeeUpdate
from kiosk.employees.store import EmployeeStore
from support.builders import event
from support.database_rows import add_person
from support.fakes import FakeClock

ZONE = ZoneInfo("Europe/Moscow")
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
DAY, NIGHT = "Mon-Fri 09:00-18:00", "Mon-Fri 22:00-06:00"
CLOCK = FakeClock(datetime(2027, 1, 15, 12, tzinfo=ZONE))


def local(day: int, hour: int = 9, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=ZONE).astimezone(UTC)


def assign(database: Database, plan: str, department: str | None = None) -> None:
    store = ScheduleStore(database)
    store.save(StoredSchedule(plan[:7], plan, date(2026, 1, 5)), has_start=True)
    store.assign(plan[:7], date(2026, 1, 1), None, None, department)


def come(database: Database, employee_id: int, *days: int) -> None:
    moments = [(kind, local(day, hour)) for day in days for kind, hour in ((EventType.ENTRY, 9), (EventType.EXIT, 18))]
    DatabaseAttendanceLog(database).record([event(employee_id, kind, at) for kind, at in moments])


def months(database: Database, first: date = FIRST, last: date = LAST) -> Mapping[str, PersonMonth]:
    sheets = Timesheets(database, StayRules(timedelta(hours=16), time(0), ZONE), CLOCK)
    return {month.person.full_name: month for month in sheets.months(first, last)}


@pytest.mark.parametrize(
    ("added", "left", "came", "missing", "off"),
    [
        pytest.param(local(16), None, [16, 17], range(18, 31), 4, id="hired on the sixteenth"),
        pytest.param(local(16), None, [12, 16], [13, *range(17, 31)], 6, id="came before they were added"),
        pytest.param(local(1, month=1), local(13, 18), [12, 13], range(2, 12), 3, id="left on the thirteenth"),
        pytest.param(local(1, month=1), None, [2], range(3, 31), 9, id="here all the month"),
        pytest.param(local(1, month=12), None, [], [], 0, id="hired in December"),
    ],
)  # fmt: skip
def test_nobody_is_missed_before_they_came_or_after_they_left(  # noqa: PLR0917  a table's columns
    database: Database, added: datetime, left: datetime | None, came: list[int], missing: list[int], off: int
) -> None:
    assign(database, DAY)
    anna = add_person(database, since=added)
    come(database, anna, *came)
    if left is not None:
        with database.transaction() as session:
            gone = update(EmployeeRow).where(EmployeeRow.id == anna)
            session.execute(gone.values(is_active=False, updated_at=left))
    month = months(database)["Anna"]
    weekdays = [day for day in missing if date(2026, 11, day).weekday() < 5]
    assert [day.day.day for day in month.days if day.is_absent] == weekdays
    assert len(month.days_off) == off
    marks = [day.codes for half in person_of(month, FIRST).halves for day in half if day is not None]
    assert (marks.count("НН"), marks.count("Я"), marks.count("В")) == (len(weekdays), len(came), off)


def test_a_past_month_stays_with_the_department_and_the_schedule_of_then(
    database: Database, open_database: Callable[[str], Database], tmp_path: Path
) -> None:
    """Nina was in the night crew until the tenth of December."""
    for plan, department in ((DAY, "Office"), (NIGHT, "Crew")):
        assign(database, plan, department)
    nina = add_person(database, "Nina")
    store = EmployeeStore(database)
    store.update(nina, EmployeeUpdate(department="Crew"))
    with database.transaction() as session:
        session.execute(update(FormerDepartmentRow).values(until_at=local(1, month=1)))
    store.update(nina, EmployeeUpdate(department="Office"))
    store.update(nina, EmployeeUpdate(position="Clerk"))
    with database.transaction() as session:
        from_crew = update(FormerDepartmentRow).where(FormerDepartmentRow.department == "Crew")
        session.execute(from_crew.values(until_at=local(10, month=12)))
        kept = rows_about(session, nina)["former_departments"]
    assert [row["department"] for row in kept] == [None, "Crew"]
    november, december = months(database)["Nina"], months(database, date(2026, 12, 1), date(2026, 12, 31))["Nina"]
    assert (november.person.department, december.person.department) == ("Crew", "Office")
    away = open_database(f"sqlite:///{tmp_path / 'away.db'}")
    read: list[Plans] = []
    clock = FakeClock(datetime(2026, 12, 10, 20, tzinfo=ZONE))
    PlanSync(database, ZONE, tmp_path / "plans.json", read.append, clock).follow()
    copied: list[Plans] = []
    PlanSync(away, ZONE, tmp_path / "plans.json", copied.append, clock).load()
    for plans in (*read, *copied):
        found = [plans.assignment_of(nina, date(2026, 12, day)) for day in (9, 10)]
        assert [one.department for one in found if one is not None] == ["Crew", "Office"]
    assert len(read) == len(copied) == 1 and read[0].is_same(copied[0])


def test_former_departments_go_and_come_with_the_migration(database: Database) -> None:
    nina = add_person(database, "Nina")
    EmployeeStore(database).update(nina, EmployeeUpdate(department="Crew"))
    migrations.downgrade(database, "020_receivers")
    migrations.upgrade(database)
    with database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM former_departments")) == 0
        assert session.scalar(text("SELECT department FROM employees")) == "Crew"
