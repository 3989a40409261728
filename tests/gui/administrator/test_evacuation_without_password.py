"""Who is in, at a door whose central database does not answer, so that no password can be checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.attendance_log import DatabaseAttendanceLog
from db.session import Database, make_engine
from gui.attendance_driver import RULES
from kiosk.app.admin import open_admin_service
from kiosk.attendance.evacuation import FILE_NAME, EvacuationCopy
from kiosk.config.settings import Settings
from kiosk.core.latest_slot import LatestSlot
from kiosk.domain.evacuation_access import EvacuationAccess
from kiosk.domain.types import EventType, Frame
from kiosk.security.admin_password import AdminPassword
from kiosk.ui.admin.admin_flow import AdminFlow
from kiosk.ui.admin.password_screens import PasswordScreen
from kiosk.ui.admin.registry import AdminContext
from kiosk.ui.background import Background
from kiosk.ui.evacuation.screen import EvacuationScreen
from kiosk.ui.panel import Screen
from kiosk.ui.window import KioskWindow
from support.builders import event, make_settings
from support.database_rows import add_person
from support.fakes import FakeClock

pytestmark = pytest.mark.models
NOBODY_ANSWERS = "postgresql://kiosk:x@127.0.0.1:1/kiosk"
NOW = datetime(2026, 11, 27, 16, tzinfo=UTC)


@pytest.fixture
def office(sqlite_url: str, open_database: Callable[[str], Database], tmp_path: Path) -> Database:
    """Anna came an hour ago, and the kiosk has copied that to its disk."""
    database = open_database(sqlite_url)
    anna = add_person(database, "Anna Swan")
    DatabaseAttendanceLog(database).record([event(anna, EventType.ENTRY, NOW.replace(hour=15))])
    AdminPassword(database).choose("right-password")
    settings(tmp_path).data_dir.mkdir(exist_ok=True)
    EvacuationCopy(database, RULES, settings(tmp_path).data_dir / FILE_NAME, FakeClock(NOW)).follow()
    return database


def settings(tmp_path: Path) -> Settings:
    return make_settings(tmp_path, database_url=NOBODY_ANSWERS, timezone="Europe/Moscow")


@contextmanager
def password_screen(
    qtbot: QtBot, window: KioskWindow, made: Settings, database: Database, access: EvacuationAccess
) -> Iterator[PasswordScreen]:
    background = Background()
    with open_admin_service(made, LatestSlot[Frame](), database) as admin:
        window.open(Screen())
        AdminFlow(window, AdminContext(admin, background, made.zone, evacuation_access=access))
        with qtbot.waitActive(window):
            window.show()
        qtbot.keyClick(window, Qt.Key.Key_F2)
        qtbot.waitUntil(lambda: isinstance(window.screen_shown, PasswordScreen))
        assert isinstance(window.screen_shown, PasswordScreen)
        yield window.screen_shown
        background.stop()


@pytest.mark.usefixtures("office")
def test_the_list_needs_no_password_while_none_can_be_checked(
    qtbot: QtBot, window: KioskWindow, tmp_path: Path
) -> None:
    with (
        closing(Database(make_engine(NOBODY_ANSWERS))) as away,
        password_screen(qtbot, window, settings(tmp_path), away, EvacuationAccess.DATABASE_AWAY) as screen,
    ):
        qtbot.waitUntil(screen.evacuation.isVisible)
        assert "the database does not answer" in screen.password.error
        qtbot.mouseClick(screen.evacuation, Qt.MouseButton.LeftButton)
        shown = window.screen_shown
        assert isinstance(shown, EvacuationScreen)
        qtbot.waitUntil(lambda: "This is the copy of 19:00" in shown.notice.sentence)
        assert [row.headline for row in shown.model.items] == ["Without a department: 1", "Anna Swan"]
        assert not shown.save.isVisible()


@pytest.mark.parametrize(
    ("access", "is_away", "offered"),
    [
        pytest.param(EvacuationAccess.PASSWORD, True, False, id="never"),
        pytest.param(EvacuationAccess.DATABASE_AWAY, False, False, id="the password can be checked"),
        pytest.param(EvacuationAccess.ALWAYS, False, True, id="always"),
    ],
)
def test_when_the_list_is_offered(  # noqa: PLR0917  fixtures and a table's columns
    qtbot: QtBot,
    window: KioskWindow,
    office: Database,
    tmp_path: Path,
    access: EvacuationAccess,
    is_away: bool,
    offered: bool,
) -> None:
    with (
        closing(Database(make_engine(NOBODY_ANSWERS))) as away,
        password_screen(qtbot, window, settings(tmp_path), away if is_away else office, access) as screen,
    ):
        if is_away:
            qtbot.waitUntil(lambda: "does not answer" in screen.password.error)
        else:
            qtbot.keyClicks(screen.password.field, "wrong")
            qtbot.keyClick(screen.password.field, Qt.Key.Key_Return)
            qtbot.waitUntil(lambda: "not the password" in screen.password.error)
        assert screen.evacuation.isVisible() is offered
