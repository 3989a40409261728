"""Open questions and employees' requests, answered by touch over a real database."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from db.closed_months import hold_closings
from db.correction_requests import add_request, list_requests
from db.corrections import Authorship, add_event
from db.schedules import StoredSchedule
from db.session import Database
from db.sightings import save_sightings
from gui.attendance_driver import AttendanceDriver, local
from kiosk.attendance.schedule_store import ScheduleStore
from kiosk.domain.correction_requests import RequestKind, RequestOutcome
from kiosk.domain.corrections import AUTOMATIC
from kiosk.domain.sightings import Sighting
from kiosk.domain.types import AttendanceEvent, EventType, Method
from kiosk.ui.admin.home import AdminHome
from kiosk.ui.admin.registry import AdminContext
from kiosk.ui.events.add_screen import AddScreen
from kiosk.ui.events.screen import EventsScreen
from kiosk.ui.questions.answer_screen import AnswerScreen
from kiosk.ui.questions.refuse_screen import RefuseScreen
from kiosk.ui.questions.screen import QuestionsScreen
from kiosk.ui.screenshots.fake_admin import FakeAdminBackend
from kiosk.ui.window import KioskWindow
from support.database_rows import add_person

# Two touches, the reading of the list and the writing of the correction; a busy machine takes longer than a kiosk.
LONGEST_S = 10
ENTRY, EXIT = EventType.ENTRY, EventType.EXIT


@pytest.fixture
def driver(
    qtbot: QtBot, window: KioskWindow, sqlite_url: str, open_database: Callable[[str], Database]
) -> Iterator[AttendanceDriver]:
    """Anna forgot her exit on Thursday and was last seen at 17:41; Boris's entry of Wednesday is missing."""
    made = AttendanceDriver(qtbot, window, open_database(sqlite_url))
    made.write(made.anna, **{"11-26 09:00": ENTRY})
    made.write(made.boris, **{"11-25 18:00": EXIT})
    with made.database.transaction() as session:
        save_sightings(session, [Sighting(made.anna, "door", local("11-26 09:00"), local("11-26 17:41"))])
    yield made
    made.background.stop()


@pytest.fixture
def questions(driver: AttendanceDriver) -> QuestionsScreen:
    screen = driver.open(QuestionsScreen(driver.backend, driver.context))
    driver.until(lambda: screen.is_loaded)
    return screen


def ask(driver: AttendanceDriver, kind: RequestKind, day: date = date(2026, 11, 26), words: str = "") -> int:
    with driver.database.transaction() as session:
        return add_request(session, driver.anna, day, kind, text=words, kiosk_id="door")


def open_requests(driver: AttendanceDriver) -> int:
    with driver.database.reading() as session:
        return len(list_requests(session))


def test_forgotten_exits_come_first_with_what_is_proposed(driver: AttendanceDriver) -> None:
    ask(driver, RequestKind.OTHER, words="please look")
    screen = driver.open(QuestionsScreen(driver.backend, driver.context))
    driver.until(lambda: screen.is_loaded)
    assert driver.rows(screen.list) == [
        "Thu, 26 Nov, Anna Swan, Came at 09:00; the exit is missing, Last seen 17:41",
        "Wed, 25 Nov, Boris Heron, Left at 18:00; the entry is missing",
        "Anna Swan, Thursday 26 November 2026 · something else · “please look”, Asked by the employee",
    ]


def test_a_proposal_is_accepted_in_two_touches_and_undone(driver: AttendanceDriver, questions: QuestionsScreen) -> None:
    began_s = time.monotonic()
    driver.touch_row(questions.list, 0)
    answer = driver.shown(AnswerScreen)
    assert answer.accept.text() == "Exit at 17:41"
    driver.touch(answer.accept)
    driver.until(lambda: questions.notice.sentence == "Anna Swan: Exit at 17:41 was added.")
    driver.until(lambda: len(driver.rows(questions.list)) == 1)
    assert driver.touches == 2 and driver.told == 1
    assert time.monotonic() - began_s < LONGEST_S
    driver.touch(questions.notice.button)
    driver.until(lambda: len(driver.rows(questions.list)) == 2)


