"""A timesheet as PDF: each person's days with totals and questions, one person after the other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from kiosk.attendance.day_account import DayAccount
from kiosk.attendance.pdf_page import HEIGHT_MM, MARGIN_MM, SANS, SANS_BOLD, WIDTH_MM, PdfPage
from kiosk.attendance.stays import Stay
from kiosk.attendance.timesheet import FIGURES, PersonMonth
from kiosk.attendance.timesheet_files import hours_text
from kiosk.attendance.timesheet_heading import TimesheetHeading
from kiosk.attendance.timesheet_texts import day_format, moment_format, word

LINE = 4.4
DAY, FIGURE = 22.0, 18.0
REMARK = WIDTH_MM - 2 * MARGIN_MM - DAY - len(FIGURES) * FIGURE
HEADING_LINES = 4


def write_pdf(months: Iterable[PersonMonth], heading: TimesheetHeading, path: Path) -> None:
    """Write a table a person. Raises OSError."""
    pages = _Pages(heading)
    pages.begin_page()
    for month in months:
        pages.person(month)
    pages.write_file(path)


class _Pages(PdfPage):
    def __init__(self, heading: TimesheetHeading) -> None:
        super().__init__()
        self._heading = heading
        self._y = 0.0

    def begin_page(self) -> None:
        heading = self._heading
        self.add_page()
        self.set_font(SANS, size=8)
        period = f"{self._day(heading.first)} – {self._day(heading.last)}"
        self.text_box(MARGIN_MM, MARGIN_MM, 200, LINE, f"{heading.organisation}  {period}".strip(), "L", 0)
        self.text_box(MARGIN_MM + 217, MARGIN_MM, 60, LINE, f"{self.page_no()}", "R", 0)
        self._y = MARGIN_MM + 1.5 * LINE

    def person(self, month: PersonMonth) -> None:
        """Write a person's table; one that does not fit goes on on the next page, under its heading."""
        lines = HEADING_LINES + len(month.days) + 1 + len(month.questions)
        fits_a_page = lines * LINE < HEIGHT_MM - 3 * MARGIN_MM
        if self._y + (lines if fits_a_page else HEADING_LINES + 1) * LINE > HEIGHT_MM - MARGIN_MM:
            self.begin_page()
        self._names(month)
        for day in month.days:
            self._row(
                month, self._day(day.day), [hours_text(getattr(day, name)) for name in FIGURES], self._remark(day)
            )
        self.set_font(SANS_BOLD, size=7)
        self._row(month, self._word("total"), [hours_text(month.total(name)) for name in FIGURES], "", bold=True)
        for stay in month.questions:
            self._make_room(month)
            self.text_box(MARGIN_MM, self._y, WIDTH_MM - 2 * MARGIN_MM, LINE, self._question(stay), "L")
            self._y += LINE
        self._y += LINE

    def _names(self, month: PersonMonth) -> None:
        person = month.person
        parts = (
            person.full_name,
            person.department,
            person.position,
            f"№ {person.external_id}" if person.external_id else None,
        )
        self.set_font(SANS_BOLD, size=9)
        text = "   ".join(part for part in (*parts, f"id {person.id}") if part)
        self.text_box(MARGIN_MM, self._y, 270, LINE, text, "L", 0)
        self._y += 1.2 * LINE
        self.set_font(SANS_BOLD, size=7)
        x, height = MARGIN_MM + 0.0, 2 * LINE
        for name, width in (("day", DAY), *((name, FIGURE) for name in FIGURES), ("", REMARK)):
            self.lines_box(x, self._y, width, height, self._word(name).replace(" ", "\n"), 2.6)
            x += width
        self._y += height
        self.set_font(SANS, size=7)

    def _row(self, month: PersonMonth, day: str, figures: list[str], remark: str, *, bold: bool = False) -> None:
        self._make_room(month)
        self.set_font(SANS_BOLD if bold else SANS, size=7)
        self._cells(day, ["" if text == "0:00" else text for text in figures], remark)

    def _make_room(self, month: PersonMonth) -> None:
        if self._y + LINE > HEIGHT_MM - MARGIN_MM:
            self.begin_page()
            self._names(month)

    def _cells(self, day: str, figures: list[str], remark: str) -> None:
        self.boxes(MARGIN_MM, self._y, (DAY, *[FIGURE] * len(figures), REMARK), LINE)
        self.text_box(MARGIN_MM, self._y, DAY, LINE, day, border=0)
        for place, text in enumerate(figures):
            self.text_box(MARGIN_MM + DAY + place * FIGURE, self._y, FIGURE, LINE, text, "R", 0)
        self.text_box(MARGIN_MM + DAY + len(figures) * FIGURE, self._y, REMARK, LINE, remark, "L", 0)
        self._y += LINE

    def _question(self, stay: Stay) -> str:
        came, left = (self._moment(at) for at in stay.moments)
        what = f"{self._word('question')}: {self._word(stay.doubt or '')}"
        return f"{what}; {self._word('came')} {came}, {self._word('left')} {left}"

    def _moment(self, at: datetime | None) -> str:
        return "?" if at is None else at.astimezone(self._heading.zone).strftime(moment_format(self._heading.language))

    def _day(self, day: date) -> str:
        return day.strftime(day_format(self._heading.language))

    def _word(self, name: str) -> str:
        return word(name, self._heading.language)

    def _remark(self, day: DayAccount) -> str:
        marks = [day.absence or "", "day_off" if day.works_on_day_off else "", "absent" if day.is_absent else ""]
        said = [day.holiday or "", *(self._word(mark) for mark in (*marks, *day.doubts))]
        return ", ".join(text for text in said if text)
