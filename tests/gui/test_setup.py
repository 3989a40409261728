"""The first start: every answer is safe before the next question, and a power cut loses none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kiosk.capture.status import SourceState
from kiosk.config.first_run_config import FirstRunAnswers
from kiosk.domain.types import Frame
from kiosk.errors import EasilyGuessed, InvalidInput, KioskError, StorageError
from kiosk.ui.enroll.screen import EnrollScreen
from kiosk.ui.entrance.face_marks import FaceState
from kiosk.ui.language import Language, shown_language
from kiosk.ui.screenshots.fake_admin import FakeAdminBackend, judged_picture
from kiosk.ui.screenshots.fake_entrance import FakeEntranceBackend
from kiosk.ui.screenshots.setup_scenes import FakeSetupBackend
from kiosk.ui.setup import camera_step as camera_module
from kiosk.ui.setup.backend import PasswordChoice
from kiosk.ui.setup.camera_step import CameraStep
from kiosk.ui.setup.language_step import LanguageStep
from kiosk.ui.setup.office_step import OfficeStep
from kiosk.ui.setup.password_step import PasswordStep
from kiosk.ui.setup.person_step import PersonStep
from kiosk.ui.setup.setup_app import SetupApp
from kiosk.ui.setup.setup_step import SetupStep
from kiosk.ui.setup.zone_step import ZoneStep
from support.recording_entrance import IMAGES

NOTHING = FirstRunAnswers()


class FullDevice(FakeSetupBackend):
    """A device whose disk takes nothing while it is full."""

    def __init__(self) -> None:
        super().__init__()
        self.is_full = False
        self.refusal: KioskError | None = None

    def choose_password(self, password: str, /) -> None:
        if self.refusal is not None:
            raise self.refusal
        super().choose_password(password)

    def save(self, choices: FirstRunAnswers, /) -> None:
        if self.is_full:
            raise StorageError("no room")
        super().save(choices)


class Walk:
    """A new device and somebody who stands before it."""

    def __init__(self, qtbot: QtBot, choices: FirstRunAnswers = NOTHING, decided: tuple[str, ...] = ()) -> None:
        self.qtbot, self.backend, self.device = qtbot, FakeAdminBackend(), FullDevice()
        self.backend.frame = self._frame()
        self.ui = SetupApp(
            self.backend,
            self.device,
            choices,
            language=Language.ENGLISH,
            timezone="Europe/Moscow",
            mirrored=True,
            decided=decided,
        )
        self.screen = self.ui.screen
        qtbot.addWidget(self.ui.window)
        with qtbot.waitActive(self.ui.window):
            self.ui.window.show()

    @property
    def saved(self) -> FirstRunAnswers:
        return self.device.saved[-1]

    def come_to(self, kind: type[SetupStep]) -> None:
        self.qtbot.waitUntil(lambda: isinstance(self.screen.step, kind) and self.screen.next.isEnabled())

    def press_next(self) -> None:
        self.qtbot.mouseClick(self.screen.next, Qt.MouseButton.LeftButton)

    def choose_password(self, first: str, again: str) -> None:
        step = self.screen.step
        assert isinstance(step, PasswordStep)
        self.qtbot.keyClicks(step.form.first.field, first)
        self.qtbot.keyClicks(step.form.again.field, again)
        self.qtbot.keyClick(step.form.again.field, Qt.Key.Key_Return)

    @staticmethod
    def _frame() -> Frame:
        backend = FakeEntranceBackend()
        backend.show(IMAGES["near"], [FaceState.LOOKING])
        assert backend.frame is not None
        return backend.frame


@pytest.fixture
def walk(qtbot: QtBot) -> Iterator[Walk]:
    made = Walk(qtbot)
    yield made
    made.ui.close()
    made.ui.background.stop()


def step_of(walk: Walk, kind: type[SetupStep]) -> SetupStep:
    walk.come_to(kind)
    return walk.screen.step


def test_from_the_first_question_to_the_door(qtbot: QtBot, walk: Walk) -> None:
    language = step_of(walk, LanguageStep)
    assert isinstance(language, LanguageStep)
    qtbot.mouseClick(language.buttons[Language.RUSSIAN], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: walk.screen.next.text() == "Далее")
    walk.press_next()

    office = step_of(walk, OfficeStep)
    assert isinstance(office, OfficeStep)
    walk.press_next()
    assert office.office.error == "Нужно название. Его можно указать и позже."
    qtbot.keyClicks(office.office.field, "North  Yard ")
    walk.press_next()

    zone = step_of(walk, ZoneStep)
    assert isinstance(zone, ZoneStep)
    qtbot.waitUntil(lambda: zone.list.count() > 400)
    qtbot.keyClicks(zone.search, "tomsk")
    (row,) = [row for row in range(zone.list.count()) if not zone.list.item(row).isHidden()]
    zone.list.setCurrentRow(row)
    walk.press_next()

    walk.come_to(PasswordStep)
    walk.choose_password("right-password", "right-password")

    camera = step_of(walk, CameraStep)
    assert isinstance(camera, CameraStep)
    assert walk.device.password == "right-password"  # noqa: S105 - of a stage
    walk.backend.pictures = [judged_picture(IMAGES["near"].image_bgr, 0, 0.0) for _ in range(9)]
    qtbot.waitUntil(lambda: camera.words.text() == "Ваше лицо хорошо видно")
    walk.press_next()

    walk.come_to(PersonStep)
    with qtbot.waitSignal(walk.screen.finished):
        walk.press_next()
    chosen = {"language": "ru", "office_name": "North Yard", "office_responsible": "", "timezone": "Asia/Tomsk"}
    assert walk.saved == FirstRunAnswers(chosen, "person", finished=True)
    assert walk.ui.is_finished
    assert shown_language() is Language.RUSSIAN


def test_one_can_go_back_and_leave_for_later(qtbot: QtBot, walk: Walk) -> None:
    assert not walk.screen.back.isVisible()
    assert not walk.screen.later.isVisible()
    walk.press_next()
    walk.come_to(OfficeStep)
    qtbot.mouseClick(walk.screen.back, Qt.MouseButton.LeftButton)
    walk.come_to(LanguageStep)
    walk.press_next()
    for kind in (OfficeStep, ZoneStep):
        walk.come_to(kind)
        qtbot.mouseClick(walk.screen.later, Qt.MouseButton.LeftButton)
    walk.come_to(PasswordStep)
    assert not walk.screen.later.isVisible(), "otherwise the next who comes chooses it"
    assert walk.saved.settings == {"language": "en"}


def test_after_a_power_cut_it_goes_on_where_it_was(qtbot: QtBot) -> None:
    resumed = Walk(qtbot, FirstRunAnswers({"language": "en", "office_name": "North Yard"}, "password"))
    resumed.device.password = "right-password"  # noqa: S105 - of a stage
    assert isinstance(resumed.screen.step, PasswordStep)
    resumed.ui.window.hide()
    resumed.ui.window.show()
    resumed.screen.entered()
    qtbot.waitUntil(resumed.screen.step.sentence.isVisible)
    resumed.press_next()
    resumed.come_to(CameraStep)
    assert resumed.saved.settings["office_name"] == "North Yard"
    resumed.screen._turn_to(5)
    last = resumed.screen.step
    assert isinstance(last, PersonStep) and not last.enroll.isVisible(), "whoever comes along enrolls nobody"
    assert "administration" in last.sentence.text()
    resumed.ui.close()
    resumed.ui.background.stop()


def test_what_variables_decide_is_not_asked(qtbot: QtBot) -> None:
    provisioned = Walk(qtbot, decided=("language", "office_name", "timezone"))
    assert [step.name for step in provisioned.screen.steps] == ["password", "camera", "person"]
    provisioned.ui.close()
    provisioned.ui.background.stop()


def test_passwords_that_differ_are_not_taken(walk: Walk) -> None:
    walk.screen._turn_to(3)
    walk.choose_password("right-password", "other-password")
    step = walk.screen.step
    assert isinstance(step, PasswordStep)
    assert step.form.again.error == "The two are not the same."
    assert walk.device.password is None


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (EasilyGuessed(""), "Anybody would try this one first. Three words in a row are better."),
        (StorageError(""), "The password cannot be kept at the moment: the database does not answer."),
    ],
)
def test_a_password_that_is_not_taken_is_told(qtbot: QtBot, walk: Walk, error: KioskError, sentence: str) -> None:
    walk.device.refusal = error
    walk.screen._turn_to(3)
    walk.choose_password("right-password", "right-password")
    step = walk.screen.step
    assert isinstance(step, PasswordStep)
    qtbot.waitUntil(lambda: step.form.first.error == sentence)


def test_a_device_that_is_not_new_says_where_the_password_is_set(qtbot: QtBot, walk: Walk) -> None:
    walk.screen._turn_to(3)
    walk.device.choice, walk.device.refusal = PasswordChoice.ELSEWHERE, InvalidInput("")
    walk.choose_password("right-password", "right-password")
    step = walk.screen.step
    assert isinstance(step, PasswordStep)
    qtbot.waitUntil(step.sentence.isVisible)
    assert step.sentence.text() == "It is set on the device, at the command line:\nkiosk admin set-password"
    assert not step.form.isVisible() and walk.device.password is None
    walk.press_next()
    walk.come_to(CameraStep)


def test_a_full_disk_is_told_and_nothing_is_passed(qtbot: QtBot, walk: Walk) -> None:
    walk.device.is_full = True
    walk.press_next()
    qtbot.waitUntil(walk.screen.error_label.isVisible)
    assert isinstance(walk.screen.step, LanguageStep)
    walk.device.is_full = False
    walk.press_next()
    walk.come_to(OfficeStep)
    assert not walk.screen.error_label.isVisible()


def test_a_camera_that_is_plugged_in_late_is_seen(qtbot: QtBot, walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera_module, "JUDGE_MS", 20)
    walk.device.unplug()
    frame, walk.backend.frame = walk.backend.frame, None
    walk.screen._turn_to(4)
    step = walk.screen.step
    assert isinstance(step, CameraStep)
    qtbot.waitUntil(lambda: step.words.text() == "Camera unplugged — trying again")
    walk.device.status = replace(walk.device.status, state=SourceState.OK)
    walk.backend.frame = frame
    qtbot.waitUntil(lambda: step.words.text() == "Stand before the camera")


def test_who_was_enrolled_tries_it_at_the_door(qtbot: QtBot, walk: Walk) -> None:
    walk.screen._turn_to(3)
    walk.choose_password("right-password", "right-password")
    walk.come_to(CameraStep)
    walk.screen._turn_to(5)
    step = walk.screen.step
    assert isinstance(step, PersonStep)
    qtbot.mouseClick(step.enroll, Qt.MouseButton.LeftButton)
    enroll = walk.ui.window.screen_shown
    assert isinstance(enroll, EnrollScreen)
    with qtbot.waitSignal(walk.screen.finished):
        enroll.leaves.emit()
    assert walk.saved.finished
