"""A kiosk with a real camera loop, real networks and a real database behind the administrator's screens."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.session import Database, make_engine
from gui.administrator.admin_driver import PASSWORD, AdminDriver
from kiosk.app.admin import open_admin_service
from kiosk.app.door import open_pipeline
from kiosk.app.entrance import open_entrance_app
from kiosk.config.settings import Settings
from kiosk.core.latest_slot import LatestSlot
from kiosk.domain.types import Frame
from kiosk.employees import capture_session
from kiosk.employees.schemas import EmployeeCreate
from kiosk.employees.store import EmployeeStore
from kiosk.security.admin_password import AdminPassword
from kiosk.synthetic.entrance import door_camera
from kiosk.synthetic.figures import load_figure
from kiosk.synthetic.film import FRAME_RATE_HZ, MovingSubject, film
from kiosk.synthetic.video import write_video
from kiosk.synthetic.walks import Walk, Waypoint
from kiosk.ui.admin.admin_flow import AdminFlow
from kiosk.ui.admin.registry import AdminContext
from kiosk.ui.background import Background
from kiosk.ui.panel import Screen
from kiosk.ui.window import KioskWindow
from support import photographs

LASTS_S, REPLAY_FPS = 5.0, 3.0


@pytest.fixture(scope="session")
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


@pytest.fixture
def running_kiosk(
    qtbot: QtBot, qapp: QApplication, settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch
) -> Iterator[AdminDriver]:
    """A running kiosk with its window. The figure in the clip cannot turn its head: nobody waits long for that."""
    monkeypatch.setattr(capture_session, "PATIENCE_S", 0.5)
    AdminPassword(database).choose(PASSWORD)
    with open_pipeline(settings) as pipeline, open_entrance_app(settings, pipeline) as ui:
        qtbot.addWidget(ui.window)
        ui.window.resize(1280, 720)
        with qtbot.waitActive(ui.window):
            ui.window.show()
        running = threading.Thread(target=pipeline.run)
        running.start()
        try:
            yield AdminDriver(qtbot, ui.window)
        finally:
            pipeline.request_stop()
            running.join()
            ui.background.stop()


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    with closing(Database(make_engine(settings.effective_database_url))) as opened:
        yield opened


@pytest.fixture
def corrected() -> list[bool]:
    """Grows whenever the door is told to follow from what counts now."""
    return []


@pytest.fixture
def administrator(
    qtbot: QtBot, window: KioskWindow, settings: Settings, database: Database, corrected: list[bool]
) -> Iterator[AdminDriver]:
    """The administrator's area over a real database, with somebody in it; no camera is needed."""
    person = EmployeeCreate(full_name="Anna Swan", email="anna@office.local")
    other = EmployeeCreate(full_name="Boris Heron", email="boris@office.local")
    for somebody in (person, other):
        EmployeeStore(database).create(somebody)
    AdminPassword(database).choose(PASSWORD)
    background = Background()
    with open_admin_service(settings, LatestSlot[Frame](), database, lambda: corrected.append(True)) as admin:
        window.open(Screen())
        AdminFlow(window, AdminContext(admin, background, settings.zone))
        with qtbot.waitActive(window):
            window.show()
        yield AdminDriver(qtbot, window)
        background.stop()
