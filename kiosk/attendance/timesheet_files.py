"""Timesheets as files: CSV, JSON and XLSX with real dates and durations, totals and a sheet of open questions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeAlias

import xlsxwriter

from kiosk.attendance.day_account import DayAccount
from kiosk.attendance.timesheet import FIGURES, PersonMonth
from kiosk.attendance.timesheet_heading import TimesheetHeading
from kiosk.attendance.timesheet_texts import word
from kiosk.core.csv_writer import Cell, csv_chunks
from kiosk.domain.office_language import OfficeLanguage

PERSON = ("employee_id", "personnel_number", "full_name", "department", "position")
HEADINGS = (*PERSON, "day", *FIGURES, "day_off", "absent", "absence", "holiday", "questions")
QUESTION_HEADINGS = (*PERSON, "entered_at", "left_at", "question")
FIRST_FIGURE = len(PERSON) + 1
MINUTE = timedelta(minutes=1)
DAY_FORMATS = {OfficeLanguage.ENGLISH: "yyyy-mm-dd", OfficeLanguage.RUSSIAN: "dd.mm.yyyy"}

Said: TypeAlias = Callable[[str], str]
"""Gives the word for a mark."""


def write_csv(months: Iterable[PersonMonth], heading: TimesheetHeading, path: Path) -> None:
    """Write one row a day; durations as H:MM. In English, headings and marks are the API's names. Raises OSError."""
    language = heading.language
    is_english = language is OfficeLanguage.ENGLISH
    headings = HEADINGS if is_english else [word(name, language) for name in HEADINGS]

    def said(mark: str) -> str:
        return mark if is_english else word(mark, language)

    with path.open("wb") as file:
        file.writelines(csv_chunks(headings, _rows(months, said)))


def write_json(months: Iterable[PersonMonth], heading: TimesheetHeading, path: Path) -> None:
    """Write one object a person, with days, totals and questions; durations in minutes. Raises OSError."""
    with path.open("w", encoding="utf-8") as file:
        before = "["
        for month in months:
            file.write(before + "\n" + json.dumps(_person(month, heading), ensure_ascii=False, indent=1))
            before = ","
        file.write("\n]\n" if before == "," else "[]\n")


def write_xlsx(months: Iterable[PersonMonth], heading: TimesheetHeading, path: Path) -> None:
    """Write a workbook of two sheets, row by row, so that memory does not grow with the office. Raises OSError."""
    language = heading.language
    day_format = DAY_FORMATS[language]

    def said(mark: str) -> str:
        return word(mark, language)

    plain = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), plain | {"remove_timezone": True}) as book:
        formats = {
            name: book.add_format(how)
            for name, how in {
                "bold": {"bold": True},
                "day": {"num_format": day_format},
                "moment": {"num_format": f"{day_format} hh:mm"},
                "duration": {"num_format": "[h]:mm"},
                "total": {"num_format": "[h]:mm", "bold": True, "top": 1},
            }.items()
        }
        sheet, asked = book.add_worksheet(said("timesheet")), book.add_worksheet(said("questions"))
        for made, headings in ((sheet, HEADINGS), (asked, QUESTION_HEADINGS)):
            made.write_row(0, 0, [said(name) for name in headings], formats["bold"])
            made.freeze_panes(1, 0)
            made.set_column(0, len(headings) - 1, 13)
        row = question = 1
        for month in months:
            names = _names(month)
            for day in month.days:
                sheet.write_row(row, 0, names)
                sheet.write_datetime(row, len(PERSON), datetime.combine(day.day, datetime.min.time()), formats["day"])
                for column, figure in enumerate(FIGURES, FIRST_FIGURE):
                    sheet.write_datetime(row, column, getattr(day, figure), formats["duration"])
                sheet.write_row(row, FIRST_FIGURE + len(FIGURES), _marks(day, said))
                row += 1
            sheet.write_row(row, 0, names, formats["bold"])
            for column, figure in enumerate(FIGURES, FIRST_FIGURE):
                sheet.write_datetime(row, column, month.total(figure), formats["total"])
            sheet.write(row, FIRST_FIGURE - 1, said("total"), formats["bold"])
            row += 1
            for stay in month.questions:
                asked.write_row(question, 0, names)
                for column, moment in enumerate(stay.moments, len(PERSON)):
                    if moment is not None:
                        asked.write_datetime(question, column, moment.astimezone(heading.zone), formats["moment"])
                asked.write(question, len(QUESTION_HEADINGS) - 1, said(stay.doubt or ""))
                question += 1


def hours_text(duration: timedelta) -> str:
    """Return a duration as H:MM, with its sign."""
    minutes = abs(duration) // MINUTE
    return f"{'-' if duration < timedelta() else ''}{minutes // 60}:{minutes % 60:02}"


def _rows(months: Iterable[PersonMonth], said: Said) -> Iterator[Sequence[Cell]]:
    for month in months:
        for day in month.days:
            durations = (hours_text(getattr(day, figure)) for figure in FIGURES)
            yield (*_names(month), day.day.isoformat(), *durations, *_marks(day, said))


def _names(month: PersonMonth) -> tuple[int, str | None, str, str | None, str | None]:
    person = month.person
    return person.id, person.external_id, person.full_name, person.department, person.position


def _marks(day: DayAccount, said: Said) -> tuple[str, ...]:
    marks = ("yes" if day.works_on_day_off else "", "yes" if day.is_absent else "", day.absence or "")
    return *(said(mark) for mark in marks), day.holiday or "", " ".join(said(doubt) for doubt in day.doubts)


def _person(month: PersonMonth, heading: TimesheetHeading) -> dict[str, object]:
    def local(moment: datetime | None) -> str | None:
        return None if moment is None else moment.astimezone(heading.zone).isoformat(timespec="minutes")

    return {
        "employee_id": month.person.id,
        "personnel_number": month.person.external_id,
        "full_name": month.person.full_name,
        "department": month.person.department,
        "position": month.person.position,
        "total_minutes": {figure: month.total(figure) // MINUTE for figure in FIGURES},
        "days": [
            {
                "day": day.day.isoformat(),
                "minutes": {figure: getattr(day, figure) // MINUTE for figure in FIGURES},
                "away_minutes": {reason: away // MINUTE for reason, away in day.away_by_reason},
                "day_off": day.works_on_day_off,
                "absent": day.is_absent,
                "absence": day.absence,
                "holiday": day.holiday,
                "doubts": list(day.doubts),
            }
            for day in month.days
        ],
        "questions": [
            {"entered_at": local(stay.entered_at), "left_at": local(stay.left_at), "question": stay.doubt}
            for stay in month.questions
        ],
    }
