"""What the employees' screens need of the kiosk."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from kiosk.employees.results import EmployeeSummary, Erasure, PersonalDataExport
from kiosk.employees.schemas import Employee, EmployeeUpdate
from kiosk.ui.enroll.backend import EnrollBackend


class PeopleBackend(EnrollBackend, Protocol):
    """Every method but newest_frame may wait, is called on a background thread and raises KioskError."""

    def people(self) -> tuple[EmployeeSummary, ...]: ...

    def person(self, employee_id: int, /) -> EmployeeSummary: ...

    def change(self, employee_id: int, changes: EmployeeUpdate, /) -> Employee: ...

    def deactivate(self, employee_id: int, /) -> Employee: ...

    def restore(self, employee_id: int, /) -> Employee: ...

    def remove_pin(self, employee_id: int, /) -> bool: ...

    def export(self, employee_id: int, folder: Path, /) -> PersonalDataExport: ...

    def erase(self, employee_id: int, /) -> Erasure: ...
