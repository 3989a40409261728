"""The pile of screens, and what the window's size and language do to them."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from kiosk.errors import KioskError, StorageError
from kiosk.ui.background import Background
from kiosk.ui.keyboard import Key
from kiosk.ui.language import Language
from kiosk.ui.panel import Screen
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Label, TextField
from kiosk.ui.window import KioskWindow


class Page(Screen):
    """Remembers what happened to it."""

    def __init__(self, name: str, happened: list[str]) -> None:
        super().__init__()
        self.name, self.happened, self.scales = name, happened, list[Scale]()
        self.label = Label("title")
        QVBoxLayout(self).addWidget(self.label)

    def entered(self) -> None:
        self.happened.append(f"+{self.name}")

    def left(self) -> None:
        self.happened.append(f"-{self.name}")

    def arrange(self, scale: Scale) -> None:
        self.scales.append(scale)


def test_the_topmost_screen_is_seen_and_the_first_one_stays(qtbot: QtBot, window: KioskWindow) -> None:
    happened: list[str] = []
    first, second, third = (Page(name, happened) for name in "abc")
    for page in (first, second, third):
        window.open(page)
    assert window.screen_shown is third
    third.closed.emit()
    assert window.screen_shown is second
    window.home()
    window.back()
    assert window.screen_shown is first
    assert happened == ["+a", "-a", "+b", "-b", "+c", "-c", "+b", "-b", "+a"]


def test_a_screen_below_may_close_without_a_flicker(qtbot: QtBot, window: KioskWindow) -> None:
    happened: list[str] = []
    first, second, third = (Page(name, happened) for name in "abc")
    for page in (first, second, third):
        window.open(page)
    second.closed.emit()
    assert window.screen_shown is third
    window.back()
    assert window.screen_shown is first


def test_f2_asks_for_the_admin_and_escape_goes_back(qtbot: QtBot, window: KioskWindow) -> None:
    happened: list[str] = []
    window.open(Page("a", happened))
    window.open(Page("b", happened))
    with qtbot.waitActive(window):
        window.show()
    with qtbot.waitSignal(window.admin_requested):
        qtbot.keyClick(window, Qt.Key.Key_F2)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert happened[-2:] == ["-b", "+a"]


def test_screens_are_arranged_anew_when_the_window_changes(qtbot: QtBot, window: KioskWindow) -> None:
    page = Page("a", [])
    window.open(page)
    window.show()
    window.resize(1080, 1920)
    qtbot.waitUntil(lambda: page.scales[-1].is_portrait)
    window.resize(1024, 600)
    qtbot.waitUntil(lambda: page.scales[-1].px("body") == 17)


def test_all_texts_follow_the_language(qtbot: QtBot, window: KioskWindow) -> None:
    window.open(Page("a", []))
    window.keyboard.serve(TextField(window), Language.ENGLISH)
    window.show()
    space = next(key for key in window.keyboard.findChildren(Key) if key.text() == " ")
    assert space.accessibleName() == "Space"
    window.use_language(Language.RUSSIAN)
    qtbot.waitUntil(lambda: space.accessibleName() == "Пробел")


@pytest.fixture
def background(qtbot: QtBot) -> Background:
    return Background()


def test_background_work_comes_back_to_the_main_thread(qtbot: QtBot, background: Background) -> None:
    seen: list[tuple[str, str]] = []
    owner = Label("body")
    qtbot.addWidget(owner)
    background.run(
        owner,
        lambda: threading.current_thread().name,
        lambda worker: seen.append((worker, threading.current_thread().name)),
        lambda error: pytest.fail(str(error)),
    )
    qtbot.waitUntil(lambda: len(seen) == 1)
    background.stop()
    worker, receiver = seen[0]
    assert worker.startswith("ui-background")
    assert receiver == "MainThread"


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        pytest.param(StorageError("The database is away."), "The database is away.", id="expected"),
        pytest.param(
            ValueError("a bug"),
            "This did not work; the log says why.",
            id="bug",
            marks=pytest.mark.expects_errors,
        ),
    ],
)
def test_what_fails_in_the_background_is_told(
    qtbot: QtBot, background: Background, error: Exception, sentence: str
) -> None:
    def work() -> None:
        raise error

    failures: list[KioskError] = []
    owner = Label("body")
    qtbot.addWidget(owner)
    background.run(owner, work, lambda _: pytest.fail("it worked"), failures.append)
    qtbot.waitUntil(lambda: len(failures) == 1)
    background.stop()
    assert str(failures[0]) == sentence


def test_nobody_is_called_who_is_gone(qtbot: QtBot, background: Background) -> None:
    called: list[object] = []
    go = threading.Event()
    owner = Label("body")
    background.run(owner, lambda: go.wait(5), called.append, called.append)
    owner.deleteLater()
    qtbot.wait(1)
    qtbot.waitUntil(lambda: not isValid(owner))
    go.set()
    background.stop()
    qtbot.wait(20)
    assert called == []
