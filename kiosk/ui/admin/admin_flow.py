"""Which administrator's screen follows which, from the password on; all are closed when left idle."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from kiosk.core.clock import elapsed_s
from kiosk.core.logger import log
from kiosk.errors import KioskError
from kiosk.ui.admin.admin_screen import AdminScreen, ConfirmScreen
from kiosk.ui.admin.home import AdminHome
from kiosk.ui.admin.idle_warning import IdleWarning
from kiosk.ui.admin.password_screens import NoPasswordScreen, PasswordScreen
from kiosk.ui.admin.registry import AdminContext, RegisteredScreen
from kiosk.ui.evacuation.screen import EvacuationScreen
from kiosk.ui.window import KioskWindow

CLOSES_AFTER_S = 120.0
# And says so that long before.
WARNS_S = 20.0
_LIFE = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.TouchBegin,
    QEvent.Type.Wheel,
)


class AdminFlow(QObject):
    """Opens the administration when the window's admin_requested is emitted.

    Signals:
        exit_wanted: the kiosk shall end.
        restart_wanted: the kiosk shall end and start anew.
    """

    exit_wanted = Signal()
    restart_wanted = Signal()

    def __init__(self, window: KioskWindow, context: AdminContext, clock_s: Callable[[], float] = elapsed_s) -> None:
        """clock_s: seconds that go on while the machine sleeps, when the timer stands still."""
        super().__init__(window)
        self._window, self._context = window, context
        self._clock_s, self._touched_s = clock_s, clock_s()
        self._asking = False
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(round(CLOSES_AFTER_S * 1000))
        self._idle.timeout.connect(self._close)
        self.warning = IdleWarning(window)
        self._warns = QTimer(self)
        self._warns.setSingleShot(True)
        self._warns.setInterval(max(0, round((CLOSES_AFTER_S - WARNS_S) * 1000)))
        self._warns.timeout.connect(self._warn)
        window.admin_requested.connect(self.open)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def open(self) -> None:
        """Ask for the password; where there is none yet, say where it is set."""
        if self._is_open or self._asking:
            return
        self._asking = True
        self._context.background.run(self, self._context.backend.has_password, self._ask_password, self._cannot_ask)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Restart the idle timer at every touch and key; the first one after a long sleep of the machine closes all."""
        if event.type() in _LIFE and self._idle.isActive():
            if self._clock_s() - self._touched_s > CLOSES_AFTER_S:
                self._close()
                return True
            self._stay()
        return super().eventFilter(watched, event)

    @property
    def _is_open(self) -> bool:
        return isinstance(self._window.screen_shown, AdminScreen)

    def _cannot_ask(self, _error: KioskError) -> None:
        """Show the password screen, which says that the database does not answer."""
        self._ask_password(True)
        if isinstance(self._window.screen_shown, PasswordScreen):
            self._window.screen_shown.say_database_away()

    def _ask_password(self, has_password: bool) -> None:
        self._asking = False
        if self._is_open:
            return
        if not has_password:
            self._show(NoPasswordScreen())
            return
        context = self._context
        screen = PasswordScreen(context.backend, context.background, context.evacuation_access)
        screen.opened.connect(self._show_home)
        screen.evacuation_wanted.connect(self._show_evacuation)
        self._show(screen)

    def _show_home(self) -> None:
        self._window.back()
        home = AdminHome(self._context)
        home.wanted.connect(self._open_registered)
        home.exit_wanted.connect(self._ask_exit)
        self._show(home)

    def _show_evacuation(self) -> None:
        """Show who is in to somebody who gave no password; they may look, and save nothing."""
        log(logging.WARNING, "evacuation.shown_without_password")
        context = self._context
        self._show(EvacuationScreen(context.backend.attendance, context.background, context.zone, may_save=False))

    def _open_registered(self, entry: RegisteredScreen) -> None:
        self._show(entry.make(self._context))

    def _ask_exit(self) -> None:
        question = ConfirmScreen(
            self.tr("Close the kiosk?"),
            self.tr("Nobody is recognised at this door until the kiosk is started again."),
            self.tr("Close the kiosk"),
        )
        question.confirmed.connect(self.exit_wanted)
        self._show(question)

    def _show(self, screen: AdminScreen) -> None:
        screen.opens.connect(self._show)
        screen.leaves.connect(self._window.home)
        screen.restarts.connect(self.restart_wanted)
        screen.alive.connect(self._stay)
        self._stay()
        self._window.open(screen)

    def _stay(self) -> None:
        self._touched_s = self._clock_s()
        self.warning.end()
        self._warns.start()
        self._idle.start()

    def _warn(self) -> None:
        if self._is_open:
            self.warning.begin(round(WARNS_S))

    def _close(self) -> None:
        self._idle.stop()
        self._warns.stop()
        self.warning.end()
        if self._is_open:
            self._window.home()
