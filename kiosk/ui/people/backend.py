"""What the employees' screens need of the kiosk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

from kiosk.domain.stored_data import StoredData
from kiosk.domain.types import Image
from kiosk.employees.results import EmployeeSummary, Erasure, PersonalDataExport
from kiosk.employees.schemas import Employee, EmployeeUpdate
from kiosk.ui.enroll.backend import EnrollBackend
from kiosk.ui.timesheets.backend import TimesheetBackend


@dataclass(frozen=True, slots=True)
class MonthDay:
    """One office day of a person.

    Attributes:
        planned: how long the schedule asks for.
        worked: overtime included.
        late: by how much they came late, where it is more than the grace.
        is_absent: something was planned, and the person never came.
        is_away: with the office's knowledge.
        is_question: an entry, exit or break is missing or doubtful.
    """

    day: date
    planned: timedelta = timedelta()
    worked: timedelta = timedelta()
    late: timedelta = timedelta()
    is_absent: bool = False
    is_away: bool = False
    is_question: bool = False


@dataclass(frozen=True, slots=True)
class MonthShown:
    """A person's month. first: its first day. days: those on which something was planned or done, in order."""

    first: date
    today: date
    days: tuple[MonthDay, ...]

    @property
    def worked(self) -> timedelta:
        return sum((day.worked for day in self.days), timedelta())

    @property
    def planned(self) -> timedelta:
        return sum((day.planned for day in self.days), timedelta())


class PeopleBackend(EnrollBackend, Protocol):
    """Every method but newest_frame may wait, is called on a background thread and raises KioskError."""

    def people(self) -> tuple[EmployeeSummary, ...]: ...

    def person(self, employee_id: int, /) -> EmployeeSummary: ...

    def month_of(self, employee_id: int, month: date | None, /) -> MonthShown:
        """Return a person's month. month: its first day; None for the present one."""

    def stored_about(self, employee_id: int, /) -> StoredData: ...

    def portrait(self, person: Employee, side_px: int, /) -> Image | None:
        """Return a portrait, BGR uint8; None where none is kept."""

    def change(self, employee_id: int, changes: EmployeeUpdate, /) -> Employee: ...

    def deactivate(self, employee_id: int, /) -> Employee: ...

    def restore(self, employee_id: int, /) -> Employee: ...

    def remove_pin(self, employee_id: int, /) -> bool: ...

    def export(self, employee_id: int, folder: Path, /) -> PersonalDataExport: ...

    def erase(self, employee_id: int, /) -> Erasure: ...


class PersonBackend(PeopleBackend, TimesheetBackend, Protocol):
    """What a person's page needs: also their hours as a file."""
