"""What the administrator does at the door: enroll people, mend what is known of them, save timesheets."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from kiosk.app.admin_attendance import AdminAttendance
from kiosk.app.admin_gallery import AdminGallery
from kiosk.app.admin_journal import ACTOR
from kiosk.app.admin_overview import AdminOverview
from kiosk.app.admin_people import PersonPages
from kiosk.app.admin_receivers import AdminReceivers
from kiosk.app.admin_settings import AdminSettings
from kiosk.app.diagnostics import Diagnostics
from kiosk.attendance.timesheet_export import TimesheetExporter
from kiosk.core.context import acting_as
from kiosk.core.files import flush, free_path
from kiosk.core.image_conversion import no_larger_than
from kiosk.core.latest_slot import LatestSlot
from kiosk.core.photographs import read_photograph
from kiosk.domain.credentials import PasswordCheck
from kiosk.domain.office_language import OfficeLanguage
from kiosk.domain.quality import Reason
from kiosk.domain.stored_data import StoredData
from kiosk.domain.timesheet_format import TimesheetFormat
from kiosk.domain.types import Frame, Image
from kiosk.employees.consent import CURRENT_VERSION, Consent
from kiosk.employees.directory import EmployeeDirectory
from kiosk.employees.enrollment import Enrollment
from kiosk.employees.erase import Eraser
from kiosk.employees.export import Exporter
from kiosk.employees.judged_picture import JudgedPicture, portrait_part
from kiosk.employees.results import EmployeeSummary, EnrollmentOutcome, Erasure, PersonalDataExport
from kiosk.employees.samples import Sample, SampleExtractor
from kiosk.employees.schemas import Employee, EmployeeCreate, EmployeeUpdate
from kiosk.employees.service import first_refusal
from kiosk.employees.store import EmployeeStore
from kiosk.errors import SampleRefused
from kiosk.security.admin_password import AdminPassword
from kiosk.security.pins import Pins
from kiosk.ui.people.backend import MonthShown

# A photograph is shown no larger than this.
SHOWN_PX = 640


class AdminService:
    """Any thread may call it. All methods but newest_frame use the database, may block and raise StorageError.

    Attributes:
        attendance: events, their corrections, questions, closed months and who is in.
        diagnostics: how the device is, backup, report, restarting and switching off.
        receivers: other systems that are told of what happens.
        settings: settings, and tokens of other systems.
        overview: how the day goes, and whether all is in order.
        gallery: what makes enrolled people missed or mistaken.
    """

    def __init__(
        self,
        *,
        mailbox: LatestSlot[Frame],
        sample_extractor: SampleExtractor,
        enrollment: Enrollment,
        store: EmployeeStore,
        directory: EmployeeDirectory,
        pins: Pins,
        eraser: Eraser,
        exporter: Exporter,
        password: AdminPassword,
        attendance: AdminAttendance,
        receivers: AdminReceivers,
        settings: AdminSettings,
        gallery: AdminGallery,
        timesheets: TimesheetExporter,
        diagnostics: Diagnostics,
        overview: AdminOverview,
        pages: PersonPages,
    ) -> None:
        """sample_extractor: with models of its own, which the recognition thread does not use."""
        self._mailbox = mailbox
        self._extractor = sample_extractor
        self._enrollment = enrollment
        self._store = store
        self._directory = directory
        self._pins = pins
        self._eraser = eraser
        self._exporter = exporter
        self._password = password
        self.attendance, self.diagnostics = attendance, diagnostics
        self.receivers = receivers
        self.settings = settings
        self.gallery = gallery
        self._timesheets = timesheets
        self.overview = overview
        self._pages = pages
        self._networks = threading.Lock()

    def newest_frame(self) -> Frame | None:
        """Return the camera's newest frame without waiting; None before the first one."""
        return self._mailbox.newest()

    def has_password(self) -> bool:
        return self._password.is_set()

    def change_password(self, present: str, password: str) -> PasswordCheck:
        """Raises InvalidInput, EasilyGuessed for a new one that is not fit."""
        with acting_as(ACTOR):
            return self._password.change(present, password)

    def password_wait_s(self) -> float:
        return self._password.remaining_s()

    def enter_password(self, password: str) -> PasswordCheck:
        with acting_as(ACTOR):
            return self._password.check(password)

    def judge_frame(self, frame: Frame) -> JudgedPicture:
        """Assess the portrait-shaped middle of a frame as a sample to enroll."""
        picture = np.ascontiguousarray(portrait_part(frame.image_bgr))
        return self._judged(picture, picture)

    def judge_photograph(self, path: Path) -> JudgedPicture:
        """Assess a photograph's file as a sample to enroll."""
        try:
            photograph = read_photograph(path)
        except SampleRefused as refused:
            return JudgedPicture(None, reason=Reason(refused.reason))
        return self._judged(photograph, no_larger_than(photograph, SHOWN_PX))

    def _judged(self, image_bgr: Image, shown_bgr: Image) -> JudgedPicture:
        try:
            with self._networks:
                return JudgedPicture(shown_bgr, sample=self._extractor.extract(image_bgr))
        except SampleRefused as refused:
            return JudgedPicture(shown_bgr, reason=Reason(refused.reason))

    def find_enrolled(self, sample: Sample, but: int | None) -> Employee | None:
        """Return the employee that a face is already enrolled as, or None; `but` is left out of the search."""
        found = self._enrollment.enrolled_as(sample, but)
        return None if found is None else self._store.get(found)

    def require_free(self, person: EmployeeCreate) -> None:
        """Raises EmailTaken, ExternalIdTaken."""
        self._store.require_free(person)

    def add(self, person: EmployeeCreate) -> Employee:
        """Add an employee without templates, for somebody who has not consented. Raises EmailTaken, ExternalIdTaken."""
        with acting_as(ACTOR):
            return self._store.create(person)

    def enroll(self, person: EmployeeCreate | int, samples: tuple[Sample, ...]) -> EnrollmentOutcome:
        """Enroll somebody who has agreed to the current consent text.

        Raises SampleRefused when none of the samples can be used, EmailTaken, ExternalIdTaken, EmployeeNotFound,
        EmployeeInactive.
        """
        with acting_as(ACTOR):
            result = self._enrollment.enroll_samples(person, samples, Consent(CURRENT_VERSION))
        if result.employee is None:
            raise first_refusal(result)
        refusals = (assessment.refused for assessment in result.assessments)
        return EnrollmentOutcome(
            result.employee, tuple(None if refused is None else Reason(refused.reason) for refused in refusals)
        )

    def people(self) -> tuple[EmployeeSummary, ...]:
        """Return everybody, active or not, by name."""
        return self._directory.members()

    def person(self, employee_id: int) -> EmployeeSummary:
        """Raises EmployeeNotFound."""
        return self._directory.member(employee_id)

    def month_of(self, employee_id: int, month: date | None) -> MonthShown:
        """See PersonPages."""
        return self._pages.month_of(employee_id, month)

    def stored_about(self, employee_id: int) -> StoredData:
        """See PersonPages."""
        return self._pages.stored_about(employee_id)

    def portrait(self, person: Employee, side_px: int) -> Image | None:
        """See PersonPages."""
        return self._pages.portrait(person, side_px)

    def change(self, employee_id: int, changes: EmployeeUpdate) -> Employee:
        """Raises EmployeeNotFound, EmailTaken, ExternalIdTaken."""
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

    def set_pin(self, employee_id: int, pin: str) -> str:
        """Return the PIN number that goes with it.

        Raises InvalidInput, EasilyGuessed, EmployeeNotFound, EmployeeInactive.
        """
        with acting_as(ACTOR):
            return self._pins.set(employee_id, pin)

    def remove_pin(self, employee_id: int) -> bool:
        """Return whether there was one. Raises EmployeeNotFound."""
        with acting_as(ACTOR):
            return self._pins.remove(employee_id)

    def export(self, employee_id: int, folder: Path) -> PersonalDataExport:
        """Write everything stored about a person to a new file in a folder, and wait until it is on the disk.

        Raises EmployeeNotFound.
        """
        with acting_as(ACTOR):
            exported = self._exporter.export(employee_id, free_path(folder / f"employee-{employee_id}.zip"))
        flush(exported.path)
        return exported

    def erase(self, employee_id: int) -> Erasure:
        """Erase a person's face. Raises EmployeeNotFound."""
        with acting_as(ACTOR):
            return self._eraser.erase(employee_id)

    def save_timesheet(
        self,
        file_format: TimesheetFormat,
        folder: Path,
        *,
        last_month: bool,
        language: OfficeLanguage,
        employee_id: int | None = None,
    ) -> Path:
        """Write this month or the last one to a new file in a folder; return it once it is on the disk.

        employee_id: of one person; None for everybody.
        """
        day = self._timesheets.today()
        if last_month:
            day = day.replace(day=1) - timedelta(days=1)
        wanted = folder / self._timesheets.file_name(file_format, day)
        path = free_path(wanted if employee_id is None else wanted.with_stem(f"{wanted.stem}-{employee_id}"))
        with acting_as(ACTOR):
            self._timesheets.export(file_format, day, path, employee_id, language=language)
        return path
