"""What the screens of the journal need of the kiosk."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from kiosk.core.progress import Progress
from kiosk.domain.attendance_log import LogEntry, LogKind
from kiosk.domain.exit_reasons import ExitReason
from kiosk.domain.office_language import OfficeLanguage
from kiosk.domain.types import EventType, Image
from kiosk.employees.results import EmployeeSummary
from kiosk.ui.background import Background


class JournalSpan(Enum):
    """How many office days the journal shows at once."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    def around(self, day: date) -> tuple[date, date]:
        """Return the first and the last day of the span that a day lies in; weeks begin on Monday."""
        match self:
            case JournalSpan.DAY:
                return day, day
            case JournalSpan.WEEK:
                monday = day - timedelta(days=day.weekday())
                return monday, monday + timedelta(days=6)
            case JournalSpan.MONTH:
                return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


@dataclass(frozen=True, slots=True)
class JournalQuery:
    """Which events the journal shows.

    Attributes:
        day: an office day of the span; None for the present one.
        employee_id: of one person; None for everybody and unknown visitors.
        department: of the people of one department; None for all.
    """

    day: date | None = None
    span: JournalSpan = JournalSpan.DAY
    employee_id: int | None = None
    department: str | None = None
    kind: LogKind = LogKind.ALL


@dataclass(frozen=True, slots=True)
class JournalEvents:
    """The events of some office days.

    Attributes:
        first: the first day.
        last: the last day.
        entries: the latest first, those that do not count among them.
        today: the office day that it is now.
        closed_by: who closed the month, where one month alone is shown; None while it is open.
        has_more: there are earlier events of these days, which were not asked for.
    """

    first: date
    last: date
    entries: tuple[LogEntry, ...]
    today: date
    closed_by: str | None = None
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class EventEdit:
    """What is to be another of an event; None stays as it is. exit_reason: a code of the office's list."""

    at: datetime | None = None
    event_type: EventType | None = None
    employee_id: int | None = None
    exit_reason: str | None = None


@dataclass(frozen=True, slots=True)
class CorrectionDone:
    """A correction that was made; new_questions: how many stays lack their entry or exit because of it."""

    correction_id: int
    new_questions: int = 0


class ReopenBackend(Protocol):
    """Opens closed months; month: its first day. It may wait, and raises KioskError."""

    def reopen_month(self, month: date, name: str, reason: str, /) -> None: ...


class EventsBackend(ReopenBackend, Protocol):
    """Every method may wait, is called on a background thread and raises KioskError.

    What corrects raises MonthClosed; EventRefused when others corrected the event first, or for one that is there
    already; InvalidInput for a time at which it cannot have been.
    """

    def events_of(self, query: JournalQuery, most: int, /) -> JournalEvents:
        """Return the latest events that a query asks for. most: how many."""

    def departments(self) -> tuple[str, ...]:
        """Return the departments that people belong to, by name."""

    def snapshot(self, entry: LogEntry, side_px: int, /) -> Image | None:
        """Return an event's picture, its longer side side_px, BGR uint8; None when this device has none any more."""

    def save_events(
        self, query: JournalQuery, folder: Path, progress: Progress, /, *, language: OfficeLanguage
    ) -> Path:
        """Write what a query asks for to a new file in a folder; return it once it is on the disk. Raises Cancelled."""

    def explain_event(self, trace_id: UUID, /, *, language: OfficeLanguage) -> tuple[str, ...]:
        """Return why somebody was recognised at an event or was not, in sentences; the event itself is the first."""

    def people(self) -> tuple[EmployeeSummary, ...]: ...

    def add_event(
        self, employee_id: int, event_type: EventType, at: datetime, reason: str, request_id: int | None, /
    ) -> CorrectionDone:
        """Add an event; it also answers the employee's request of that number."""

    def change_event(self, trace_id: UUID, edit: EventEdit, reason: str, /) -> CorrectionDone: ...

    def void_event(self, trace_id: UUID, reason: str, /) -> CorrectionDone: ...

    def undo_correction(self, correction_id: int, reason: str, /) -> CorrectionDone: ...


@dataclass(frozen=True, slots=True)
class EventsContext:
    """What the journal's screens are made with; zone: of the office. exit_reasons: the office's list."""

    backend: EventsBackend
    background: Background
    zone: ZoneInfo
    exit_reasons: tuple[ExitReason, ...] = ()
