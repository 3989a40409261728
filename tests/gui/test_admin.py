"""The administrator's door: by password, and closed again when it is left alone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from kiosk.domain.credentials import PasswordCheck
from kiosk.errors import StorageError
from kiosk.ui.admin import admin_flow as area_module
from kiosk.ui.admin.admin_flow import AdminFlow
from kiosk.ui.admin.admin_screen import AdminScreen, ConfirmScreen
from kiosk.ui.admin.home import AdminHome
from kiosk.ui.admin.password_screens import ChangePasswordScreen, NoPasswordScreen, PasswordScreen
from kiosk.ui.admin.registry import ADMIN_SCREENS, AdminContext, RegisteredScreen
from kiosk.ui.background import Background
from kiosk.ui.enroll.screen import EnrollScreen
from kiosk.ui.language import Language
from kiosk.ui.panel import Screen
from kiosk.ui.screenshots.fake_admin import FakeAdminBackend
from kiosk.ui.window import KioskWindow
from support.fakes import SetClock

NEW = "long-enough"


class Walk:
    """A window with the administrator's area behind it, and the fingers on it."""

    def __init__(self, qtbot: QtBot, window: KioskWindow) -> None:
        self.qtbot, self.window = qtbot, window
        self.backend, self.background, self.below = FakeAdminBackend("Anna Swan"), Background(), Screen()
        self.context = AdminContext(self.backend, self.background, ZoneInfo("Europe/Moscow"))
        self.area = AdminFlow(window, self.context)
        window.open(self.below)
        with qtbot.waitActive(window):
            window.show()

    @property
    def shown(self) -> Screen | None:
        return self.window.screen_shown

    def knock(self, kind: type[Screen] = PasswordScreen) -> None:
        self.qtbot.keyClick(self.window, Qt.Key.Key_F2)
        self.qtbot.waitUntil(lambda: isinstance(self.shown, kind))

    def give(self, password: str) -> None:
        assert isinstance(self.shown, PasswordScreen)
        self.qtbot.keyClicks(self.shown.password.field, password)
        self.qtbot.keyClick(self.shown.password.field, Qt.Key.Key_Return)

    def come_in(self) -> AdminHome:
        self.knock()
        self.give("right-password")
        self.qtbot.waitUntil(lambda: isinstance(self.shown, AdminHome))
        assert isinstance(self.shown, AdminHome)
        return self.shown


@pytest.fixture
def walk(qtbot: QtBot, window: KioskWindow) -> Iterator[Walk]:
    made = Walk(qtbot, window)
    yield made
    made.background.stop()


def test_f2_and_the_password_open_it_and_the_arrow_closes_it(qtbot: QtBot, walk: Walk) -> None:
    home = walk.come_in()
    qtbot.mouseClick(home.back, Qt.MouseButton.LeftButton)
    assert walk.shown is walk.below


@pytest.mark.parametrize(
    ("wait_s", "language", "sentence"),
    [
        (0, Language.ENGLISH, "This is not the password."),
        (5, Language.ENGLISH, "Too many wrong attempts. Try again in 5 seconds."),
        (43, Language.RUSSIAN, "Слишком много неверных попыток. Попробуйте через 43 секунды."),
    ],
)
def test_a_wrong_password_is_refused_and_forgotten(
    qtbot: QtBot, walk: Walk, wait_s: float, language: Language, sentence: str
) -> None:
    walk.window.use_language(language)
    walk.backend.attempt = PasswordCheck(False, wait_s)
    walk.knock()
    screen = walk.shown
    assert isinstance(screen, PasswordScreen)
    walk.give("wrong-password")
    qtbot.waitUntil(lambda: screen.password.error == sentence)
    assert screen.password.field.text() == ""
    assert walk.shown is screen


def test_who_has_forgotten_it_is_told_where_to_turn(walk: Walk) -> None:
    walk.window.use_language(Language.RUSSIAN)
    walk.knock()
    assert walk.shown is not None
    lines = [line.text() for line in walk.shown.findChildren(QLabel) if line.isVisible()]
    assert "Забыли? На устройстве: kiosk admin set-password" in lines


