"""Drives the employees' screens as fingers do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk.ui.background import Background
from kiosk.ui.panel import Screen
from kiosk.ui.people.list_screen import PeopleScreen
from kiosk.ui.people.person_screen import PersonScreen
from kiosk.ui.screenshots.fake_admin import FakeAdminBackend
from kiosk.ui.window import SETTLES_MS, KioskWindow

NAMES = ("Anna Swan", "Пётр Лебедев", "Clara Stork", "Дмитрий Соколов")


S = TypeVar("S", bound=Screen)


class PeopleDriver:
    """The list of employees in a window; opens what its rows and buttons open."""

    def __init__(self, qtbot: QtBot, window: KioskWindow) -> None:
        self.qtbot, self.window = qtbot, window
        self.backend, self.background = FakeAdminBackend(*NAMES), Background()
        self.backend.staff[4] = replace(self.backend.staff[4], is_active=False)
        window.open(Screen())
        self.screen = PeopleScreen(self.backend, self.background)
        self._show(self.screen)
        with qtbot.waitActive(window):
            window.show()
        self.until(lambda: self.screen.model.rowCount() == 3)

    def _show(self, screen: Screen) -> None:
        if isinstance(screen, PeopleScreen | PersonScreen):
            screen.opens.connect(self._show)
        self.window.open(screen)

    def until(self, is_so: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(is_so, timeout=20_000)

    def click(self, widget: object) -> None:
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def touch_row(self, place: int) -> None:
        rows = self.screen.list
        self.qtbot.mouseClick(
            rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(self.screen.model.index(place)).center()
        )

    def shown(self, kind: type[S]) -> S:
        self.until(lambda: isinstance(self.window.screen_shown, kind))
        assert isinstance(self.window.screen_shown, kind)
        return self.window.screen_shown

    def person(self, place: int = 0) -> PersonScreen:
        self.touch_row(place)
        return self.shown(PersonScreen)

    @property
    def listed(self) -> list[str]:
        model = self.screen.model
        return [model.summary_at(place).person.full_name for place in range(model.rowCount())]


class Finger:
    """A touch screen's finger, on a widget of a window that is no larger than the offscreen platform's screen."""

    def __init__(self, window: KioskWindow) -> None:
        self.window, self.device = window, QTest.createTouchDevice()
        window.resize(790, 420)
        QTest.qWait(SETTLES_MS + 50)

    def _touch(self, what: str, at: QPoint) -> None:
        getattr(QTest.touchEvent(self.window, self.device), what)(0, at, self.window).commit()
        QTest.qWait(20)

    def drag(self, widget: QWidget, up_px: int = 0, at: QPoint | None = None) -> None:
        """Put the finger on a widget, move it up, and take it away."""
        start = widget.mapTo(self.window, at or widget.rect().center())
        self._touch("press", start)
        for step in range(1, up_px // 8 + 1):
            self._touch("move", start - QPoint(0, 8 * step))
        self._touch("release", start - QPoint(0, up_px))
