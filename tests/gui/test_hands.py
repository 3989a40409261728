"""Every screen under hands that are in a hurry: Enter twice, a key that is held, a palm on the glass, a second tap."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from kiosk.ui.admin.admin_screen import AdminScreen, ConfirmScreen
from kiosk.ui.admin.fields import FormField
from kiosk.ui.admin.notice import Notice
from kiosk.ui.language import Translations
from kiosk.ui.panel import Screen
from kiosk.ui.screenshots.scene import Scene, SceneFixture, make_fixture
from kiosk.ui.screenshots.scenes import SCENES
from kiosk.ui.widgets import Button, TextField
from kiosk.ui.window import SETTLES_MS, KioskWindow
from support.recording_entrance import IMAGES

# Pages that give way to their message.
GIVE_WAY = {"admin-password", "password-change", "receiver-added"}
WITH_MESSAGES = [scene for scene in SCENES if scene.name not in GIVE_WAY]
PALM = [QPoint(120 + 90 * number, 90 + 45 * number) for number in range(10)]


@pytest.fixture(scope="module")
def glass() -> QPointingDevice:
    return QTest.createTouchDevice()


@pytest.fixture
def fixture(qtbot: QtBot, translations: Translations) -> Iterator[SceneFixture]:
    made = make_fixture((1024, 600), translations, IMAGES)
    qtbot.addWidget(made.window)
    yield made
    made.background.stop()


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_hands_in_a_hurry_do_not_throw_anybody_out(fixture: SceneFixture, scene: Scene, glass: QPointingDevice) -> None:
    scene.show(fixture)
    left: list[Screen] = []
    shown = fixture.window.screen_shown
    if isinstance(shown, AdminScreen):
        shown.back.clicked.connect(lambda: left.append(shown))
        assert QApplication.focusWidget() is not shown.back
    lay_palm(fixture.window, glass)
    assert [button for button in fixture.window.findChildren(QAbstractButton) if button.isDown()] == []
    press_enter_twice_and_hold_it(fixture.window)
    assert left == []
    assert fixture.window.isVisible()


@pytest.mark.parametrize("scene", WITH_MESSAGES, ids=lambda scene: scene.name)
def test_a_message_pushes_nothing_down(fixture: SceneFixture, scene: Scene) -> None:
    scene.show(fixture)
    shown = fixture.window.screen_shown
    if not isinstance(shown, AdminScreen):
        return
    for notice in shown.findChildren(Notice):
        if notice.isVisible() or not notice.parentWidget().isVisible():
            continue
        QTest.qWait(30)  # pictures come by themselves
        before = places(shown)
        notice.say("bad", "The database does not answer; the list may be out of date.", "Again")
        QApplication.processEvents()
        after = places(shown)
        assert [name for name, y in before.items() if after.get(name, y) > y] == []
        notice.clear()
        QApplication.processEvents()


def places(screen: Screen) -> dict[str, int]:
    """Return how far down the buttons and fields are that can be seen."""
    found = [*screen.findChildren(QAbstractButton), *screen.findChildren(QLineEdit)]
    seen = [one for one in found if one.isVisible() and not one.visibleRegion().isEmpty()]
    return {f"{one.accessibleName() or type(one).__name__} {id(one)}": one.mapTo(screen, QPoint()).y() for one in seen}


def lay_palm(window: KioskWindow, glass: QPointingDevice) -> None:
    touched = QTest.touchEvent(window, glass)
    for number, place in enumerate(PALM):
        touched.press(number, place, window)
    touched.commit()
    lifted = QTest.touchEvent(window, glass)
    for number, place in enumerate(PALM):
        lifted.release(number, place, window)
    lifted.commit()
    QApplication.processEvents()


def press_enter_twice_and_hold_it(window: KioskWindow) -> None:
    for repeats in (False, False, True, True, True):
        target = QGuiApplication.focusObject() or window
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", repeats)
            QApplication.sendEvent(target, event)
    QApplication.processEvents()


class OneField(AdminScreen):
    """A page whose field is disabled while its answer is awaited."""

    def __init__(self) -> None:
        super().__init__()
        self.name = FormField(TextField())
        self.body.addWidget(self.name)

    def title(self) -> str:
        return "A page"


@pytest.fixture
def page(window: KioskWindow) -> OneField:
    made = OneField()
    window.show()
    window.open(Screen())
    window.open(made)
    made.name.field.setFocus()
    return made


@pytest.mark.parametrize("taken", ["disabled", "hidden"])
def test_the_focus_goes_to_no_button_when_its_field_is_taken_away(page: OneField, taken: str) -> None:
    if taken == "disabled":
        page.name.field.setEnabled(False)
    else:
        page.name.hide()
    assert QApplication.focusWidget() is page
    if taken == "disabled":
        page.name.field.setEnabled(True)
        assert QApplication.focusWidget() is page.name.field, "it comes back with the field"


def test_tab_still_reaches_back(page: OneField) -> None:
    QTest.keyClick(page.name.field, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.back


def test_a_key_that_is_held_presses_once(qtbot: QtBot, window: KioskWindow) -> None:
    screen, button, presses = Screen(), Button("primary"), []
    button.setParent(screen)
    button.clicked.connect(lambda: presses.append(1))
    window.open(screen)
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    button.setFocus()
    press_enter_twice_and_hold_it(window)
    assert len(presses) == 2


def test_the_second_of_two_taps_presses_nothing_on_the_next_screen(qtbot: QtBot, window: KioskWindow) -> None:
    question = ConfirmScreen("Erase?", "It cannot be undone.", "Erase")
    agreed: list[int] = []
    question.confirmed.connect(lambda: agreed.append(1))
    window.show()
    window.open(Screen())
    window.open(question)
    QApplication.processEvents()
    place = question.yes.mapTo(window, question.yes.rect().center())
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert agreed == []
    qtbot.wait(SETTLES_MS + 50)
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert agreed == [1]


def test_f11_fills_the_screen_where_the_window_has_a_frame_and_not_at_a_door(qtbot: QtBot, window: KioskWindow) -> None:
    window.open(Screen())
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert not window.isFullScreen()
    window.may_be_closed = True
    for full in (True, False):
        QTest.keyClick(window, Qt.Key.Key_F11)
        assert window.isFullScreen() is full