def test_another_time_is_chosen_for_what_nobody_saw(driver: AttendanceDriver, questions: QuestionsScreen) -> None:
    driver.touch_row(questions.list, 1)
    answer = driver.shown(AnswerScreen)
    assert not answer.accept.isVisible() and answer.other.text() == "Choose the time"
    driver.touch(answer.other)
    screen = driver.shown(AddScreen)
    assert (screen.types[ENTRY].isChecked(), screen.at.time.text(), screen.person.text()) == (
        True, "09:00", "Boris Heron",
    )  # fmt: skip
    driver.touch(screen.at.more)
    driver.touch(screen.chips.buttons[3])
    driver.touch(screen.save)
    driver.until(lambda: questions.notice.sentence == "Boris Heron: Entry at 09:05 was added.")
    assert driver.window.screen_shown is questions


def test_a_request_is_accepted_with_the_last_sighting(driver: AttendanceDriver) -> None:
    ask(driver, RequestKind.EXIT_MISSING)
    screen = driver.open(QuestionsScreen(driver.backend, driver.context))
    driver.touch_row(screen.list, 2)
    driver.touch(driver.shown(AnswerScreen).accept)
    driver.until(lambda: len(driver.rows(screen.list)) == 1)
    assert open_requests(driver) == 0


def test_a_request_is_refused_with_a_reason(driver: AttendanceDriver) -> None:
    ask(driver, RequestKind.WRONG_TIME)
    screen = driver.open(QuestionsScreen(driver.backend, driver.context))
    driver.touch_row(screen.list, 2)
    driver.touch(driver.shown(AnswerScreen).refuse)
    refusal = driver.shown(RefuseScreen)
    driver.touch(refusal.refuse)
    assert refusal.reason.error == "Touch a reason or type one."
    driver.touch(refusal.chips.buttons[0])
    driver.touch(refusal.refuse)
    driver.until(lambda: screen.notice.sentence == "The request was refused.")
    assert open_requests(driver) == 0 and driver.told == 0


def test_a_request_about_a_time_is_settled_in_the_journal(driver: AttendanceDriver) -> None:
    ask(driver, RequestKind.WRONG_TIME)
    screen = driver.open(QuestionsScreen(driver.backend, driver.context))
    driver.touch_row(screen.list, 2)
    answer = driver.shown(AnswerScreen)
    driver.touch(answer.day)
    journal = driver.shown(EventsScreen)
    driver.until(lambda: [row[:16] for row in driver.rows(journal.list)] == ["09:00, Anna Swan"])
    driver.touch(journal.back)
    driver.touch(answer.settle)
    driver.until(lambda: screen.notice.sentence == "The request is settled.")
    assert open_requests(driver) == 0


def test_who_was_slower_sees_what_is_open_still(driver: AttendanceDriver) -> None:
    asked = ask(driver, RequestKind.WRONG_TIME)
    screen = driver.open(QuestionsScreen(driver.backend, driver.context))
    driver.touch_row(screen.list, 2)
    answer = driver.shown(AnswerScreen)
    driver.backend.answer_request(asked, RequestOutcome.ACCEPTED, "known")
    driver.touch(answer.settle)
    driver.until(lambda: screen.notice.sentence.startswith("Somebody else corrected this meanwhile."))


