"""What the administrator reads at the door of entries and exits: the journal, its snapshots, a file of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from db.attendance_log import DatabaseAttendanceLog
from db.departments import department_names
from db.session import Database
from kiosk.attendance.closed_months import ClosedMonths
from kiosk.attendance.corrections import Corrections
from kiosk.attendance.decision_explanation import explain_event
from kiosk.attendance.evacuation import EvacuationList
from kiosk.attendance.log_xlsx import write_log_xlsx
from kiosk.attendance.questions import Questions
from kiosk.attendance.stays import StayRules
from kiosk.core.context import acting_as
from kiosk.core.files import free_path
from kiosk.core.photographs import read_kept_picture
from kiosk.core.progress import Progress
from kiosk.core.storage import SNAPSHOT_FOLDER
from kiosk.domain.attendance_log import LogEntry, LogFilter
from kiosk.domain.exit_reasons import ExitReason
from kiosk.domain.office_language import OfficeLanguage
from kiosk.domain.ports import Clock
from kiosk.domain.types import Image
from kiosk.employees.directory import EmployeeDirectory
from kiosk.employees.results import EmployeeSummary
from kiosk.security.audit_recorder import AuditRecorder
from kiosk.ui.events.backend import JournalEvents, JournalQuery

ACTOR = "admin"
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AttendanceParts:
    """What AdminAttendance is made of.

    Attributes:
        evacuation: reads who is in, also while the database is away.
        corrected: told after each correction, so that the door's next event follows from what counts.
        data_dir: where this device's snapshots lie; None for a device without any.
        exit_reasons: the office's list.
    """

    database: Database
    rules: StayRules
    clock: Clock
    corrections: Corrections
    closed_months: ClosedMonths
    questions: Questions
    directory: EmployeeDirectory
    evacuation: Callable[[], EvacuationList]
    corrected: Callable[[], None] = lambda: None
    data_dir: Path | None = None
    exit_reasons: tuple[ExitReason, ...] = ()


class AdminJournal:
    """Any thread may call any method; all may block and raise StorageError."""

    def __init__(self, parts: AttendanceParts) -> None:
        self._parts = parts
        self._log, self._audit = DatabaseAttendanceLog(parts.database), AuditRecorder(parts.database)

    def events_of(self, query: JournalQuery, most: int) -> JournalEvents:
        today = self._today()
        first, last = query.span.around(query.day or today)
        entries = self._log.latest(self._filter(query), most + 1)
        closed = {month.span.month: month.closed_by for month in self._parts.closed_months.listed()}
        months = {first.replace(day=1), last.replace(day=1)}
        closed_by = closed.get(first.replace(day=1)) if len(months) == 1 else None
        return JournalEvents(first, last, entries[:most], today, closed_by, has_more=len(entries) > most)

    def departments(self) -> tuple[str, ...]:
        with self._parts.database.reading() as session:
            return department_names(session)

    def explain_event(self, trace_id: UUID, *, language: OfficeLanguage) -> tuple[str, ...]:
        return explain_event(self._parts.database, trace_id).sentences(self._parts.rules.zone, language)

    def snapshot(self, entry: LogEntry, side_px: int) -> Image | None:
        data_dir, path = self._parts.data_dir, entry.photo_path
        return None if data_dir is None or path is None else read_kept_picture(data_dir, SNAPSHOT_FOLDER, path, side_px)

    def save_events(self, query: JournalQuery, folder: Path, progress: Progress, *, language: OfficeLanguage) -> Path:
        """Write the events as a spreadsheet for people. Raises Cancelled."""
        wanted = self._filter(query)
        first, last = query.span.around(query.day or self._today())
        subject = None if query.employee_id is None else f"employee:{query.employee_id}"
        with acting_as(ACTOR):
            self._audit.record("export", subject, {"since": first.isoformat(), "until": last.isoformat()})
        days = f"{first}" if first == last else f"{first}-{last}"
        path = free_path(folder / f"journal-{days}.xlsx")
        names = {reason.code: reason for reason in self._parts.exit_reasons}

        def reason_name(code: str) -> str:
            reason = names.get(code)
            if reason is None:
                return code
            return reason.name_ru if language is OfficeLanguage.RUSSIAN else reason.name_en

        with closing(self._log.read_matching(wanted)) as entries:
            count, zone = self._log.count_matching(wanted), self._parts.rules.zone
            write_log_xlsx(path, entries, count, zone, language, reason_name, progress)
        return path

    def people(self) -> tuple[EmployeeSummary, ...]:
        return self._parts.directory.members()

    def _filter(self, query: JournalQuery) -> LogFilter:
        rules = self._parts.rules
        first, last = query.span.around(query.day or self._today())
        span = rules.day_start_at(first), rules.day_start_at(last + DAY)
        return LogFilter(*span, query.employee_id, query.department, query.kind)

    def _today(self) -> date:
        return self._parts.rules.day_of(self._parts.clock.now())
