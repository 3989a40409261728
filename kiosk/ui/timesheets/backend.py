"""What the screens of timesheets and closed months need of the kiosk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from kiosk.domain.office_language import OfficeLanguage
from kiosk.domain.timesheet_format import TimesheetFormat
from kiosk.ui.events.backend import ReopenBackend


@dataclass(frozen=True, slots=True)
class MonthState:
    """One month.

    Attributes:
        month: its first day.
        is_over: its last day has ended, so that it can be closed.
        closed_by: who closed it; None while it is open.
        closed_at: aware UTC; None while it is open.
    """

    month: date
    is_over: bool
    closed_by: str | None = None
    closed_at: datetime | None = None


class TimesheetBackend(Protocol):
    """Every method may wait, is called on a background thread and raises KioskError."""

    def save_timesheet(
        self,
        file_format: TimesheetFormat,
        folder: Path,
        /,
        *,
        last_month: bool,
        language: OfficeLanguage,
        employee_id: int | None = None,
    ) -> Path:
        """Write a timesheet; employee_id: of one person, None for everybody."""


class ClosedMonthsBackend(ReopenBackend, Protocol):
    """Every method may wait, is called on a background thread and raises KioskError. month: its first day."""

    def months(self) -> tuple[MonthState, ...]:
        """Return the last months, the present one first."""

    def open_in(self, month: date, /) -> tuple[int, int]:
        """Return how many questions and employees' requests of a month are open."""

    def close_month(self, month: date, name: str, /) -> None: ...
