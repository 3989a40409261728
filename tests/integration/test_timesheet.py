"""From rows in the table to timesheets, on both databases; the figures were worked out by hand."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from sqlalchemy import update

from db.attendance_log import DatabaseAttendanceLog
from db.models import EmployeeRow
from db.schedules import StoredSchedule
from db.session import Database
from kiosk.attendance import timesheet
from kiosk.attendance.corrections import Corrections, EventChanges
from kiosk.attendance.schedule_file import read_schedules
from kiosk.attendance.schedule_store import ScheduleStore
from kiosk.attendance.stays import Doubt, StayRules
from kiosk.attendance.timesheet import PersonMonth, Timesheets
from kiosk.attendance.timesheet_files import hours_text, write_csv, write_json, write_xlsx
from kiosk.attendance.timesheet_heading import TimesheetHeading
from kiosk.domain.office_language import OfficeLanguage
from kiosk.domain.types import AttendanceEvent, EventType, Method
from kiosk.errors import EmployeeNotFound, InvalidInput, RecordNotFound
from support.database_rows import add_person
from support.fakes import FakeClock

BERLIN = ZoneInfo("Europe/Berlin")
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
A_WEEK = StoredSchedule("office", "Mon-Fri 08:00-17:00 break 12:00-13:00", date(2024, 1, 1), 15, 1, 2.0)
NIGHTS = StoredSchedule("nights", "22:00-06:00 break 02:00-02:30", date(2024, 1, 1), 15)

HEADING = TimesheetHeading(FIRST, LAST, LAST, "Office", BERLIN)


def local(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=BERLIN).astimezone(UTC)


def write_rows(database: Database, employee_id: int, *stays: tuple[str, str | None]) -> None:
    """stays: when somebody came and left, `2026-11-02 08:00`; None where the exit was forgotten."""
    rows = []
    for came, left in stays:
        rows.append((EventType.ENTRY, local(came)))
        if left is not None:
            rows.append((EventType.EXIT, local(left)))
    events = [AttendanceEvent(uuid4(), employee_id, kind, at, None, "door", Method.MANUAL) for kind, at in rows]
    DatabaseAttendanceLog(database).record(events)


def months(
    database: Database, first: date = FIRST, last: date = LAST, *, longest_h: float = 16, now: str = "2026-12-01 12:00"
) -> list[PersonMonth]:
    rules = StayRules(timedelta(hours=longest_h), time(5), BERLIN)
    return list(Timesheets(database, rules, FakeClock(local(now))).months(first, last))


def assign(database: Database, schedule: StoredSchedule, employee_id: int | None = None, **more: str) -> None:
    service = ScheduleStore(database)
    service.save(schedule, has_start=True)
    service.assign(schedule.name, date(2026, 1, 1), None, employee_id, more.get("department"))


def told(month: PersonMonth) -> list[tuple[str, dict[str, str]]]:
    figures = ("worked", "night", "late", "left_early", "overtime", "overtime_paid")
    return [
        (day.day.isoformat(), {name: hours_text(getattr(day, name)) for name in figures if getattr(day, name)})
        for day in month.days
    ]


def test_a_week_in_an_office(database: Database) -> None:
    anna = add_person(database, "Anna")
    assign(database, A_WEEK)
    write_rows(
        database, anna,
        ("2026-11-02 07:58", "2026-11-02 17:03"), ("2026-11-03 08:16", "2026-11-03 17:00"),
        ("2026-11-04 08:00", "2026-11-04 19:30"), ("2026-11-05 08:00", "2026-11-05 12:30"),
        ("2026-11-07 22:10", "2026-11-08 02:40"), ("2026-11-09 09:00", None), ("2026-11-10 08:57", "2026-11-10 17:00"),
    )  # fmt: skip
    (month,) = months(database, last=date(2026, 11, 10))
    assert told(month) == [
        ("2026-11-02", {"worked": "8:00"}),
        ("2026-11-03", {"worked": "7:44", "late": "0:16"}),
        ("2026-11-04", {"worked": "8:00", "overtime": "2:30", "overtime_paid": "5:00"}),
        ("2026-11-05", {"worked": "4:00", "left_early": "4:30"}),
        ("2026-11-06", {}),
        ("2026-11-07", {"overtime": "4:30", "overtime_paid": "9:00", "night": "4:30"}),
        ("2026-11-09", {"late": "1:00"}),
        ("2026-11-10", {"worked": "7:03", "late": "0:57"}),
    ]
    assert [day.day.day for day in month.days if day.is_absent] == [6]
    assert [stay.entered_at for stay in month.questions] == [local("2026-11-09 09:00")]


@pytest.mark.parametrize(
    ("evening", "came", "left", "worked"),
    [
        pytest.param(date(2026, 11, 2), "2026-11-02 21:52", "2026-11-03 06:05", "7:30", id="a night"),
        pytest.param(date(2026, 10, 24), "2026-10-24 22:00", "2026-10-25 06:00", "8:30", id="the clock goes back"),
        pytest.param(date(2026, 3, 28), "2026-03-28 22:00", "2026-03-29 06:00", "6:30", id="the clock goes forward"),
    ],
)
def test_a_night_belongs_to_its_evening(database: Database, evening: date, came: str, left: str, worked: str) -> None:
    assign(database, NIGHTS, add_person(database, "Nina"))
    write_rows(database, 1, (came, left))
    (month,) = months(database, evening, evening)
    assert told(month) == [(evening.isoformat(), {"worked": worked, "night": worked})]


def test_a_punched_break_that_nobody_saw_is_asked_until_it_is_corrected(database: Database, tmp_path: Path) -> None:
    anna = add_person(database, "Anna")
    assign(database, StoredSchedule("lunch", "Mon-Fri 09:00-18:00 break 13:00-14:00 punched", date(2024, 1, 1)))
    write_rows(
        database, anna, ("2026-11-02 09:00", "2026-11-02 13:00"), ("2026-11-02 13:40", "2026-11-02 18:00"),
        ("2026-11-03 09:00", "2026-11-03 18:00"),
    )  # fmt: skip
    last = date(2026, 11, 3)
    (month,) = months(database, date(2026, 11, 2), last)
    assert told(month) == [("2026-11-02", {"worked": "8:20"}), ("2026-11-03", {"worked": "8:00"})]
    assert [(stay.entered_at, stay.doubt) for stay in month.questions] == [
        (local("2026-11-03 09:00"), Doubt.BREAK_MISSING)
    ]
    write_json([month], HEADING, tmp_path / "month.json")
    (person,) = json.loads((tmp_path / "month.json").read_text())
    assert [day["doubts"] for day in person["days"]] == [[], ["break_missing"]]
    assert [question["question"] for question in person["questions"]] == ["break_missing"]
    write_csv([month], replace(HEADING, language=OfficeLanguage.RUSSIAN), tmp_path / "month.csv")
    assert "перерыв не отмечен" in (tmp_path / "month.csv").read_text("utf-8-sig")
    sheets = Timesheets(database, StayRules(timedelta(hours=16), time(5), BERLIN), FakeClock(local("2026-12-01 12:00")))
    assert "question: break missing; nobody went out" in "\n".join(sheets.explained(anna, last))
    events = [
        AttendanceEvent(uuid4(), anna, kind, local(f"2026-11-03 {at}"), None, "door", Method.MANUAL)
        for kind, at in ((EventType.EXIT, "12:50"), (EventType.ENTRY, "13:20"))
    ]
    DatabaseAttendanceLog(database).record(events)
    (month,) = months(database, date(2026, 11, 2), last)
    assert (told(month)[1], month.questions) == (("2026-11-03", {"worked": "8:30"}), ())


def test_duties_of_24_hours_count_whatever_the_longest_stay_is(database: Database) -> None:
    duty = StoredSchedule("duty", "08:00-08:00 break 13:00-14:00 break 20:00-21:00, off, off", date(2026, 11, 2), 15)
    assign(database, duty, add_person(database))
    write_rows(database, 1, *[(f"2026-11-{day:02} 07:55", f"2026-11-{day + 1:02} 08:10") for day in (2, 5, 8)])
    (month,) = months(database, date(2026, 11, 2), date(2026, 11, 10))
    assert told(month) == [(f"2026-11-{day:02}", {"worked": "22:00", "night": "8:00"}) for day in (2, 5, 8)]


def test_without_a_schedule_the_present_time_is_what_was_worked(database: Database) -> None:
    add_person(database)
    write_rows(database, 1, *[(f"2026-11-{day:02} 22:00", f"2026-11-{day + 1:02} 06:00") for day in range(2, 7)])
    (month,) = months(database)
    assert (hours_text(month.total("worked")), len(month.days), month.questions) == ("40:00", 5, ())


def test_whose_schedule_it_is(database: Database) -> None:
    """A person's own comes before the department's, that before the office's, and the latest wins."""
    own, department, office = (add_person(database, name) for name in ("Own", "Department", "Office"))
    with database.transaction() as session:
        sales = EmployeeRow.id.in_((own, department))
        session.execute(update(EmployeeRow).where(sales).values(department="Sales"))
    for hours, name, employee, more in (
        ("08:00-09:00", "hour", None, {}),
        ("08:00-10:00", "two", None, {"department": "Sales"}),
        ("08:00-11:00", "three", own, {}),
        ("08:00-12:00", "four", own, {}),
    ):
        assign(database, StoredSchedule(name, hours, date(2024, 1, 1)), employee, **more)
    planned = {month.person.id: month.total("planned") / timedelta(hours=1) for month in months(database, last=FIRST)}
    assert planned == {own: 4, department: 2, office: 1}


