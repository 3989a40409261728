"""The attendance for coroutines: the contract that other modules and systems of the office build on."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from contextlib import closing
from datetime import datetime
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from kiosk.attendance.explained_event import ExplainedEvent
from kiosk.attendance.export import WRITERS, ExportFormat
from kiosk.attendance.office_attendance import EmployeeStatus, OfficeAttendance
from kiosk.attendance.presence import DayHours
from kiosk.core.thread_pool import ThreadPool
from kiosk.domain.attendance_log import LogEntry
from kiosk.domain.office_language import OfficeLanguage
from kiosk.domain.types import AttendanceEvent, EventType
from kiosk.security.audit_recorder import AuditRecorder


class AttendanceService:
    """OfficeAttendance off the event loop; every method raises StorageError when the database is away.

    Args:
        office: what is asked and written.
        audit: where exports are recorded.
        zone: of the office, in which exports give times.
        language: of the office, in which explanations are given.
        database_threads: no more than the database has connections.
        exports: threads in which exports are made, which may take minutes; they have connections of their own.
    """

    def __init__(
        self,
        *,
        office: OfficeAttendance,
        audit: AuditRecorder,
        zone: ZoneInfo,
        database_threads: ThreadPool,
        exports: ThreadPool,
        language: OfficeLanguage = OfficeLanguage.ENGLISH,
    ) -> None:
        self.language = language
        self._office = office
        self._audit = audit
        self._zone = zone
        self._threads = database_threads
        self._exports = exports

    @property
    def zone(self) -> ZoneInfo:
        """The office's time zone."""
        return self._zone

    async def log_entry(self, employee_id: int) -> AttendanceEvent:
        """Register an entry of now; see log_event."""
        return await self.log_event(employee_id, EventType.ENTRY)

    async def log_exit(self, employee_id: int, reason: str | None = None) -> AttendanceEvent:
        """Register an exit of now; see log_event."""
        return await self.log_event(employee_id, EventType.EXIT, reason)

    async def log_event(
        self, employee_id: int, event_type: EventType | None = None, reason: str | None = None
    ) -> AttendanceEvent:
        """Register an event of now; within kiosk.core.context.traced(), the same trace id is written once.

        Args:
            employee_id: who comes or goes.
            event_type: None for the one that the office's rules say is due.
            reason: why the person leaves, a code of KIOSK_EXIT_REASONS; None for none.

        Raises:
            InvalidInput: the reason is not in the list, or the event is no exit.
            EmployeeNotFound: nobody has this number.
            EmployeeInactive: the person has been deactivated.
            EventRefused: the person's last event does not allow this one; nothing was written.
        """
        return await self._threads.run(self._office.register, employee_id, event_type, reason)

    async def can_log_entry(self, employee_id: int) -> bool:
        """Return whether log_entry would write one now; False also for somebody unknown or deactivated."""
        return await self._threads.run(self._office.can_log_entry, employee_id)

    async def get_employee_status(self, employee_id: int) -> EmployeeStatus:
        """Return where one active person is. Raises EmployeeNotFound for nobody, and for somebody deactivated."""
        return await self._threads.run(self._office.get_employee_status, employee_id)

    async def get_statuses(self) -> tuple[EmployeeStatus, ...]:
        """Return where every active person is, by number."""
        return await self._threads.run(self._office.statuses)

    async def get_present_employees(self) -> tuple[EmployeeStatus, ...]:
        """Return the active people who are in, whatever the date, by number."""
        return await self._threads.run(self._office.get_present_employees)

    async def get_attendance_history(
        self,
        since: datetime | None = None,
        until: datetime | None = None,
        employee_id: int | None = None,
        *,
        skip: int = 0,
        limit: int | None = None,
        after: UUID | None = None,
    ) -> tuple[LogEntry, ...]:
        """Return a page of the log, voided events too, the oldest first.

        Args:
            since: aware; events from then on. None is open.
            until: aware; events up to then, not including it. None is open.
            employee_id: None for everybody, unknown visitors among them.
            skip: so many events are left out before the page.
            limit: events of the page at the most; None for all.
            after: trace id of the event that the page follows; however far it is, that costs one step of an index.

        Raises:
            ValueError: skip or limit is negative.
            InvalidInput: no event has the trace id after.
        """
        history = self._office.get_attendance_history
        return await self._threads.run(history, since, until, employee_id, skip=skip, limit=limit, after=after)

    async def explain_event(self, trace_id: UUID) -> ExplainedEvent:
        """Return an event with what its decision rested on. Raises EventNotFound."""
        return await self._threads.run(self._office.explain_event, trace_id)

    async def count_attendance_history(
        self, since: datetime | None = None, until: datetime | None = None, employee_id: int | None = None
    ) -> int:
        """Return how many events get_attendance_history has altogether."""
        return await self._threads.run(self._office.count_attendance_history, since, until, employee_id)

    async def get_hours(self, since: datetime, until: datetime, employee_id: int | None = None) -> tuple[DayHours, ...]:
        """Return the hours of the stays that began from since up to, not including, until, by person and office day."""
        return await self._threads.run(self._office.get_hours, since, until, employee_id)

    async def export_history(
        self, file_format: ExportFormat, since: datetime, until: datetime, employee_id: int | None = None
    ) -> bytes:
        """Return the log from since up to, not including, until as a file; the audit log says who asked for it."""
        stream = self.stream_history(file_format, since, until, employee_id)
        return b"".join([piece async for piece in stream])

    def stream_history(
        self, file_format: ExportFormat, since: datetime, until: datetime, employee_id: int | None = None
    ) -> AsyncGenerator[bytes]:
        """Yield what export_history returns in pieces, so that the log may be of any length.

        Nothing is read any more once the generator is closed.
        """
        return self._exports.stream(partial(self._export, file_format, since, until, employee_id))

    def _export(
        self, file_format: ExportFormat, since: datetime, until: datetime, employee_id: int | None
    ) -> Generator[bytes]:
        subject = None if employee_id is None else f"employee:{employee_id}"
        details = {"format": file_format.value, "since": since.isoformat(), "until": until.isoformat()}
        self._audit.record("export", subject, details)
        with closing(self._office.read_all(since, until, employee_id)) as entries:
            yield from WRITERS[file_format](entries, self._zone)
