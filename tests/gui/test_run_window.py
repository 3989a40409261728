"""The door with its screen: a real clip, the real pipeline, a real database, and a finger on the cards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db import audit_log
from db.attendance_log import DatabaseAttendanceLog
from kiosk.app.databases import open_database
from kiosk.app.door import open_pipeline
from kiosk.app.enrollment import open_enrollment
from kiosk.app.entrance import open_entrance_app, run_entrance_app
from kiosk.config.settings import Settings
from kiosk.core.signals import stopped_by_signals
from kiosk.demo.demo_people import EMPLOYEES, enroll_demo_people
from kiosk.domain.attendance_log import LogEntry
from kiosk.domain.types import EventType, Method
from kiosk.employees.store import EmployeeStore
from kiosk.security.pins import Pins
from kiosk.synthetic.entrance import door_camera
from kiosk.synthetic.figures import load_figure
from kiosk.synthetic.film import FRAME_RATE_HZ, MovingSubject, film
from kiosk.synthetic.video import write_video
from kiosk.synthetic.walks import Walk, Waypoint
from kiosk.ui.entrance.cards import CardState, GreetingCard
from kiosk.ui.entrance.pin_screen import PinScreen
from kiosk.ui.entrance_app import EntranceApp
from support import photographs
from support.scripted_user import ScriptedUser

pytestmark = [pytest.mark.models, pytest.mark.slow]

LASTS_S = 4.0
PIN = "580274"


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One of the demo's people walks up to the door and waits there."""
    photographs.path("obama.jpg")
    walk = Walk(
        (Waypoint(0.0, -1.9, 2.4), Waypoint(1.0, -0.2, 1.0), Waypoint(2.0, 0.0, 0.7), Waypoint(LASTS_S + 1, 0.02, 0.66))
    )
    made = tmp_path_factory.mktemp("clip") / "walk-up.avi"
    visitor = MovingSubject(load_figure("obama3.jpg"), walk)
    write_video(made, film(door_camera(), [visitor], LASTS_S), FRAME_RATE_HZ, lambda _: None)
    return made


@pytest.fixture
def settings(tmp_path: Path, sqlite_url: str, clip: Path) -> Settings:
    """A door with the demo's people enrolled; the clip plays slowly, so that there is time to act."""
    made = Settings(
        _env_file=None,
        data_dir=tmp_path / "data",
        database_url=sqlite_url,
        source=str(clip),
        replay_fps=6,
        timezone="Europe/Moscow",
        office_name="North Yard",
        sounds=False,
    )
    made.data_dir.mkdir()
    with open_enrollment(made) as enroll, open_database(made) as database:
        enroll_demo_people(enroll, EmployeeStore(database), lambda _: None)
    return made


def history(settings: Settings) -> tuple[LogEntry, ...]:
    with open_database(settings) as database:
        return DatabaseAttendanceLog(database).history()


def greeting(ui: EntranceApp, name: str, state: CardState) -> GreetingCard | None:
    cards = (card for card in ui.entrance.cards.cards if isinstance(card, GreetingCard))
    return next((card for card in cards if card.name == name and card.state is state), None)


def visit(qtbot: QtBot, ui: EntranceApp, number: str) -> Iterator[Callable[[], bool]]:
    """Somebody is greeted and says that it is not them; another one gives their PIN and is leaving, not coming."""

    def press(name: str, button: str) -> bool:
        card = greeting(ui, name, CardState.REGISTERED)
        if card is not None:
            qtbot.mouseClick(getattr(card, button), Qt.MouseButton.LeftButton)
        return card is not None

    def enter_pin() -> bool:
        ui.entrance.pin_wanted.emit()
        screen = ui.window.screen_shown
        assert isinstance(screen, PinScreen)
        screen.number.setText(number)
        screen.pin.setText(PIN)
        qtbot.mouseClick(screen.enter, Qt.MouseButton.LeftButton)
        return True

    def has_left() -> bool:
        card = greeting(ui, "Joe Biden", CardState.REGISTERED)
        return card is not None and card.event_shown is not None and card.event_shown.event_type is EventType.EXIT

    yield lambda: press("Barack Obama", "not_me")
    yield lambda: greeting(ui, "Barack Obama", CardState.VOIDED) is not None
    yield enter_pin
    yield lambda: press("Joe Biden", "turn")
    yield has_left


