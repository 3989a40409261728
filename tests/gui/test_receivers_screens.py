"""Other systems on the administrator's screens, over a real database and a real folder."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db import audit_log
from db.session import Database
from gui.attendance_driver import ZONE, AttendanceDriver
from kiosk.app.admin_receivers import AdminReceivers
from kiosk.config.paths import PROJECT_DIR
from kiosk.ui.admin.admin_screen import ConfirmScreen
from kiosk.ui.receivers.add_screen import AddedKind, AddReceiverScreen
from kiosk.ui.receivers.backend import ReceiverState
from kiosk.ui.receivers.labels import error_text
from kiosk.ui.receivers.receiver_screen import ReceiverScreen
from kiosk.ui.receivers.replay_screen import ReplayScreen
from kiosk.ui.receivers.screen import ReceiversScreen
from kiosk.ui.window import KioskWindow
from support.builders import event
from support.receivers import ReceivingOffice, receiving_office, wait_until

CODE = re.compile(r'(?:DeliveryFailed|_failure)\(\s*"([a-z_]+)"|code = "([a-z_]+)"|COPIED = "([a-z_]+)"')


@pytest.fixture
def driver(
    qtbot: QtBot, window: KioskWindow, sqlite_url: str, open_database: Callable[[str], Database]
) -> Iterator[AttendanceDriver]:
    made = AttendanceDriver(qtbot, window, open_database(sqlite_url))
    yield made
    made.background.stop()


@pytest.fixture
def office(driver: AttendanceDriver, tmp_path: Path) -> ReceivingOffice:
    return receiving_office(driver.database, tmp_path / "receivers")


@pytest.fixture
def screen(driver: AttendanceDriver, office: ReceivingOffice) -> ReceiversScreen:
    shown = driver.open(ReceiversScreen(AdminReceivers(office.receivers), driver.background, ZONE))
    driver.until(lambda: shown.is_loaded)
    return shown


def add(driver: AttendanceDriver, screen: ReceiversScreen, name: str, place: str, *, folder: bool) -> AddReceiverScreen:
    driver.touch(screen.add)
    asking = driver.shown(AddReceiverScreen)
    driver.touch(asking.kinds.buttons[AddedKind.FILES if folder else AddedKind.WEBHOOK])
    asking.name.field.setText(name)
    asking.place.field.setText(place)
    driver.touch(asking.save)
    return asking


def opened(driver: AttendanceDriver, screen: ReceiversScreen) -> ReceiverScreen:
    driver.until(lambda: screen.model.rowCount() == 1)
    driver.touch_row(screen.list, 0)
    return driver.shown(ReceiverScreen)


def test_a_folder_is_added_tried_paused_told_again_and_removed(
    driver: AttendanceDriver, screen: ReceiversScreen, office: ReceivingOffice, tmp_path: Path
) -> None:
    office.record(event(driver.anna), event(driver.boris))
    folder = tmp_path / "payroll"
    folder.mkdir()
    asking = add(driver, screen, "payroll", str(folder), folder=True)
    driver.until(lambda: asking.is_added)
    driver.touch(asking.finish.one)
    one = opened(driver, screen)
    assert one.card.values[2:4] == ("number 2 of 2", "nothing waits")
    driver.touch(one.test)
    driver.until(lambda: one.notice.sentence.startswith("It works"))
    for state in ("Paused", "Nobody tells it"):
        driver.touch(one.pause)
        driver.until(lambda: one.card.values[1] == state)  # noqa: B023
    driver.touch(one.replay)
    again = driver.shown(ReplayScreen)
    again.number.field.setText("4")
    driver.touch(again.send)
    assert again.number.error == "Type a number from 1 to 3."
    again.number.field.setText("1")
    driver.touch(again.send)
    driver.until(lambda: one.card.values[2:4] == ("number 0 of 2", "2 changes wait"))
    with office.delivering():
        wait_until(lambda: list(folder.glob("*.csv")), "the file is there")
        driver.until(lambda: one.card.values[1] == "Works")
    driver.touch(one.remove)
    driver.touch(driver.shown(ConfirmScreen).yes)
    driver.until(lambda: screen.notice.sentence == "payroll is told no more; its secrets are erased.")
    assert office.receivers.list() == ()


def test_a_webhooks_secret_is_shown_once(
    driver: AttendanceDriver, screen: ReceiversScreen, office: ReceivingOffice, tmp_path: Path
) -> None:
    asking = add(driver, screen, "Payroll", "https://payroll.test/hook", folder=False)
    assert asking.name.error == "A name of small Latin letters, digits and hyphens is needed."
    asking.name.field.setText("payroll")
    for wrong in ("http://payroll.test/hook", "https://", "https://name:password@payroll.test"):
        asking.place.field.setText(wrong)
        driver.touch(asking.save)
        driver.until(lambda: asking.save.isEnabled() and bool(asking.place.error))
        assert office.receivers.list() == ()
    asking.place.field.setText("https://payroll.test/hook")
    driver.touch(asking.save)
    driver.until(lambda: asking.is_added)
    kept = json.loads((tmp_path / "receivers" / "payroll" / "secrets.json").read_text())
    assert asking.finish.sentence.text().endswith(kept["secret"])
    driver.touch(asking.finish.one)
    assert kept["secret"] not in asking.finish.sentence.text()
    with driver.database.reading() as session:
        (added,) = [one for one in audit_log.entries(session) if one.action == "receiver_added"]
    assert (added.actor, added.subject) == ("admin", "receiver:payroll")
    assert kept["secret"] not in added.details


def test_what_failed_is_said_and_when_it_is_tried_again(
    driver: AttendanceDriver, screen: ReceiversScreen, office: ReceivingOffice, tmp_path: Path
) -> None:
    office.add("payroll", "files", folder=tmp_path / "missing", minutes=0)
    office.record(event(driver.anna))
    with office.delivering():
        wait_until(lambda: office.stored("payroll").error, "it fails")
    screen.load()
    one = opened(driver, screen)
    assert one.shown.state is ReceiverState.FAILING
    assert one.card.values[5] == "The folder is not there."
    assert one.card.values[6] != "—"
    driver.touch(one.test)
    driver.until(lambda: one.notice.sentence == "The folder is not there.")


def test_whatever_can_fail_is_said_in_words() -> None:
    sources = (path.read_text(encoding="utf-8") for path in (PROJECT_DIR / "kiosk" / "receivers").glob("*.py"))
    codes = {one for source in sources for found in CODE.findall(source) for one in found if one}
    assert {"timeout", "folder_missing", "database_copied", "connection_lost", "address_refused"} <= codes
    without_words = {code for code in codes if error_text(code) == error_text("no such code")}
    assert without_words <= {"crashed", "state_file"}
