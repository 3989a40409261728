"""The window as a program: told of people by another thread, stopped by a third."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot

from kiosk.domain.frame_result import Announcement
from kiosk.domain.registration import Registered
from kiosk.domain.types import Decision, DecisionStatus, EventMode, EventType
from kiosk.ui.admin.admin_screen import ConfirmScreen
from kiosk.ui.admin.home import AdminHome
from kiosk.ui.admin.password_screens import PasswordScreen
from kiosk.ui.display import has_display
from kiosk.ui.entrance import demo_end_screen
from kiosk.ui.entrance.backend import Office, PinAccepted
from kiosk.ui.entrance.cards import GreetingCard
from kiosk.ui.entrance.face_marks import FaceState
from kiosk.ui.entrance.pin_screen import PinScreen
from kiosk.ui.entrance.refusal_card import NotRecognisedCard
from kiosk.ui.entrance_app import EntranceApp, FollowUp
from kiosk.ui.event_styles import event_style
from kiosk.ui.language import Language, shown_language
from kiosk.ui.panel import Screen
from kiosk.ui.screenshots.fake_admin import FakeAdminBackend
from kiosk.ui.screenshots.fake_entrance import event
from kiosk.ui.widgets import Button
from support.recording_entrance import IMAGES, RecordingEntranceBackend

T = TypeVar("T", bound=Screen)
OFFICE = Office("North Yard", "North Yard Ltd", ZoneInfo("Europe/Moscow"), EventMode.TOGGLE, sounds=False)


@pytest.fixture
def entrance_backend() -> RecordingEntranceBackend:
    made = RecordingEntranceBackend()
    made.names[7] = "Anna Petrova"
    return made


@pytest.fixture
def ui(qtbot: QtBot, entrance_backend: RecordingEntranceBackend) -> Iterator[EntranceApp]:
    made = EntranceApp(OFFICE, entrance_backend, FakeAdminBackend("Anna Petrova"), Language.RUSSIAN)
    qtbot.addWidget(made.window)
    yield made
    made.background.stop()


def announcement(
    entrance_backend: RecordingEntranceBackend, status: DecisionStatus, employee_id: int | None
) -> Announcement:
    result = entrance_backend.show(IMAGES["near"], [FaceState.RECOGNISED])
    happened = replace(event(EventType.ENTRY), employee_id=employee_id)
    decision = Decision(status, employee_id, 0.8)
    return Announcement(result, result.observations[0], decision, Registered(happened))


def test_people_are_announced_by_the_recognition_thread(
    qtbot: QtBot, ui: EntranceApp, entrance_backend: RecordingEntranceBackend
) -> None:
    told = announcement(entrance_backend, DecisionStatus.MATCH, 7)
    ui.window.show()
    recognition = threading.Thread(target=ui.listen, args=(told.result, (told,)))
    recognition.start()
    qtbot.waitUntil(lambda: len(ui.entrance.cards.cards) == 1)
    recognition.join()
    (card,) = ui.entrance.cards.cards
    assert isinstance(card, GreetingCard)
    assert card.headline.text() == "Anna Petrova"
    assert card.overline.text() in event_style(EventType.ENTRY).greetings


def test_an_unknown_visitor_is_registered_and_not_greeted(
    qtbot: QtBot, ui: EntranceApp, entrance_backend: RecordingEntranceBackend
) -> None:
    told = announcement(entrance_backend, DecisionStatus.UNKNOWN, None)
    ui.window.show()
    ui.listen(told.result, (told,))
    (card,) = ui.entrance.cards.cards
    assert isinstance(card, NotRecognisedCard)


def test_it_runs_until_another_thread_stops_it(ui: EntranceApp) -> None:
    stopper = threading.Timer(0.2, ui.request_stop)
    stopper.start()
    assert ui.run(windowed=True) == 0
    stopper.join()
    assert not ui.window.isVisible()


def test_it_ends_when_a_window_with_a_frame_is_closed(ui: EntranceApp) -> None:
    QTimer.singleShot(100, ui.window.close)
    assert ui.run(windowed=True) == 0


def test_a_pin_leads_to_a_greeting(qtbot: QtBot, ui: EntranceApp, entrance_backend: RecordingEntranceBackend) -> None:
    entrance_backend.answers = [PinAccepted(7, Registered(event(EventType.EXIT)))]
    ui.window.show()
    ui.entrance.pin_wanted.emit()
    screen = ui.window.screen_shown
    assert isinstance(screen, PinScreen)
    screen.number.setText("1042")
    screen.pin.setText("1234")
    qtbot.mouseClick(screen.enter, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ui.window.screen_shown is ui.entrance)
    (card,) = ui.entrance.cards.cards
    assert card.headline.text() == "Anna Petrova"
    assert card.overline.text() in event_style(EventType.EXIT).greetings


def test_the_next_person_is_spoken_to_in_the_offices_language(qtbot: QtBot, ui: EntranceApp) -> None:
    ui.window.show()
    button = next(b for b in ui.entrance.findChildren(Button) if b.text() == "English")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert shown_language() is Language.ENGLISH
    qtbot.waitUntil(lambda: button.text() == "Русский")
    ui.entrance.fall_asleep()
    assert shown_language() is Language.RUSSIAN


def test_the_corner_button_and_f2_lead_to_the_admin(qtbot: QtBot, ui: EntranceApp) -> None:
    with qtbot.waitActive(ui.window):
        ui.window.show()
    corner = next(b for b in ui.entrance.findChildren(Button) if b.accessibleName() == "Управление")
    qtbot.mouseClick(corner, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(ui.window.screen_shown, PasswordScreen))
    ui.window.home()
    qtbot.keyClick(ui.window, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: isinstance(ui.window.screen_shown, PasswordScreen))


def test_the_admin_ends_the_kiosk(qtbot: QtBot, ui: EntranceApp) -> None:
    def shown(kind: type[T]) -> T:
        qtbot.waitUntil(lambda: isinstance(ui.window.screen_shown, kind))
        screen = ui.window.screen_shown
        assert isinstance(screen, kind)
        return screen

    def leave() -> None:
        ui.window.admin_requested.emit()
        password_screen = shown(PasswordScreen)
        password_screen.password.field.setText("right-password")
        password_screen.enter.click()
        shown(AdminHome).exit.click()
        shown(ConfirmScreen).yes.click()

    QTimer.singleShot(0, leave)
    assert ui.run(windowed=True) == 0


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_a_display_is_looked_for_before_qt_ends_the_process(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    for each in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(each, raising=False)
    assert not has_display()
    monkeypatch.setenv(name, ":1")
    assert has_display()


def test_a_demo_says_what_follows_and_ends_by_itself(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo_end_screen, "CLOSES_AFTER_S", 1)
    office = replace(OFFICE, is_demo=True, offers_setup=True)
    ui = EntranceApp(office, RecordingEntranceBackend(), FakeAdminBackend(), Language.ENGLISH)
    threading.Timer(0.2, ui.source_ended).start()
    assert ui.run(windowed=True) == 0
    assert ui.follow_up is FollowUp.NONE


@pytest.mark.parametrize(("button", "follow_up"), [("play", FollowUp.PLAY_AGAIN), ("set_up", FollowUp.SET_UP)])
def test_after_the_demo_one_can_go_on(qtbot: QtBot, button: str, follow_up: FollowUp) -> None:
    office = replace(OFFICE, is_demo=True, offers_setup=True)
    ui = EntranceApp(office, RecordingEntranceBackend(), FakeAdminBackend(), Language.ENGLISH)

    def press() -> None:
        ui.source_ended()
        qtbot.waitUntil(lambda: isinstance(ui.window.screen_shown, demo_end_screen.DemoEndScreen))
        qtbot.mouseClick(getattr(ui.window.screen_shown, button), Qt.MouseButton.LeftButton)

    QTimer.singleShot(0, press)
    assert ui.run(windowed=True) == 0
    assert ui.follow_up is follow_up


def test_the_entrance_offers_to_set_the_device_up(qtbot: QtBot) -> None:
    ui = EntranceApp(
        replace(OFFICE, offers_setup=True), RecordingEntranceBackend(), FakeAdminBackend(), Language.ENGLISH
    )

    def press() -> None:
        button = next(b for b in ui.entrance.findChildren(Button) if b.text() == "Set up this device")
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    QTimer.singleShot(200, press)
    assert ui.run(windowed=True) == 0
    assert ui.follow_up is FollowUp.SET_UP