def test_days_to_come_are_nobodys_absence(database: Database) -> None:
    add_person(database)
    assign(database, A_WEEK)
    (month,) = months(database, now="2026-11-03 12:00")
    assert [day.day.day for day in month.days] == [2, 3]


@pytest.fixture
def month(database: Database) -> Sequence[PersonMonth]:
    assign(database, A_WEEK, add_person(database, "=1+1"))
    write_rows(database, 1, ("2026-11-02 08:00", "2026-11-02 17:00"), ("2026-11-03 08:00", None))
    return months(database, last=date(2026, 11, 3))


def test_files_hold_what_was_counted(month: Sequence[PersonMonth], tmp_path: Path) -> None:
    write_csv(month, HEADING, tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["day"], row["worked"], row["questions"]) for row in rows] == [
        ("2026-11-02", "8:00", ""), ("2026-11-03", "0:00", "exit_missing"),
    ]  # fmt: skip
    assert rows[0]["full_name"] == "'=1+1", "no spreadsheet runs a name"
    write_json(month, HEADING, tmp_path / "t.json")
    (person,) = json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))
    assert (person["total_minutes"]["worked"], person["questions"][0]["entered_at"]) == (480, "2026-11-03T08:00+01:00")
    write_xlsx(month, HEADING, tmp_path / "t.xlsx")
    with zipfile.ZipFile(tmp_path / "t.xlsx") as book:
        sheet, asked = (book.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (1, 2))
    assert "<v>0.3333333333333333</v>" in sheet, "eight hours are a third of a day"
    assert "exit missing" in asked
    assert "<f>" not in sheet


