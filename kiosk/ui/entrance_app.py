"""The entrance and the administration as one application window, from opening it to the exit code."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from kiosk.domain.frame_result import Announcement, FrameResult
from kiosk.ui.admin.admin_flow import AdminFlow
from kiosk.ui.admin.registry import AdminBackend, AdminContext
from kiosk.ui.appearance import AppearanceChoice
from kiosk.ui.entrance.backend import EntranceBackend, EntranceBridge, Office, OwnMonth
from kiosk.ui.entrance.demo_end_screen import DemoEndScreen
from kiosk.ui.entrance.month_screen import MonthScreen
from kiosk.ui.entrance.pin_screen import PinScreen
from kiosk.ui.entrance.screen import EntranceScreen
from kiosk.ui.language import Language
from kiosk.ui.sounds import Sounds
from kiosk.ui.start_screen import StartingScreen
from kiosk.ui.window import KioskWindow
from kiosk.ui.window_app import WindowApp

# By then the first frame of the entrance screen is painted.
TAKEN_OVER_MS = 300
# How often it is looked whether the window may be made anew.
RENEWAL_MS = 500


class FollowUp(Enum):
    """What is to follow when the window is closed."""

    NONE = "none"
    PLAY_AGAIN = "play_again"
    SET_UP = "set_up"
    RENEW = "renew"
    RESTART = "restart"


class EntranceApp(WindowApp):
    """The window at the door, in the main thread.

        ui = EntranceApp(office, entrance_backend, admin_backend, Language.RUSSIAN)
        pipeline.listen(ui.listen)
        pipeline.start()
        code = ui.run(windowed=False)

    listen, source_ended and renew may be called from any thread.

    Attributes:
        follow_up: what somebody chose to follow when the window is closed.
    """

    _source_ended = Signal()
    _renewal_wanted = Signal()

    def __init__(
        self, office: Office, entrance_backend: EntranceBackend, admin_backend: AdminBackend, language: Language
    ) -> None:
        """language: shown until somebody chooses another one, and again when the screen was dimmed.

        Raises ConfigurationError when the font is missing.
        """
        choice = AppearanceChoice(office.theme, office.high_contrast, office.large_type, office.less_motion)
        super().__init__(office.name, language, choice)
        self.follow_up = FollowUp.NONE
        self.may_be_closed = office.is_demo
        self._language, self._entrance_backend, self._office = language, entrance_backend, office
        self._sounds = Sounds()
        self._sounds.enabled = office.sounds
        self._bridge = EntranceBridge(entrance_backend, self)
        self.entrance = EntranceScreen(office, entrance_backend, self._bridge, self.background, self._sounds)
        self.entrance.pin_wanted.connect(self._ask_pin)
        self.entrance.language_wanted.connect(self._change_language)
        self.entrance.slept.connect(self._forget_language)
        self.entrance.admin_wanted.connect(self.window.admin_requested)
        self.entrance.setup_wanted.connect(lambda: self._end_with(FollowUp.SET_UP))
        self.window.open(self.entrance)
        self.admin = AdminFlow(
            self.window,
            AdminContext(admin_backend, self.background, office.zone, office.exit_reasons, office.evacuation_access),
        )
        self.admin.exit_wanted.connect(self.request_stop)
        self.admin.restart_wanted.connect(lambda: self._end_with(FollowUp.RESTART))
        self._source_ended.connect(self._take_leave, Qt.ConnectionType.QueuedConnection)
        self._renewal = QTimer(self)
        self._renewal.setInterval(RENEWAL_MS)
        self._renewal.timeout.connect(self._renew_when_unused)
        self._renewal_wanted.connect(self._renewal.start, Qt.ConnectionType.QueuedConnection)

    def replace(self, other: KioskWindow) -> None:
        """Close another window as soon as this one is painted."""
        QTimer.singleShot(TAKEN_OVER_MS, self, other.end)

    def listen(self, result: FrameResult, announcements: Sequence[Announcement]) -> None:
        """Take a frame's result; it never waits."""
        self._bridge.listen(result, announcements)

    def source_ended(self) -> None:
        """Close the window, for there are no more frames; in a demo after its last screen."""
        self._source_ended.emit()

    def renew(self) -> None:
        """End with FollowUp.RENEW as soon as nobody uses the screens; the window stays until another replaces it."""
        self._renewal_wanted.emit()

    def _renew_when_unused(self) -> None:
        if self.window.screen_shown is not self.entrance or self.entrance.cards.cards:
            return
        self._renewal.stop()
        self.window.open(StartingScreen())
        QApplication.processEvents()
        self._end_with(FollowUp.RENEW)

    def _take_leave(self) -> None:
        if not self._office.is_demo:
            self._stop()
            return
        end = DemoEndScreen(offers_setup=self._office.offers_setup)
        end.again.connect(lambda: self._end_with(FollowUp.PLAY_AGAIN))
        end.setup.connect(lambda: self._end_with(FollowUp.SET_UP))
        end.over.connect(self._stop)
        self.window.home()
        self.window.open(end)

    def _end_with(self, follow_up: FollowUp) -> None:
        self.follow_up = follow_up
        self._stop()

    def _ended(self) -> None:
        self._sounds.stop()
        if self.follow_up is FollowUp.RENEW and not self.is_stop_requested:
            self.background.stop()
            return
        super()._ended()

    def _ask_pin(self) -> None:
        screen = PinScreen(self._entrance_backend, self.background)
        screen.accepted.connect(self.entrance.show_pin_accepted)
        screen.month_opened.connect(self._open_month)
        self.window.open(screen)

    def _open_month(self, month: OwnMonth) -> None:
        screen = MonthScreen(month, self._entrance_backend, self.background)
        screen.opens.connect(self.window.open)
        self.window.open(screen)

    def _change_language(self) -> None:
        self.window.use_language((self.translations.language or self._language).other)

    def _forget_language(self) -> None:
        """Go back to the office's language for the next person."""
        self.window.use_language(self._language)
