"""What the screens of the journal need of the kiosk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from kiosk.domain.attendance_log import LogEntry
from kiosk.domain.exit_reasons import ExitReason
from kiosk.domain.office_language import OfficeLanguage
from kiosk.domain.types import EventType
from kiosk.employees.results import EmployeeSummary
from kiosk.ui.background import Background


@dataclass(frozen=True, slots=True)
class DayEvents:
    """The events of one office day.

    Attributes:
        entries: the latest first, those that do not count among them.
        today: the office day that it is now.
        closed_by: who closed the day's month; None while it is open.
    """

    day: date
    entries: tuple[LogEntry, ...]
    today: date
    closed_by: str | None = None


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

    def events_of(self, day: date | None, employee_id: int | None, /) -> DayEvents:
        """Return a day's events, of one person or of all. day: None for the present office day."""

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