def test_without_a_password_nobody_chooses_one_here(walk: Walk) -> None:
    walk.backend.password = None
    walk.window.use_language(Language.RUSSIAN)
    walk.knock(NoPasswordScreen)
    assert isinstance(walk.shown, NoPasswordScreen)
    assert walk.shown.how.text() == "Его задают на устройстве, в командной строке:\nkiosk admin set-password"
    assert not walk.shown.findChildren(QLineEdit)
    walk.qtbot.keyClick(walk.window, Qt.Key.Key_Escape)
    assert walk.shown is walk.below


def test_while_it_waits_nothing_is_tried_and_the_seconds_are_counted_down(
    qtbot: QtBot, walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = SetClock(monkeypatch)
    walk.backend.attempt = PasswordCheck(False, 60)
    walk.knock()
    screen = walk.shown
    assert isinstance(screen, PasswordScreen)
    walk.give("wrong-password")
    qtbot.waitUntil(lambda: screen.password.error.endswith("in 60 seconds."))
    walk.give("right-password")
    qtbot.mouseClick(screen.enter, Qt.MouseButton.LeftButton)
    clock.now_s += 18.5
    qtbot.waitUntil(lambda: screen.password.error.endswith("in 42 seconds."))
    clock.now_s += 41
    qtbot.waitUntil(lambda: screen.password.error.endswith("in 1 second."))
    assert not screen.enter.isEnabled() and walk.shown is screen
    clock.now_s += 1
    qtbot.waitUntil(screen.enter.isEnabled)
    assert screen.password.error == ""
    qtbot.mouseClick(screen.enter, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(walk.shown, AdminHome))


@pytest.mark.parametrize("kind", [PasswordScreen, ChangePasswordScreen])
def test_opened_while_the_device_is_slowed_it_counts_down_before_anything_is_tried(
    qtbot: QtBot, walk: Walk, monkeypatch: pytest.MonkeyPatch, kind: type[PasswordScreen | ChangePasswordScreen]
) -> None:
    clock = SetClock(monkeypatch)
    walk.backend.slowed_s = 60
    screen = kind(walk.backend, walk.background)
    walk.window.open(screen)
    qtbot.waitUntil(lambda: screen.password.error == "Too many wrong attempts. Try again in 60 seconds.")
    assert not screen.enter.isEnabled() and screen.password.field.isEnabled()
    clock.now_s += 18
    qtbot.waitUntil(lambda: screen.password.error.endswith("in 42 seconds."))
    clock.now_s += 42
    qtbot.waitUntil(screen.enter.isEnabled)
    assert screen.password.error == ""


def test_the_password_is_changed_by_who_knows_the_present_one(qtbot: QtBot, walk: Walk) -> None:
    qtbot.mouseClick(walk.come_in().buttons["password"], Qt.MouseButton.LeftButton)
    screen = walk.shown
    assert isinstance(screen, ChangePasswordScreen)
    current, first, again = (form_field.field for form_field in (screen.password, screen.form.first, screen.form.again))
    for present, new, once_more, where, fault in (
        ("", "long-enough", "long-enough", screen.password, "Enter the current password first."),
        ("right-password", "short", "short", screen.form.first, "It is too short."),
        ("right-password", "long-enough", "another-one", screen.form.again, "The two are not the same."),
        ("wrong-password", "long-enough", "long-enough", screen.password, "This is not the password."),
    ):
        for field, text in ((current, present), (first, new), (again, once_more)):
            field.setText(text)
        qtbot.mouseClick(screen.enter, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda where=where, fault=fault: where.error == fault)
        assert walk.backend.enter_password("right-password").accepted
    for field, text in ((current, "right-password"), (first, "long-enough"), (again, "long-enough")):
        field.setText(text)
    qtbot.keyClick(again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.done.sentence == "The new password is in force from now on.")
    assert walk.backend.enter_password("long-enough").accepted
    assert not any(field.text() for field in (current, first, again))
    assert not screen.enter.isVisible()
    qtbot.mouseClick(screen.back, Qt.MouseButton.LeftButton)
    assert isinstance(walk.shown, AdminHome)


def test_a_database_that_is_away_does_not_lose_what_was_written(qtbot: QtBot, walk: Walk) -> None:
    qtbot.mouseClick(walk.come_in().buttons["password"], Qt.MouseButton.LeftButton)
    screen = walk.shown
    assert isinstance(screen, ChangePasswordScreen)
    walk.backend.refuses = StorageError("away")
    for form_field, text in ((screen.password, "right-password"), (screen.form.first, NEW), (screen.form.again, NEW)):
        form_field.field.setText(text)
    qtbot.mouseClick(screen.enter, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "does not answer" in screen.password.error)
    assert screen.enter.isEnabled()
    assert screen.form.first.field.text() == NEW


def test_it_closes_by_itself(qtbot: QtBot, window: KioskWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(area_module, "CLOSES_AFTER_S", 0.4)
    walk = Walk(qtbot, window)
    walk.come_in().buttons["enroll"].click()
    assert isinstance(walk.shown, EnrollScreen)
    qtbot.waitUntil(lambda: walk.shown is walk.below)
    walk.background.stop()


def test_it_says_so_before_it_closes_and_a_touch_keeps_it_open(
    qtbot: QtBot, window: KioskWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(area_module, "CLOSES_AFTER_S", 60.0)
    monkeypatch.setattr(area_module, "WARNS_S", 59.8)
    walk = Walk(qtbot, window)
    home = walk.come_in()
    qtbot.waitUntil(walk.area.warning.isVisible)
    assert walk.area.warning.notice.sentence == "This closes in 60 s. Touch the screen to stay."
    qtbot.mouseClick(home, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert not walk.area.warning.isVisible()
    assert walk.shown is home
    walk.background.stop()


def test_it_closes_at_the_first_touch_after_the_machine_slept(
    qtbot: QtBot, walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = walk.come_in()
    read = time.clock_gettime
    monkeypatch.setattr(time, "clock_gettime", lambda id_: read(id_) + 3600 * (id_ == time.CLOCK_BOOTTIME))
    qtbot.mouseClick(home.buttons["enroll"], Qt.MouseButton.LeftButton)
    assert walk.shown is walk.below


def test_knocking_twice_opens_one_door(qtbot: QtBot, walk: Walk) -> None:
    walk.knock()
    qtbot.keyClick(walk.window, Qt.Key.Key_F2)
    qtbot.wait(100)
    walk.window.back()
    assert walk.shown is walk.below


@pytest.mark.parametrize("entry", ADMIN_SCREENS, ids=lambda entry: entry.name)
def test_every_registered_screen_has_a_button_that_opens_it_and_an_arrow_back(
    qtbot: QtBot, walk: Walk, entry: RegisteredScreen
) -> None:
    home = walk.come_in()
    button = home.buttons[entry.name]
    assert button.text() == entry.title()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    screen = walk.shown
    assert isinstance(screen, AdminScreen)
    assert type(screen) is type(entry.make(walk.context))
    qtbot.mouseClick(screen.back, Qt.MouseButton.LeftButton)
    assert walk.shown is home


def test_the_buttons_follow_the_language(qtbot: QtBot, walk: Walk) -> None:
    home = walk.come_in()
    walk.window.use_language(Language.RUSSIAN)
    qtbot.waitUntil(lambda: home.buttons["people"].text() == "Сотрудники")


@pytest.mark.parametrize("agree", [True, False])
def test_the_exit_asks_first(qtbot: QtBot, walk: Walk, agree: bool) -> None:
    exits: list[bool] = []
    walk.area.exit_wanted.connect(lambda: exits.append(True))
    home = walk.come_in()
    qtbot.mouseClick(home.exit, Qt.MouseButton.LeftButton)
    question = walk.shown
    assert isinstance(question, ConfirmScreen)
    assert exits == []
    qtbot.mouseClick(question.yes if agree else question.no, Qt.MouseButton.LeftButton)
    assert bool(exits) is agree
    assert walk.shown is home
