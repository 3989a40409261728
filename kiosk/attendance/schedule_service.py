"""Schedules, the calendar, absences and timesheets for coroutines."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Generator
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from db.absences import Absence
from db.calendar_days import CalendarDay
from db.schedules import Assignment, StoredSchedule
from kiosk.attendance.absence_store import AbsenceStore
from kiosk.attendance.calendar_store import CalendarStore
from kiosk.attendance.evacuation import EvacuationList
from kiosk.attendance.schedule_store import ScheduleStore
from kiosk.attendance.timesheet_export import TimesheetExporter
from kiosk.core.thread_pool import ThreadPool
from kiosk.domain.office_language import OfficeLanguage
from kiosk.domain.timesheet_format import TimesheetFormat

PIECE = 256 * 1024


class ScheduleService:
    """The stores off the event loop; every method raises StorageError when the database is away.

    Args:
        schedules: what people are planned to work.
        calendar: holidays and the office's own days.
        absences: who is away.
        timesheets: writes months as files.
        evacuation: says who is in.
        database_threads: no more than the database has connections.
        exports: threads in which files are written.
    """

    def __init__(
        self,
        *,
        schedules: ScheduleStore,
        calendar: CalendarStore,
        absences: AbsenceStore,
        timesheets: TimesheetExporter,
        evacuation: Callable[[], EvacuationList],
        database_threads: ThreadPool,
        exports: ThreadPool,
    ) -> None:
        self._schedules = schedules
        self._calendar = calendar
        self._absences = absences
        self._timesheets = timesheets
        self._evacuation = evacuation
        self._threads = database_threads
        self._exports = exports

    async def schedules(self) -> tuple[StoredSchedule, ...]:
        return await self._threads.run(self._schedules.schedules)

    async def save_schedule(self, schedule: StoredSchedule, *, has_start: bool) -> bool:
        """Return whether it is new. Raises InvalidInput."""
        return await self._threads.run(self._schedules.save, schedule, has_start=has_start)

    async def remove_schedule(self, name: str) -> None:
        """Raises RecordNotFound."""
        await self._threads.run(self._schedules.remove, name)

    async def assignments(self) -> tuple[Assignment, ...]:
        return await self._threads.run(self._schedules.assignments)

    async def assign(self, assignment: Assignment) -> None:
        """Raises InvalidInput, EmployeeNotFound, RecordNotFound."""
        await self._threads.run(
            self._schedules.assign,
            assignment.schedule,
            assignment.valid_from,
            assignment.valid_until,
            assignment.employee_id,
            assignment.department,
        )

    async def unassign(self, assignment_id: int) -> None:
        """Raises RecordNotFound."""
        await self._threads.run(self._schedules.unassign, assignment_id)

    async def calendar_days(self, first: date, last: date) -> tuple[CalendarDay, ...]:
        """Raises InvalidInput."""
        return tuple((await self._threads.run(self._calendar.days, first, last)).values())

    async def set_calendar_day(self, found: CalendarDay) -> None:
        """Raises InvalidInput."""
        await self._threads.run(self._calendar.set_all, [found])

    async def remove_calendar_day(self, day: date) -> None:
        """Raises RecordNotFound."""
        await self._threads.run(self._calendar.remove, day)

    async def absences(self, since: date | None, until: date | None, employee_id: int | None) -> tuple[Absence, ...]:
        return await self._threads.run(self._absences.absences, since, until, employee_id)

    async def add_absence(self, absence: Absence) -> Absence:
        """Raises InvalidInput, EmployeeNotFound."""
        return await self._threads.run(self._absences.add, absence)

    async def remove_absence(self, absence_id: int) -> None:
        """Raises RecordNotFound."""
        await self._threads.run(self._absences.remove, absence_id)

    async def evacuation_list(self) -> EvacuationList:
        """Return who is in, whatever the date, by department."""
        return await self._threads.run(self._evacuation)

    async def explain_day(self, employee_id: int, day: date) -> tuple[str, ...]:
        """Return why a person's day has its figures, a sentence for each thing. Raises EmployeeNotFound."""
        return await self._threads.run(self._timesheets.explained, employee_id, day)

    def file_name(self, file_format: TimesheetFormat, day: date) -> str:
        return self._timesheets.file_name(file_format, day)

    def stream_timesheet(
        self,
        file_format: TimesheetFormat,
        day: date,
        employee_id: int | None,
        department: str | None,
        language: OfficeLanguage | None,
    ) -> AsyncGenerator[bytes]:
        """Yield the file of a month in pieces; it stands in temporary storage meanwhile."""
        return self._exports.stream(partial(self._pieces, file_format, day, employee_id, department, language))

    def _pieces(
        self,
        file_format: TimesheetFormat,
        day: date,
        employee_id: int | None,
        department: str | None,
        language: OfficeLanguage | None,
    ) -> Generator[bytes]:
        with TemporaryDirectory(prefix="timesheet-") as folder:
            path = Path(folder) / self._timesheets.file_name(file_format, day)
            self._timesheets.export(file_format, day, path, employee_id, department, language=language)
            with path.open("rb") as file:
                while piece := file.read(PIECE):
                    yield piece
