"""What the unified form T-13 says of a person's month."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from db.employee_queries import PersonName
from kiosk.attendance.day_account import Accountant, DayAccount
from kiosk.attendance.schedule_text import parse_plan
from kiosk.attendance.schedules import DAY_OFF, DayPlan, WorkRules
from kiosk.attendance.stays import Stay
from kiosk.attendance.t13 import T13Day, person_of
from kiosk.attendance.t13_pdf import write_t13_pdf
from kiosk.attendance.t13_xlsx import write_t13_xlsx
from kiosk.attendance.timesheet import PersonMonth
from kiosk.attendance.timesheet_heading import TimesheetHeading
from kiosk.attendance.timesheet_pdf import write_pdf
from kiosk.domain.work_calendar import AbsenceKind

MOSCOW = ZoneInfo("Europe/Moscow")
FIRST = date(2026, 11, 1)
(DAY_SHIFT,) = parse_plan("09:00-18:00 break 13:00-14:00")
(NIGHT_SHIFT,) = parse_plan("20:00-08:00 break 02:00-03:00")
HEADING = TimesheetHeading(FIRST, date(2026, 11, 30), date(2026, 12, 1), "ООО «Ромашка»", MOSCOW)


def account(
    day: int, came: int | None, hours: float, plan: DayPlan | None, absence: AbsenceKind | None = None
) -> DayAccount:
    stays = []
    if came is not None:
        began = datetime.combine(date(2026, 11, day), time(came), MOSCOW).astimezone(UTC)
        stays = [Stay(began, began + timedelta(hours=hours))]
    return Accountant(WorkRules(), MOSCOW).account_of(date(2026, 11, day), stays, plan, absence)


def month(
    *days: DayAccount, off: tuple[int, ...] = (), name: str = "Анна Каренина", department: str = ""
) -> PersonMonth:
    person = PersonName(7, name, department or None, True, "00417")
    return PersonMonth(person, days, (), frozenset(date(2026, 11, day) for day in off))


@pytest.mark.parametrize(
    ("day", "codes", "hours"),
    [
        pytest.param(account(2, 9, 9, DAY_SHIFT), "Я", "8", id="a day"),
        pytest.param(account(2, 10, 7.5, DAY_SHIFT), "Я", "6:30", id="half hours"),
        pytest.param(account(2, 9, 11, DAY_SHIFT), "Я/С", "8/2", id="overtime"),
        pytest.param(account(2, 20, 12, NIGHT_SHIFT), "Я/Н", "4/7", id="a night"),
        pytest.param(account(2, 9, 14, DAY_SHIFT), "Я/С", "8/5", id="overtime that reaches into the night"),
        pytest.param(account(7, 10, 4, DAY_OFF), "РВ", "4", id="work on a day off"),
        pytest.param(account(2, None, 0, DAY_SHIFT), "НН", "8", id="missing"),
        pytest.param(account(2, None, 0, DAY_SHIFT, AbsenceKind.VACATION), "ОТ", "", id="vacation"),
        pytest.param(account(2, None, 0, DAY_SHIFT, AbsenceKind.SICK_LEAVE), "Б", "", id="illness"),
        pytest.param(account(2, None, 0, DAY_SHIFT, AbsenceKind.TRIP), "К", "", id="a business trip"),
        pytest.param(account(2, None, 0, DAY_SHIFT, AbsenceKind.UNPAID), "ДО", "", id="unpaid leave"),
        pytest.param(account(2, 9, 9, None), "Я", "9", id="no schedule"),
    ],
)
def test_a_day_has_its_codes_above_its_hours(day: DayAccount, codes: str, hours: str) -> None:
    found = person_of(month(day), FIRST).halves[0][day.day.day - 1]
    assert found is not None
    assert (found.codes, found.hours) == (codes, hours)


def test_halves_and_month_add_up() -> None:
    days = [account(day, 9, 9, DAY_SHIFT) for day in (2, 3, 16, 17, 18)]
    person = person_of(month(*days, account(4, None, 0, DAY_SHIFT), account(7, 10, 4, DAY_OFF), off=(1, 8)), FIRST)
    assert [(total.days, total.hours) for total in person.totals] == [
        (3, timedelta(hours=20)), (3, timedelta(hours=24))
    ]  # fmt: skip
    assert (person.total.days, person.total.hours) == (6, timedelta(hours=44))
    assert person.absences == (("НН", 1, timedelta(hours=8)),)
    first, second = person.halves
    assert first[0] == T13Day((("В", timedelta()),))
    assert first[8] == T13Day(), "of a day that has no account nothing is said"
    assert (first[15], second[15]) == (None, None), "November has thirty days"


def test_holidays_within_a_vacation_are_days_off() -> None:
    day = account(4, None, 0, DAY_OFF, AbsenceKind.VACATION)
    holiday = DayAccount(day.day, absence=AbsenceKind.VACATION, is_holiday=True)
    assert [person_of(month(one), FIRST).halves[0][3].codes for one in (day, holiday)] == ["ОТ", "В"]


def test_code_of_the_absence_wins_over_that_of_its_kind() -> None:
    day = DayAccount(date(2026, 11, 4), absence=AbsenceKind.OTHER, absence_code="У")
    assert person_of(month(day), FIRST).absences == (("У", 1, timedelta()),)


def test_workbook_has_a_sheet_a_department_and_sums_that_are_numbers(tmp_path: Path) -> None:
    days = [account(day, 9, 9, DAY_SHIFT) for day in (2, 3, 16)]
    months = [month(*days, department="Склад"), month(*days, department="Цех: № 1/2")]
    write_t13_xlsx(months, HEADING, tmp_path / "t13.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t13.xlsx")
    assert book.sheetnames == ["1 Склад", "2 Цех  № 1 2"]
    cells = [cell.value for row in book.worksheets[0].iter_rows() for cell in row if cell.value not in (None, "")]
    assert {"0301008", "ООО «Ромашка»", "Склад", "01.11.2026", "30.11.2026", "00417", "Каренина"} <= set(cells)
    assert [cell for cell in cells if isinstance(cell, timedelta)] == [
        timedelta(hours=16), timedelta(hours=24), timedelta(hours=8)
    ]  # fmt: skip


@pytest.mark.parametrize("write", [write_t13_pdf, write_pdf, write_t13_xlsx], ids=lambda write: write.__name__)
def test_nobody_and_long_names_in_any_script_make_a_file(write, tmp_path: Path) -> None:
    write([], HEADING, tmp_path / "nobody")
    longest = month(account(2, 9, 9, DAY_SHIFT), name="Ж" * 200, department="Ω" * 200)
    write([longest, month(name="Χαράλαμπος Գրիգոր a b c d e f")], HEADING, tmp_path / "somebody")
    assert (tmp_path / "somebody").stat().st_size > (tmp_path / "nobody").stat().st_size > 1000
