"""The administrator's screens that the home screen leads to, each in one line.

The home screen makes a button of every line, the flow opens it, and the screenshots show it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from kiosk.domain.evacuation_access import EvacuationAccess
from kiosk.domain.exit_reasons import ExitReason
from kiosk.ui.admin.admin_screen import AdminScreen
from kiosk.ui.admin.overview import OverviewBackend
from kiosk.ui.admin.password_screens import ChangePasswordScreen, PasswordBackend
from kiosk.ui.background import Background
from kiosk.ui.diagnostics.backend import DiagnosticsBackend
from kiosk.ui.diagnostics.screen import DiagnosticsScreen
from kiosk.ui.enroll.draft import EnrollDraft
from kiosk.ui.enroll.screen import EnrollScreen
from kiosk.ui.evacuation.backend import EvacuationBackend
from kiosk.ui.evacuation.screen import EvacuationScreen
from kiosk.ui.events.backend import EventsContext
from kiosk.ui.events.screen import EventsScreen
from kiosk.ui.gallery.backend import GalleryBackend
from kiosk.ui.gallery.screen import GalleryScreen
from kiosk.ui.people.backend import PeopleBackend
from kiosk.ui.people.list_screen import PeopleScreen
from kiosk.ui.questions.backend import QuestionsBackend
from kiosk.ui.questions.screen import QuestionsScreen
from kiosk.ui.receivers.backend import ReceiversBackend
from kiosk.ui.receivers.screen import ReceiversScreen
from kiosk.ui.settings.backend import SettingsBackend
from kiosk.ui.settings.screen import SettingsScreen
from kiosk.ui.timesheets.backend import ClosedMonthsBackend, TimesheetBackend
from kiosk.ui.timesheets.closed_months_screen import ClosedMonthsScreen
from kiosk.ui.timesheets.screen import TimesheetScreen


class AttendanceBackend(QuestionsBackend, ClosedMonthsBackend, EvacuationBackend, Protocol):
    """What the screens about attendance need: a kiosk.app.admin_attendance.AdminAttendance, or a fake one."""


class AdminBackend(PasswordBackend, PeopleBackend, TimesheetBackend, Protocol):
    """All that the screens need of the kiosk behind them: a kiosk.app.admin_service.AdminService, or a fake one.

    newest_frame answers at once, from memory; all other methods may wait, are called on a background thread and raise
    KioskError.
    """

    @property
    def attendance(self) -> AttendanceBackend: ...

    @property
    def diagnostics(self) -> DiagnosticsBackend: ...

    @property
    def overview(self) -> OverviewBackend: ...

    @property
    def receivers(self) -> ReceiversBackend: ...

    @property
    def settings(self) -> SettingsBackend: ...

    @property
    def gallery(self) -> GalleryBackend: ...


@dataclass(frozen=True, slots=True)
class AdminContext:
    """What a screen is made with.

    Attributes:
        zone: of the office, in which times are shown.
        exit_reasons: the office's list.
        draft: what was typed of somebody whose enrollment closed by itself.
        evacuation_access: when the list of who is in is shown without the password.
    """

    backend: AdminBackend
    background: Background
    zone: ZoneInfo
    exit_reasons: tuple[ExitReason, ...] = ()
    evacuation_access: EvacuationAccess = EvacuationAccess.PASSWORD
    draft: EnrollDraft = field(default_factory=EnrollDraft)

    @property
    def events(self) -> EventsContext:
        """What the journal's screens are made with."""
        return EventsContext(self.backend.attendance, self.background, self.zone, self.exit_reasons)

    def months_screen(self) -> ClosedMonthsScreen:
        """Return the screen on which months are closed."""
        return ClosedMonthsScreen(self.backend.attendance, self.background, self.zone)


@dataclass(frozen=True, slots=True)
class RegisteredScreen:
    """One way on from the home screen.

    Attributes:
        name: what the button and the screenshot are called in code.
        icon: name of a drawing in assets/icons.
        title: returns the button's text in the language that is shown.
        make: builds the screen.
        is_primary: the button stands out.
        count: returns how much waits there, which the button shows; it may wait, and raises KioskError.
    """

    name: str
    icon: str
    title: Callable[[], str]
    make: Callable[[AdminContext], AdminScreen]
    is_primary: bool = False
    count: Callable[[AdminBackend], int] | None = None


ADMIN_SCREENS = (
    RegisteredScreen(
        "enroll",
        "add",
        lambda: QCoreApplication.translate("AdminHome", "Enroll somebody"),
        lambda context: EnrollScreen(context.backend, context.background, draft=context.draft),
        is_primary=True,
    ),
    RegisteredScreen(
        "people",
        "people",
        lambda: QCoreApplication.translate("AdminHome", "Employees"),
        lambda context: PeopleScreen(context.backend, context.background, context.events),
    ),
    RegisteredScreen(
        "events",
        "list",
        lambda: QCoreApplication.translate("AdminHome", "Journal"),
        lambda context: EventsScreen(context.events),
    ),
    RegisteredScreen(
        "questions",
        "question",
        lambda: QCoreApplication.translate("AdminHome", "Open questions"),
        lambda context: QuestionsScreen(context.backend.attendance, context.events),
        count=lambda backend: backend.attendance.question_count(),
    ),
    RegisteredScreen(
        "evacuation",
        "exit",
        lambda: QCoreApplication.translate("AdminHome", "Who is in"),
        lambda context: EvacuationScreen(context.backend.attendance, context.background, context.zone),
    ),
    RegisteredScreen(
        "timesheets",
        "disk",
        lambda: QCoreApplication.translate("AdminHome", "Timesheets"),
        lambda context: TimesheetScreen(context.backend, context.background, context.months_screen),
    ),
    RegisteredScreen(
        "settings",
        "admin",
        lambda: QCoreApplication.translate("AdminHome", "Settings"),
        lambda context: SettingsScreen(context.backend.settings, context.background, context.backend, context.zone),
    ),
    RegisteredScreen(
        "receivers",
        "globe",
        lambda: QCoreApplication.translate("AdminHome", "Other systems"),
        lambda context: ReceiversScreen(context.backend.receivers, context.background, context.zone),
    ),
    RegisteredScreen(
        "gallery",
        "eye",
        lambda: QCoreApplication.translate("AdminHome", "Check of the faces"),
        lambda context: GalleryScreen(context.backend.gallery, context.backend, context.background, context.zone),
        count=lambda backend: backend.gallery.finding_count(),
    ),
    RegisteredScreen(
        "diagnostics",
        "search",
        lambda: QCoreApplication.translate("AdminHome", "Diagnostics"),
        lambda context: DiagnosticsScreen(context.backend.diagnostics, context.background, context.zone),
    ),
    RegisteredScreen(
        "password",
        "lock",
        lambda: QCoreApplication.translate("AdminHome", "Change the password"),
        lambda context: ChangePasswordScreen(context.backend, context.background),
    ),
)
