"""Every screen in both languages and all sizes: nothing is cut off, too small to touch, or without a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from gui.conftest import SIZES
from kiosk.ui.language import Language, Translations
from kiosk.ui.screenshots.scene import Scene, SceneFixture, make_fixture
from kiosk.ui.screenshots.scenes import SCENES
from support.recording_entrance import IMAGES

LEAST_TOUCH_PX = 48


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    return request.param


@pytest.fixture(params=list(Language))
def fixture(
    request: pytest.FixtureRequest, qtbot: QtBot, translations: Translations, size: tuple[int, int]
) -> Iterator[SceneFixture]:
    translations.use(request.param)
    made = make_fixture(size, translations, IMAGES)
    qtbot.addWidget(made.window)
    yield made
    made.background.stop()


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_nothing_is_cut_off_or_nameless(fixture: SceneFixture, scene: Scene) -> None:
    scene.show(fixture)
    for _ in range(3):
        QApplication.processEvents()
    assert faults(fixture.window) == []


def faults(window: QWidget) -> list[str]:
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
        if not window.rect().contains(place) and not _scrolls(widget):
            found.append(f"{_name(widget)} reaches over the window's edge: {place}")
        match widget:
            case QLabel():
                found += _label_faults(widget)
            case QAbstractButton():
                found += _button_faults(widget)
            case QLineEdit():
                found += _touch_faults(widget, widget.accessibleName())
    return found


def _label_faults(label: QLabel) -> list[str]:
    if not label.text():
        return []
    room, metrics = label.contentsRect(), label.fontMetrics()
    widest = max(metrics.horizontalAdvance(word) for word in re.findall(r"[^\s\u200b-]+-?", label.text()))
    needed = metrics.horizontalAdvance(label.text()) if not label.wordWrap() else widest
    high = label.heightForWidth(label.width()) if label.wordWrap() else metrics.height()
    found = []
    if needed > room.width():
        found.append(f"{label.text()!r} needs {needed} px of width and has {room.width()}")
    if high > label.height() + 1:
        found.append(f"{label.text()!r} needs {high} px of height and has {label.height()}")
    return found


def _button_faults(button: QAbstractButton) -> list[str]:
    found = _touch_faults(button, button.text() or button.accessibleName())
    if button.text() and button.sizeHint().width() > button.width():
        found.append(f"{button.text()!r} needs {button.sizeHint().width()} px and has {button.width()}")
    return found


def _touch_faults(widget: QWidget, name: str) -> list[str]:
    found = []
    if min(widget.width(), widget.height()) < LEAST_TOUCH_PX:
        found.append(f"{_name(widget)} {name!r} is {widget.width()} x {widget.height()} px")
    if not name:
        found.append(f"{_name(widget)} has no accessible name")
    return found


def _scrolls(widget: QWidget | None) -> bool:
    """Whether a widget stands in something that can be scrolled."""
    while widget is not None:
        if isinstance(widget, QScrollArea):
            return True
        widget = widget.parentWidget()
    return False


def _name(widget: QWidget) -> str:
    return type(widget).__name__
