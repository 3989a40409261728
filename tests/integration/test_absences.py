"""Absences and calendar days from the command line and from files to the timesheet, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from db.absences import Absence
from db.attendance_log import DatabaseAttendanceLog
from db.calendar_days import CalendarDay
from db.schedules import StoredSchedule
from db.session import Database
from db.tables import AuditRow
from kiosk.attendance.absence_store import AbsenceStore
from kiosk.attendance.calendar_store import CalendarStore
from kiosk.attendance.schedule_file import read_absences, read_calendar_days
from kiosk.attendance.schedule_store import ScheduleStore
from kiosk.attendance.stays import StayRules
from kiosk.attendance.timesheet import PersonMonth, Timesheets
from kiosk.attendance.work_calendar import HolidayConfig
from kiosk.domain.types import AttendanceEvent, EventType, Method
from kiosk.domain.work_calendar import AbsenceKind, DayKind
from kiosk.employees.store import EmployeeStore
from kiosk.errors import EmployeeNotFound, InvalidInput, RecordNotFound
from support.database_rows import add_person
from support.fakes import FakeClock

MOSCOW = ZoneInfo("Europe/Moscow")
RUSSIA = HolidayConfig("RU")
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
OFFICE = StoredSchedule("office", "Mon-Fri 09:00-18:00 break 13:00-14:00", date(2024, 1, 1), 15, 1, 2.0)


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=MOSCOW).astimezone(UTC)


def came_and_left(database: Database, employee_id: int, day: int, came: int = 9, left: int | None = 18) -> None:
    hours = [(EventType.ENTRY, came)] + ([] if left is None else [(EventType.EXIT, left)])
    DatabaseAttendanceLog(database).record(
        [AttendanceEvent(uuid4(), employee_id, kind, at(day, hour), None, "door", Method.FACE) for kind, hour in hours]
    )


def timesheets(database: Database) -> Timesheets:
    rules, clock = StayRules(timedelta(hours=16), time(), MOSCOW), FakeClock(datetime(2026, 12, 1, 9, tzinfo=UTC))
    return Timesheets(database, rules, clock, RUSSIA)


def month_of_anna(database: Database) -> PersonMonth:
    (month,) = timesheets(database).months(FIRST, LAST)
    return month


@pytest.fixture
def anna(database: Database) -> int:
    store = ScheduleStore(database)
    store.save(OFFICE, has_start=True)
    store.assign("office", date(2026, 1, 1), None, None, None)
    return add_person(database, "Anna")


def audited(database: Database) -> list[tuple[str, str | None]]:
    with database.reading() as session:
        rows = session.execute(select(AuditRow.action, AuditRow.subject).order_by(AuditRow.id))
        return [(action, subject) for action, subject in rows if "schedule" not in action]


def test_vacation_is_neither_missing_nor_planned(database: Database, anna: int) -> None:
    vacation = Absence(anna, AbsenceKind.VACATION, date(2026, 11, 9), date(2026, 11, 15), note="by order 7")
    added = AbsenceStore(database).add(vacation)
    month = month_of_anna(database)
    away = [day for day in month.days if day.absence is AbsenceKind.VACATION]
    assert [day.day.day for day in away] == list(range(9, 16)), "weekends are days of the vacation, too"
    assert not any(day.is_absent or day.planned for day in away)
    # 20 working days without the holiday on the 4th, five of them in the vacation
    assert month.total("planned") == timedelta(hours=15 * 8)
    assert sum(day.is_absent for day in month.days) == 15
    assert (added.recorded_by, added.id) == ("local", 1)
    AbsenceStore(database).remove(1)
    assert month_of_anna(database).total("planned") == timedelta(hours=20 * 8)
    assert audited(database) == [("absence_added", f"employee:{anna}"), ("absence_removed", f"employee:{anna}")]


def test_who_comes_while_away_is_neither_late_nor_early(database: Database, anna: int) -> None:
    AbsenceStore(database).add(Absence(anna, AbsenceKind.TRIP, date(2026, 11, 10), date(2026, 11, 10)))
    came_and_left(database, anna, 10, 11, 15)
    (day,) = (day for day in month_of_anna(database).days if day.day.day == 10)
    assert (day.late, day.left_early, day.planned, day.is_absent) == (timedelta(),) * 3 + (False,)
    assert (day.worked, day.absence) == (timedelta(hours=3), AbsenceKind.TRIP)


def test_forgotten_exit_stays_a_question_while_away(database: Database, anna: int) -> None:
    AbsenceStore(database).add(Absence(anna, AbsenceKind.OTHER, date(2026, 11, 10), date(2026, 11, 10)))
    came_and_left(database, anna, 10, 9, None)
    assert [stay.entered_at for stay in month_of_anna(database).questions] == [at(10, 9)]


def test_work_on_a_holiday_is_work_on_a_day_off(database: Database, anna: int) -> None:
    came_and_left(database, anna, 4)
    (day,) = (day for day in month_of_anna(database).days if day.day.day == 4)
    assert (day.works_on_day_off, day.overtime, day.overtime_paid) == (True, timedelta(hours=9), timedelta(hours=18))
    assert day.holiday == "Unity Day"


def test_office_moves_a_day_and_shortens_another(database: Database, anna: int) -> None:
    store = CalendarStore(database, RUSSIA)
    store.set_all([CalendarDay(date(2026, 11, 4), DayKind.WORKING), CalendarDay(date(2026, 11, 3), DayKind.SHORTENED)])
    came_and_left(database, anna, 3, 9, 17)
    planned = {day.day.day: (day.planned, day.left_early) for day in month_of_anna(database).days}
    assert planned[3] == (timedelta(hours=7), timedelta())
    assert planned[4] == (timedelta(hours=8), timedelta())
    store.remove(date(2026, 11, 4))
    assert 4 not in {day.day.day for day in month_of_anna(database).days}
    with pytest.raises(RecordNotFound, match="has decided nothing on 2026-11-04"):
        store.remove(date(2026, 11, 4))


@pytest.mark.parametrize(
    ("first", "last", "code", "said"),
    [
        pytest.param(10, 9, None, "before the first", id="turned round"),
        pytest.param(9, 9, "У1", "1 to 4 letters", id="a code with a digit"),
        pytest.param(12, 20, None, r"away from 2026-11-05 to 2026-11-12 already \(absence 1\)", id="twice"),
    ],
)
def test_what_cannot_be_an_absence_is_refused(  # noqa: PLR0917
    database: Database, anna: int, first: int, last: int, code: str | None, said: str
) -> None:
    store = AbsenceStore(database)
    store.add(Absence(anna, AbsenceKind.VACATION, date(2026, 11, 5), date(2026, 11, 12)))
    with pytest.raises(InvalidInput, match=said):
        store.add(Absence(anna, AbsenceKind.OTHER, date(2026, 11, first), date(2026, 11, last), code))
    assert len(store.absences()) == 1


def test_nobody_is_away_who_does_not_exist(database: Database) -> None:
    with pytest.raises(EmployeeNotFound):
        AbsenceStore(database).add(Absence(7, AbsenceKind.VACATION, FIRST, LAST))
    with pytest.raises(RecordNotFound, match="no absence 7"):
        AbsenceStore(database).remove(7)


def test_absences_come_from_a_file_or_not_at_all(database: Database, anna: int, tmp_path: Path) -> None:
    path, store = tmp_path / "absences.csv", AbsenceStore(database)

    def employee_id_of(text: str) -> int:
        return EmployeeStore(database).resolve(text).id

    path.write_text(
        "person,kind,from,until,note\n1,sick leave,2026-11-02,2026-11-03,\n1,trip,2026-11-05,2026-11-05,x\n"
    )
    store.add_all([absence for _, absence in read_absences(path, employee_id_of)])
    kinds = [(one.kind, one.note) for one in store.absences(employee_id=anna)]
    assert kinds == [(AbsenceKind.SICK_LEAVE, ""), (AbsenceKind.TRIP, "x")]
    assert store.absences(date(2026, 11, 4), date(2026, 11, 4)) == ()

    path.write_text("person,kind,from,until\n1,trip,2026-12-01,2026-12-01\n9,trip,2026-12-02,2026-12-02\n")
    with pytest.raises(InvalidInput, match=r"absences\.csv, line 3: there is no employee '9'"):
        store.add_all([absence for _, absence in read_absences(path, employee_id_of)])
    assert len(store.absences()) == 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param("2026-13-01,holiday,", "line 2", id="no day"),
        pytest.param("2026-11-05,feast,", "there are holiday, working, shortened", id="no kind"),
        pytest.param("2026-11-05,holiday," + "x" * 101, "100 characters", id="a name too long"),
    ],
)
def test_calendar_file_with_a_fault_is_refused_by_its_line(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "days.csv"
    path.write_text(f"day,kind,name\n{line}\n")
    with pytest.raises(InvalidInput, match=said):
        read_calendar_days(path)


def test_each_figure_says_what_it_comes_from(database: Database, anna: int) -> None:
    came_and_left(database, anna, 5, 10, 20)
    sentences = timesheets(database).explained(anna, date(2026, 11, 5))
    assert sentences[0] == (
        "schedule: office, Mon-Fri 09:00-18:00 break 13:00-14:00; assigned to everybody from 2026-01-01"
    )
    assert [sentence.split(" at door")[0] for sentence in sentences[1:3]] == [
        "row: entry 2026-11-05 10:00:00", "row: exit 2026-11-05 20:00:00"
    ]  # fmt: skip
    assert [sentence.split(":")[0] for sentence in sentences[3:]] == [
        "planned 8", "present 10", "worked 7", "late 1", "overtime 2", "overtime paid 4"
    ]  # fmt: skip
    AbsenceStore(database).add(Absence(anna, AbsenceKind.TRIP, date(2026, 11, 6), date(2026, 11, 6)))
    assert timesheets(database).explained(anna, date(2026, 11, 6))[1].startswith("absence: trip;")
    assert timesheets(database).explained(anna, date(2026, 11, 4))[1:] == ("calendar: Unity Day",)
    assert timesheets(database).explained(anna, date(2026, 11, 9))[1].startswith("absent: something is planned")
