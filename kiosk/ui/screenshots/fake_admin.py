"""A fake backend of the administrator's screens: what the database and the networks would say is set by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np

from kiosk.domain.credentials import PasswordCheck
from kiosk.domain.office_language import OfficeLanguage
from kiosk.domain.quality import Measures, Quality, Reason
from kiosk.domain.stored_data import StoredData
from kiosk.domain.timesheet_format import TimesheetFormat
from kiosk.domain.types import Embedding, Frame, Image
from kiosk.employees.judged_picture import JudgedPicture, portrait_part
from kiosk.employees.results import EmployeeSummary, EnrollmentOutcome, Erasure, PersonalDataExport
from kiosk.employees.samples import Sample
from kiosk.employees.schemas import Employee, EmployeeCreate, EmployeeUpdate, placeholder_email
from kiosk.errors import EmailTaken, EmployeeNotFound, KioskError
from kiosk.ui.people.backend import MonthDay, MonthShown
from kiosk.ui.screenshots.fake_attendance import TODAY, FakeAttendanceBackend
from kiosk.ui.screenshots.fake_diagnostics import FakeDiagnostics
from kiosk.ui.screenshots.fake_gallery import FakeGalleryBackend
from kiosk.ui.screenshots.fake_overview import FakeOverview
from kiosk.ui.screenshots.fake_receivers import FakeReceiversBackend
from kiosk.ui.screenshots.fake_settings import FakeSettingsBackend

_SINCE = datetime(2026, 1, 12, 8, 0, tzinfo=UTC)
_MEASURES = Measures(60, 0.05, 0.5, 2, 1, 120, 50, 0.55, 0.95)


class FakeAdminBackend:
    """An AdminBackend that answers what was set.

    Attributes:
        slowed_s: seconds before the next password is checked, as wrong ones before have it.
        pictures: what the next pictures are judged to be, one after the other; afterwards there is no face in them.
        settings: settings and tokens.
        attendance: events, questions, months and who is in.
        diagnostics: how the device is.
        receivers: other systems that are told of what happens.
        overview: how the day goes.
        portraits: by whose they are.
        gallery: what the look through the enrolled people finds.
        refuses: raised by everything that would ask the database for employees or a changed password; None for
            nothing.
    """

    def __init__(self, *names: str) -> None:
        self.frame: Frame | None = None
        self.password: str | None = "right-password"  # noqa: S105 - a made-up one
        self.attempt = PasswordCheck(False)
        self.slowed_s = 0.0
        self.pictures: list[JudgedPicture] = []
        self.known: Employee | None = None
        self.staff = {place: employee(place, name) for place, name in enumerate(names, 1)}
        self.refuses: KioskError | None = None
        self.numbers: dict[int, str] = {}
        self.diagnostics = FakeDiagnostics()
        self.attendance = FakeAttendanceBackend(lambda: tuple(self.staff.values()))
        self.receivers = FakeReceiversBackend()
        self.settings = FakeSettingsBackend()
        self.erased: set[int] = set()
        self.portraits: dict[int, Image] = {}
        self.overview = FakeOverview(self.attendance)
        self.gallery = FakeGalleryBackend(lambda: tuple(self.staff.values()))

    def newest_frame(self) -> Frame | None:
        # As from a camera: a new one every time.
        return None if self.frame is None else replace(self.frame)

    def has_password(self) -> bool:
        return self.password is not None

    def change_password(self, present: str, password: str, /) -> PasswordCheck:
        self._work()
        attempt = self.enter_password(present)
        if attempt.accepted:
            self.password = password
        return attempt

    def password_wait_s(self) -> float:
        return self.slowed_s

    def enter_password(self, password: str, /) -> PasswordCheck:
        return PasswordCheck(True) if password == self.password else self.attempt

    def judge_frame(self, frame: Frame, /) -> JudgedPicture:
        return self.pictures.pop(0) if self.pictures else JudgedPicture(frame.image_bgr, reason=Reason.NO_FACE)

    def judge_photograph(self, _path: Path, /) -> JudgedPicture:
        return self.pictures.pop(0) if self.pictures else JudgedPicture(None, reason=Reason.NO_FACE)

    def find_enrolled(self, _sample: Sample, _but: int | None, /) -> Employee | None:
        return self.known

    def require_free(self, person: EmployeeCreate, /) -> None:
        if any(person.email == other.email for other in self.staff.values()):
            raise EmailTaken("somebody has this address")

    def add(self, person: EmployeeCreate, /) -> Employee:
        self._work()
        made = employee(len(self.staff) + 1, person.full_name, person.department)
        email = person.email or placeholder_email()
        self.staff[made.id] = replace(
            made, email=email, external_id=person.external_id, position=person.position, called=person.called
        )
        return self.staff[made.id]

    def enroll(self, person: EmployeeCreate | int, samples: tuple[Sample, ...], /) -> EnrollmentOutcome:
        self._work()
        enrolled = self._person(person) if isinstance(person, int) else self.add(person)
        return EnrollmentOutcome(enrolled, (None,) * len(samples))

    def people(self) -> tuple[EmployeeSummary, ...]:
        self._work()
        return tuple(self.person(employee_id) for employee_id in self.staff)

    def person(self, employee_id: int, /) -> EmployeeSummary:
        """Everybody differs from the one before: templates, none yet, of an older model."""
        self._work()
        templates, outdated = (
            (0, 0) if employee_id in self.erased else ((5, 0), (3, 0), (0, 0), (0, 4))[employee_id % 4]
        )
        return EmployeeSummary(self._person(employee_id), templates, outdated, self.numbers.get(employee_id))

    def month_of(self, employee_id: int, month: date | None, /) -> MonthShown:
        self._work()
        first = month or TODAY.replace(day=1)
        days = [first + timedelta(days=count) for count in range(28)]
        shown = (_month_day(day, employee_id) for day in days if day.weekday() < 5 and day <= TODAY)
        return MonthShown(first, TODAY, tuple(shown))

    def stored_about(self, employee_id: int, /) -> StoredData:
        self._work()
        return StoredData(184, _SINCE, 0 if employee_id in self.erased else 6, _SINCE)

    def portrait(self, person: Employee, _side_px: int, /) -> Image | None:
        return self.portraits.get(person.id)

    def change(self, employee_id: int, changes: EmployeeUpdate, /) -> Employee:
        self._work()
        before = self._person(employee_id)
        email = changes.changes.get("email", before.email) or placeholder_email()
        if any(person.email == email and person is not before for person in self.staff.values()):
            raise EmailTaken("somebody has this address")
        self.staff[employee_id] = replace(before, **(changes.changes | {"email": email}))  # type: ignore[arg-type]
        return self.staff[employee_id]

    def deactivate(self, employee_id: int, /) -> Employee:
        return self._set_active(employee_id, False)

    def restore(self, employee_id: int, /) -> Employee:
        return self._set_active(employee_id, True)

    def set_pin(self, employee_id: int, _pin: str, /) -> str:
        self._work()
        return self.numbers.setdefault(employee_id, str(482_900 + employee_id))

    def remove_pin(self, employee_id: int, /) -> bool:
        self._work()
        return self.numbers.pop(employee_id, None) is not None

    def export(self, employee_id: int, folder: Path, /) -> PersonalDataExport:
        self._work()
        return PersonalDataExport(folder / f"employee-{employee_id}.zip", 2, 0)

    def erase(self, employee_id: int, /) -> Erasure:
        self._work()
        found = self.person(employee_id)
        self.erased.add(employee_id)
        return Erasure(employee_id, found.templates + found.outdated, 2, 1, ())

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
        self._work()
        assert language in OfficeLanguage  # noqa: S101  the names of files do not depend on it
        whose = "" if employee_id is None else f"-{employee_id}"
        return folder / f"timesheet-2026-{'10' if last_month else '11'}{whose}{file_format.suffix}"

    def _work(self) -> None:
        if self.refuses is not None:
            raise self.refuses

    def _set_active(self, employee_id: int, active: bool) -> Employee:
        self._work()
        self.staff[employee_id] = replace(self._person(employee_id), is_active=active)
        return self.staff[employee_id]

    def _person(self, employee_id: int) -> Employee:
        if employee_id not in self.staff:
            raise EmployeeNotFound(employee_id)
        return self.staff[employee_id]


def employee(employee_id: int, name: str, department: str | None = "Engineering") -> Employee:
    email = f"person{employee_id}@office.example"
    return Employee(employee_id, name, email, department, None, True, _SINCE, _SINCE)


def _month_day(day: date, employee_id: int) -> MonthDay:
    planned, minutes = timedelta(hours=8), (day.day * 37 + employee_id * 11) % 70 - 25
    if day.day == 12:
        return MonthDay(day, planned, is_absent=True)
    if day.day in (17, 18):
        return MonthDay(day, is_away=True)
    if day == TODAY:
        return MonthDay(day, planned, timedelta(hours=5, minutes=40))
    late = timedelta(minutes=24) if day.day % 9 == 0 else timedelta()
    return MonthDay(day, planned, planned + timedelta(minutes=minutes), late, is_question=day.day == 5)


def judged_picture(
    image_bgr: Image, seed: int, turn: float, quality_score: float = 0.8, *advice: Reason
) -> JudgedPicture:
    """Return a picture that can be used; different seeds are as different as faces of different people are."""
    vector = np.random.default_rng(seed).normal(size=192).astype(np.float32)
    embedding = Embedding(vector / np.linalg.norm(vector), "staged")
    return JudgedPicture(
        portrait_part(image_bgr), Sample(embedding, Quality(_MEASURES, quality_score, (), advice), turn)
    )
