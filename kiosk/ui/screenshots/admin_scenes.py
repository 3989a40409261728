"""The administrator's password, the home screen and every screen that it leads to."""

from __future__ import annotations

from functools import partial

from PySide6.QtTest import QTest

from kiosk.domain.evacuation_access import EvacuationAccess
from kiosk.monitoring.health import HealthCheck, HealthGrade
from kiosk.ui.admin.admin_flow import AdminFlow
from kiosk.ui.admin.home import AdminHome
from kiosk.ui.admin.password_screens import ChangePasswordScreen, NoPasswordScreen, PasswordScreen
from kiosk.ui.admin.registry import ADMIN_SCREENS, AdminContext
from kiosk.ui.screenshots.fake_staff import staffed_backend
from kiosk.ui.screenshots.scene import ZONE, Scene, SceneFixture, office, wait_until


def _password(fixture: SceneFixture) -> None:
    fixture.open(PasswordScreen(staffed_backend(fixture), fixture.background))


def _password_wrong(fixture: SceneFixture) -> None:
    backend = staffed_backend(fixture)
    screen = PasswordScreen(backend, fixture.background)
    fixture.open(screen)
    screen.password.field.setText("wrong-password")
    screen.enter.click()
    wait_until(lambda: bool(screen.password.error))


def _password_wait(fixture: SceneFixture) -> None:
    """The screen is opened while wrong attempts of somebody else slow the device down."""
    backend = staffed_backend(fixture)
    backend.slowed_s = 42
    screen = PasswordScreen(backend, fixture.background)
    fixture.open(screen)
    wait_until(lambda: screen.password.is_waiting)


def _password_away(fixture: SceneFixture) -> None:
    """The database does not answer, and who is in is shown without the password."""
    screen = PasswordScreen(staffed_backend(fixture), fixture.background, EvacuationAccess.DATABASE_AWAY)
    fixture.open(screen)
    screen.say_database_away()


def _no_password(fixture: SceneFixture) -> None:
    fixture.open(NoPasswordScreen())


def _change_password(fixture: SceneFixture, present: str = "wrong-password") -> None:
    screen = ChangePasswordScreen(staffed_backend(fixture), fixture.background)
    fixture.open(screen)
    for form_field, text in (
        (screen.password, present),
        (screen.form.first, "a-password"),
        (screen.form.again, "a-password"),
    ):
        form_field.field.setText(text)
    screen.enter.click()
    wait_until(screen.enter.isEnabled)


def _password_changed(fixture: SceneFixture) -> None:
    _change_password(fixture, "right-password")


def _home(fixture: SceneFixture) -> AdminHome:
    """Come in by the password, as an administrator does."""
    reasons = office(fixture.language).exit_reasons
    flow = AdminFlow(fixture.window, AdminContext(staffed_backend(fixture), fixture.background, ZONE, reasons))
    flow.open()
    wait_until(lambda: isinstance(fixture.window.screen_shown, PasswordScreen))
    screen = fixture.window.screen_shown
    if isinstance(screen, PasswordScreen):
        screen.password.field.setText("right-password")
        screen.enter.click()
    wait_until(lambda: isinstance(fixture.window.screen_shown, AdminHome))
    home = fixture.window.screen_shown
    if not isinstance(home, AdminHome):
        raise TypeError(f"the password led to {home}")
    return home


def _home_shown(fixture: SceneFixture) -> None:
    home = _home(fixture)
    wait_until(lambda: home.is_loaded)
    QTest.qWait(150)  # the snapshots are read in the background


def _home_trouble(fixture: SceneFixture) -> None:
    """Nobody's schedule is known, and the device is not as it should be."""
    reasons, backend = office(fixture.language).exit_reasons, staffed_backend(fixture)
    backend.overview.has_schedules = False
    backend.overview.checks = (
        HealthCheck("camera", HealthGrade.DEGRADED, "lost"), HealthCheck("backup", HealthGrade.DEGRADED, "overdue"),
    )  # fmt: skip
    home = AdminHome(AdminContext(backend, fixture.background, ZONE, reasons))
    fixture.open(home)
    wait_until(lambda: home.is_loaded)


def _late(fixture: SceneFixture) -> None:
    home = _home(fixture)
    wait_until(lambda: home.is_loaded)
    home.missing.click()


def _exit(fixture: SceneFixture) -> None:
    _home(fixture).exit.click()


def _registered(name: str, fixture: SceneFixture) -> None:
    _home(fixture).buttons[name].click()
    QTest.qWait(150)  # what it shows is read in the background


ADMIN_SCENES = (
    Scene("password-none", _no_password),
    Scene("password", _password),
    Scene("password-wrong", _password_wrong),
    Scene("password-wait", _password_wait),
    Scene("admin", _home_shown),
    Scene("admin-trouble", _home_trouble),
    Scene("admin-missing", _late),
    *(Scene(f"admin-{entry.name}", partial(_registered, entry.name)) for entry in ADMIN_SCREENS),
    Scene("password-away", _password_away),
    Scene("password-change", _change_password),
    Scene("password-changed", _password_changed),
    Scene("admin-exit", _exit),
)
