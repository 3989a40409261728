"""What all tests of the screens share: an application like the kiosk's, and no word from Qt left unheard."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from support import photographs
from support.mjpeg_server import MjpegServer

if "QT_QPA_PLATFORM" not in os.environ:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QCoreApplication, QEvent, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from gui.enroll_driver import EnrollDriver
from gui.people_driver import PeopleDriver
from kiosk.config.settings import Settings, load_settings
from kiosk.core.opencv import cv2
from kiosk.synthetic.entrance import door_camera
from kiosk.synthetic.figures import load_figure
from kiosk.synthetic.film import MovingSubject, film
from kiosk.synthetic.walks import Walk, Waypoint
from kiosk.ui.application import configure_application
from kiosk.ui.language import Language, Translations
from kiosk.ui.theme import Appearance, use_appearance
from kiosk.ui.window import KioskWindow

SIZES = ((1920, 1080), (1024, 600), (1080, 1920))


@pytest.fixture(scope="session", autouse=True)
def furnished(qapp: QApplication) -> None:
    configure_application(qapp)


@pytest.fixture(scope="session")
def translations(qapp: QApplication) -> Translations:
    return Translations()


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


@pytest.fixture(autouse=True)
def no_widget_outlives_its_test(qapp: QApplication) -> Iterator[None]:
    """Each change of the style would go through all that are left, and take seconds."""
    yield
    use_appearance(Appearance())
    for widget in qapp.topLevelWidgets():
        widget.deleteLater()
    # Outside an event loop what is to be deleted later waits for ever.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(qtbot: QtBot, translations: Translations) -> KioskWindow:
    """A window as at the door, not yet shown."""
    made = KioskWindow(translations)
    qtbot.addWidget(made)
    made.resize(*SIZES[0])
    return made


@pytest.fixture(scope="session")
def standing() -> list[bytes]:
    """Pictures of somebody who stands before the camera and moves a little, there and back again."""
    photographs.path("obama.jpg")
    walk = Walk((Waypoint(0.0, -0.05, 0.62), Waypoint(1.0, 0.05, 0.66), Waypoint(2.0, 0.0, 0.6)))
    frames = list(film(door_camera(), [MovingSubject(load_figure("obama3.jpg"), walk)], 2.0))
    return [cv2.imencode(".jpg", frame)[1].tobytes() for frame in (*frames, *frames[::-1])]


@pytest.fixture
def camera(standing: list[bytes]) -> Iterator[MjpegServer]:
    server = MjpegServer(standing)
    yield server
    server.close()


@pytest.fixture
def load(tmp_path: Path, camera: MjpegServer, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Settings]:
    """A device that nobody has touched yet."""
    monkeypatch.setenv("KIOSK_DATA_DIR", str(tmp_path / "new"))
    monkeypatch.setenv("KIOSK_SOUNDS", "false")
    monkeypatch.setenv("KIOSK_LOG_LEVEL", "ERROR")
    return lambda: load_settings(source=camera.url)


@pytest.fixture
def people(qtbot: QtBot, window: KioskWindow) -> Iterator[PeopleDriver]:
    """The list of employees, open in a window."""
    made = PeopleDriver(qtbot, window)
    yield made
    made.background.stop()


@pytest.fixture
def enrollment(qtbot: QtBot, window: KioskWindow) -> Iterator[EnrollDriver]:
    """An enrollment of somebody new, open in a window."""
    made = EnrollDriver(qtbot, window)
    yield made
    if isValid(made.screen):
        made.screen.left()
    made.background.stop()
