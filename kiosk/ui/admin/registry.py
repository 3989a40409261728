"""The administrator's screens that the home screen leads to, each in one line.

The home screen makes a button of every line, the flow opens it, and the screenshots show it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from kiosk.ui.admin.admin_screen import AdminScreen
from kiosk.ui.admin.password_screens import ChangePasswordScreen, PasswordBackend
from kiosk.ui.background import Background
from kiosk.ui.enroll.screen import EnrollScreen
from kiosk.ui.events.backend import EventsBackend
from kiosk.ui.events.screen import EventsScreen
from kiosk.ui.people.backend import PeopleBackend
from kiosk.ui.people.list_screen import PeopleScreen
from kiosk.ui.timesheets.backend import TimesheetBackend
from kiosk.ui.timesheets.screen import TimesheetScreen


class AdminBackend(PasswordBackend, PeopleBackend, EventsBackend, TimesheetBackend, Protocol):
    """All that the screens need of the kiosk behind them: a kiosk.app.admin_service.AdminService, or a fake one.

    newest_frame answers at once, from memory; all other methods may wait, are called on a background thread and raise
    KioskError.
    """


@dataclass(frozen=True, slots=True)
class AdminContext:
    """What a screen is made with; zone: of the office, in which times are shown."""

    backend: AdminBackend
    background: Background
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class RegisteredScreen:
    """One way on from the home screen.

    Attributes:
        name: what the button and the screenshot are called in code.
        icon: name of a drawing in assets/icons.
        title: returns the button's text in the language that is shown.
        make: builds the screen.
        is_primary: the button stands out.
    """

    name: str
    icon: str
    title: Callable[[], str]
    make: Callable[[AdminContext], AdminScreen]
    is_primary: bool = False


ADMIN_SCREENS = (
    RegisteredScreen(
        "enroll",
        "add",
        lambda: QCoreApplication.translate("AdminHome", "Enroll somebody"),
        lambda context: EnrollScreen(context.backend, context.background),
        is_primary=True,
    ),
    RegisteredScreen(
        "people",
        "people",
        lambda: QCoreApplication.translate("AdminHome", "Employees"),
        lambda context: PeopleScreen(context.backend, context.background),
    ),
    RegisteredScreen(
        "events",
        "list",
        lambda: QCoreApplication.translate("AdminHome", "Today's events"),
        lambda context: EventsScreen(context.backend, context.background, context.zone),
    ),
    RegisteredScreen(
        "timesheets",
        "disk",
        lambda: QCoreApplication.translate("AdminHome", "Timesheets"),
        lambda context: TimesheetScreen(context.backend, context.background),
    ),
    RegisteredScreen(
        "password",
        "lock",
        lambda: QCoreApplication.translate("AdminHome", "Change the password"),
        lambda context: ChangePasswordScreen(context.backend, context.background),
    ),
)
