"""What enrolling needs of the kiosk."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from kiosk.domain.types import Frame
from kiosk.employees.judged_picture import JudgedPicture
from kiosk.employees.results import EnrollmentOutcome
from kiosk.employees.samples import Sample
from kiosk.employees.schemas import Employee, EmployeeCreate


class CameraBackend(Protocol):
    """newest_frame answers at once, from memory; judge_frame may wait and is called on a background thread."""

    def newest_frame(self) -> Frame | None: ...

    def judge_frame(self, frame: Frame, /) -> JudgedPicture: ...


class PinBackend(Protocol):
    """May wait, is called on a background thread and raises KioskError."""

    def set_pin(self, employee_id: int, pin: str, /) -> str: ...


class EnrollBackend(CameraBackend, PinBackend, Protocol):
    """Every method but newest_frame may wait, is called on a background thread and raises KioskError."""

    def judge_photograph(self, path: Path, /) -> JudgedPicture: ...

    def find_enrolled(self, sample: Sample, but: int | None, /) -> Employee | None: ...

    def require_free(self, person: EmployeeCreate, /) -> None: ...

    def add(self, person: EmployeeCreate, /) -> Employee: ...

    def enroll(self, person: EmployeeCreate | int, samples: tuple[Sample, ...], /) -> EnrollmentOutcome: ...
