"""What the administrator does at the door: enroll people, mend what is known of them, look at today's events."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

import numpy as np

from db.admin_password import AdminPassword, Attempt
from db.attendance import DatabaseAttendanceLog, LogEntry
from kiosk.attendance.rules import local_day
from kiosk.core.context import acting_as
from kiosk.core.latest import Latest
from kiosk.core.ports import Clock
from kiosk.core.quality import Reason
from kiosk.core.types import Frame, Image
from kiosk.employees.async_service import first_refusal
from kiosk.employees.consent import CURRENT_VERSION
from kiosk.employees.crud import Filter, SortBy
from kiosk.employees.enrollment import Enrollment
from kiosk.employees.erase import Eraser, Erasure
from kiosk.employees.samples import Sample, Sampler
from kiosk.employees.schemas import Employee, EmployeeCreate, EmployeeUpdate
from kiosk.employees.service import EmployeeStore
from kiosk.errors import SampleRefused

ACTOR = "admin"
# Width by height of the part of a picture that is looked at: a portrait's.
PORTRAIT_RATIO = 0.75


@dataclass(frozen=True, slots=True, eq=False)
class Take:
    """One live picture judged: its sample, or the reason why it is none.

    picture_bgr: (H, W, 3) uint8, what was looked at; in memory alone, it is never written anywhere.
    """

    picture_bgr: Image
    sample: Sample | None = None
    reason: Reason | None = None


class Administration:
    """Any thread may call it. Every method but newest_frame may wait for the database and raises StorageError."""

    def __init__(
        self,
        *,
        mailbox: Latest[Frame],
        sampler: Sampler,
        enrollment: Enrollment,
        store: EmployeeStore,
        eraser: Eraser,
        password: AdminPassword,
        attendance: DatabaseAttendanceLog,
        clock: Clock,
        zone: ZoneInfo,
    ) -> None:
        """sampler: with a detector and an embedder of its own, which the recognition does not share."""
        self._mailbox = mailbox
        self._sampler = sampler
        self._enrollment = enrollment
        self._store = store
        self._eraser = eraser
        self._password = password
        self._attendance = attendance
        self._clock = clock
        self._zone = zone
        self._networks = threading.Lock()

    def newest_frame(self) -> Frame | None:
        """Return what the camera took last; at once."""
        return self._mailbox.newest()

    def has_password(self) -> bool:
        return self._password.is_set()

    def choose_password(self, password: str) -> None:
        """Raises InvalidInput for one too short or long, and when there is one already."""
        with acting_as(ACTOR):
            self._password.choose(password)

    def enter_password(self, password: str) -> Attempt:
        with acting_as(ACTOR):
            return self._password.check(password)

    def take(self, frame: Frame) -> Take:
        """Judge the middle of a picture."""
        picture = np.ascontiguousarray(portrait_part(frame.image_bgr))
        try:
            with self._networks:
                return Take(picture, sample=self._sampler.take(picture))
        except SampleRefused as refused:
            return Take(picture, reason=Reason(refused.reason))

    def known_as(self, sample: Sample, but: int | None) -> Employee | None:
        """Return whom a face is enrolled as, leaving one employee out."""
        found = self._enrollment.enrolled_as(sample, but)
        return None if found is None else self._store.get(found)

    def has_email(self, email: str) -> bool:
        """Tell whether somebody, active or not, has this address."""
        return self._store.get_by_email(email) is not None

    def enroll(self, person: EmployeeCreate | int, samples: tuple[Sample, ...]) -> Employee:
        """Enroll somebody who has agreed to the present consent text.

        Raises SampleRefused when none of the samples can be used, EmailTaken, EmployeeNotFound, EmployeeInactive.
        """
        with acting_as(ACTOR):
            result = self._enrollment.enroll_samples(person, samples, CURRENT_VERSION)
        if result.employee is None:
            raise first_refusal(result)
        return result.employee

    def people(self) -> tuple[Employee, ...]:
        """Return everybody, active or not, by name."""
        return self._store.list(Filter(active=None), sort_by=SortBy.NAME)

    def change(self, employee_id: int, changes: EmployeeUpdate) -> Employee:
        """Raises EmployeeNotFound, EmailTaken."""
        with acting_as(ACTOR):
            return self._store.update(employee_id, changes)

    def deactivate(self, employee_id: int) -> Employee:
        """Raises EmployeeNotFound."""
        with acting_as(ACTOR):
            return self._store.deactivate(employee_id)

    def restore(self, employee_id: int) -> Employee:
        """Raises EmployeeNotFound."""
        with acting_as(ACTOR):
            return self._store.restore(employee_id)

    def erase(self, employee_id: int) -> Erasure:
        """Erase a person's face. Raises EmployeeNotFound."""
        with acting_as(ACTOR):
            return self._eraser.erase(employee_id)

    def events_today(self) -> tuple[LogEntry, ...]:
        """Return the local day's events, the latest first."""
        today = local_day(self._clock.now(), self._zone)
        return self._attendance.history(since=datetime.combine(today, time(), self._zone))[::-1]


def portrait_part(image_bgr: Image) -> Image:
    """Return the middle of a picture, as high as it is and at most PORTRAIT_RATIO as wide; a view of it."""
    height, width = image_bgr.shape[:2]
    wanted = min(width, round(height * PORTRAIT_RATIO))
    left = (width - wanted) // 2
    return image_bgr[:, left : left + wanted]
