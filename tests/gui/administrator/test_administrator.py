"""A morning of the administrator: people, PINs, events and the password."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from PySide6.QtCore import Qt

from db import audit_log
from db.attendance_log import DatabaseAttendanceLog
from db.session import Database
from gui.administrator.admin_driver import PASSWORD, AdminDriver
from kiosk.config.settings import Settings
from kiosk.domain.types import EventType
from kiosk.security.pins import Pins
from kiosk.ui.admin.admin_screen import ConfirmScreen
from kiosk.ui.admin.home import AdminHome
from kiosk.ui.admin.password_screens import ChangePasswordScreen, PasswordScreen
from kiosk.ui.events.edit_screens import VoidScreen
from kiosk.ui.events.event_screen import EventScreen
from kiosk.ui.events.screen import EventsScreen
from kiosk.ui.files.screen import FilesScreen
from kiosk.ui.people.edit_screen import EditScreen
from kiosk.ui.people.person_screen import PersonScreen
from kiosk.ui.people.set_pin_screen import SetPinScreen
from support.builders import event
from support.database_rows import enroll

pytestmark = pytest.mark.models


NEW, PIN = "longer-still", "580274"


def test_a_changed_password_opens_and_the_old_one_does_not(administrator: AdminDriver, database: Database) -> None:
    home = administrator.come_in()
    administrator.press(home.buttons["password"])
    screen = administrator.shown(ChangePasswordScreen)
    for form_field, text in ((screen.password, PASSWORD), (screen.form.first, NEW), (screen.form.again, NEW)):
        form_field.field.setText(text)
    administrator.press(screen.enter)
    administrator.until(lambda: screen.done.sentence == "The new password is in force from now on.")
    administrator.press(screen.back)
    administrator.press(home.back)

    administrator.qtbot.keyClick(administrator.window, Qt.Key.Key_F2)
    password_screen = administrator.shown(PasswordScreen)
    password_screen.password.field.setText(PASSWORD)
    administrator.press(password_screen.enter)
    administrator.until(lambda: password_screen.password.error == "This is not the password.")
    password_screen.password.field.setText(NEW)
    administrator.press(password_screen.enter)
    administrator.shown(AdminHome)
    with database.reading() as session:
        done = [row.action for row in audit_log.entries(session) if row.actor == "admin"]
    assert done == ["admin_opened", "admin_password_set", "admin_refused", "admin_opened"]


def test_a_person_is_mended_gets_a_pin_is_deactivated_restored_and_erased(
    administrator: AdminDriver, database: Database, settings: Settings
) -> None:
    enroll(database, 1, 1, 2, 3, model_version="older")
    screen = administrator.person(administrator.come_in())
    assert screen.details.values[5].startswith("has to be enrolled again")

    administrator.press(screen.edit)
    edit = administrator.shown(EditScreen)
    edit.form.email.field.setText("boris@office.local")
    administrator.press(edit.save)
    administrator.until(lambda: edit.form.email.error == "Somebody else has this address.")
    edit.form.email.field.setText("Swan@Office.local")
    administrator.press(edit.save)
    administrator.shown(PersonScreen)
    administrator.until(lambda: screen.details.values[1] == "swan@office.local")

    administrator.press(screen.set_pin)
    pin = administrator.shown(SetPinScreen)
    pin.pin.field.setText(PIN)
    pin.again.field.setText(PIN)
    administrator.press(pin.save)
    administrator.until(lambda: pin.is_set)
    administrator.press(pin.finish.one)
    assert Pins(database).check(pin.number, PIN).employee_id == 1
    administrator.until(lambda: screen.details.values[6] == f"PIN number {pin.number}")

    administrator.press(screen.activity)
    administrator.until(lambda: screen.activity.text() == "Restore")
    assert Pins(database).check(pin.number, PIN).employee_id is None
    administrator.press(screen.notice.button)
    administrator.until(lambda: screen.activity.text() == "Deactivate")

    administrator.press(screen.erase)
    administrator.press(administrator.shown(ConfirmScreen).yes)
    erased = "Erased: data made of 3 pictures, 0 snapshots, 0 consents."
    administrator.until(lambda: screen.notice.sentence.startswith(erased))
    administrator.until(lambda: screen.details.values[5] == "not enrolled")
    with database.reading() as session:
        done = [row.action for row in audit_log.entries(session) if row.actor == "admin"]
    assert done[-5:] == ["edit", "pin_set", "deactivate", "restore", "erase"]


def test_a_copy_of_the_data_lies_where_it_was_wanted(administrator: AdminDriver, tmp_path: Path) -> None:
    screen = administrator.person(administrator.come_in())
    for name in ("employee-1.zip", "employee-1-2.zip"):
        administrator.press(screen.export)
        files = administrator.shown(FilesScreen)
        files.closed.emit()
        files.chosen.emit((tmp_path,))
        administrator.until(lambda name=name: screen.notice.sentence.endswith(f"{tmp_path / name}."))
        with ZipFile(tmp_path / name) as archive:
            assert "anna@office.local" in archive.read("employees.json").decode()


def test_an_event_is_taken_back_and_the_door_is_told(
    administrator: AdminDriver, database: Database, corrected: list[bool]
) -> None:
    now = datetime.now(UTC)
    came = event(1, EventType.ENTRY, now)
    DatabaseAttendanceLog(database).record([came, event(None, EventType.ENTRY, now)])
    administrator.press(administrator.come_in().buttons["events"])
    events = administrator.shown(EventsScreen)
    administrator.until(lambda: events.events.rowCount() == 2)
    place = next(p for p in range(2) if events.events.items[p].trace_id == came.trace_id)
    events.list.chosen.emit(events.events.index(place))
    administrator.press(administrator.shown(EventScreen).void)
    screen = administrator.shown(VoidScreen)
    screen.reason.field.setText("twins")
    administrator.press(screen.save)
    administrator.until(lambda: events.notice.sentence.startswith("The event of Anna Swan does not count"))
    assert corrected == [True]
    (voided,) = DatabaseAttendanceLog(database).history(employee_id=1)
    assert voided.voided