def test_a_russian_workbook_has_the_same_values_under_russian_words(
    month: Sequence[PersonMonth], tmp_path: Path
) -> None:
    for language in OfficeLanguage:
        write_xlsx(month, replace(HEADING, language=language), tmp_path / f"{language}.xlsx")
    english, russian = (openpyxl.load_workbook(tmp_path / f"{language}.xlsx") for language in OfficeLanguage)
    assert russian.sheetnames == ["табель", "вопросы"]
    rows = [[[cell.value for cell in row] for row in book.worksheets[0].iter_rows()] for book in (english, russian)]
    assert rows[1][0][5:9] == ["день", "план", "присутствие", "отработано"]
    values = [[value for row in sheet for value in row if not isinstance(value, str)] for sheet in rows]
    assert values[0] == values[1]
    assert any(isinstance(value, datetime) for value in values[1]), "dates are dates"
    assert any(isinstance(value, timedelta) for value in values[1]), "durations are durations"
    assert [cell.value for cell in russian.worksheets[1][2]][-1] == "нет ухода"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param("name,plan\noffice,Mon 08:00-25:00\n", "line 2: 25:00 is no time", id="a time"),
        pytest.param("plan\nMon off\n", "the first line has to be", id="no name"),
        pytest.param("name,plan,colour\na,off,red\n", "the first line has to be", id="an unknown column"),
        pytest.param("name,plan,grace\na,off,ten\n", "line 2", id="a number"),
        pytest.param('name,plan\nrota,"08:00-20:00, off"\n', "'rota' is a cycle", id="no start"),
    ],
)
def test_a_file_of_schedules_is_refused_with_its_line(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "s.csv").write_text(content, encoding="utf-8")
    with pytest.raises(InvalidInput, match=said):
        read_schedules(tmp_path / "s.csv")


