"""An office for pictures of the administrator's screens: what the kiosk behind them would say is set by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import numpy as np

from db.admin_password import Attempt
from db.attendance import LogEntry
from kiosk.administration import Take, portrait_part
from kiosk.core.quality import Measures, Quality, Reason
from kiosk.core.types import Embedding, EventType, Frame, Image, Method
from kiosk.employees.erase import Erasure
from kiosk.employees.samples import Sample
from kiosk.employees.schemas import Employee, EmployeeCreate, EmployeeUpdate
from kiosk.errors import EmployeeNotFound

_SINCE = datetime(2026, 1, 12, 8, 0, tzinfo=UTC)
_MEASURES = Measures(60, 0.05, 0.5, 2, 1, 120, 50, 0.55, 0.95)


class StagedDesk:
    """An AdminDesk at which everything is as it was set.

    takes: what the next pictures are judged to be, one after the other; afterwards there is no face in them.
    """

    def __init__(self, *names: str) -> None:
        self.frame: Frame | None = None
        self.password: str | None = "right-password"  # noqa: S105 - of a stage
        self.attempt = Attempt(False)
        self.takes: list[Take] = []
        self.known: Employee | None = None
        self.staff = {place: employee(place, name) for place, name in enumerate(names, 1)}

    def newest_frame(self) -> Frame | None:
        # As from a camera: a new one every time.
        return None if self.frame is None else replace(self.frame)

    def has_password(self) -> bool:
        return self.password is not None

    def choose_password(self, password: str, /) -> None:
        self.password = password

    def enter_password(self, password: str, /) -> Attempt:
        return Attempt(True) if password == self.password else self.attempt

    def take(self, frame: Frame, /) -> Take:
        return self.takes.pop(0) if self.takes else Take(frame.image_bgr, reason=Reason.NO_FACE)

    def known_as(self, _sample: Sample, _but: int | None, /) -> Employee | None:
        return self.known

    def has_email(self, email: str, /) -> bool:
        return any(person.email == email for person in self.staff.values())

    def enroll(self, person: EmployeeCreate | int, _samples: tuple[Sample, ...], /) -> Employee:
        if isinstance(person, int):
            return self._person(person)
        made = replace(employee(len(self.staff) + 1, person.full_name), email=person.email)
        self.staff[made.id] = made
        return made

    def people(self) -> tuple[Employee, ...]:
        return tuple(self.staff.values())

    def change(self, employee_id: int, changes: EmployeeUpdate, /) -> Employee:
        before = self._person(employee_id)
        self.staff[employee_id] = replace(
            before,
            full_name=changes.full_name or before.full_name,
            email=changes.email or before.email,
            department=changes.department,
        )
        return self.staff[employee_id]

    def deactivate(self, employee_id: int, /) -> Employee:
        return self._set_active(employee_id, False)

    def restore(self, employee_id: int, /) -> Employee:
        return self._set_active(employee_id, True)

    def erase(self, employee_id: int, /) -> Erasure:
        return Erasure(self._person(employee_id).id, 5, 2, 1, ())

    def events_today(self) -> tuple[LogEntry, ...]:
        return tuple(_event(person, place) for place, person in enumerate(self.staff.values()))

    def _set_active(self, employee_id: int, active: bool) -> Employee:
        self.staff[employee_id] = replace(self._person(employee_id), is_active=active)
        return self.staff[employee_id]

    def _person(self, employee_id: int) -> Employee:
        if employee_id not in self.staff:
            raise EmployeeNotFound(f"there is no employee {employee_id}")
        return self.staff[employee_id]


def employee(employee_id: int, name: str, department: str | None = "Engineering") -> Employee:
    email = f"person{employee_id}@office.example"
    return Employee(employee_id, name, email, department, None, True, _SINCE, _SINCE)


def take_of(image_bgr: Image, seed: int, turn: float, quality_score: float = 0.8) -> Take:
    """Return a good take; different seeds are as different as faces of different people are."""
    vector = np.random.default_rng(seed).normal(size=192).astype(np.float32)
    embedding = Embedding(vector / np.linalg.norm(vector), "staged")
    return Take(portrait_part(image_bgr), Sample(embedding, Quality(_MEASURES, quality_score, ()), turn))


def _event(person: Employee, place: int) -> LogEntry:
    return LogEntry(
        trace_id=uuid4(),
        employee_id=person.id,
        full_name=person.full_name,
        timestamp=_SINCE - timedelta(minutes=7 * place),
        event_type=EventType.EXIT if place % 3 == 0 else EventType.ENTRY,
        confidence=0.71,
        method=Method.PIN if place % 4 == 1 else Method.FACE,
        kiosk_id="kiosk-1",
        voided=place == 2,
        photo_path=None,
    )
