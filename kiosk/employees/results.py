"""What the rooms above are told of employees and of what was done with their data; plain values."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kiosk.domain.erasure_leftovers import ErasureLeftover
from kiosk.domain.quality import Reason
from kiosk.employees.schemas import Employee


@dataclass(frozen=True, slots=True)
class EmployeeSummary:
    """One person of the list.

    Attributes:
        templates: how many the present model can be compared with.
        outdated: how many templates other models made.
        number: the personal number that goes with the PIN; None without a PIN.
    """

    person: Employee
    templates: int = 0
    outdated: int = 0
    number: str | None = None

    @property
    def is_recognised(self) -> bool:
        """The door knows the face."""
        return self.person.is_active and self.templates > 0

    @property
    def needs_enrolling(self) -> bool:
        """The face was enrolled once, and has to be again: another model is in use now."""
        return self.person.is_active and not self.templates and self.outdated > 0


@dataclass(frozen=True, slots=True)
class EnrollmentOutcome:
    """Who was enrolled; outcomes: for each sample, in order, why it was left out, None for one that was used."""

    employee: Employee
    outcomes: tuple[Reason | None, ...]


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was erased, and what is left.

    Attributes:
        templates: how many were deleted.
        snapshots: how many were deleted.
        consents: how many were taken back.
        remains: each thing that is left.
    """

    employee_id: int
    templates: int
    snapshots: int
    consents: int
    remains: tuple[ErasureLeftover, ...]


@dataclass(frozen=True, slots=True)
class PersonalDataExport:
    """A written export.

    Attributes:
        path: of the zip, mode 600.
        pictures: how many snapshots are in it.
        elsewhere: how many lie on other devices' disks.
    """

    path: Path
    pictures: int
    elsewhere: int
