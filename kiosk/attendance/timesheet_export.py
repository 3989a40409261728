"""Timesheets in every format, as files that appear whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeAlias
from zoneinfo import ZoneInfo

from xlsxwriter.exceptions import XlsxFileError

from db.employee_queries import PersonName
from kiosk.attendance.t13_pdf import write_t13_pdf
from kiosk.attendance.t13_xlsx import write_t13_xlsx
from kiosk.attendance.timesheet import PersonMonth, Timesheets, month_of
from kiosk.attendance.timesheet_files import write_csv, write_json, write_xlsx
from kiosk.attendance.timesheet_heading import TimesheetHeading
from kiosk.attendance.timesheet_pdf import write_pdf
from kiosk.domain.case_folding import folded
from kiosk.domain.office_language import OfficeLanguage
from kiosk.domain.ports import Clock
from kiosk.domain.timesheet_format import TimesheetFormat
from kiosk.errors import InvalidInput, StorageError
from kiosk.security.audit_recorder import AuditRecorder

Writer: TypeAlias = Callable[[Iterable[PersonMonth], TimesheetHeading, Path], None]
WRITERS: Mapping[TimesheetFormat, Writer] = {
    TimesheetFormat.XLSX: write_xlsx,
    TimesheetFormat.PDF: write_pdf,
    TimesheetFormat.CSV: write_csv,
    TimesheetFormat.JSON: write_json,
    TimesheetFormat.T13_XLSX: write_t13_xlsx,
    TimesheetFormat.T13_PDF: write_t13_pdf,
}


def format_of(path: Path) -> TimesheetFormat:
    """Return the format that a file's name says. Raises InvalidInput."""
    try:
        return TimesheetFormat(path.suffix.lower().removeprefix("."))
    except ValueError as error:
        raise InvalidInput(f"{path}: a timesheet is written as .xlsx, .pdf, .csv or .json; or say --format") from error


def format_named(name: str) -> TimesheetFormat:
    """Return a format by its name. Raises InvalidInput."""
    try:
        return TimesheetFormat(name.lower())
    except ValueError as error:
        raise InvalidInput(f"{name!r} is no format; there are {', '.join(TimesheetFormat)}") from error


def language_named(name: str) -> OfficeLanguage:
    """Return a language by its code. Raises InvalidInput."""
    try:
        return OfficeLanguage(name.lower())
    except ValueError as error:
        raise InvalidInput(f"{name!r} is no language; there are {', '.join(OfficeLanguage)}") from error


class TimesheetExporter:
    """Timesheets for commands, the API and the screens; any thread may call it. Methods raise StorageError.

    Args:
        sheets: what is written.
        audit: where it is recorded that somebody asked.
        clock: says on which day a timesheet is made.
        heading: what stands above timesheets; its days are replaced by those of each.
    """

    def __init__(self, sheets: Timesheets, audit: AuditRecorder, clock: Clock, heading: TimesheetHeading) -> None:
        self._sheets = sheets
        self._audit = audit
        self._clock = clock
        self._heading = heading

    @property
    def zone(self) -> ZoneInfo:
        """The office's time zone."""
        return self._heading.zone

    def today(self) -> date:
        """Return the day in the office's time zone."""
        return self._clock.now().astimezone(self.zone).date()

    def months(self, day: date, employee_id: int | None = None, department: str | None = None) -> Iterator[PersonMonth]:
        """Yield the month of each person wanted, and record in the audit log that somebody asked.

        Args:
            day: any day of the month.
            employee_id: one person alone.
            department: the whole of its name, in any case.
        """

        def is_wanted(person: PersonName) -> bool:
            of_department = department is None or folded(person.department or "") == folded(department)
            return employee_id in (None, person.id) and of_department

        subject = None if employee_id is None else f"employee:{employee_id}"
        self._audit.record("timesheet", subject, {"month": f"{day:%Y-%m}"})
        return self._sheets.months(*month_of(day), is_wanted)

    def explained(self, employee_id: int, day: date) -> tuple[str, ...]:
        """Return why a person's day has its figures; the audit log records that somebody asked.

        Raises EmployeeNotFound.
        """
        sentences = self._sheets.explained(employee_id, day)
        self._audit.record("timesheet", f"employee:{employee_id}", {"day": f"{day}"})
        return sentences

    def file_name(self, file_format: TimesheetFormat, day: date) -> str:
        kind = "t13" if file_format.is_t13 else "timesheet"
        return f"{kind}-{day:%Y-%m}{file_format.suffix}"

    def export(
        self,
        file_format: TimesheetFormat,
        day: date,
        path: Path,
        employee_id: int | None = None,
        department: str | None = None,
        *,
        language: OfficeLanguage | None = None,
    ) -> None:
        """Write a month to a new file, and wait until it is on the disk; nothing is left behind when that fails.

        language: None for the office's.
        Raises InvalidInput when there is such a file already.
        """
        if path.exists():
            raise InvalidInput(f"{path} is there already; choose another name, or move it away")
        first, last = month_of(day)
        heading = replace(self._heading, first=first, last=last, made_on=self.today())
        if language is not None:
            heading = replace(heading, language=language)
        months = self.months(day, employee_id, department)
        try:
            WRITERS[file_format](months, heading, path)
            with path.open("rb") as file:
                os.fsync(file.fileno())
        except BaseException as error:
            path.unlink(missing_ok=True)
            if isinstance(error, OSError | XlsxFileError):
                raise StorageError(f"{path} cannot be written: {error}; make room on the disk") from error
            raise
