"""The settings: every group, what was changed, tokens, and what can go wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtTest import QTest

from kiosk.config.setting_traits import SettingGroup
from kiosk.errors import SettingChanged, StorageError
from kiosk.ui.admin.admin_screen import AdminScreen
from kiosk.ui.entrance.face_marks import FaceState
from kiosk.ui.screenshots.fake_admin import FakeAdminBackend
from kiosk.ui.screenshots.scene import ZONE, Scene, SceneFixture, wait_until
from kiosk.ui.settings.camera_screen import CameraSettingsScreen
from kiosk.ui.settings.group_screen import GroupScreen
from kiosk.ui.settings.history_screen import HistoryScreen
from kiosk.ui.settings.texts import GROUPS
from kiosk.ui.settings.tokens_screen import NewTokenScreen, TokensScreen
from kiosk.ui.settings.value_controls import ChoiceControl, TextControl
from kiosk.ui.settings.zone_screen import ZoneScreen


def _open(fixture: SceneFixture, screen: AdminScreen) -> None:
    screen.opens.connect(fixture.window.open)
    fixture.open(screen)
    QTest.qWait(150)  # what it shows is read in the background


def _group(group: SettingGroup, fixture: SceneFixture) -> tuple[FakeAdminBackend, GroupScreen]:
    backend = FakeAdminBackend()
    if group is SettingGroup.CAMERA:
        fixture.show_faces("two", FaceState.RECOGNISED, FaceState.LOOKING)
        backend.frame = fixture.entrance_backend.newest_frame()
        screen: GroupScreen = CameraSettingsScreen(backend.settings, fixture.background, backend)
    else:
        screen = GroupScreen(backend.settings, fixture.background, group)
    _open(fixture, screen)
    wait_until(lambda: bool(screen.rows))
    return backend, screen


def _group_shown(group: SettingGroup, fixture: SceneFixture) -> None:
    _group(group, fixture)


def _choose(screen: GroupScreen, name: str, value: str) -> None:
    control = screen.rows[name].control
    if isinstance(control, ChoiceControl):
        control.buttons[value].click()
    elif isinstance(control, TextControl):
        control.field.setText(value)
        control.take.click()


def _changed(fixture: SceneFixture) -> None:
    _, screen = _group(SettingGroup.SCREEN, fixture)
    _choose(screen, "greeting_name", "initials")
    wait_until(lambda: bool(screen.notice.sentence))


def _wrong(fixture: SceneFixture) -> None:
    _, screen = _group(SettingGroup.ATTENDANCE, fixture)
    _choose(screen, "longest_stay_h", "long")
    wait_until(lambda: bool(screen.rows["longest_stay_h"].error))


def _refused(error: Callable[[], Exception], fixture: SceneFixture) -> None:
    backend, screen = _group(SettingGroup.RECOGNITION, fixture)
    refused = error()
    if isinstance(refused, SettingChanged | StorageError):
        backend.settings.refuses = refused
    _choose(screen, "target_fpir", "0.0001")
    wait_until(lambda: bool(screen.notice.sentence))


def _zone(fixture: SceneFixture) -> None:
    _, screen = _group(SettingGroup.OFFICE, fixture)
    zone = ZoneScreen("Europe/Moscow", fixture.background)
    screen.opens.emit(zone)
    wait_until(lambda: zone.step.list.count() > 0)


def _history(fixture: SceneFixture) -> None:
    backend, screen = _group(SettingGroup.PRIVACY, fixture)
    _choose(screen, "snapshots", "true")
    QTest.qWait(100)
    _choose(screen, "snapshot_ttl_days", "3")
    QTest.qWait(100)
    _open(fixture, HistoryScreen(backend.settings, fixture.background, ZONE))


def _tokens(fixture: SceneFixture) -> None:
    _open(fixture, TokensScreen(FakeAdminBackend().settings, fixture.background, ZONE))


def _new_token(fixture: SceneFixture) -> NewTokenScreen:
    screen = NewTokenScreen(FakeAdminBackend().settings, fixture.background)
    _open(fixture, screen)
    screen.name.field.setText("payroll-2")
    return screen


def _new_token_shown(fixture: SceneFixture) -> None:
    _new_token(fixture)


def _token_made(fixture: SceneFixture) -> None:
    screen = _new_token(fixture)
    screen.make.click()
    wait_until(lambda: bool(screen.token.text()))


SETTINGS_SCENES = (
    *(Scene(f"settings-{group}", partial(_group_shown, group)) for group in GROUPS),
    Scene("settings-changed", _changed),
    Scene("settings-wrong", _wrong),
    Scene("settings-changed-by-other", partial(_refused, lambda: SettingChanged("target_fpir"))),
    Scene("settings-not-saved", partial(_refused, lambda: StorageError("away"))),
    Scene("settings-zone", _zone),
    Scene("settings-history", _history),
    Scene("settings-tokens", _tokens),
    Scene("settings-new-token", _new_token_shown),
    Scene("settings-token-made", _token_made),
)
