"""Closing months by name, with what is still open said before, over a real database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from db.session import Database
from gui.attendance_driver import ZONE, AttendanceDriver
from kiosk.domain.types import EventType
from kiosk.ui.events.reopen_screen import ReopenScreen
from kiosk.ui.timesheets.close_month_screen import CloseMonthScreen
from kiosk.ui.timesheets.closed_months_screen import ClosedMonthsScreen
from kiosk.ui.window import KioskWindow

OCTOBER = date(2026, 10, 1)


@pytest.fixture
def driver(
    qtbot: QtBot, window: KioskWindow, sqlite_url: str, open_database: Callable[[str], Database]
) -> Iterator[AttendanceDriver]:
    """Anna forgot an exit in October."""
    made = AttendanceDriver(qtbot, window, open_database(sqlite_url))
    made.write(made.anna, **{"10-05 09:00": EventType.ENTRY})
    yield made
    made.background.stop()


@pytest.fixture
def months(driver: AttendanceDriver) -> ClosedMonthsScreen:
    screen = driver.open(ClosedMonthsScreen(driver.backend, driver.background, ZONE))
    driver.until(lambda: screen.model.rowCount() == 13)
    return screen


def close_october(driver: AttendanceDriver, months: ClosedMonthsScreen) -> None:
    driver.touch_row(months.list, 1)
    screen = driver.shown(CloseMonthScreen)
    driver.until(lambda: screen.still_open.sentence.startswith("Still open: 1 open question."))
    driver.touch(screen.close_month)
    assert screen.name.error == "A name is needed: of whoever answers for the timesheet."
    screen.name.field.setText("Clara Stork")
    driver.touch(screen.close_month)
    driver.until(lambda: months.notice.sentence.startswith("October 2026 is closed by Clara Stork"))


def test_a_month_is_closed_by_name_and_that_is_undone(driver: AttendanceDriver, months: ClosedMonthsScreen) -> None:
    close_october(driver, months)
    driver.until(lambda: "closed by Clara Stork, " in driver.rows(months.list)[1])
    driver.touch(months.notice.button)
    driver.until(lambda: months.notice.sentence.startswith("October 2026 is open again."))
    driver.until(lambda: "open: touch to close it" in driver.rows(months.list)[1])


def test_a_closed_month_is_opened_by_name_and_reason(driver: AttendanceDriver, months: ClosedMonthsScreen) -> None:
    close_october(driver, months)
    driver.until(lambda: "closed by" in driver.rows(months.list)[1])
    driver.touch_row(months.list, 1)
    screen = driver.shown(ReopenScreen)
    screen.name.field.setText("Dora Finch")
    driver.touch(screen.open)
    assert screen.reason.error == "A reason is needed."
    screen.reason.field.setText("a forgotten exit")
    driver.touch(screen.open)
    driver.until(lambda: months.notice.sentence.startswith("October 2026 is open again."))
    assert driver.backend.months()[1].closed_by is None


def test_the_present_month_is_not_closed(driver: AttendanceDriver, months: ClosedMonthsScreen) -> None:
    driver.touch_row(months.list, 0)
    assert months.notice.sentence == "A month is closed when its last day has ended."
    assert driver.window.screen_shown is months


def test_who_is_slower_is_told(driver: AttendanceDriver, months: ClosedMonthsScreen) -> None:
    driver.touch_row(months.list, 1)
    screen = driver.shown(CloseMonthScreen)
    driver.backend.close_month(OCTOBER, "Clara Stork")
    screen.name.field.setText("Dora Finch")
    driver.touch(screen.close_month)
    driver.until(lambda: screen.notice.sentence == "Somebody else has closed it already.")
