"""The journal: any day's events, over a real database."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from db.attendance_log import DatabaseAttendanceLog
from gui.attendance_driver import NOW, AttendanceDriver, local, open_event
from kiosk.domain.decision_record import DecisionRecord
from kiosk.domain.types import EventType
from kiosk.errors import StorageError
from kiosk.ui.admin.rows_model import PAGE_ROWS
from kiosk.ui.events import screen as screen_module
from kiosk.ui.events.day_screen import DayScreen
from kiosk.ui.events.edit_screens import EditTimeScreen, VoidScreen
from kiosk.ui.events.explanation_screen import ExplanationScreen
from kiosk.ui.events.screen import PAGE_EVENTS, EventsScreen
from kiosk.ui.events.staff_screen import StaffScreen
from kiosk.ui.language import Language
from support.builders import event

ENTRY, EXIT = EventType.ENTRY, EventType.EXIT
DAY_TEXT = "Friday 27 November 2026"


def test_each_event_says_when_who_and_how(driver: AttendanceDriver, journal: EventsScreen) -> None:
    assert (
        journal.tools.day.text() == DAY_TEXT
        and not journal.tools.after.isEnabled()
        and not journal.tools.today.isEnabled()
    )
    assert driver.rows(journal.list) == [
        "18:05, Anna Swan, Exit · by face · door",
        "09:00, Anna Swan, Entry · by face · door",
    ]
    driver.window.use_language(Language.RUSSIAN)
    assert driver.rows(journal.list)[0] == "18:05, Anna Swan, Выход · по лицу · door"


def test_an_event_says_why_it_was_decided_so(driver: AttendanceDriver, journal: EventsScreen) -> None:
    driver.touch(open_event(driver, journal, 0).why)
    driver.until(lambda: "not kept any more" in driver.shown(ExplanationScreen).verdict.text())
    record = DecisionRecord(
        "m", 45, 0.47, 1e-5, 0.001, 0.05, 6, (0.94, 0.9), driver.anna, 0.71, driver.boris, 0.31, 55, 0.78, 0.4
    )
    by_face = replace(event(driver.anna, at=local("11-27 18:30")), decision=record)
    DatabaseAttendanceLog(driver.database).record([by_face])
    again = driver.open(EventsScreen(driver.context))
    driver.until(lambda: again.events.rowCount() == 3)
    driver.touch(open_event(driver, again, 0).why)
    why = driver.shown(ExplanationScreen)
    driver.until(lambda: why.verdict.text().startswith("The person was recognised by the face, but only just."))
    assert why.when.text() == f"2026-11-27 18:30:00, door door: Anna Swan (no. {driver.anna}) came in."
    assert not why.grounds.isVisible()
    driver.touch(why.numbers)
    assert why.grounds.isVisible() and not why.numbers.isVisible()
    assert f"Second most alike was Boris Heron (no. {driver.boris}) with 0.31;" in why.grounds.text()
    driver.window.use_language(Language.RUSSIAN)
    driver.until(lambda: why.verdict.text().startswith("Человек узнан по лицу, но еле-еле."))
    assert "киоск не узнал бы человека" in why.grounds.text()


def test_any_day_is_reached_by_arrows_and_by_the_calendar(driver: AttendanceDriver, journal: EventsScreen) -> None:
    driver.write(driver.boris, **{"11-26 10:00": ENTRY, "10-31 11:00": ENTRY})
    driver.touch(journal.tools.before)
    driver.until(lambda: driver.rows(journal.list) == ["10:00, Boris Heron, Entry · by face · door"])
    driver.touch(journal.tools.before)
    driver.until(lambda: journal.is_loaded)
    assert journal.tools.day.text() == "Wednesday 25 November 2026" and journal.events.rowCount() == 0
    driver.touch(journal.tools.day)
    days = driver.shown(DayScreen)
    assert not days.button_of(NOW.date() + timedelta(days=1)).isEnabled()
    driver.touch(days.before)
    driver.touch(days.button_of(local("10-31 00:00").date()))
    driver.until(lambda: len(driver.rows(journal.list)) == 1)
    assert driver.rows(journal.list)[0].startswith("11:00, Boris Heron")
    driver.touch(journal.tools.today)
    driver.until(lambda: journal.events.rowCount() == 2)


def test_one_person_is_shown_alone(driver: AttendanceDriver, journal: EventsScreen) -> None:
    driver.write(driver.boris, **{"11-27 10:00": ENTRY})
    driver.touch(journal.tools.person)
    staff = driver.shown(StaffScreen)
    driver.until(lambda: staff.model.rowCount() == 2)
    staff.search.setText("BORIS")
    driver.touch_row(staff.list, 0)
    driver.until(lambda: driver.rows(journal.list) == ["10:00, Boris Heron, Entry · by face · door"])
    assert journal.tools.person.text() == "Boris Heron"
    driver.touch(journal.tools.person)
    driver.touch(driver.shown(StaffScreen).everybody)
    driver.until(lambda: journal.events.rowCount() == 3)


def test_new_events_come_by_themselves(driver: AttendanceDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen_module, "REFRESH_MS", 50)
    screen = driver.open(EventsScreen(driver.context))
    driver.until(lambda: screen.is_loaded)
    driver.write(driver.anna, **{"11-27 09:00": ENTRY})
    driver.until(lambda: screen.events.rowCount() == 1)
    screen.left()


def test_a_database_that_is_away_is_said_and_nothing_that_was_typed_is_lost(
    driver: AttendanceDriver, journal: EventsScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = open_event(driver, journal, 0)
    driver.touch(shown.void)
    screen = driver.shown(VoidScreen)
    screen.reason.field.setText("twins")

    def away(*_: object) -> None:
        raise StorageError("away")

    with monkeypatch.context() as without_database:
        without_database.setattr(driver.backend, "void_event", away)
        without_database.setattr(driver.backend, "events_of", away)
        driver.touch(screen.save)
        driver.until(lambda: screen.notice.sentence.startswith("The database does not answer. Nothing is lost"))
        assert screen.reason.field.text() == "twins"
        journal.load()
        driver.until(lambda: "out of date" in journal.notice.sentence)
        assert journal.events.rowCount() == 2
    driver.touch(screen.notice.button)
    driver.until(lambda: "Does not count" in driver.rows(journal.list)[0])


@pytest.mark.parametrize(
    ("typed", "shown", "fault"),
    [
        pytest.param("905", "9:05", "", id="nine o'clock"),
        pytest.param("2359", "23:59", "", id="the last minute"),
        pytest.param("0a7x30", "07:30", "", id="letters are left out"),
        pytest.param("18", "18", "Type the time with four digits, such as 1805.", id="hours alone"),
        pytest.param("2465", "24:65", "Type the time with four digits, such as 1805.", id="no such time"),
    ],
)
def test_the_time_is_typed_in_digits(
    driver: AttendanceDriver, journal: EventsScreen, typed: str, shown: str, fault: str
) -> None:
    driver.touch(open_event(driver, journal, 0).time)
    panel = driver.shown(EditTimeScreen).at
    panel.time.setFocus()
    panel.time.selectAll()
    driver.type(typed)
    panel.moment()
    assert (panel.time.text(), panel.error.text()) == (shown, fault)


def test_the_keypad_goes_away_when_the_time_is_whole(driver: AttendanceDriver, journal: EventsScreen) -> None:
    driver.touch(open_event(driver, journal, 0).time)
    panel = driver.shown(EditTimeScreen).at
    driver.qtbot.mouseClick(panel.time, Qt.MouseButton.LeftButton)
    driver.until(driver.window.keyboard.isVisible)
    driver.type("174")
    assert driver.window.keyboard.isVisible()
    driver.type("5")
    assert not driver.window.keyboard.isVisible() and panel.time.text() == "17:45"


def test_ten_thousand_rows_are_shown_page_by_page(driver: AttendanceDriver) -> None:
    start = local("11-26 00:00")
    log = DatabaseAttendanceLog(driver.database)
    log.record([event(driver.anna, ENTRY, start + timedelta(seconds=8 * place)) for place in range(10_000)])
    screen = driver.open(EventsScreen(driver.context, start.date()))
    driver.until(lambda: screen.is_loaded)
    assert (len(screen.events.items), screen.events.rowCount()) == (PAGE_EVENTS, PAGE_ROWS)
    for most in (2 * PAGE_ROWS, PAGE_EVENTS):
        screen.list.scrollToBottom()
        driver.until(lambda most=most: screen.events.rowCount() == most)
    screen.list.scrollToBottom()
    driver.until(lambda: len(screen.events.items) == 2 * PAGE_EVENTS)
    began_s = time.thread_time()
    screen.events.show(screen.events.items)
    screen.list.doItemsLayout()
    assert time.thread_time() - began_s < 0.016
