"""A morning of the administrator: the real camera loop, networks and database behind the screens."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from zipfile import ZipFile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from db import audit_log, migrations
from db.attendance_log import DatabaseAttendanceLog
from db.consents import consents_of
from db.session import Database, make_engine
from db.templates import templates_of
from kiosk.app.admin import open_admin_service
from kiosk.app.door import open_pipeline
from kiosk.app.entrance import open_entrance_app
from kiosk.config.settings import Settings
from kiosk.core.latest_slot import LatestSlot
from kiosk.domain.types import EventType, Frame
from kiosk.employees import capture_session
from kiosk.employees.consent import CURRENT_VERSION
from kiosk.employees.schemas import EmployeeCreate
from kiosk.employees.store import EmployeeStore
from kiosk.security.pins import Pins
from kiosk.synthetic.entrance import door_camera
from kiosk.synthetic.figures import load_figure
from kiosk.synthetic.film import FRAME_RATE_HZ, MovingSubject, film
from kiosk.synthetic.video import write_video
from kiosk.synthetic.walks import Walk, Waypoint
from kiosk.ui.admin.admin_flow import AdminFlow
from kiosk.ui.admin.admin_screen import ConfirmScreen
from kiosk.ui.admin.home import AdminHome
from kiosk.ui.admin.password_screens import ChangePasswordScreen, ChoosePasswordScreen, PasswordScreen
from kiosk.ui.admin.registry import AdminContext
from kiosk.ui.background import Background
from kiosk.ui.enroll.screen import EnrollScreen
from kiosk.ui.entrance.cards import GreetingCard
from kiosk.ui.entrance.screen import EntranceScreen
from kiosk.ui.events.screen import EventsScreen
from kiosk.ui.events.void_screen import VoidScreen
from kiosk.ui.files.screen import FilesScreen
from kiosk.ui.panel import Screen
from kiosk.ui.people.edit_screen import EditScreen
from kiosk.ui.people.list_screen import PeopleScreen
from kiosk.ui.people.person_screen import PersonScreen
from kiosk.ui.people.set_pin_screen import SetPinScreen
from kiosk.ui.window import KioskWindow
from support import photographs
from support.builders import event
from support.database_rows import enroll
from support.postgres_server import OwnServer

pytestmark = pytest.mark.models

S = TypeVar("S", bound=Screen)
LASTS_S, REPLAY_FPS = 5.0, 3.0
PATIENCE_MS = 60_000
PASSWORD, NEW, PIN = "long-enough", "longer-still", "2580"


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somebody stands before the camera and sways a little; slow enough for an enrollment and a greeting."""
    photographs.path("obama.jpg")
    walk = Walk(
        tuple(Waypoint(at_s, 0.06 * (-1) ** at_s, 0.66 + 0.05 * (at_s % 3)) for at_s in range(int(LASTS_S) + 2))
    )
    made = tmp_path_factory.mktemp("clip") / "stands.avi"
    visitor = MovingSubject(load_figure("obama3.jpg"), walk)
    write_video(made, film(door_camera(), [visitor], LASTS_S), FRAME_RATE_HZ, lambda _: None)
    return made


@pytest.fixture
def settings(tmp_path: Path, database_url: str, clip: Path) -> Settings:
    """A door at which nobody is enrolled yet."""
    made = Settings(
        _env_file=None,
        data_dir=tmp_path / "data",
        database_url=database_url,
        source=str(clip),
        replay_fps=REPLAY_FPS,
        timezone="Europe/Moscow",
        sounds=False,
    )
    made.data_dir.mkdir()
    return made