def test_who_is_greeted_can_say_that_it_is_not_them(qtbot: QtBot, qapp: QApplication, settings: Settings) -> None:
    with open_database(settings) as database:
        biden = EmployeeStore(database).get_by_email(EMPLOYEES[1].email)
        assert biden is not None
        number = Pins(database).set(biden.id, PIN)

    with open_pipeline(settings) as pipeline, open_entrance_app(settings, pipeline) as ui:
        qtbot.addWidget(ui.window)
        visitor = ScriptedUser(visit(qtbot, ui, number))
        with stopped_by_signals(ui.request_stop):
            assert run_entrance_app(ui, pipeline, windowed=True) == 0
        assert visitor.is_done
        assert ui.heartbeat_s is None, "a window that is gone need not move"
        assert not pipeline.stuck_threads()

    entries = history(settings)
    mistaken, *others = [entry for entry in entries if entry.full_name == "Barack Obama"]
    assert mistaken.voided
    assert not any(entry.voided for entry in others)
    came, left = (entry for entry in entries if entry.full_name == "Joe Biden")
    assert (came.event_type, came.voided, came.method, came.confidence) == (EventType.ENTRY, True, Method.PIN, None)
    assert (left.event_type, left.voided, left.method, left.confidence) == (EventType.EXIT, False, Method.PIN, None)
    assert left.timestamp == came.timestamp
    with open_database(settings) as database, database.reading() as session:
        written = [(row.actor, row.action) for row in audit_log.entries(session)]
    assert written[-2:] == [("kiosk:kiosk-1", "event_void"), ("kiosk:kiosk-1", "event_turn")]


def process(settings: Settings, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    assert settings.database_url is not None
    own = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    own |= {
        "KIOSK_DATA_DIR": str(settings.data_dir),
        "KIOSK_DATABASE_URL": settings.database_url.get_secret_value(),
        "KIOSK_SOURCE": settings.source,
        "QT_QPA_PLATFORM": "offscreen",
        "KIOSK_LOG_LEVEL": "ERROR",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "kiosk", "run", *arguments],
        env=own | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_screen_cleanly(settings: Settings, number: signal.Signals) -> None:
    with process(settings, "--windowed", KIOSK_REPLAY_FPS="10") as running:
        assert running.stdout is not None
        assert "entry  Barack Obama" in running.stdout.readline()
        running.send_signal(number)
        _, err = running.communicate(timeout=30)
    assert (running.returncode, err) == (0, "")


def test_the_screen_ends_with_the_clip(settings: Settings) -> None:
    with process(settings) as running:
        _, err = running.communicate(timeout=60)
    assert (running.returncode, err) == (0, "")
    assert [entry.full_name for entry in history(settings)] == ["Barack Obama"]


@pytest.mark.parametrize(
    ("arguments", "platform", "sentence"),
    [
        ((), "nonsense", "kiosk: the screen cannot be opened: "),
        (("--windowed",), "", "kiosk: no window can be opened: there is no display"),
        (("--windowed", "--json"), "offscreen", "kiosk: no window can be opened: --headless, and --json with it"),
    ],
    ids=["broken display", "no display", "a window without a screen"],
)
def test_a_display_that_does_not_open_is_told(
    settings: Settings, arguments: tuple[str, ...], platform: str, sentence: str
) -> None:
    with process(settings, *arguments, QT_QPA_PLATFORM=platform) as running:
        out, err = running.communicate(timeout=60)
    assert (running.returncode, out) == (2, "")
    assert err.startswith(sentence)
    assert len(err.splitlines()) == 1
