"""The unified form T-13 as PDF: a page break before each department, the heading of the table on every page."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kiosk.attendance import t13_texts as texts
from kiosk.attendance.pdf_page import HEIGHT_MM, MARGIN_MM, SERIF, WIDTH_MM, PdfPage
from kiosk.attendance.t13 import COLUMNS, HALF_DAYS, NO_DAY, T13Person, days_and_hours, person_of, shown_hours
from kiosk.attendance.t13_pay import common_kind, pay_lines
from kiosk.attendance.timesheet import PersonMonth
from kiosk.attendance.timesheet_heading import TimesheetHeading, by_department

LINE = 3.6
NO, NAME, NUMBER, DAY, HALF, MONTH, PAY, ABSENCE = 7.0, 33.0, 14.0, 6.6, 12.0, 12.0, (9.0, 12.0, 9.4), (7.0, 9.0)
HEADING_MM = 24.0
SIGNATURES_MM = 26.0


def write_t13_pdf(months: Iterable[PersonMonth], heading: TimesheetHeading, path: Path) -> None:
    """Write the form of each department, one after the other. Raises OSError."""
    pages = _Form(heading)
    for department, people in by_department(months):
        pages.department(department, people)
    if not pages.page:
        pages.department("", ())
    pages.write_file(path)


class _Form(PdfPage):
    def __init__(self, heading: TimesheetHeading) -> None:
        super().__init__()
        self._heading = heading
        self._y = 0.0

    def department(self, name: str, people: Iterable[PersonMonth]) -> None:
        """Write one department's form, from its heading to the signatures."""
        self.add_page()
        self._top(name)
        self._table_heading()
        for place, month in enumerate(people, 1):
            if self._y + 4 * LINE > HEIGHT_MM - MARGIN_MM:
                self._next_page()
            self._person(place, person_of(month, self._heading.first))
        if self._y + SIGNATURES_MM > HEIGHT_MM - MARGIN_MM:
            self._next_page()
        self._signatures()

    def _next_page(self) -> None:
        self.add_page()
        self._y = MARGIN_MM
        self._table_heading()

    def _top(self, department: str) -> None:
        right, heading = WIDTH_MM - MARGIN_MM, self._heading
        self.set_font(SERIF, size=7)
        for place, text in enumerate(texts.APPROVED):
            self.text_box(right - 80, MARGIN_MM + 3 * place, 80, 3, text, "R", 0)
        y = MARGIN_MM + 8
        self.set_font(SERIF, size=9)
        self.text_box(right - 25, y, 25, 4, texts.CODE)
        for place, (label, value) in enumerate(((texts.OKUD, texts.OKUD_CODE), (texts.OKPO, heading.okpo))):
            self.text_box(right - 65, y + 4 * (place + 1), 39, 4, label, "R", 0)
            self.text_box(right - 25, y + 4 * (place + 1), 25, 4, value)
        for place, (text, below) in enumerate(
            ((heading.organisation, texts.ORGANISATION), (department, texts.DEPARTMENT))
        ):
            at = y + 3 + 8 * place
            self.set_font(SERIF, size=10)
            self.text_box(MARGIN_MM, at, 205, 4.5, text, "C", "B")
            self.set_font(SERIF, size=6)
            self.text_box(MARGIN_MM, at + 4.5, 205, 2.5, below, "C", 0)
        self._title(y + 19)
        self._y = y + 34

    def _title(self, y: float) -> None:
        heading, right = self._heading, WIDTH_MM - MARGIN_MM
        self.set_font(SERIF, size=13)
        self.text_box(MARGIN_MM + 60, y + 2, 100, 6, texts.TITLE, "C", 0)
        self.set_font(SERIF, size=10)
        self.text_box(MARGIN_MM + 60, y + 8, 100, 5, texts.SUBTITLE, "C", 0)
        self.set_font(SERIF, size=8)
        boxes = (
            (right - 104, 24, texts.DOCUMENT_NUMBER, f"{heading.first:%m}"),
            (right - 80, 28, texts.DATE, texts.day_text(heading.made_on)),
        )
        for x, width, label, value in boxes:
            self.text_box(x, y, width, 8, label)
            self.text_box(x, y + 8, width, 5, value)
        self.text_box(right - 48, y, 48, 4, texts.PERIOD)
        for x, label, day in (
            (right - 48, texts.PERIOD_FROM, heading.first),
            (right - 24, texts.PERIOD_TO, heading.last),
        ):
            self.text_box(x, y + 4, 24, 4, label)
            self.text_box(x, y + 8, 24, 5, texts.day_text(day))

    def _table_heading(self) -> None:
        self.set_font(SERIF, size=7)
        y, x, height = self._y, float(MARGIN_MM), HEADING_MM
        for width, text in (
            (NO, texts.HEADINGS["no"]),
            (NAME, texts.HEADINGS["name"]),
            (NUMBER, texts.HEADINGS["number"]),
        ):
            self.lines_box(x, y, width, height, text)
            x += width
        self.lines_box(x, y, COLUMNS * DAY, height - 10, texts.HEADINGS["days"])
        self.set_font(SERIF, size=8)
        for place in range(COLUMNS):
            upper = str(place + 1) if place < HALF_DAYS else NO_DAY
            self.text_box(x + place * DAY, y + height - 10, DAY, 5, upper)
            self.text_box(x + place * DAY, y + height - 5, DAY, 5, str(HALF_DAYS + place + 1))
        x += COLUMNS * DAY
        self.set_font(SERIF, size=7)
        self.text_box(x, y, HALF + MONTH, 5, texts.HEADINGS["worked"])
        for width, text in ((HALF, texts.HEADINGS["half"]), (MONTH, texts.HEADINGS["month"])):
            self.lines_box(x, y + 5, width, height - 15, text)
            self.text_box(x, y + height - 10, width, 5, texts.HEADINGS["in_days"])
            self.text_box(x, y + height - 5, width, 5, texts.HEADINGS["in_hours"])
            x += width
        x = self._pay_heading(x, y)
        self.lines_box(x, y, 2 * sum(ABSENCE), 8, texts.HEADINGS["absences"])
        for width, text in zip(ABSENCE * 2, (texts.HEADINGS["code"], texts.HEADINGS["days_hours"]) * 2, strict=True):
            self.lines_box(x, y + 8, width, height - 8, text)
            x += width
        self._numbers(y + height)

    def _pay_heading(self, x: float, y: float) -> float:
        whole = 2 * sum(PAY)
        self.lines_box(x, y, whole, 7, texts.HEADINGS["pay"])
        self.lines_box(x, y + 7, whole, 7, texts.common_pay(common_kind(self._heading.pay_kinds)))
        for width, text in zip(
            PAY * 2,
            (texts.HEADINGS["pay_code"], texts.HEADINGS["account"], texts.HEADINGS["days_hours"]) * 2,
            strict=True,
        ):
            self.lines_box(x, y + 14, width, HEADING_MM - 14, text, 2.4)
            x += width
        return x

    def _numbers(self, y: float) -> None:
        x = float(MARGIN_MM)
        widths = (NO, NAME, NUMBER, COLUMNS * DAY, HALF, MONTH, *PAY, *PAY, *ABSENCE, *ABSENCE)
        for width, number in zip(widths, texts.NUMBERS, strict=True):
            self.text_box(x, y, width, 3.5, number)
            x += width
        self._y = y + 3.5

    def _person(self, place: int, person: T13Person) -> None:
        self.set_font(SERIF, size=8)
        y, x, height = self._y, float(MARGIN_MM), 4 * LINE
        self.text_box(x, y, NO, height, str(place))
        self.rect(x + NO, y, NAME, height)
        top = y + (height - LINE * len(person.name_lines)) / 2
        for line, words in enumerate(person.name_lines):
            self.text_box(x + NO, top + line * LINE, NAME, LINE, words, "L", 0)
        self.text_box(x + NO + NAME, y, NUMBER, height, person.number)
        x += NO + NAME + NUMBER
        for half, days in enumerate(person.halves):
            at = y + half * 2 * LINE
            for column, day in enumerate(days):
                left = x + column * DAY
                self.text_box(left, at, DAY, LINE, NO_DAY if day is None else day.codes)
                self.text_box(left, at + LINE, DAY, LINE, NO_DAY if day is None else day.hours)
        self._totals(x + COLUMNS * DAY, y, person)
        self._y = y + height

    def _totals(self, x: float, y: float, person: T13Person) -> None:
        for half, total in enumerate(person.totals):
            self.text_box(x, y + 2 * half * LINE, HALF, LINE, str(total.days))
            self.text_box(x, y + (2 * half + 1) * LINE, HALF, LINE, shown_hours(total.hours))
        x += HALF
        self.text_box(x, y, MONTH, 2 * LINE, str(person.total.days))
        self.text_box(x, y + 2 * LINE, MONTH, 2 * LINE, shown_hours(person.total.hours))
        x += MONTH
        lines = pay_lines(person, self._heading.pay_kinds)
        for shown_lines in (lines[:4], lines[4:]):
            columns = (
                tuple(line.kind.code for line in shown_lines),
                tuple(line.kind.account for line in shown_lines),
                tuple(days_and_hours(line.days, line.hours) for line in shown_lines),
            )
            for width, texts_of_lines in zip(PAY, columns, strict=True):
                self._four(x, y, width, texts_of_lines)
                x += width
        for shown in (person.absences[:4], person.absences[4:]):
            self._four(x, y, ABSENCE[0], tuple(code for code, _, _ in shown))
            x += ABSENCE[0]
            self._four(x, y, ABSENCE[1], tuple(days_and_hours(days, hours) for _, days, hours in shown))
            x += ABSENCE[1]

    def _four(self, x: float, y: float, width: float, texts: tuple[str, ...]) -> None:
        for line in range(4):
            self.text_box(x, y + line * LINE, width, LINE, texts[line] if line < len(texts) else "")

    def _signatures(self) -> None:
        y = self._y + 5
        for place, (who, what) in enumerate(texts.SIGNATURES):
            at = y + 7 * place
            self.set_font(SERIF, size=8)
            self.text_box(MARGIN_MM, at, 46, 4, who, "L", 0)
            x = MARGIN_MM + 48.0
            for width, below in zip((50.0, 30.0, 50.0), what, strict=True):
                self.set_font(SERIF, size=8)
                self.text_box(x, at, width, 4, "", "C", "B")
                self.set_font(SERIF, size=6)
                self.text_box(x, at + 4, width, 2.5, below, "C", 0)
                x += width + 4
            self.set_font(SERIF, size=8)
            self.text_box(x, at, 60, 4, texts.SIGNED_DAY, "L", 0)