def test_what_lacks_no_entry_or_exit_is_asked_as_what_it_is(driver: AttendanceDriver) -> None:
    """Clara stayed in all through the break; Anna's exit of Tuesday was set by the kiosk."""
    clara = add_person(driver.database, "Clara Rook")
    schedule = StoredSchedule("lunch", "Mon-Fri 09:00-18:00 break 13:00-14:00 punched", date(2024, 1, 1))
    store = ScheduleStore(driver.database)
    store.save(schedule, has_start=True)
    store.assign("lunch", date(2026, 11, 1), None, clara, None)
    driver.write(clara, **{"11-24 09:00": ENTRY, "11-24 18:00": EXIT})
    driver.write(driver.anna, **{"11-24 09:00": ENTRY})
    exit_set = AttendanceEvent(uuid4(), driver.anna, EXIT, local("11-24 18:00"), None, "door", Method.MANUAL)
    with driver.database.transaction() as session:
        hold_closings(session)
        add_event(session, exit_set, Authorship(AUTOMATIC, "set to the end of the shift"))
    screen = driver.open(QuestionsScreen(driver.backend, driver.context))
    driver.until(lambda: screen.is_loaded)
    assert driver.rows(screen.list)[2:] == [
        "Tue, 24 Nov, Anna Swan, Came at 09:00; the kiosk set the exit to 18:00",
        "Tue, 24 Nov, Clara Rook, Was in from 09:00 to 18:00, without the planned break",
    ]
    driver.touch_row(screen.list, 3)
    answer = driver.shown(AnswerScreen)
    assert not answer.accept.isVisible() and not answer.other.isVisible() and answer.day.isVisible()
    answer.closed.emit()
    driver.touch_row(screen.list, 2)
    answer = driver.shown(AnswerScreen)
    assert answer.accept.text() == "Exit at 18:00"
    driver.touch(answer.accept)
    driver.until(lambda: screen.notice.sentence == "Anna Swan: the exit at 18:00 is confirmed.")
    driver.until(lambda: len(driver.rows(screen.list)) == 3)


def test_nothing_open_is_said_in_a_sentence(driver: AttendanceDriver) -> None:
    for one in driver.backend.questions().stays:
        at = one.proposed_at or local("11-25 09:00")
        assert one.missing is not None
        driver.backend.add_event(one.employee_id, one.missing, at, "known", None)
    assert driver.backend.questions().count == 0
    screen = driver.open(QuestionsScreen(driver.backend, driver.context))
    driver.until(lambda: screen.is_loaded)
    assert driver.rows(screen.list) == []


def test_home_counts_them_and_counts_again_after_an_answer(driver: AttendanceDriver) -> None:
    admin = FakeAdminBackend()
    admin.attendance = driver.backend  # type: ignore[assignment]
    home = driver.open(AdminHome(AdminContext(admin, driver.background, driver.context.zone)))
    driver.until(lambda: home.questions.accessibleName() == "Open questions: 2")
    driver.backend.add_event(driver.anna, EXIT, local("11-26 18:00"), "known", None)
    home.entered()
    driver.until(lambda: home.questions.accessibleName() == "Open questions: 1")


def test_closed_months_ask_nothing(driver: AttendanceDriver) -> None:
    driver.write(driver.boris, **{"10-05 09:00": ENTRY})
    assert len(driver.backend.questions().stays) == 3
    driver.backend.close_month(date(2026, 10, 1), "Clara Stork")
    assert len(driver.backend.questions().stays) == 2


def test_a_question_is_answered_with_the_keyboard_alone(driver: AttendanceDriver, questions: QuestionsScreen) -> None:
    driver.until(lambda: questions.model.rowCount() == 2)
    press(driver, Qt.Key.Key_Tab, until=questions.list)
    QTest.keyClick(questions.list, Qt.Key.Key_Home)
    QTest.keyClick(questions.list, Qt.Key.Key_Return)
    answer = driver.shown(AnswerScreen)
    press(driver, Qt.Key.Key_Tab, until=answer.accept)
    QTest.keyClick(answer.accept, Qt.Key.Key_Return)
    driver.until(lambda: questions.notice.sentence == "Anna Swan: Exit at 17:41 was added.")
    press(driver, Qt.Key.Key_Tab, until=questions.notice.button)


def press(driver: AttendanceDriver, key: Qt.Key, until: QWidget) -> None:
    """Press a key until a widget has the focus."""
    for _ in range(20):
        if QApplication.focusWidget() is until:
            return
        QTest.keyClick(driver.window.focusWidget() or driver.window, key)
    raise AssertionError(f"{until} is not reached")
