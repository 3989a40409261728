"""The unified form T-13 as a workbook: a sheet for each department, written row by row.

Rows that are written are no longer in memory, so nothing is merged over rows: borders alone make one box of several.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import xlsxwriter

from kiosk.attendance import t13_texts as texts
from kiosk.attendance.t13 import COLUMNS, HALF_DAYS, NO_DAY, T13Person, days_and_hours, person_of
from kiosk.attendance.t13_pay import MOST, common_kind, pay_lines
from kiosk.attendance.timesheet import PersonMonth
from kiosk.attendance.timesheet_heading import TimesheetHeading, by_department

FONT = {"font_name": "Times New Roman", "font_size": 8, "align": "center", "valign": "vcenter"}
WIDTHS = (4.5, 20, 9, *[4.6] * COLUMNS, 8, 8, *(5, 7, 6) * 2, *(5, 6) * 2)
FIRST_DAY, HALF = 3, 3 + COLUMNS
MONTH, PAY, ABSENCE = HALF + 1, HALF + 2, HALF + 8
LAST = ABSENCE + 3
ALL, SIDES, TOP, BOTTOM = "all", "sides", "top", "bottom"
EDGES = {ALL: ("left", "right", "top", "bottom"), SIDES: ("left", "right"), TOP: ("left", "right", "top")}
EDGES[BOTTOM] = ("left", "right", "bottom")
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


def write_t13_xlsx(months: Iterable[PersonMonth], heading: TimesheetHeading, path: Path) -> None:
    """Write the form of each department to a sheet of its own. Raises OSError."""
    plain = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), plain) as book:
        formats = _Formats(book)
        for place, (department, people) in enumerate(by_department(months), 1):
            _Sheet(book, formats, _sheet_name(place, department), heading).write(department, people)
        if not book.worksheets():
            _Sheet(book, formats, "1", heading).write("", ())


class _Formats:
    """Formats by what they are for; a workbook has each once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, edges: str = "", **more: Any) -> Any:
        values = FONT | {edge: 1 for edge in EDGES.get(edges, ())} | more
        key = tuple(sorted(values.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(values)
        return self._made[key]

    @cached_property
    def duration(self) -> Any:
        return self.of(ALL, num_format="[h]:mm")


class _Sheet:
    def __init__(self, book: Any, formats: _Formats, name: str, heading: TimesheetHeading) -> None:
        self._sheet, self._formats, self._heading = book.add_worksheet(name), formats, heading
        self._row = 0
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.set_margins(0.3, 0.3, 0.4, 0.4)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.hide_gridlines(2)
        for column, width in enumerate(WIDTHS):
            self._sheet.set_column(column, column, width)

    def write(self, department: str, people: Iterable[PersonMonth]) -> None:
        self._top(department)
        first = self._row
        self._table_heading()
        self._sheet.repeat_rows(first, self._row - 1)
        self._sheet.freeze_panes(self._row, FIRST_DAY)
        for place, month in enumerate(people, 1):
            self._person(place, person_of(month, self._heading.first))
        self._signatures()

    def _line(self, *cells: tuple[int, int, str, Any], height: float | None = None) -> None:
        """Write cells, each from its first to its last column, and go on to the next row."""
        if height is not None:
            self._sheet.set_row(self._row, height)
        for first, last, text, cell_format in cells:
            if first == last:
                self._sheet.write(self._row, first, text, cell_format)
            else:
                self._sheet.merge_range(self._row, first, self._row, last, text, cell_format)
        self._row += 1

    def _top(self, department: str) -> None:
        of, right = self._formats.of, LAST - 3
        small = of(font_size=6, valign="top")
        for text in texts.APPROVED:
            self._line((right - 8, LAST, text, of(align="right", font_size=7)))
        self._line((right, LAST, texts.CODE, of(ALL)))
        self._line(
            (0, right - 6, self._heading.organisation, of(bottom=1, font_size=10)),
            (right - 4, right - 1, texts.OKUD, of(align="right")),
            (right, LAST, texts.OKUD_CODE, of(ALL)),
        )
        self._line(
            (0, right - 6, texts.ORGANISATION, small),
            (right - 4, right - 1, texts.OKPO, of(align="right")),
            (right, LAST, self._heading.okpo, of(ALL)),
        )
        self._line((0, right - 6, department, of(bottom=1, font_size=10)))
        self._line((0, right - 6, texts.DEPARTMENT, small))
        self._title()
        self._line()

    def _title(self) -> None:
        of, heading = self._formats.of, self._heading
        number, made, since, until = (
            (HALF - 5, HALF - 2),
            (HALF - 1, MONTH + 1),
            (MONTH + 3, MONTH + 5),
            (MONTH + 6, MONTH + 8),
        )
        self._line(
            (*number, texts.DOCUMENT_NUMBER, of(ALL)),
            (*made, texts.DATE, of(ALL)),
            (since[0], until[1], texts.PERIOD, of(ALL)),
            height=14,
        )
        self._line(
            (1, HALF - 7, texts.TITLE, of(font_size=13)),
            (*number, "", of(ALL)),
            (*made, "", of(ALL)),
            (*since, texts.PERIOD_FROM, of(ALL)),
            (*until, texts.PERIOD_TO, of(ALL)),
            height=18,
        )  # fmt: skip
        self._line(
            (1, HALF - 7, texts.SUBTITLE, of(font_size=10)),
            (*number, f"{heading.first:%m}", of(ALL)),
            (*made, texts.day_text(heading.made_on), of(ALL)),
            (*since, texts.day_text(heading.first), of(ALL)),
            (*until, texts.day_text(heading.last), of(ALL)),
            height=14,
        )

    def _table_heading(self) -> None:
        """Write four rows and the numbers of the columns; the texts of boxes over several rows stand in one of them."""
        of, days = self._formats.of, (FIRST_DAY, HALF - 1)
        wrapped = {"text_wrap": True, "font_size": 7}
        lines = {0: "no", 1: "name", 2: "number"}
        headings = {column: _joined(texts.HEADINGS[name]) for column, name in lines.items()}
        pay = [
            (PAY + place, _joined(texts.HEADINGS[name]))
            for place, name in enumerate(("pay_code", "account", "days_hours") * 2)
        ]
        away = [
            (ABSENCE + place, _joined(texts.HEADINGS[name])) for place, name in enumerate(("code", "days_hours") * 2)
        ]
        self._line(
            *((column, column, "", of(TOP)) for column in lines),
            (*days, texts.HEADINGS["days"], of(TOP)),
            (HALF, MONTH, texts.HEADINGS["worked"], of(ALL)),
            (PAY, ABSENCE - 1, texts.HEADINGS["pay"], of(ALL, **wrapped)),
            (ABSENCE, LAST, _joined(texts.HEADINGS["absences"]), of(ALL, **wrapped)),
            height=24,
        )
        self._line(
            *((column, column, text, of(SIDES, **wrapped)) for column, text in headings.items()),
            (*days, "", of(BOTTOM)),
            (HALF, HALF, _joined(texts.HEADINGS["half"]), of(ALL, **wrapped)),
            (MONTH, MONTH, texts.HEADINGS["month"], of(ALL, **wrapped)),
            (PAY, ABSENCE - 1, texts.common_pay(common_kind(self._heading.pay_kinds)), of(ALL, **wrapped)),
            *((column, column, text, of(TOP, **wrapped)) for column, text in away),
            height=30,
        )
        for upper, text in ((True, texts.HEADINGS["in_days"]), (False, texts.HEADINGS["in_hours"])):
            edges = SIDES if upper else BOTTOM
            self._line(
                *((column, column, "", of(edges)) for column in lines),
                *(
                    (FIRST_DAY + place, FIRST_DAY + place, _day_number(place, upper), of(ALL))
                    for place in range(COLUMNS)
                ),
                (HALF, HALF, text, of(ALL)),
                (MONTH, MONTH, text, of(ALL)),
                *((column, column, text, of(TOP if upper else BOTTOM, **wrapped)) for column, text in pay if upper),
                *((column, column, "", of(edges)) for column in range(PAY if not upper else ABSENCE, LAST + 1)),
                height=34 if upper else None,
            )
        numbers = [(0, 0), (1, 1), (2, 2), days, *((column, column) for column in range(HALF, LAST + 1))]
        self._line(*((*span, text, of(ALL, font_size=7)) for span, text in zip(numbers, texts.NUMBERS, strict=True)))

    def _person(self, place: int, person: T13Person) -> None:
        names = [""] * ((4 - len(person.name_lines)) // 2) + list(person.name_lines)
        halves = [text for half in person.halves for text in _texts(half)]
        shown = [*person.absences, *[None] * (8 - len(person.absences))]
        lines = [
            (line.kind.code, line.kind.account, days_and_hours(line.days, line.hours))
            for line in pay_lines(person, self._heading.pay_kinds)
        ]
        paid = [*lines, *[("", "", "")] * (MOST - len(lines))]
        for line in range(4):
            edges = (TOP, SIDES, SIDES, BOTTOM)[line]
            of, row = self._formats.of, self._row
            self._sheet.write(row, 0, place if line == 1 else "", of(edges))
            self._sheet.write(row, 1, names[line] if line < len(names) else "", of(edges, align="left", shrink=True))
            self._sheet.write_string(row, 2, person.number if line == 1 else "", of(edges))
            for column, text in enumerate(halves[line]):
                self._sheet.write_string(row, FIRST_DAY + column, text, of(ALL, shrink=True))
            total, month = person.totals[line // 2], person.total
            if line % 2 == 0:
                self._sheet.write_number(row, HALF, total.days, of(ALL))
            else:
                self._sheet.write_datetime(row, HALF, total.hours, self._formats.duration)
            self._month_cell(row, line, month.days, month.hours)
            for column, pay in ((PAY, paid[line]), (PAY + 3, paid[line + 4])):
                for offset, text in enumerate(pay):
                    self._sheet.write_string(row, column + offset, text, of(ALL, shrink=True))
            for column, absence in ((ABSENCE, shown[line]), (ABSENCE + 2, shown[line + 4])):
                self._absence(row, column, absence)
            self._row += 1

    def _month_cell(self, row: int, line: int, days: int, hours: Any) -> None:
        of = self._formats.of
        if line == 0:
            self._sheet.write_number(row, MONTH, days, of(TOP))
        elif line == 2:
            self._sheet.write_datetime(row, MONTH, hours, of(TOP, num_format="[h]:mm"))
        else:
            self._sheet.write_blank(row, MONTH, None, of(BOTTOM))

    def _absence(self, row: int, column: int, absence: tuple[str, int, Any] | None) -> None:
        of = self._formats.of(ALL)
        code, text = ("", "") if absence is None else (absence[0], days_and_hours(*absence[1:]))
        self._sheet.write_string(row, column, code, of)
        self._sheet.write_string(row, column + 1, text, of)

    def _signatures(self) -> None:
        of = self._formats.of
        for who, below in texts.SIGNATURES:
            self._row += 1
            spans = ((FIRST_DAY, FIRST_DAY + 5), (FIRST_DAY + 7, FIRST_DAY + 10), (FIRST_DAY + 12, HALF))
            day = (PAY, LAST, texts.SIGNED_DAY, of(align="left"))
            self._line((0, 2, who, of(align="left")), *((*span, "", of(bottom=1)) for span in spans), day)
            small = of(font_size=6, valign="top")
            self._line(*((*span, text, small) for span, text in zip(spans, below, strict=True)))


def _texts(half: Sequence[Any]) -> tuple[list[str], list[str]]:
    return (
        [NO_DAY if day is None else day.codes for day in half],
        [NO_DAY if day is None else day.hours for day in half],
    )


def _day_number(place: int, upper: bool) -> str:
    if not upper:
        return str(HALF_DAYS + place + 1)
    return str(place + 1) if place < HALF_DAYS else NO_DAY


def _joined(text: str) -> str:
    return text.replace("-\n", "").replace("\n", " ")


def _sheet_name(place: int, department: str) -> str:
    name = FORBIDDEN.sub(" ", department).strip()
    return f"{place} {name}"[:31].rstrip() if name else str(place)
