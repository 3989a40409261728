"""The diagnostics: a device that is well, one where the machine cannot be restarted, and a question."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtTest import QTest

from kiosk.capture.status import CameraFaultKind, SourceState
from kiosk.core.power import PowerAccess
from kiosk.ui.diagnostics.screen import DiagnosticsScreen
from kiosk.ui.entrance.face_marks import FaceState
from kiosk.ui.screenshots.fake_diagnostics import FakeDiagnostics
from kiosk.ui.screenshots.fake_staff import STAFF_NAMES
from kiosk.ui.screenshots.scene import ZONE, Scene, SceneFixture, wait_until


def _open(fixture: SceneFixture, backend: FakeDiagnostics) -> DiagnosticsScreen:
    screen = DiagnosticsScreen(backend, fixture.background, ZONE)
    screen.opens.connect(fixture.window.open)
    fixture.open(screen)
    wait_until(screen.camera.isVisible)
    QTest.qWait(60)
    return screen


def _well(fixture: SceneFixture) -> DiagnosticsScreen:
    backend = FakeDiagnostics()
    backend.names = dict(enumerate(STAFF_NAMES[fixture.language]))
    states = (FaceState.RECOGNISED, FaceState.NOT_RECOGNISED)
    backend.result = fixture.entrance_backend.show(fixture.images["two"], states)
    return _open(fixture, backend)


def _well_shown(fixture: SceneFixture) -> None:
    _well(fixture)


def _trouble(fixture: SceneFixture) -> None:
    """No camera, no backup, and a machine that the kiosk may not switch off; scrolled to the end."""
    backend = FakeDiagnostics()
    camera = backend.state.camera
    lost = camera.status and replace(camera.status, state=SourceState.LOST, fault=CameraFaultKind.MISSING)
    backend.state = replace(
        backend.state,
        camera=replace(camera, status=lost, modes=()),
        backed_up_at=None,
        errors=(),
        restart=PowerAccess.FORBIDDEN,
        switch_off=PowerAccess.FORBIDDEN,
    )
    _scroll_to_the_end(_open(fixture, backend))


def _backed_up(fixture: SceneFixture) -> None:
    screen = _well(fixture)
    screen.back_up.click()
    wait_until(screen.notice.isVisible)


def _end(fixture: SceneFixture) -> None:
    _scroll_to_the_end(_well(fixture))


def _scroll_to_the_end(screen: DiagnosticsScreen) -> None:
    QTest.qWait(100)
    screen.side.verticalScrollBar().setValue(screen.side.verticalScrollBar().maximum())
    QTest.qWait(30)


def _question(fixture: SceneFixture) -> None:
    _well(fixture).power.off.click()


DIAGNOSTICS_SCENES = (
    Scene("diagnostics", _well_shown),
    Scene("diagnostics-end", _end),
    Scene("diagnostics-trouble", _trouble),
    Scene("diagnostics-backup", _backed_up),
    Scene("diagnostics-switch-off", _question),
)
