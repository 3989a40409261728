"""PIN number and PIN on the keypad."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from kiosk.domain.registration import Registered
from kiosk.domain.types import EventType
from kiosk.ui.background import Background
from kiosk.ui.entrance import pin_screen as pin_module
from kiosk.ui.entrance.backend import PinAccepted, PinRefused
from kiosk.ui.entrance.pin_screen import PinScreen
from kiosk.ui.keyboard import Key
from kiosk.ui.language import Language
from kiosk.ui.panel import Screen
from kiosk.ui.screenshots.fake_entrance import event
from kiosk.ui.window import KioskWindow
from support.fakes import SetClock
from support.recording_entrance import RecordingEntranceBackend

ACCEPTED = PinAccepted(1, Registered(event(EventType.ENTRY)))


class Walk:
    """A PIN screen above another one, and the fingers on it."""

    def __init__(self, qtbot: QtBot, window: KioskWindow, backend: RecordingEntranceBackend) -> None:
        self.qtbot, self.window = qtbot, window
        self.backend, self.background = backend, Background()
        self.below, self.screen = Screen(), PinScreen(self.backend, self.background)
        window.open(self.below)
        window.open(self.screen)
        with qtbot.waitActive(window):
            window.show()

    def press(self, *names: str) -> None:
        keys = {key.text() or key.accessibleName(): key for key in self.screen.keypad.findChildren(Key)}
        for name in names:
            self.qtbot.mouseClick(keys[name], Qt.MouseButton.LeftButton)


@contextmanager
def opened(qtbot: QtBot, window: KioskWindow, backend: RecordingEntranceBackend) -> Iterator[Walk]:
    made = Walk(qtbot, window, backend)
    yield made
    made.backend.go_on.set()
    made.background.stop()


@pytest.fixture
def walk(qtbot: QtBot, window: KioskWindow) -> Iterator[Walk]:
    with opened(qtbot, window, RecordingEntranceBackend()) as made:
        yield made


def test_number_and_pin_are_typed_on_the_keypad(qtbot: QtBot, walk: Walk) -> None:
    walk.backend.answers = [ACCEPTED]
    walk.press("1", "0", "4", "3", "Delete the last digit", "2", "Next", "9", "8", "7", "6")
    assert walk.screen.number.text() == "1042"
    with qtbot.waitSignal(walk.screen.accepted) as accepted:
        walk.press("Next")
    assert walk.backend.pins == [("1042", "9876")]
    assert accepted.args == [ACCEPTED]
    assert walk.window.screen_shown is walk.below


def test_a_real_keyboard_works_as_well(qtbot: QtBot, walk: Walk) -> None:
    walk.backend.answers = [ACCEPTED]
    qtbot.keyClicks(walk.screen.number, "1042")
    qtbot.keyClick(walk.screen.number, Qt.Key.Key_Return)
    qtbot.keyClicks(walk.screen.pin, "98x76")
    with qtbot.waitSignal(walk.screen.accepted):
        qtbot.keyClick(walk.screen.pin, Qt.Key.Key_Return)
    assert walk.backend.pins == [("1042", "9876")]


def test_the_pin_is_not_readable(walk: Walk) -> None:
    assert walk.screen.pin.echoMode() is QLineEdit.EchoMode.Password


@pytest.mark.parametrize(
    ("refusal", "language", "sentence"),
    [
        (PinRefused(), Language.ENGLISH, "Number or PIN is wrong."),
        (PinRefused(1), Language.ENGLISH, "Too many attempts. Try again in 1 second."),
        (PinRefused(42), Language.RUSSIAN, "Слишком много попыток. Попробуйте через 42 секунды."),
    ],
)
def test_a_refusal_says_why_and_keeps_the_number(
    qtbot: QtBot, walk: Walk, refusal: PinRefused, language: Language, sentence: str
) -> None:
    walk.window.use_language(language)
    walk.backend.answers = [refusal]
    walk.screen.number.setText("1042")
    walk.screen.pin.setText("1111")
    qtbot.mouseClick(walk.screen.enter, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: walk.screen.answer == sentence)
    assert (walk.screen.number.text(), walk.screen.pin.text()) == ("1042", "")
    assert walk.screen.pin.hasFocus()
    qtbot.keyClicks(walk.screen.pin, "2")
    assert walk.screen.answer == ""


def test_while_it_waits_nothing_is_sent_and_the_seconds_are_counted_down(
    qtbot: QtBot, walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = SetClock(monkeypatch)
    walk.backend.answers = [PinRefused(60), ACCEPTED]
    walk.screen.number.setText("1042")
    walk.screen.pin.setText("580275")
    qtbot.mouseClick(walk.screen.enter, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: walk.screen.answer.endswith("in 60 seconds."))
    qtbot.keyClicks(walk.screen.pin, "580274")
    qtbot.keyClick(walk.screen.pin, Qt.Key.Key_Return)
    clock.now_s += 59.5
    qtbot.waitUntil(lambda: walk.screen.answer.endswith("in 1 second."))
    assert walk.backend.pins == [("1042", "580275")]
    clock.now_s += 0.5
    qtbot.waitUntil(walk.screen.enter.isEnabled)
    assert walk.screen.answer == ""
    with qtbot.waitSignal(walk.screen.accepted):
        qtbot.keyClick(walk.screen.pin, Qt.Key.Key_Return)
    assert walk.backend.pins[-1] == ("1042", "580274")


def test_opened_while_the_device_is_slowed_it_counts_down_before_anything_is_tried(
    qtbot: QtBot, window: KioskWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, backend = SetClock(monkeypatch), RecordingEntranceBackend()
    backend.slowed_s, backend.answers = 60, [ACCEPTED]
    with opened(qtbot, window, backend) as walk:
        qtbot.waitUntil(lambda: walk.screen.answer == "Too many attempts. Try again in 60 seconds.")
        assert all(name.startswith("ui-background") for name in backend.threads)
        walk.screen.number.setText("1042")
        walk.screen.pin.setText("580274")
        assert not walk.screen.enter.isEnabled() and not walk.screen.month.isEnabled()
        qtbot.keyClick(walk.screen.pin, Qt.Key.Key_Return)
        clock.now_s += 18
        qtbot.waitUntil(lambda: walk.screen.answer.endswith("in 42 seconds."))
        assert backend.pins == []
        clock.now_s += 42
        qtbot.waitUntil(walk.screen.enter.isEnabled)
        assert walk.screen.answer == "" and walk.screen.month.isEnabled()
        with qtbot.waitSignal(walk.screen.accepted):
            qtbot.keyClick(walk.screen.pin, Qt.Key.Key_Return)


def test_opened_without_a_database_it_says_so_before_anything_is_typed(qtbot: QtBot, window: KioskWindow) -> None:
    backend = RecordingEntranceBackend()
    backend.fails = True
    with opened(qtbot, window, backend) as walk:
        qtbot.waitUntil(lambda: "cannot be checked" in walk.screen.answer)
        assert walk.screen.enter.isEnabled()


def test_a_device_that_is_not_slowed_lets_everything_be_tried_at_once(qtbot: QtBot, walk: Walk) -> None:
    qtbot.waitUntil(lambda: bool(walk.backend.threads))
    assert walk.screen.answer == ""
    assert walk.screen.enter.isEnabled() and walk.screen.month.isEnabled()


def test_nothing_is_sent_before_both_are_given(qtbot: QtBot, walk: Walk) -> None:
    qtbot.mouseClick(walk.screen.enter, Qt.MouseButton.LeftButton)
    assert walk.screen.number.hasFocus()
    walk.screen.number.setText("1042")
    qtbot.mouseClick(walk.screen.enter, Qt.MouseButton.LeftButton)
    assert walk.screen.pin.hasFocus()
    assert walk.backend.pins == []


def test_while_the_pin_is_checked_nothing_is_blocked_or_sent_twice(qtbot: QtBot, walk: Walk) -> None:
    walk.backend.go_on.clear()
    walk.screen.number.setText("1042")
    walk.screen.pin.setText("1111")
    for _ in range(2):
        qtbot.mouseClick(walk.screen.enter, Qt.MouseButton.LeftButton)
    assert not walk.screen.enter.isEnabled()
    walk.backend.go_on.set()
    qtbot.waitUntil(walk.screen.enter.isEnabled)
    assert walk.backend.pins == [("1042", "1111")]


def test_a_device_that_cannot_check_says_so(qtbot: QtBot, walk: Walk) -> None:
    walk.backend.fails = True
    walk.screen.number.setText("1042")
    walk.screen.pin.setText("1111")
    qtbot.mouseClick(walk.screen.enter, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "cannot be checked" in walk.screen.answer)


def test_no_other_keyboard_comes_up(qtbot: QtBot, walk: Walk) -> None:
    qtbot.mouseClick(walk.screen.pin, Qt.MouseButton.LeftButton)
    assert not walk.window.keyboard.isVisible()


def test_it_goes_when_it_is_left_alone_and_forgets(
    qtbot: QtBot, window: KioskWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pin_module, "LEFT_AFTER_S", 0.2)
    with opened(qtbot, window, RecordingEntranceBackend()) as walk:
        walk.press("1", "2")
        qtbot.waitUntil(lambda: walk.window.screen_shown is walk.below)
