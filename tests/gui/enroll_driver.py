"""Drives the screen that enrolls somebody as fingers do."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kiosk.domain.quality import Reason
from kiosk.domain.types import Frame
from kiosk.employees.judged_picture import JudgedPicture
from kiosk.employees.results import EnrollmentOutcome
from kiosk.employees.samples import Sample
from kiosk.employees.schemas import Employee, EmployeeCreate
from kiosk.ui.background import Background
from kiosk.ui.enroll.draft import EnrollDraft
from kiosk.ui.enroll.photographs_step import PhotographsStep
from kiosk.ui.enroll.screen import EnrollScreen
from kiosk.ui.files.screen import FilesScreen
from kiosk.ui.panel import Screen
from kiosk.ui.screenshots.fake_admin import FakeAdminBackend, judged_picture
from kiosk.ui.window import KioskWindow
from support.recording_entrance import IMAGES

IMAGE = IMAGES["near"].image_bgr


TURNS = (0.0, 0.2, -0.2, 0.0, 0.0)


class RecordingAdminBackend(FakeAdminBackend):
    """Remembers who was enrolled."""

    def __init__(self) -> None:
        super().__init__("Joe Swan")
        self.enrolled: list[tuple[EmployeeCreate | int, int]] = []
        self.outcomes: tuple[Reason | None, ...] | None = None

    def enroll(self, person: EmployeeCreate | int, samples: tuple[Sample, ...], /) -> EnrollmentOutcome:
        enrolled = super().enroll(person, samples)
        self.enrolled.append((person, len(samples)))
        return enrolled if self.outcomes is None else EnrollmentOutcome(enrolled.employee, self.outcomes)


class EnrollDriver:
    """An enrollment above another screen, and a face before the camera."""

    def __init__(self, qtbot: QtBot, window: KioskWindow, again: Employee | None = None) -> None:
        self.qtbot, self.window = qtbot, window
        self.backend, self.background, self.below = RecordingAdminBackend(), Background(), Screen()
        self.backend.frame = Frame(IMAGE, datetime.now(UTC), 0.0, 0)
        self.seeds = count()
        window.open(self.below)
        self.screen = EnrollScreen(self.backend, self.background, again)
        self.screen.opens.connect(window.open)
        window.open(self.screen)
        with qtbot.waitActive(window):
            window.show()

    def reopen(self, draft: EnrollDraft) -> EnrollScreen:
        """Open the enrollment of somebody new once more."""
        self.window.home()
        self.screen = EnrollScreen(self.backend, self.background, draft=draft)
        self.screen.opens.connect(self.window.open)
        self.window.open(self.screen)
        return self.screen

    def good_takes(self, *turns: float) -> None:
        self.backend.pictures = [judged_picture(IMAGE, next(self.seeds), turn) for turn in turns]

    def say_who(self, name: str = "Anna Swan", email: str = "anna@office.example") -> None:
        form = self.screen.who.form
        self.qtbot.keyClicks(form.name.field, name)
        self.qtbot.keyClicks(form.email.field, email)
        self.qtbot.keyClick(form.external_id.field, Qt.Key.Key_Return)

    def agree(self) -> None:
        self.wait_for(self.screen.consent)
        self.screen.consent.agree.setChecked(True)
        self.qtbot.mouseClick(self.screen.consent.go_on, Qt.MouseButton.LeftButton)

    def choose(self, *names: str) -> None:
        """Choose photographs in the chooser, as if they lay on a stick."""
        files = self.window.screen_shown
        assert isinstance(files, FilesScreen)
        files.closed.emit()
        files.chosen.emit(tuple(Path("/stick") / name for name in names))

    def photographs(self, *pictures: JudgedPicture) -> PhotographsStep:
        """Agree, and come with photographs that are judged like this."""
        self.say_who()
        self.wait_for(self.screen.consent)
        self.screen.consent.agree.setChecked(True)
        self.backend.pictures = list(pictures)
        self.qtbot.mouseClick(self.screen.consent.photographs, Qt.MouseButton.LeftButton)
        self.choose(*(f"{place}.jpg" for place in range(len(pictures))))
        return self.screen.photographs

    def wait_for(self, step: object) -> None:
        self.qtbot.waitUntil(lambda: self.screen.step is step, timeout=10_000)

    def save(self) -> None:
        self.wait_for(self.screen.review)
        self.qtbot.mouseClick(self.screen.review.save, Qt.MouseButton.LeftButton)
