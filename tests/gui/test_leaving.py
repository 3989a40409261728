"""Nobody who comes along leaves the kiosk: it ends by the administrator's button or a signal alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QWindow
from pytestqt.qtbot import QtBot

from kiosk.ui.language import Language
from kiosk.ui.panel import Screen
from kiosk.ui.widgets import TextField
from kiosk.ui.window import KioskWindow
from kiosk.ui.window_app import WindowApp
from support.x_display import x_server

KEYS = [
    pytest.param(Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier, id="Alt+F4"),
    pytest.param(Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier, id="Ctrl+Q"),
    pytest.param(Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier, id="Ctrl+W"),
    pytest.param(Qt.Key.Key_F4, Qt.KeyboardModifier.ControlModifier, id="Ctrl+F4"),
    pytest.param(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier, id="Ctrl+C"),
    pytest.param(Qt.Key.Key_Tab, Qt.KeyboardModifier.AltModifier, id="Alt+Tab"),
    pytest.param(Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier, id="Esc"),
    pytest.param(Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier, id="F1"),
    pytest.param(Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier, id="Shift+F1"),
    pytest.param(Qt.Key.Key_Print, Qt.KeyboardModifier.NoModifier, id="Print"),
    pytest.param(Qt.Key.Key_Menu, Qt.KeyboardModifier.NoModifier, id="Menu"),
]


def ask_to_close(window: KioskWindow) -> bool:
    """Have the window system ask, as it does for Alt+F4; return whether the window went."""
    handle = window.windowHandle()
    assert isinstance(handle, QWindow)
    return handle.close()


@pytest.fixture
def door(qtbot: QtBot, window: KioskWindow) -> KioskWindow:
    window.open(Screen())
    with qtbot.waitActive(window):
        window.show()
    return window


@pytest.mark.parametrize(("key", "modifier"), KEYS)
def test_no_key_closes_the_window_or_opens_another(
    qtbot: QtBot, qapp, door: KioskWindow, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    with qtbot.assertNotEmitted(door.closing):
        qtbot.keyClick(door, key, modifier)
    assert door.isVisible()
    assert [widget for widget in qapp.topLevelWidgets() if widget.isVisible()] == [door]


def test_the_window_system_closes_nothing_until_it_was_agreed(qtbot: QtBot, door: KioskWindow) -> None:
    with qtbot.assertNotEmitted(door.closing):
        assert not ask_to_close(door)
        assert not door.close()
    assert door.isVisible()
    with qtbot.waitSignal(door.closing):
        door.end()
    assert not door.isVisible()


def test_a_field_has_no_menu_and_takes_nothing_that_is_dropped() -> None:
    field = TextField()
    assert field.contextMenuPolicy() is Qt.ContextMenuPolicy.NoContextMenu
    assert not field.acceptDrops()


@pytest.mark.parametrize(
    ("windowed", "is_demo"), [(False, False), (True, False), (False, True)], ids=["door", "windowed", "demo"]
)
def test_what_fills_the_screen_at_a_door_runs_until_it_is_stopped(windowed: bool, is_demo: bool) -> None:
    ui, went = WindowApp("Kiosk", Language.ENGLISH), list[bool]()
    ui.may_be_closed = is_demo

    def ask_then_stop() -> None:
        went.append(ask_to_close(ui.window))
        if not went[0]:
            QTimer.singleShot(50, ui, ui.request_stop)

    QTimer.singleShot(50, ui, ask_then_stop)
    assert ui.run(windowed=windowed) == 0
    assert went == [windowed or is_demo]
    assert not ui.window.isVisible()
    ui.window.deleteLater()


# A window as `kiosk run` shows it, on a real X server.
SHOWN = """
from PySide6.QtCore import QTimer
from kiosk.core.signals import stopped_by_signals
from kiosk.ui.language import Language
from kiosk.ui.window_app import WindowApp

ui = WindowApp("Kiosk", Language.ENGLISH)
ui.window.admin_requested.connect(lambda: print("F2", flush=True))
QTimer.singleShot(300, ui, lambda: print(int(ui.window.winId()), flush=True))
with stopped_by_signals(ui.request_stop):
    code = ui.run()
print("ended", flush=True)
raise SystemExit(code)
"""


PRESSED = (
    ("Alt_L", "F4"),
    ("Control_L", "Alt_L", "F2"),
    ("Control_L", "Alt_L", "Delete"),
    ("Control_L", "Alt_L", "BackSpace"),
    ("Control_L", "q"),
    ("Control_L", "w"),
    ("Control_L", "c"),
    ("Alt_L", "Tab"),
    ("Alt_L", "space"),
    ("Escape",),
)


def test_on_a_real_x_server_keys_and_a_window_manager_close_nothing_and_sigterm_does() -> None:
    with x_server() as display:
        environment = os.environ | {"DISPLAY": display.name, "QT_QPA_PLATFORM": "xcb"}
        shown = subprocess.Popen(
            [sys.executable, "-c", SHOWN], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        with shown:
            assert shown.stdout is not None
            told = shown.stdout.readline()
            assert told.strip().isdecimal(), told + shown.stdout.read()
            for keys in PRESSED:
                display.press(*keys)
            for _ in range(3):
                display.ask_to_close(int(told))
            display.press("F2")
            assert shown.stdout.readline() == "F2\n", "it is alive, and has the keyboard"
            shown.send_signal(signal.SIGTERM)
            assert (shown.stdout.read(), shown.wait(20)) == ("ended\n", 0)
