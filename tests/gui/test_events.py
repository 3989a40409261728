"""Today's events, who is in, and taking an event back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kiosk.errors import StorageError
from kiosk.ui.background import Background
from kiosk.ui.events import screen as screen_module
from kiosk.ui.events.model import EventsModel
from kiosk.ui.events.screen import EventsScreen
from kiosk.ui.events.void_screen import VoidScreen
from kiosk.ui.language import Language
from kiosk.ui.panel import Screen
from kiosk.ui.screenshots.fake_admin import FakeAdminBackend
from kiosk.ui.window import KioskWindow

MOSCOW = ZoneInfo("Europe/Moscow")


class Walk:
    """The events in a window, and the fingers on them."""

    def __init__(self, qtbot: QtBot, window: KioskWindow) -> None:
        self.qtbot, self.window = qtbot, window
        self.backend, self.background = FakeAdminBackend("Anna Swan", "Boris Heron", "Clara Stork"), Background()
        window.open(Screen())
        self.events = EventsScreen(self.backend, self.background, MOSCOW)
        self.events.opens.connect(window.open)
        window.open(self.events)
        with qtbot.waitActive(window):
            window.show()
        self.until(lambda: self.events.events.rowCount() == 4)

    def until(self, is_so: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(is_so, timeout=20_000)

    def click(self, widget: object) -> None:
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def open(self, place: int) -> VoidScreen:
        rows = self.events.events_list
        rows.chosen.emit(self.events.events.index(place))
        assert isinstance(self.window.screen_shown, VoidScreen)
        return self.window.screen_shown


@pytest.fixture
def walk(qtbot: QtBot, window: KioskWindow) -> Iterator[Walk]:
    made = Walk(qtbot, window)
    yield made
    made.events.left()
    made.background.stop()


def spoken(model: EventsModel) -> list[str]:
    return [str(model.index(place).data(Qt.ItemDataRole.AccessibleTextRole)) for place in range(model.rowCount())]


def test_each_event_says_when_who_and_how(walk: Walk) -> None:
    assert spoken(walk.events.events) == [
        "11:00, Anna Swan, Exit · by face, similarity 0.71 · kiosk-1",
        "10:53, Boris Heron, Entry · by PIN · kiosk-1",
        "10:46, Clara Stork, Exit · by face, similarity 0.71 · kiosk-1, Does not count",
        "10:39, Unknown visitor, Entry · by face, similarity 0.71 · kiosk-1",
    ]
    assert spoken(walk.events.present) == ["10:53, Boris Heron, Entry · by PIN · kiosk-1"]
    assert (walk.events.show_events.text(), walk.events.show_present.text()) == ("Events: 4", "In now: 1")


def test_in_russian_too(walk: Walk) -> None:
    walk.window.use_language(Language.RUSSIAN)
    assert spoken(walk.events.events)[3] == "10:39, Неизвестный посетитель, Вход · по лицу, сходство 0,71 · kiosk-1"


def test_who_is_in_is_a_list_of_its_own(walk: Walk) -> None:
    walk.click(walk.events.show_present)
    assert walk.events.present_list.isVisible() and not walk.events.events_list.isVisible()


def test_an_event_is_taken_back_with_a_reason(walk: Walk) -> None:
    screen = walk.open(1)
    walk.click(screen.void)
    assert screen.reason.error == "A reason is needed; it stays with the event."
    walk.click(screen.reasons[0])
    assert screen.reason.field.text() == "It was somebody else"
    walk.click(screen.void)
    walk.until(lambda: walk.window.screen_shown is walk.events)
    walk.until(lambda: "Does not count" in spoken(walk.events.events)[1])
    assert walk.events.show_present.text() == "In now: 0"


def test_a_reason_is_typed_and_survives_a_database_that_is_away(walk: Walk) -> None:
    screen = walk.open(0)
    walk.qtbot.keyClicks(screen.reason.field, "twins")
    walk.backend.refuses = StorageError("away")
    walk.qtbot.keyClick(screen.reason.field, Qt.Key.Key_Return)
    walk.until(lambda: screen.notice.sentence == "The database does not answer. Nothing is lost; try again.")
    assert screen.reason.field.text() == "twins"
    walk.backend.refuses = None
    walk.click(screen.notice.button)
    walk.until(lambda: walk.window.screen_shown is walk.events)
    assert walk.backend.events[0].voided


def test_what_does_not_count_is_not_taken_back_again(walk: Walk) -> None:
    screen = walk.open(2)
    assert screen.notice.sentence == "This event does not count. It stays in the list, marked."
    assert not screen.void.isVisible() and not screen.reason.isVisible()


def test_new_events_come_by_themselves(qtbot: QtBot, window: KioskWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen_module, "REFRESH_MS", 50)
    walk = Walk(qtbot, window)
    walk.backend.events = walk.backend.events[:2]
    walk.until(lambda: walk.events.events.rowCount() == 2)
    walk.backend.events = []
    walk.until(lambda: walk.events.show_events.text() == "Events: 0")
    walk.events.left()
    walk.background.stop()


def test_a_database_that_is_away_is_said_and_the_list_stays(walk: Walk) -> None:
    walk.backend.refuses = StorageError("away")
    walk.click(walk.events.refresh)
    walk.until(lambda: "out of date" in walk.events.notice.sentence)
    assert walk.events.events.rowCount() == 4
    walk.backend.refuses = None
    walk.click(walk.events.notice.button)
    walk.until(lambda: walk.events.notice.sentence == "")
