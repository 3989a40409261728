"""Schedules, their assignments, calendar days and absences from CSV files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from db.absences import Absence
from db.calendar_days import CalendarDay
from db.schedules import Assignment, StoredSchedule
from kiosk.attendance.absence_store import check_absence
from kiosk.attendance.calendar_store import check_calendar_day
from kiosk.attendance.schedule_store import CheckedSchedule, check_assignment, check_schedule
from kiosk.core.csv_reader import read_lines, read_rows
from kiosk.domain.work_calendar import AbsenceKind, DayKind
from kiosk.errors import InvalidInput

SCHEDULE_COLUMNS = ("name", "plan", "starts", "grace", "rounding", "overtime_factor")
CALENDAR_COLUMNS = ("day", "kind", "name")
ASSIGNMENT_COLUMNS = ("schedule", "person", "department", "from", "until")
ABSENCE_COLUMNS = ("person", "kind", "from", "until", "code", "note")

Kind = TypeVar("Kind", bound=StrEnum)


def read_schedules(path: Path) -> tuple[CheckedSchedule, ...]:
    """Return the schedules of a CSV file with the headings SCHEDULE_COLUMNS, of which name and plan are needed.

    Raises InvalidInput naming the line that is wrong.
    """
    return read_rows(path, SCHEDULE_COLUMNS, ("name", "plan"), _schedule)


def read_assignments(path: Path, employee_id_of: Callable[[str], int]) -> tuple[tuple[int, Assignment], ...]:
    """Return the assignments of a CSV file with the headings ASSIGNMENT_COLUMNS, each after the number of its line.

    Schedule and from are needed; without person and department a line is the whole office's.
    employee_id_of: finds a person by what is written of them; may raise KioskError.
    Raises InvalidInput naming each line that is wrong.
    """
    needed = ("schedule", "from")
    return read_lines(path, ASSIGNMENT_COLUMNS, needed, lambda row: _assignment(row, employee_id_of))


def read_calendar_days(path: Path) -> tuple[CalendarDay, ...]:
    """Return the days of a CSV file with the headings CALENDAR_COLUMNS, of which day and kind are needed.

    Raises InvalidInput naming the line that is wrong.
    """
    return read_rows(path, CALENDAR_COLUMNS, ("day", "kind"), _calendar_day)


def read_absences(path: Path, employee_id_of: Callable[[str], int]) -> tuple[tuple[int, Absence], ...]:
    """Return the absences of a CSV file with the headings ABSENCE_COLUMNS, each after the number of its line.

    All but code and note are needed.

    employee_id_of: finds a person by what is written of them; may raise KioskError.
    Raises InvalidInput naming the line that is wrong.
    """
    return read_lines(path, ABSENCE_COLUMNS, ABSENCE_COLUMNS[:4], lambda row: _absence(row, employee_id_of))


def kind_of(kinds: type[Kind], text: str) -> Kind:
    """Raises InvalidInput that lists the kinds."""
    try:
        return kinds(text.strip().lower().replace(" ", "_"))
    except ValueError as error:
        raise InvalidInput(f"{text!r} is no kind; there are {', '.join(kinds)}") from error


def _schedule(row: Mapping[str, str]) -> CheckedSchedule:
    starts = row["starts"]
    stored = StoredSchedule(
        row["name"],
        row["plan"],
        date.fromisoformat(starts) if starts else date(2024, 1, 1),
        int(row["grace"] or 0),
        int(row["rounding"] or 1),
        float(row["overtime_factor"] or 1),
    )
    check_schedule(checked := CheckedSchedule(stored, bool(starts)))
    return checked


def _assignment(row: Mapping[str, str], employee_id_of: Callable[[str], int]) -> Assignment:
    found = Assignment(
        row["schedule"],
        employee_id_of(row["person"]) if row["person"] else None,
        row["department"] or None,
        date.fromisoformat(row["from"]),
        date.fromisoformat(row["until"]) if row["until"] else None,
    )
    check_assignment(found)
    return found


def _calendar_day(row: Mapping[str, str]) -> CalendarDay:
    found = CalendarDay(date.fromisoformat(row["day"]), kind_of(DayKind, row["kind"]), row["name"])
    check_calendar_day(found)
    return found


def _absence(row: Mapping[str, str], employee_id_of: Callable[[str], int]) -> Absence:
    found = Absence(
        employee_id_of(row["person"]),
        kind_of(AbsenceKind, row["kind"]),
        date.fromisoformat(row["from"]),
        date.fromisoformat(row["until"]),
        row["code"] or None,
        row["note"],
    )
    check_absence(found)
    return found
