"""The first start's questions, set by hand for pictures of them."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QEventLoop, QTimer

from kiosk.capture.status import CameraFaultKind, CameraStatus, SourceState
from kiosk.config.first_run_config import FirstRunAnswers
from kiosk.ui.language import Language
from kiosk.ui.screenshots.fake_admin import judged_picture
from kiosk.ui.screenshots.fake_staff import staffed_backend
from kiosk.ui.screenshots.scene import Scene, SceneFixture
from kiosk.ui.setup.backend import PasswordChoice
from kiosk.ui.setup.camera_step import CameraStep
from kiosk.ui.setup.language_step import LanguageStep
from kiosk.ui.setup.office_step import OfficeStep
from kiosk.ui.setup.password_step import PasswordStep
from kiosk.ui.setup.person_step import PersonStep
from kiosk.ui.setup.screen import SetupScreen
from kiosk.ui.setup.zone_step import ZoneStep

_OFFICES = {Language.RUSSIAN: "Бюро «Северная верфь»", Language.ENGLISH: "North Yard Office"}


class FakeSetupBackend:
    """A SetupBackend that saves nothing, with a camera that is plugged in or not."""

    def __init__(self) -> None:
        self.saved: list[FirstRunAnswers] = []
        self.password: str | None = None
        self.choice = PasswordChoice.OPEN
        self.status = CameraStatus(SourceState.OK, datetime.now(UTC), time.monotonic())

    def camera_status(self) -> CameraStatus:
        return self.status

    def unplug(self) -> None:
        self.status = CameraStatus(
            SourceState.LOST, datetime.now(UTC), time.monotonic(), CameraFaultKind.MISSING, "camera unplugged"
        )

    def password_choice(self) -> PasswordChoice:
        return self.choice if self.password is None else PasswordChoice.MADE

    def choose_password(self, password: str, /) -> None:
        self.password = password

    def save(self, choices: FirstRunAnswers, /) -> None:
        self.saved.append(choices)


def _open(fixture: SceneFixture, step: str, device: FakeSetupBackend | None = None) -> SetupScreen:
    backend, device = staffed_backend(fixture), device or FakeSetupBackend()
    picture = fixture.images["near"].image_bgr
    backend.pictures = [judged_picture(picture, 0, 0.0) for _ in range(20)]
    chosen = {"office_name": _OFFICES[fixture.language]}
    if device.status.state is SourceState.LOST:
        backend.frame = None
    steps = [
        LanguageStep(),
        OfficeStep(chosen),
        ZoneStep("Europe/Moscow", fixture.background),
        PasswordStep(device, fixture.background),
        CameraStep(backend, device, fixture.background, mirrored=True),
        PersonStep(),
    ]
    screen = SetupScreen(steps, FirstRunAnswers(chosen, step), device, fixture.background)
    fixture.open(screen)
    return screen


def _wait(time_ms: int) -> None:
    """Go on, and let background threads do so, too."""
    loop = QEventLoop()
    QTimer.singleShot(time_ms, loop.quit)
    loop.exec()


def _step(step: str, fixture: SceneFixture) -> None:
    shown = _open(fixture, step).step
    if isinstance(shown, PersonStep):
        shown.offer()


def _zone(typed: str, fixture: SceneFixture) -> None:
    step = _open(fixture, "zone").step
    while isinstance(step, ZoneStep) and not step.list.count():
        _wait(100)
    if isinstance(step, ZoneStep):
        step.search.setText(typed)


def _password(fixture: SceneFixture) -> None:
    screen = _open(fixture, "password")
    step = screen.step
    if isinstance(step, PasswordStep):
        step.form.first.field.setText("a-password")
        step.form.again.field.setText("another-password")
    step.proceed()


def _password_elsewhere(fixture: SceneFixture) -> None:
    device = FakeSetupBackend()
    device.choice = PasswordChoice.ELSEWHERE
    step = _open(fixture, "password", device).step
    while step.sentence.isHidden():
        _wait(100)


def _camera(fixture: SceneFixture) -> None:
    _open(fixture, "camera")
    _wait(1000)


def _no_camera(fixture: SceneFixture) -> None:
    device = FakeSetupBackend()
    device.unplug()
    _open(fixture, "camera", device)


SETUP_SCENES = (
    Scene("setup-language", partial(_step, "language")),
    Scene("setup-office", partial(_step, "office")),
    Scene("setup-zone", partial(_zone, "")),
    Scene("setup-zone-search", partial(_zone, "нов")),
    Scene("setup-zone-nowhere", partial(_zone, "Урюпинск")),
    Scene("setup-password", _password),
    Scene("setup-password-elsewhere", _password_elsewhere),
    Scene("setup-camera", _camera),
    Scene("setup-no-camera", _no_camera),
    Scene("setup-person", partial(_step, "person")),
)