def test_a_file_of_schedules_is_written_down(database: Database, tmp_path: Path) -> None:
    lines = (
        'name,plan,starts,grace,rounding,overtime_factor\nrota,"08:00-20:00, off",2026-11-01,5,1,1.5\nweek,Mon off\n'
    )
    (tmp_path / "s.csv").write_text(lines, encoding="utf-8")
    service = ScheduleStore(database)
    assert service.save_all(read_schedules(tmp_path / "s.csv")) == (True, True)
    assert service.save_all(read_schedules(tmp_path / "s.csv")) == (False, False)
    assert [(s.name, s.starts_on, s.overtime_factor) for s in service.schedules()] == [
        ("rota", date(2026, 11, 1), 1.5), ("week", date(2024, 1, 1), 1.0),
    ]  # fmt: skip


def test_what_cannot_be_assigned_is_said(database: Database) -> None:
    service = ScheduleStore(database)
    day = date(2026, 1, 1)
    with pytest.raises(RecordNotFound, match="no schedule 'office'"):
        service.assign("office", day, None, None, None)
    service.save(A_WEEK, has_start=False)
    with pytest.raises(EmployeeNotFound):
        service.assign("office", day, None, 7, None)
    with pytest.raises(InvalidInput, match="before the first"):
        service.assign("office", day, date(2025, 1, 1), None, None)
    with pytest.raises(InvalidInput, match="to a person or to a department"):
        service.assign("office", day, None, 1, "Sales")
    service.assign("office", day, None, None, None)
    service.remove("office")
    assert (service.schedules(), service.assignments()) == ((), ())


def test_rows_are_read_for_many_people_at_once(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever shares a query with others has their own rows and corrections, and the order stays."""
    monkeypatch.setattr(timesheet, "READ_AT_ONCE", 2)
    people = [add_person(database, name) for name in ("Anna", "Boris", "Clara", "Dora", "Egor")]
    for hours, person in enumerate(people, 1):
        write_rows(database, person, ("2026-11-02 09:00", f"2026-11-02 {9 + hours:02}:00"))
    rules = StayRules(timedelta(hours=16), time(5), BERLIN)
    log = DatabaseAttendanceLog(database)
    corrections = Corrections(database, rules, "office", FakeClock(local("2026-11-20 12:00")))
    later = EventChanges(at=local("2026-11-02 20:00"))
    corrections.change(log.history(employee_id=3)[1].trace_id, later, "cli:admin", "later")
    told = [(month.person.full_name, month.total("worked") // timedelta(hours=1)) for month in months(database)]
    assert told == [("Anna", 1), ("Boris", 2), ("Clara", 11), ("Dora", 4), ("Egor", 5)]