class Hand:
    """Presses what a screen shows, once it is shown."""

    def __init__(self, qtbot: QtBot, window: KioskWindow) -> None:
        self.qtbot, self.window = qtbot, window

    def until(self, is_so: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(is_so, timeout=PATIENCE_MS)

    def shown(self, kind: type[S]) -> S:
        self.until(lambda: isinstance(self.window.screen_shown, kind))
        assert isinstance(self.window.screen_shown, kind)
        return self.window.screen_shown

    def press(self, widget: QWidget) -> None:
        self.until(widget.isEnabled)
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def come_in(self) -> AdminHome:
        self.qtbot.keyClick(self.window, Qt.Key.Key_F2)
        door = self.shown(ChoosePasswordScreen)
        door.password.field.setText(PASSWORD)
        door.again.field.setText(PASSWORD)
        self.press(door.enter)
        return self.shown(AdminHome)

    def enroll(self, home: AdminHome, name: str = "Anna Swan", email: str = "anna@office.local") -> EnrollScreen:
        self.press(home.buttons["enroll"])
        screen = self.shown(EnrollScreen)
        screen.who.form.name.field.setText(name)
        screen.who.form.email.field.setText(email)
        self.press(screen.who.go_on)
        self.until(lambda: screen.step is screen.consent)
        screen.consent.agree.setChecked(True)
        return screen

    def person(self, home: AdminHome) -> PersonScreen:
        self.press(home.buttons["people"])
        people = self.shown(PeopleScreen)
        people.search.setText("ANNA")
        self.until(lambda: people.model.rowCount() == 1)
        people.list.chosen.emit(people.model.index(0))
        return self.shown(PersonScreen)


@pytest.fixture
def hand(qtbot: QtBot, qapp: QApplication, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    """A running kiosk with its window. The figure in the clip cannot turn its head: nobody waits long for that."""
    monkeypatch.setattr(capture_session, "PATIENCE_S", 0.5)
    with open_pipeline(settings) as pipeline, open_entrance_app(settings, pipeline) as ui:
        qtbot.addWidget(ui.window)
        ui.window.resize(1280, 720)
        with qtbot.waitActive(ui.window):
            ui.window.show()
        running = threading.Thread(target=pipeline.run)
        running.start()
        try:
            yield Hand(qtbot, ui.window)
        finally:
            pipeline.request_stop()
            running.join()
            ui.background.stop()


def greeted(window: KioskWindow) -> str:
    entrance = window.screen_shown
    assert isinstance(entrance, EntranceScreen)
    cards = [card for card in entrance.cards.cards if isinstance(card, GreetingCard)]
    return cards[0].headline.text() if cards else ""


def test_somebody_is_enrolled_from_the_camera_greeted_and_looked_after(hand: Hand, settings: Settings) -> None:
    screen = hand.enroll(hand.come_in())
    hand.press(screen.consent.go_on)
    hand.until(lambda: screen.step is screen.review)
    hand.press(screen.review.save)
    hand.until(lambda: screen.step is screen.finish)
    hand.press(screen.finish.one)
    hand.until(lambda: greeted(hand.window) == "Anna Swan")

    with closing(Database(make_engine(settings.effective_database_url))) as database:
        log = DatabaseAttendanceLog(database)
        hand.until(lambda: any(entry.full_name == "Anna Swan" for entry in log.history()))
        with database.reading() as session:
            (consent,) = consents_of(session, 1)
        assert (consent.text_version, consent.recorded_by, consent.revoked_at) == (CURRENT_VERSION, "admin", None)
    assert not list(settings.data_dir.glob("portraits/*"))


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    with closing(Database(make_engine(settings.effective_database_url))) as opened:
        yield opened


@pytest.fixture
def corrected() -> list[bool]:
    """Grows whenever the door is told to follow from what counts now."""
    return []


@pytest.fixture
def backend(
    qtbot: QtBot, window: KioskWindow, settings: Settings, database: Database, corrected: list[bool]
) -> Iterator[Hand]:
    """The administrator's area over a real database, with somebody in it; no camera is needed."""
    person = EmployeeCreate(full_name="Anna Swan", email="anna@office.local")
    other = EmployeeCreate(full_name="Boris Heron", email="boris@office.local")
    for somebody in (person, other):
        EmployeeStore(database).create(somebody)
    background = Background()
    with open_admin_service(settings, LatestSlot[Frame](), database, lambda: corrected.append(True)) as admin:
        window.open(Screen())
        AdminFlow(window, AdminContext(admin, background, settings.zone))
        with qtbot.waitActive(window):
            window.show()
        yield Hand(qtbot, window)
        background.stop()


def test_a_changed_password_opens_and_the_old_one_does_not(backend: Hand, database: Database) -> None:
    home = backend.come_in()
    backend.press(home.buttons["password"])
    screen = backend.shown(ChangePasswordScreen)
    for form_field, text in ((screen.password, PASSWORD), (screen.form.first, NEW), (screen.form.again, NEW)):
        form_field.field.setText(text)
    backend.press(screen.enter)
    backend.until(lambda: screen.done.sentence == "The new password is in force from now on.")
    backend.press(screen.back)
    backend.press(home.back)

    backend.qtbot.keyClick(backend.window, Qt.Key.Key_F2)
    door = backend.shown(PasswordScreen)
    door.password.field.setText(PASSWORD)
    backend.press(door.enter)
    backend.until(lambda: door.password.error == "This is not the password.")
    door.password.field.setText(NEW)
    backend.press(door.enter)
    backend.shown(AdminHome)
    with database.reading() as session:
        done = [row.action for row in audit_log.entries(session) if row.actor == "admin"]
    assert done == ["admin_password_set", "admin_password_set", "admin_refused", "admin_opened"]


def test_a_person_is_mended_gets_a_pin_is_deactivated_restored_and_erased(
    backend: Hand, database: Database, settings: Settings
) -> None:
    enroll(database, 1, 1, 2, 3, model_version="older")
    screen = backend.person(backend.come_in())
    assert screen.details.values[2].startswith("has to be enrolled again")

    backend.press(screen.edit)
    edit = backend.shown(EditScreen)
    edit.form.email.field.setText("boris@office.local")
    backend.press(edit.save)
    backend.until(lambda: edit.form.email.error == "Somebody else has this address.")
    edit.form.email.field.setText("Swan@Office.local")
    backend.press(edit.save)
    backend.shown(PersonScreen)
    backend.until(lambda: screen.details.values[0] == "swan@office.local")

    backend.press(screen.set_pin)
    pin = backend.shown(SetPinScreen)
    pin.pin.field.setText(PIN)
    pin.again.field.setText(PIN)
    backend.press(pin.save)
    backend.until(lambda: pin.is_set)
    backend.press(pin.finish.one)
    assert Pins(database).check(pin.number, PIN).employee_id == 1
    backend.until(lambda: screen.details.values[3] == f"personal number {pin.number}")

    backend.press(screen.activity)
    backend.until(lambda: screen.activity.text() == "Restore")
    assert Pins(database).check(pin.number, PIN).employee_id is None
    backend.press(screen.notice.button)
    backend.until(lambda: screen.activity.text() == "Deactivate")

    backend.press(screen.erase)
    backend.press(backend.shown(ConfirmScreen).yes)
    backend.until(lambda: screen.notice.sentence.startswith("Erased: 3 templates, 0 snapshots, 0 consents."))
    backend.until(lambda: screen.details.values[2] == "not enrolled")
    with database.reading() as session:
        done = [row.action for row in audit_log.entries(session) if row.actor == "admin"]
    assert done[-5:] == ["edit", "pin_set", "deactivate", "restore", "erase"]


def test_a_copy_of_the_data_lies_where_it_was_wanted(backend: Hand, tmp_path: Path) -> None:
    screen = backend.person(backend.come_in())
    for name in ("employee-1.zip", "employee-1-2.zip"):
        backend.press(screen.export)
        files = backend.shown(FilesScreen)
        files.closed.emit()
        files.chosen.emit((tmp_path,))
        backend.until(lambda name=name: screen.notice.sentence.endswith(f"{tmp_path / name}."))
        with ZipFile(tmp_path / name) as archive:
            assert "anna@office.local" in archive.read("employees.json").decode()


def test_an_event_is_taken_back_and_the_door_is_told(backend: Hand, database: Database, corrected: list[bool]) -> None:
    now = datetime.now(UTC)
    came = event(1, EventType.ENTRY, now)
    DatabaseAttendanceLog(database).record([came, event(None, EventType.ENTRY, now)])
    backend.press(backend.come_in().buttons["events"])
    events = backend.shown(EventsScreen)
    backend.until(lambda: events.show_present.text() == "In now: 1")
    place = next(p for p in range(2) if events.events.entry_at(p).trace_id == came.trace_id)
    events.events_list.chosen.emit(events.events.index(place))
    screen = backend.shown(VoidScreen)
    screen.reason.field.setText("twins")
    backend.press(screen.void)
    backend.until(lambda: events.show_present.text() == "In now: 0")
    assert corrected == [True]
    (voided,) = DatabaseAttendanceLog(database).history(employee_id=1)
    assert voided.voided


def test_photographs_become_templates(backend: Hand, database: Database, tmp_path: Path) -> None:
    screen = backend.enroll(backend.come_in(), "Barack Obama", "obama@office.local")
    (tmp_path / "letter.jpg").write_text("Dear Sir")
    paths = [photographs.path(name) for name in ("obama.jpg", "obama2.jpg", "coffee.png")]
    screen.add_photographs((*paths, tmp_path / "letter.jpg"))
    step = screen.photographs
    backend.until(lambda: len(step.cards) == 4 and all(card.verdict.text() for card in step.cards))
    assert [card.verdict.text().split()[0] for card in step.cards[:2]] == ["Quality", "Quality"]
    assert [card.verdict.text() for card in step.cards[2:]] == [
        "There is no face in it.",
        "This is no JPEG, PNG, WebP, HEIC or AVIF picture.",
    ]
    backend.press(step.save)
    backend.until(lambda: screen.step is screen.finish)
    with database.reading() as session:
        assert len(templates_of(session, 3)) == 2


def test_a_face_that_is_known_is_named_with_the_way_out(backend: Hand, database: Database) -> None:
    home = backend.come_in()
    for name, email in (("Barack Obama", "obama@office.local"), ("Somebody Else", "else@office.local")):
        screen = backend.enroll(home, name, email)
        screen.add_photographs((photographs.path("obama.jpg" if name == "Barack Obama" else "obama2.jpg"),))
        if name == "Barack Obama":
            backend.press(screen.photographs.save)
            backend.until(lambda screen=screen: screen.step is screen.finish)
            backend.press(screen.finish.other)
    backend.until(lambda: screen.step is screen.duplicate)
    assert screen.duplicate.headline.text() == "This face is already enrolled as Barack Obama"
    backend.press(screen.duplicate.one)
    backend.press(screen.photographs.save)
    backend.until(lambda: screen.step is screen.finish)
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
        with open_admin_service(settings, LatestSlot[Frame](), database) as admin:
            window.open(Screen())
            AdminFlow(window, AdminContext(admin, background, settings.zone))
            with qtbot.waitActive(window):
                window.show()
            hand = Hand(qtbot, window)
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
