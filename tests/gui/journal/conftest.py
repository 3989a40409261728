"""The journal of a day over a real database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db.session import Database
from gui.attendance_driver import AttendanceDriver
from kiosk.domain.types import EventType
from kiosk.ui.events.screen import EventsScreen
from kiosk.ui.window import KioskWindow


@pytest.fixture
def driver(
    qtbot: QtBot,
    window: KioskWindow,
    sqlite_url: str,
    open_database: Callable[[str], Database],
    tmp_path: Path,
) -> Iterator[AttendanceDriver]:
    made = AttendanceDriver(qtbot, window, open_database(sqlite_url), tmp_path)
    yield made
    made.background.stop()


@pytest.fixture
def journal(driver: AttendanceDriver) -> EventsScreen:
    """The journal of a day on which Anna came and left."""
    driver.write(driver.anna, **{"11-27 09:00": EventType.ENTRY, "11-27 18:05": EventType.EXIT})
    screen = driver.open(EventsScreen(driver.context))
    driver.until(lambda: screen.events.rowCount() == 2)
    return screen
