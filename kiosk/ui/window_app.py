"""A window that runs in the main thread, and can be ended from any thread."""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal

from kiosk.ui.appearance import AppearanceChoice, AppearanceFollower
from kiosk.ui.application import make_application
from kiosk.ui.background import Background
from kiosk.ui.language import Language, Translations
from kiosk.ui.window import KioskWindow

WINDOWED_SIZE, WINDOWED_SHARE = (1280, 720), 0.9
# Also how soon Python gets to see a signal: its handlers run between two steps of its own.
HEARTBEAT_MS = 250


class WindowApp(QObject):
    """A window, its language, and a Background.

    request_stop may be called from any thread, and from a signal handler.

    Attributes:
        appearance: draws the window as the office chose.
        may_be_closed: Alt+F4 and the like close the window, also where it fills the screen.
        heartbeat_s: monotonic seconds at which the main thread last ran its timer; None while the window is not shown.
        is_stop_requested: request_stop was called.
    """

    _stop_requested = Signal()

    def __init__(self, title: str, language: Language, choice: AppearanceChoice | None = None) -> None:
        """Raises ConfigurationError when the font is missing."""
        self._application = make_application()
        super().__init__()
        self.translations = Translations()
        self.translations.use(language)
        self.background = Background(self)
        self.window = KioskWindow(self.translations)
        self.appearance = AppearanceFollower(self.window, choice or AppearanceChoice())
        self.window.setWindowTitle(title)
        self.window.closing.connect(self._stop)
        self.may_be_closed = False
        self.heartbeat_s: float | None = None
        self.is_stop_requested = False
        self._heartbeat_timer = QTimer(self)
        self._heartbeat_timer.setInterval(HEARTBEAT_MS)
        self._heartbeat_timer.timeout.connect(self._beat)
        self._stop_requested.connect(self._stop, Qt.ConnectionType.QueuedConnection)

    def run(self, *, windowed: bool = False) -> int:
        """Show the window until a stop is requested, and return the exit code.

        A window that fills the screen is closed by nobody who comes along; one with a frame has a button for that.
        A stop that was requested before it began ends it at once. Background work that was started is finished before
        this returns.
        """
        self.window.may_be_closed = windowed or self.may_be_closed
        self._beat()
        self._heartbeat_timer.start()
        self._show(windowed)
        # What was made until now stays; looking through it for garbage would keep the main thread a tenth of a second.
        gc.collect()
        gc.freeze()
        try:
            return 0 if self.is_stop_requested else self._application.exec()
        finally:
            gc.unfreeze()
            self._heartbeat_timer.stop()
            self.heartbeat_s = None
            self._ended()

    def request_stop(self) -> None:
        """Make run return soon."""
        self.is_stop_requested = True
        self._stop_requested.emit()

    def _ended(self) -> None:
        """Close the window and finish background work."""
        self.window.end()
        self.background.stop()

    def _beat(self) -> None:
        self.heartbeat_s = time.monotonic()

    def _stop(self) -> None:
        """End run; ignored where it has ended, so that a late request does not end what the application does next."""
        if self.heartbeat_s is not None:
            self._application.exit()

    def _show(self, windowed: bool) -> None:
        screen = self._application.primaryScreen()
        if windowed:
            # With its frame it has to fit beside panels and docks.
            room = screen.availableSize() * WINDOWED_SHARE
            self.window.resize(QSize(*WINDOWED_SIZE).boundedTo(room))
            self.window.show()
            return
        # Where no window manager runs, as on many kiosks, nobody else makes a window as large as the screen.
        screen.geometryChanged.connect(self.window.setGeometry)
        self.window.setGeometry(screen.geometry())
        self.window.showFullScreen()
