"""Drives the screens about attendance over a real database as fingers do, and counts the touches."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from db.attendance_log import DatabaseAttendanceLog
from db.session import Database
from kiosk.app.admin_attendance import AdminAttendance
from kiosk.app.admin_journal import AttendanceParts
from kiosk.attendance.closed_months import ClosedMonths
from kiosk.attendance.corrections import Corrections
from kiosk.attendance.evacuation import EvacuationList, evacuation_list
from kiosk.attendance.questions import Questions
from kiosk.attendance.stays import StayRules
from kiosk.domain.exit_reasons import parse_exit_reasons
from kiosk.domain.types import AttendanceEvent, EventType
from kiosk.employees.directory import EmployeeDirectory
from kiosk.ui.admin.row_list import RowList
from kiosk.ui.background import Background
from kiosk.ui.events.backend import EventsContext
from kiosk.ui.events.event_screen import EventScreen
from kiosk.ui.events.screen import EventsScreen
from kiosk.ui.panel import Screen
from kiosk.ui.window import KioskWindow
from support.builders import event
from support.database_rows import add_person
from support.fakes import FakeClock

ZONE = ZoneInfo("Europe/Moscow")
RULES = StayRules(timedelta(hours=16), time(0), ZONE)
NOW = datetime(2026, 11, 27, 19, 0, tzinfo=ZONE)
REASONS = parse_exit_reasons("break: Break: Перерыв; trip: Business trip: Командировка")
S = TypeVar("S", bound=Screen)


def local(text: str) -> datetime:
    """Return a moment of 2026 in the office: 11-27 18:05."""
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


class AttendanceDriver:
    """Opens screens in a window, over the backend that the kiosk has behind them."""

    def __init__(self, qtbot: QtBot, window: KioskWindow, database: Database, data_dir: Path | None = None) -> None:
        """data_dir: where snapshots lie; None for none."""
        self.qtbot, self.window, self.database = qtbot, window, database
        self.touches, self.told = 0, 0
        self.clock, self.background = FakeClock(NOW), Background()
        self.read_evacuation: Callable[[], EvacuationList] = lambda: evacuation_list(database, RULES, self.clock.now())
        codes = tuple(reason.code for reason in REASONS)
        self.backend = AdminAttendance(
            AttendanceParts(
                database=database,
                rules=RULES,
                clock=self.clock,
                corrections=Corrections(database, RULES, "door", self.clock, codes),
                closed_months=ClosedMonths(database, RULES, self.clock),
                questions=Questions(database, RULES, self.clock),
                directory=EmployeeDirectory(database, "no model"),
                evacuation=self._read_evacuation,
                corrected=self._count_told,
                data_dir=data_dir,
                exit_reasons=REASONS,
            )
        )
        self.context = EventsContext(self.backend, self.background, ZONE, REASONS)
        self.anna, self.boris = add_person(database, "Anna Swan"), add_person(database, "Boris Heron")
        window.open(Screen())

    def _read_evacuation(self) -> EvacuationList:
        return self.read_evacuation()

    def _count_told(self) -> None:
        self.told += 1

    def write(self, employee_id: int | None, **rows: EventType) -> list[AttendanceEvent]:
        """Write a person's entries and exits, as {"11-27 09:00": EventType.ENTRY}."""
        events = [event(employee_id, kind, local(at)) for at, kind in rows.items()]
        DatabaseAttendanceLog(self.database).record(events)
        return events

    def open(self, screen: S) -> S:
        opens = getattr(screen, "opens", None)
        if opens is not None:
            opens.connect(self.open)
        self.window.open(screen)
        if not self.window.isVisible():
            with self.qtbot.waitActive(self.window):
                self.window.show()
        return screen

    def until(self, is_so: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(is_so, timeout=20_000)

    def shown(self, kind: type[S]) -> S:
        self.until(lambda: isinstance(self.window.screen_shown, kind))
        assert isinstance(self.window.screen_shown, kind)
        return self.window.screen_shown

    def touch(self, button: QAbstractButton) -> None:
        self.until(lambda: button.isVisible() and button.isEnabled())
        self.touches += 1
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def touch_row(self, rows: RowList, place: int) -> None:
        self.until(lambda: rows.model() is not None and rows.model().rowCount() > place)
        self.touches += 1
        self.qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=_middle(rows, place))

    def type(self, text: str) -> None:
        """Touch the keys of the on-screen keyboard that is shown."""
        for character in text:
            self.touches += 1
            QTest.keyClicks(self.window.focusWidget(), character)

    def rows(self, rows: RowList) -> list[str]:
        model = rows.model()
        return [
            str(model.index(place, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for place in range(model.rowCount())
        ]


def _middle(rows: RowList, place: int) -> QPoint:
    return rows.visualRect(rows.model().index(place, 0)).center()


def open_event(driver: AttendanceDriver, journal: EventsScreen, place: int) -> EventScreen:
    driver.touch_row(journal.list, place)
    return driver.shown(EventScreen)
