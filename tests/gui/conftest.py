"""What all tests of the screens share: an application like the kiosk's, and no word from Qt left unheard."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

if "QT_QPA_PLATFORM" not in os.environ:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.ui.application import furnish
from kiosk.ui.language import Language, Translations
from kiosk.ui.window import KioskWindow

SIZES = ((1920, 1080), (1024, 600), (1080, 1920))


@pytest.fixture(scope="session", autouse=True)
def furnished(qapp: QApplication) -> None:
    furnish(qapp)


@pytest.fixture(scope="session")
def translations(qapp: QApplication) -> Translations:
    return Translations(qapp)


@pytest.fixture(autouse=True)
def english(translations: Translations) -> None:
    translations.use(Language.ENGLISH)


@pytest.fixture(autouse=True)
def silent_qt(qapp: QApplication) -> Iterator[list[str]]:
    """Fail a test during which Qt printed anything."""
    messages: list[str] = []

    def listen(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        messages.append(f"{kind.name}: {text}")

    before = qInstallMessageHandler(listen)
    yield messages
    qInstallMessageHandler(before)
    assert messages == []


@pytest.fixture
def window(qtbot: QtBot, translations: Translations) -> KioskWindow:
    """A window as at the door, not yet shown."""
    made = KioskWindow(translations)
    qtbot.addWidget(made)
    made.resize(*SIZES[0])
    return made
