"""Drives the administrator's screens over a real kiosk as fingers do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk.ui.admin.home import AdminHome
from kiosk.ui.admin.password_screens import PasswordScreen
from kiosk.ui.enroll.screen import EnrollScreen
from kiosk.ui.keyboard import Key
from kiosk.ui.panel import Screen
from kiosk.ui.people.list_screen import PeopleScreen
from kiosk.ui.people.person_screen import PersonScreen
from kiosk.ui.window import KioskWindow

PASSWORD = "long-enough"  # noqa: S105 - of the tests
S = TypeVar("S", bound=Screen)


PATIENCE_MS = 60_000


class AdminDriver:
    """Presses what a screen shows, once it is shown."""

    def __init__(self, qtbot: QtBot, window: KioskWindow) -> None:
        self.qtbot, self.window = qtbot, window

    def until(self, is_so: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(is_so, timeout=PATIENCE_MS)

    def shown(self, kind: type[S]) -> S:
        self.until(lambda: isinstance(self.window.screen_shown, kind))
        assert isinstance(self.window.screen_shown, kind)
        return self.window.screen_shown

    def press(self, widget: QWidget) -> None:
        self.until(widget.isEnabled)
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def type_key(self, name: str) -> None:
        """Press a key of the on-screen keyboard, which has come by itself. name: as it is labelled now."""
        self.until(self.window.keyboard.isVisible)
        keys = [key for key in self.window.keyboard.findChildren(Key) if key.isVisible()]
        (wanted,) = (key for key in keys if name in (key.text(), key.accessibleName()))
        self.qtbot.mouseClick(wanted, Qt.MouseButton.LeftButton)

    def type(self, text: str) -> None:
        """Type on the on-screen keyboard: each character has to be on a key at once, capital letters too."""
        for character in text:
            self.type_key(character)

    def come_in(self) -> AdminHome:
        self.qtbot.keyClick(self.window, Qt.Key.Key_F2)
        password_screen = self.shown(PasswordScreen)
        password_screen.password.field.setText(PASSWORD)
        self.press(password_screen.enter)
        return self.shown(AdminHome)

    def enroll(self, home: AdminHome, name: str = "Anna Swan", email: str = "anna@office.local") -> EnrollScreen:
        self.press(home.buttons["enroll"])
        screen = self.shown(EnrollScreen)
        screen.who.form.name.field.setText(name)
        screen.who.form.email.field.setText(email)
        self.press(screen.who.go_on)
        self.until(lambda: screen.step is screen.consent)
        screen.consent.agree.setChecked(True)
        return screen

    def person(self, home: AdminHome) -> PersonScreen:
        self.press(home.buttons["people"])
        people = self.shown(PeopleScreen)
        people.search.setText("ANNA")
        self.until(lambda: people.model.rowCount() == 1)
        people.list.chosen.emit(people.model.index(0))
        return self.shown(PersonScreen)
