"""At a door that has been set up: the database goes and comes back, the language changes, a password is guessed at."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, repeat

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db import migrations
from db.attendance_log import DatabaseAttendanceLog
from db.session import Database, make_engine
from kiosk.app.databases import open_database
from kiosk.app.enrollment import open_enrollment
from kiosk.app.storage import make_data_dir
from kiosk.capture.playback_speed import PlaybackSpeed
from kiosk.cli.gui_run import GuiOptions, run_on_screen
from kiosk.config import first_run_config
from kiosk.config.settings import Settings
from kiosk.demo.demo_people import enroll_demo_people
from kiosk.employees.store import EmployeeStore
from kiosk.security.admin_password import AdminPassword
from kiosk.ui.admin.home import AdminHome
from kiosk.ui.admin.password_screens import PasswordScreen
from kiosk.ui.entrance.cards import CardState, GreetingCard
from kiosk.ui.entrance.screen import EntranceScreen
from kiosk.ui.widgets import Button
from kiosk.ui.window import KioskWindow
from support.postgres_server import OwnServer
from support.scripted_user import ScriptedUser, shown

pytestmark = pytest.mark.models

MANNER = GuiOptions(windowed=True, speed=PlaybackSpeed.REALTIME, for_s=None)
PASSWORD = "right-password"  # noqa: S105 - of a database that is thrown away


def set_up(settings: Settings) -> None:
    """Enroll the demo's people, choose a password, and answer the first start's questions."""
    make_data_dir(settings)
    first_run_config.save(settings.data_dir, first_run_config.FirstRunAnswers({"language": "en"}, finished=True))
    with open_enrollment(settings) as enroll, open_database(settings) as database:
        enroll_demo_people(enroll, EmployeeStore(database), lambda _: None)
        AdminPassword(database).choose(PASSWORD)


def entrance(holds: Callable[[EntranceScreen], bool]) -> Callable[[], bool]:
    def step() -> bool:
        screen = shown(EntranceScreen)
        return screen is not None and holds(screen)

    return step


def says(part: str) -> Callable[[], bool]:
    return entrance(lambda screen: any(part in item.text for item in screen.status.items()))


def done(act: Callable[[], object]) -> Callable[[], bool]:
    def step() -> bool:
        act()
        return True

    return step


def card_is(state: CardState) -> Callable[[], bool]:
    return entrance(lambda s: any(isinstance(card, GreetingCard) and card.state is state for card in s.cards.cards))


def press(qtbot: QtBot, text: str) -> Callable[[], bool]:
    def holds(screen: EntranceScreen) -> bool:
        button = next((b for b in screen.findChildren(Button) if b.text() == text and b.isVisible()), None)
        if button is not None:
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        return button is not None

    return entrance(holds)


def test_a_database_that_stops_keeps_nobody_waiting(
    qtbot: QtBot,
    qapp: QApplication,
    load: Callable[[], Settings],
    own_postgres_server: OwnServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url = own_postgres_server.create_database()
    monkeypatch.setenv("KIOSK_DATABASE_URL", url)
    database = Database(make_engine(url))
    migrations.upgrade(database)
    database.close()
    set_up(load())

    steps = (
        entrance(lambda screen: bool(screen.picture.marks)),
        card_is(CardState.REGISTERED),
        done(own_postgres_server.stop),
        press(qtbot, "That's not me"),
        card_is(CardState.VOIDED),
        says("Entries and exits are kept safely on this device · D1"),
        press(qtbot, "Русский"),
        says("Отметки надёжно сохраняются на этом устройстве · D1"),
        press(qtbot, "English"),
        done(own_postgres_server.start),
        entrance(lambda screen: not screen.status.items()),
    )
    visitor = ScriptedUser(iter(steps))
    assert run_on_screen(load, MANNER, or_demo=False) == 0
    assert visitor.is_done, f"{visitor.taken} steps were taken"
    with open_database(load()) as reached:
        (mistaken,) = [entry for entry in DatabaseAttendanceLog(reached).history() if entry.employee_id]
    assert (mistaken.voided, mistaken.event_type) == (True, "entry"), "and the face was not taken for them again"


def test_three_wrong_passwords_hold_up_even_the_right_one_for_some_seconds(
    qtbot: QtBot, qapp: QApplication, load: Callable[[], Settings]
) -> None:
    set_up(load())
    heard: list[str] = []

    def knock() -> bool:
        screen = shown(EntranceScreen)
        if screen is not None:
            window = screen.window()
            assert isinstance(window, KioskWindow)
            window.admin_requested.emit()
        return screen is not None

    def give(password: str) -> Callable[[], bool]:
        def step() -> bool:
            screen = shown(PasswordScreen)
            if screen is None or not screen.enter.isEnabled():
                return False
            heard.append(screen.password.error)
            qtbot.keyClicks(screen.password.field, password)
            qtbot.keyClick(screen.password.field, Qt.Key.Key_Return)
            return True

        return step

    def is_held_up() -> bool:
        screen = shown(PasswordScreen)
        if screen is None or not screen.password.is_waiting:
            return False
        heard.append(screen.password.error)
        qtbot.keyClicks(screen.password.field, PASSWORD)
        qtbot.keyClick(screen.password.field, Qt.Key.Key_Return)
        return shown(AdminHome) is None

    def is_open() -> bool:
        return shown(AdminHome) is not None

    guesses = chain(map(give, repeat("wrong-password", 3)), [is_held_up, give(""), is_open])
    visitor = ScriptedUser(chain([knock], guesses))
    assert run_on_screen(load, MANNER, or_demo=False) == 0
    assert visitor.is_done, f"{visitor.taken} steps were taken"
    wrong = "This is not the password."
    assert heard == ["", wrong, wrong, "Too many wrong attempts. Try again in 5 seconds.", ""]
