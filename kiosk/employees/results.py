"""Plain values about employees and what was done with their data, for the rooms above."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kiosk.domain.erasure_leftovers import ErasureLeftover
from kiosk.domain.quality import Reason
from kiosk.employees.schemas import Employee


@dataclass(frozen=True, slots=True)
class EmployeeSummary:
    """One person of the list of employees.

    Attributes:
        templates: how many the model in use made.
        outdated: how many other models made.
        number: the PIN number that goes with the PIN; None without a PIN.
    """

    person: Employee
    templates: int = 0
    outdated: int = 0
    number: str | None = None

    @property
    def is_recognised(self) -> bool:
        """Whether the door recognises the person."""
        return self.person.is_active and self.templates > 0

    @property
    def needs_enrolling(self) -> bool:
        """Whether the person was enrolled with another model, and has to be enrolled again."""
        return self.person.is_active and not self.templates and self.outdated > 0


@dataclass(frozen=True, slots=True)
class PairJudgement:
    """That two employees were said to be two people or one, with all that it takes to take it back.

    Attributes:
        first: number of one, as second is of the other.
        were_two: they had been said to be two before.
        deactivated: the number that was given up; None where none was.
    """

    first: int
    second: int
    were_two: bool = False
    deactivated: int | None = None


@dataclass(frozen=True, slots=True)
class EnrollmentOutcome:
    """Who was enrolled, and from which samples.

    Attributes:
        employee: who was enrolled.
        outcomes: for each sample, in order, why it was not used; None for one that was.
    """

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
