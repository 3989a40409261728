"""What the unified form T-13 says of a person's month."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from db.employee_queries import PersonName
from kiosk.attendance.day_account import Accountant, DayAccount
from kiosk.attendance.pdf_page import MARGIN_MM, WIDTH_MM, PdfPage
from kiosk.attendance.schedule_text import parse_plan
from kiosk.attendance.schedules import DAY_OFF, DayPlan, WorkRules
from kiosk.attendance.stays import Stay
from kiosk.attendance.t13 import ABSENCE_CODES, CODES, PRESENT_CODES, T13Day, person_of
from kiosk.attendance.t13_pay import parse_pay_kinds, pay_lines
from kiosk.attendance.t13_pdf import write_t13_pdf
from kiosk.attendance.t13_xlsx import write_t13_xlsx
from kiosk.attendance.timesheet import PersonMonth
from kiosk.attendance.timesheet_heading import TimesheetHeading
from kiosk.attendance.timesheet_pdf import write_pdf
from kiosk.domain.office_language import OfficeLanguage
from kiosk.domain.work_calendar import AbsenceKind
from kiosk.errors import ConfigurationError

MOSCOW = ZoneInfo("Europe/Moscow")
FIRST, HOUR = date(2026, 11, 1), timedelta(hours=1)
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
    *days: DayAccount,
    off: tuple[int, ...] = (),
    name: str = "Анна Каренина",
    department: str = "",
    position: str | None = None,
) -> PersonMonth:
    person = PersonName(7, name, department or None, True, "00417", position)
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


@pytest.mark.parametrize(
    ("name", "position", "lines"),
    [
        pytest.param("Анна Каренина", None, ("Анна", "Каренина"), id="no position"),
        pytest.param("Анна Каренина", "Бухгалтер", ("Анна", "Каренина", "Бухгалтер"), id="a position"),
        pytest.param("A B C D E", None, ("A", "B", "C", "D E"), id="a long name"),
        pytest.param("A B C D E", "Cook", ("A", "B", "C D E", "Cook"), id="a long name and a position"),
    ],
)
def test_name_and_position_have_four_lines(name: str, position: str | None, lines: tuple[str, ...]) -> None:
    assert person_of(month(name=name, position=position), FIRST).name_lines == lines


MIXED = (
    account(2, 9, 9, DAY_SHIFT), account(3, 9, 11, DAY_SHIFT), account(4, 20, 12, NIGHT_SHIFT),
    account(7, 10, 4, DAY_OFF), account(9, None, 0, DAY_SHIFT, AbsenceKind.VACATION), account(10, None, 0, DAY_SHIFT),
)  # fmt: skip


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        pytest.param("", [("", "", 4, 33)], id="all attended time"),
        pytest.param("Я: 2000: 26", [("2000", "26", 3, 20)], id="one kind"),
        pytest.param(
            "Я: 2000: 26, Н: 2001: 26, С: 2010: 26, РВ: 2003: 26, ОТ: 2012: 26, Б: 2300: 69",
            [("2000", "26", 3, 20), ("2001", "26", 1, 7), ("2010", "26", 1, 2), ("2003", "26", 1, 4),
             ("2012", "26", 1, 0)],
            id="several, and none of which there is no day",
        ),
    ],
)  # fmt: skip
def test_days_and_hours_stand_under_their_code_of_pay(setting: str, expected: list[tuple[str, str, int, int]]) -> None:
    lines = pay_lines(person_of(month(*MIXED), FIRST), parse_pay_kinds(setting))
    assert [(line.kind.code, line.kind.account, line.days, line.hours // HOUR) for line in lines] == expected


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        pytest.param("Я: 2000", "'Я: 2000' is not understood", id="no account"),
        pytest.param("Щ: 2000: 26", "'Щ: 2000: 26' is not understood", id="no mark of the form"),
        pytest.param("Я: 1: 2, Я: 3: 4", "each mark once", id="a mark twice"),
        pytest.param(", ".join(f"{mark}: 1: 2" for mark in CODES[:9]), "8 at the most", id="too many"),
    ],
)
def test_a_wrong_setting_of_pay_is_said(setting: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        parse_pay_kinds(setting)


def test_code_and_account_of_everybody_stand_above_the_columns(tmp_path: Path) -> None:
    heading = replace(HEADING, okpo="12345678", pay_kinds=parse_pay_kinds("Я: 2000: 26"))
    write_t13_xlsx([month(*MIXED, position="Бухгалтер")], heading, tmp_path / "t13.xlsx")
    (sheet,) = openpyxl.load_workbook(tmp_path / "t13.xlsx").worksheets
    position = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "Бухгалтер")
    assert position.alignment.shrink_to_fit, "a long one stays inside its cell"
    cells = [cell.value for row in sheet.iter_rows() for cell in row if cell.value not in (None, "")]
    assert {"12345678", "Бухгалтер", "3 (20)", "код вида оплаты 2000\nкорреспондирующий счет 26"} <= set(cells)


def test_codes_are_those_of_the_form() -> None:
    assert len(CODES) == len(set(CODES)) == 36
    assert PRESENT_CODES | set(ABSENCE_CODES.values()) | {"В", "НН"} <= set(CODES)


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


@pytest.mark.parametrize("language", OfficeLanguage)
@pytest.mark.parametrize("write", [write_t13_pdf, write_pdf], ids=lambda write: write.__name__)
def test_tables_end_within_the_page(
    write, language: OfficeLanguage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends: list[float] = []
    monkeypatch.setattr(PdfPage, "boxes", lambda _self, x, _y, widths, _height: ends.append(x + sum(widths)))
    write([month(*MIXED)], replace(HEADING, language=language), tmp_path / "page.pdf")
    assert WIDTH_MM - 2 * MARGIN_MM < max(ends) <= WIDTH_MM - MARGIN_MM + 0.01


@pytest.mark.parametrize("write", [write_t13_pdf, write_pdf, write_t13_xlsx], ids=lambda write: write.__name__)
def test_nobody_and_long_names_in_any_script_make_a_file(write, tmp_path: Path) -> None:
    write([], HEADING, tmp_path / "nobody")
    longest = month(account(2, 9, 9, DAY_SHIFT), name="Ж" * 200, department="Ω" * 200)
    write([longest, month(name="Χαράλαμπος Գրիգոր a b c d e f")], HEADING, tmp_path / "somebody")
    assert (tmp_path / "somebody").stat().st_size > (tmp_path / "nobody").stat().st_size > 1000


def test_the_codes_are_those_of_the_resolution_in_its_order() -> None:
    """Letters and numbers as on the first page of the form T-12, which the form T-13 uses as well."""
    in_order = (
        "Я Н РВ С ВМ К ПК ПМ ОТ ОД У УВ УД Р ОЖ ДО ОЗ ДБ Б Т ЛЧ ПВ Г ПР НС В ОВ НВ ЗБ НН РП НП ВП НО НБ НЗ"  # 01 to 36
    )
    assert " ".join(CODES) == in_order
