"""The administrator enrolls people."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db import migrations
from db.attendance_log import DatabaseAttendanceLog
from db.consents import consents_of
from db.session import Database, make_engine
from db.templates import templates_of
from gui.administrator.admin_driver import PASSWORD, AdminDriver
from kiosk.app.admin import open_admin_service
from kiosk.config.settings import Settings
from kiosk.core.latest_slot import LatestSlot
from kiosk.domain.types import Frame
from kiosk.employees.consent import CURRENT_VERSION
from kiosk.employees.store import EmployeeStore
from kiosk.security.admin_password import AdminPassword
from kiosk.ui.admin.admin_flow import AdminFlow
from kiosk.ui.admin.home import AdminHome
from kiosk.ui.admin.password_screens import PasswordScreen
from kiosk.ui.admin.registry import AdminContext
from kiosk.ui.background import Background
from kiosk.ui.enroll.screen import EnrollScreen
from kiosk.ui.entrance.cards import GreetingCard
from kiosk.ui.entrance.screen import EntranceScreen
from kiosk.ui.panel import Screen
from kiosk.ui.people.set_pin_screen import SetPinScreen
from kiosk.ui.widgets import Button
from kiosk.ui.window import KioskWindow
from support import photographs
from support.postgres_server import OwnServer
from support.tap_counter import TapCounter

pytestmark = pytest.mark.models


def greeted(window: KioskWindow) -> str:
    entrance = window.screen_shown
    assert isinstance(entrance, EntranceScreen)
    cards = [card for card in entrance.cards.cards if isinstance(card, GreetingCard)]
    return cards[0].headline.text() if cards else ""


def test_somebody_is_enrolled_from_the_camera_by_few_touches_and_greeted(
    qapp: QApplication, running_kiosk: AdminDriver, settings: Settings
) -> None:
    """By finger alone, as at a door: nothing is typed on a real keyboard, and no e-mail address is asked for."""
    entrance = running_kiosk.shown(EntranceScreen)
    whole = TapCounter(qapp)
    (corner,) = (one for one in entrance.findChildren(Button) if one.accessibleName() == "Administration")
    running_kiosk.press(corner)
    running_kiosk.shown(PasswordScreen)
    running_kiosk.type(PASSWORD)
    running_kiosk.type_key("Enter")
    home = running_kiosk.shown(AdminHome)
    enrolling = TapCounter(qapp)
    running_kiosk.press(home.buttons["enroll"])
    screen = running_kiosk.shown(EnrollScreen)
    running_kiosk.type("Anna Swan")
    running_kiosk.press(screen.who.go_on)
    running_kiosk.until(lambda: screen.step is screen.consent)
    running_kiosk.press(screen.consent.agree)
    running_kiosk.press(screen.consent.go_on)
    running_kiosk.until(lambda: screen.step is screen.review)
    running_kiosk.press(screen.review.save)
    running_kiosk.until(lambda: screen.step is screen.finish)
    assert enrolling.stop("enrolling one") <= 16
    running_kiosk.press(screen.finish.one)
    running_kiosk.until(lambda: greeted(running_kiosk.window) == "Anna")
    assert whole.stop("from the entrance, password and greeting included") <= 30

    with closing(Database(make_engine(settings.effective_database_url))) as database:
        log = DatabaseAttendanceLog(database)
        running_kiosk.until(lambda: any(entry.full_name == "Anna Swan" for entry in log.history()))
        with database.reading() as session:
            (consent,) = consents_of(session, 1)
        assert (consent.text_version, consent.recorded_by, consent.revoked_at) == (CURRENT_VERSION, "admin", None)
    assert not list(settings.data_dir.glob("portraits/*"))


def test_photographs_become_templates(administrator: AdminDriver, database: Database, tmp_path: Path) -> None:
    screen = administrator.enroll(administrator.come_in(), "Barack Obama", "obama@office.local")
    (tmp_path / "letter.jpg").write_text("Dear Sir")
    paths = [photographs.path(name) for name in ("obama.jpg", "obama2.jpg", "coffee.png")]
    screen.add_photographs((*paths, tmp_path / "letter.jpg"))
    step = screen.photographs
    administrator.until(lambda: len(step.cards) == 4 and all(card.verdict.text() for card in step.cards))
    assert [card.verdict.text().split()[0] for card in step.cards[:2]] == ["Quality", "Quality"]
    assert [card.verdict.text() for card in step.cards[2:]] == [
        "There is no face in it.",
        "This is no JPEG, PNG, WebP, HEIC or AVIF picture.",
    ]
    administrator.press(step.save)
    administrator.until(lambda: screen.step is screen.finish)
    with database.reading() as session:
        assert len(templates_of(session, 3)) == 2


def test_a_face_that_is_known_is_named_with_the_way_out(administrator: AdminDriver, database: Database) -> None:
    home = administrator.come_in()
    for name, email in (("Barack Obama", "obama@office.local"), ("Somebody Else", "else@office.local")):
        screen = administrator.enroll(home, name, email)
        screen.add_photographs((photographs.path("obama.jpg" if name == "Barack Obama" else "obama2.jpg"),))
        if name == "Barack Obama":
            administrator.press(screen.photographs.save)
            administrator.until(lambda screen=screen: screen.step is screen.finish)
            administrator.press(screen.finish.other)
    administrator.until(lambda: screen.step is screen.duplicate)
    assert screen.duplicate.headline.text() == "This face is already enrolled as Barack Obama"
    administrator.press(screen.duplicate.one)
    administrator.press(screen.photographs.save)
    administrator.until(lambda: screen.step is screen.finish)
    with database.reading() as session:
        assert len(templates_of(session, 3)) == 2
    assert EmployeeStore(database).get_by_email("else@office.local") is None


def test_a_database_that_is_stopped_loses_nothing_that_was_typed(
    qtbot: QtBot, window: KioskWindow, tmp_path: Path, own_postgres_server: OwnServer
) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path / "data", timezone="Europe/Moscow")
    settings.data_dir.mkdir()
    background = Background()
    url = own_postgres_server.create_database()
    with closing(Database(make_engine(url))) as database:
        migrations.upgrade(database)
        AdminPassword(database).choose(PASSWORD)
        with open_admin_service(settings, LatestSlot[Frame](), database) as admin:
            window.open(Screen())
            AdminFlow(window, AdminContext(admin, background, settings.zone))
            with qtbot.waitActive(window):
                window.show()
            hand = AdminDriver(qtbot, window)
            home = hand.come_in()
            hand.press(home.buttons["enroll"])
            screen = hand.shown(EnrollScreen)
            form = screen.who.form
            form.name.field.setText("Anna Swan")
            form.email.field.setText("anna@office.local")
            own_postgres_server.stop()
            hand.press(screen.who.go_on)
            hand.until(lambda: "The database does not answer" in form.email.error)
            assert (form.name.field.text(), form.email.field.text()) == ("Anna Swan", "anna@office.local")
            own_postgres_server.start()
            hand.press(screen.who.go_on)
            hand.until(lambda: screen.step is screen.consent)
            own_postgres_server.stop()
            hand.press(screen.consent.decline)
            hand.until(lambda: screen.consent.notice.sentence != "")
            own_postgres_server.start()
            hand.press(screen.consent.notice.button)
            assert hand.shown(SetPinScreen).title() == "PIN of Anna Swan"
    background.stop()
