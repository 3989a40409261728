"""The first start's questions, set by hand for pictures of them."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer

from kiosk.capture.status import CameraFaultKind, CameraStatus, SourceState
from kiosk.config.first_run_config import FirstRunAnswers
from kiosk.ui.language import Language
from kiosk.ui.screenshots.admin_scenes import backend_of
from kiosk.ui.screenshots.fake_admin import take_of
from kiosk.ui.setup.camera import CameraStep
from kiosk.ui.setup.language import LanguageStep
from kiosk.ui.setup.office import OfficeStep
from kiosk.ui.setup.password import PasswordStep
from kiosk.ui.setup.person import PersonStep
from kiosk.ui.setup.screen import SetupScreen
from kiosk.ui.setup.zone import ZoneStep

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.ui.screenshots.pictures import Studio

_OFFICES = {Language.RUSSIAN: "Бюро «Северная верфь»", Language.ENGLISH: "North Yard Office"}


class FakeSetupBackend:
    """A Device that keeps nothing, with a camera that is plugged in or not."""

    def __init__(self) -> None:
        self.kept: list[FirstRunAnswers] = []
        self.status = CameraStatus(SourceState.OK, datetime.now(UTC), time.monotonic())

    def camera_status(self) -> CameraStatus:
        return self.status

    def unplug(self) -> None:
        self.status = CameraStatus(
            SourceState.LOST, datetime.now(UTC), time.monotonic(), CameraFaultKind.MISSING, "camera unplugged"
        )

    def keep(self, choices: FirstRunAnswers, /) -> None:
        self.kept.append(choices)


def _open(stage: Studio, step: str, device: FakeSetupBackend | None = None) -> SetupScreen:
    backend, device = backend_of(stage), device or FakeSetupBackend()
    picture = stage.pictures["near"].image_bgr
    backend.takes = [take_of(picture, 0, 0.0) for _ in range(20)]
    backend.password = None
    chosen = {"office_name": _OFFICES[stage.language]}
    if device.status.state is SourceState.LOST:
        backend.frame = None
    steps = [
        LanguageStep(),
        OfficeStep(chosen),
        ZoneStep("Europe/Moscow", stage.background),
        PasswordStep(backend, stage.background),
        CameraStep(backend, device, stage.background, mirrored=True),
        PersonStep(),
    ]
    screen = SetupScreen(steps, FirstRunAnswers(chosen, step), device, stage.background)
    stage.window.open(screen)
    _wait(60)
    return screen


def _wait(time_ms: int) -> None:
    """Go on, and let background threads do so, too."""
    loop = QEventLoop()
    QTimer.singleShot(time_ms, loop.quit)
    loop.exec()


def _step(step: str, stage: Studio) -> None:
    _open(stage, step)


def _zone(stage: Studio) -> None:
    step = _open(stage, "zone").step
    while isinstance(step, ZoneStep) and not step.list.count():
        _wait(100)


def _password(stage: Studio) -> None:
    screen = _open(stage, "password")
    step = screen.step
    if isinstance(step, PasswordStep):
        step.form.first.field.setText("a-password")
        step.form.again.field.setText("another-password")
    step.proceed()


def _camera(stage: Studio) -> None:
    _open(stage, "camera")
    _wait(1000)


def _no_camera(stage: Studio) -> None:
    device = FakeSetupBackend()
    device.unplug()
    _open(stage, "camera", device)


SETUP_SCENES: dict[str, Callable[[Studio], None]] = {
    "setup-language": partial(_step, "language"),
    "setup-office": partial(_step, "office"),
    "setup-zone": _zone,
    "setup-password": _password,
    "setup-camera": _camera,
    "setup-no-camera": _no_camera,
    "setup-person": partial(_step, "person"),
}
