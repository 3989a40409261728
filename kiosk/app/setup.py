"""Builds and runs the window that asks a new device's first questions."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QTimer

from db.session import Database
from kiosk.app.admin import open_admin_service
from kiosk.app.admin_journal import ACTOR
from kiosk.app.camera import build_camera_config
from kiosk.app.databases import limits_at_door, open_database, open_database_or_wait
from kiosk.app.storage import make_data_dir
from kiosk.capture.camera_loop import CameraLoop
from kiosk.capture.source_factory import open_source
from kiosk.capture.status import CameraStatus
from kiosk.config import first_run_config
from kiosk.config.first_run_config import FirstRunAnswers
from kiosk.config.origins import fixed_settings
from kiosk.config.settings import Settings
from kiosk.core.clock import SystemClock
from kiosk.core.context import acting_as
from kiosk.core.latest_slot import LatestSlot
from kiosk.core.logger import log
from kiosk.core.systemd import READY, WATCHDOG, notify
from kiosk.domain.demo_marks import DEMO_EMAIL_DOMAIN
from kiosk.domain.types import Frame
from kiosk.employees.crud import Filter
from kiosk.employees.store import EmployeeStore
from kiosk.errors import InvalidInput, StorageError
from kiosk.security.admin_password import AdminPassword
from kiosk.ui.appearance import AppearanceChoice
from kiosk.ui.language import Language
from kiosk.ui.setup.backend import PasswordChoice
from kiosk.ui.setup.setup_app import SetupApp

WATCHDOG_MS = 2000


class SetupService:
    """Implements kiosk.ui.setup.backend.SetupBackend."""

    def __init__(self, camera: CameraLoop, data_dir: Path, database: Database) -> None:
        self._camera, self._data_dir, self._database = camera, data_dir, database
        self._password = AdminPassword(database)

    def camera_status(self) -> CameraStatus:
        return self._camera.status

    def save(self, chosen: FirstRunAnswers, /) -> None:
        first_run_config.save(self._data_dir, chosen)

    def password_choice(self) -> PasswordChoice:
        if self._password.is_set():
            return PasswordChoice.MADE
        is_new = not _has_people(self._database) and not self._password.was_ever_set()
        return PasswordChoice.OPEN if is_new else PasswordChoice.ELSEWHERE

    def choose_password(self, password: str, /) -> None:
        if self.password_choice() is not PasswordChoice.OPEN:
            raise InvalidInput("the administrator's password is set on the device: kiosk admin set-password")
        with acting_as(ACTOR):
            self._password.choose(password)


def is_set_up(settings: Settings) -> bool:
    """Tell whether the first start's questions have been answered on this device."""
    chosen = first_run_config.load(settings.data_dir)
    return chosen is not None and chosen.finished


def is_new(settings: Settings) -> bool:
    """Tell whether the questions must be asked: they were begun, or there is no password and nobody is enrolled.

    The demo's people do not count. While the database is away, nothing is asked.
    """
    chosen = first_run_config.load(settings.data_dir)
    if chosen is not None and (chosen.finished or chosen.step):
        return not chosen.finished
    try:
        with open_database(settings, limits_at_door(settings)) as database:
            return not AdminPassword(database).is_set() and not _has_people(database)
    except StorageError as error:
        log(logging.WARNING, "setup.not_asked", reason=error)
        return False


@contextmanager
def open_setup_app(settings: Settings) -> Iterator[SetupApp]:
    """Build the setup window; in the end all but the window is closed. Raises ConfigurationError, DeviceError."""
    make_data_dir(settings)
    clock, mailbox = SystemClock(), LatestSlot[Frame]()
    source = open_source(settings.source, build_camera_config(settings), clock, wait_for_camera=True)
    camera = CameraLoop(source, mailbox, clock)
    with open_database_or_wait(settings, limits_at_door(settings)) as database:
        try:
            with open_admin_service(settings, mailbox, database) as backend:
                camera.start()
                yield SetupApp(
                    backend,
                    SetupService(camera, settings.data_dir, database),
                    first_run_config.load(settings.data_dir) or FirstRunAnswers(),
                    language=Language(settings.language),
                    timezone=settings.timezone,
                    mirrored=not settings.camera_mirror,
                    decided=fixed_settings(),
                    choice=AppearanceChoice(settings.theme, settings.high_contrast, settings.large_type),
                )
        finally:
            camera.stop()


def run_setup_app(ui: SetupApp, for_s: float | None = None, *, windowed: bool = False) -> None:
    """Run the setup for at most for_s seconds; ui.is_finished tells whether all questions were answered."""
    timer = QTimer(ui)
    timer.timeout.connect(lambda: notify(WATCHDOG))
    timer.start(WATCHDOG_MS)
    if for_s is not None:
        QTimer.singleShot(round(for_s * 1000), ui, ui.request_stop)
    notify(READY)
    ui.run(windowed=windowed)
    timer.stop()


def _has_people(database: Database) -> bool:
    store = EmployeeStore(database)
    return store.count() > store.count(Filter(search=f"@{DEMO_EMAIL_DOMAIN}"))
