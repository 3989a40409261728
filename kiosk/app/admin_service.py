"""What the administrator does at the door: enroll people, mend what is known of them, look at today's events."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import numpy as np

from db.attendance_log import DatabaseAttendanceLog
from kiosk.attendance.corrections import Corrections
from kiosk.attendance.evacuation import EvacuationList, write_pdf
from kiosk.attendance.presence import present_entries
from kiosk.attendance.stays import StayRules
from kiosk.attendance.timesheet_export import TimesheetExporter
from kiosk.core.context import acting_as
from kiosk.core.image_conversion import no_larger_than
from kiosk.core.latest_slot import LatestSlot
from kiosk.core.photographs import read_photograph
from kiosk.domain.attendance_log import LogEntry
from kiosk.domain.credentials import PasswordCheck
from kiosk.domain.ports import Clock
from kiosk.domain.quality import Reason
from kiosk.domain.timesheet_format import TimesheetFormat, TimesheetLanguage
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
from kiosk.errors import SampleRefused, StorageError
from kiosk.security.admin_password import AdminPassword
from kiosk.security.pins import Pins

ACTOR = "admin"
# A photograph is shown no larger than this.
SHOWN_PX = 640
# So many files of one name are enough; whoever has them should look what they are.
MOST_COPIES = 99


class AdminService:
    """Any thread may call it. All methods but newest_frame use the database, may block and raise StorageError."""

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
        attendance: DatabaseAttendanceLog,
        corrections: Corrections,
        corrected: Callable[[], None],
        clock: Clock,
        stays: Callable[[datetime], StayRules],
        timesheets: TimesheetExporter,
        evacuation: Callable[[], EvacuationList],
    ) -> None:
        """sample_extractor: with models of its own, which the recognition thread does not use.

        corrected: told when an event does not count any more, so that the next one follows from what does.
        stays: the rules with what people are planned to work around a moment.
        """
        self._mailbox = mailbox
        self._extractor = sample_extractor
        self._enrollment = enrollment
        self._store = store
        self._directory = directory
        self._pins = pins
        self._eraser = eraser
        self._exporter = exporter
        self._password = password
        self._attendance = attendance
        self._corrections = corrections
        self._corrected = corrected
        self._clock = clock
        self._stays = stays
        self._timesheets = timesheets
        self._evacuation = evacuation
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
            exported = self._exporter.export(employee_id, _free_path(folder / f"employee-{employee_id}.zip"))
        _flush(exported.path)
        return exported

    def erase(self, employee_id: int) -> Erasure:
        """Erase a person's face. Raises EmployeeNotFound."""
        with acting_as(ACTOR):
            return self._eraser.erase(employee_id)

    def save_timesheet(
        self, file_format: TimesheetFormat, folder: Path, *, last_month: bool, language: TimesheetLanguage
    ) -> Path:
        """Write this month or the last one to a new file in a folder; return it once it is on the disk."""
        day = self._timesheets.today()
        if last_month:
            day = day.replace(day=1) - timedelta(days=1)
        path = _free_path(folder / self._timesheets.file_name(file_format, day))
        with acting_as(ACTOR):
            self._timesheets.export(file_format, day, path, language=language)
        return path

    def save_evacuation_list(self, folder: Path) -> Path:
        """Write who is in to a new PDF in a folder; return it once it is on the disk."""
        found, zone = self._evacuation(), self._timesheets.zone
        path = _free_path(folder / f"evacuation-{found.as_of.astimezone(zone):%Y-%m-%d-%H%M}.pdf")
        try:
            write_pdf(found, zone, path)
        except OSError as error:
            raise StorageError(f"{path} cannot be written: {error.strerror}") from error
        _flush(path)
        return path

    def events_today(self) -> tuple[LogEntry, ...]:
        """Return the office day's events, the latest first."""
        now = self._clock.now()
        rules = self._stays(now)
        return self._attendance.history(since=rules.day_start_at(rules.day_of(now)))[::-1]

    def present(self) -> tuple[LogEntry, ...]:
        """Return the entries of those who are in, whatever the date, the latest first."""
        now = self._clock.now()
        rules = self._stays(now)
        return present_entries(self._attendance.history(since=now - rules.reach), rules, now)[::-1]

    def void(self, trace_id: UUID, reason: str) -> None:
        """Void an event and record the reason."""
        self._corrections.void(trace_id, ACTOR, reason)
        self._corrected()


def _free_path(wanted: Path) -> Path:
    """Return the path, with a number behind its name where there is such a file. Raises StorageError."""
    for place in range(1, MOST_COPIES + 1):
        path = wanted if place == 1 else wanted.with_stem(f"{wanted.stem}-{place}")
        if not path.exists():
            return path
    raise StorageError(f"{wanted.parent} is full of files called {wanted.stem}; choose another folder")


def _flush(path: Path) -> None:
    """Wait until a file is on the disk: a USB stick is pulled out as soon as the screen says that it is done."""
    try:
        with path.open("rb") as file:
            os.fsync(file.fileno())
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror}") from error
