"""The screens as a program: what bootstrap builds, starts and stops."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from kiosk.doorway import Announcement
from kiosk.recognition.recognizer import FrameResult
from kiosk.ui.admin.area import AdminArea
from kiosk.ui.admin.desk import AdminDesk
from kiosk.ui.application import make_application
from kiosk.ui.background import Background
from kiosk.ui.entrance.door import Door, DoorBridge, Office
from kiosk.ui.entrance.pin_screen import PinScreen
from kiosk.ui.entrance.screen import EntranceScreen
from kiosk.ui.language import Language, Translations
from kiosk.ui.sounds import Sounds
from kiosk.ui.window import KioskWindow

WINDOWED_SIZE = (1280, 720)
# Also how soon Python gets to see a signal: its handlers run between two steps of its own.
BEAT_MS = 250


class DoorUi(QObject):
    """The window at the door, in the main thread.

        ui = DoorUi(office, door, desk, Language.RUSSIAN)
        pipeline.listen(ui.listen)
        pipeline.start()
        code = ui.run(windowed=False)

    listen and request_stop may be called from any thread, request_stop from a signal handler, too. beat_s: monotonic
    seconds at which the main thread was last seen moving; None while the window is not shown.
    """

    _stop_requested = Signal()

    def __init__(self, office: Office, door: Door, desk: AdminDesk, language: Language) -> None:
        """language: the one that is spoken until somebody chooses the other, and again when the screen has slept.

        Raises ConfigurationError when the font is missing.
        """
        self._application = make_application()
        super().__init__()
        self._language, self._door = language, door
        self._translations = Translations(self)
        self._translations.use(language)
        self.background, self._sounds = Background(self), Sounds()
        self._sounds.enabled = office.sounds
        self._bridge = DoorBridge(door, self)
        self.window = KioskWindow(self._translations)
        self.window.setWindowTitle(office.name)
        self.entrance = EntranceScreen(office, door, self._bridge, self.background, self._sounds)
        self.entrance.pin_wanted.connect(self._ask_pin)
        self.entrance.language_wanted.connect(self._change_language)
        self.entrance.slept.connect(self._forget_language)
        self.entrance.admin_wanted.connect(self.window.admin_requested)
        self.window.open(self.entrance)
        self.admin = AdminArea(self.window, desk, self.background, office.zone)
        self.admin.exit_wanted.connect(self.request_stop)
        self.window.closing.connect(self._stop)
        self.beat_s: float | None = None
        self._heart = QTimer(self)
        self._heart.setInterval(BEAT_MS)
        self._heart.timeout.connect(self._beat)
        self._stop_requested.connect(self._stop, Qt.ConnectionType.QueuedConnection)

    def listen(self, result: FrameResult, announcements: Sequence[Announcement]) -> None:
        """Take note of a frame's result; it never waits."""
        self._bridge.listen(result, announcements)

    def run(self, *, windowed: bool = False) -> int:
        """Show the window until it is closed or a stop is requested; return the exit code.

        What was begun in the background is finished before this returns.
        """
        self._beat()
        self._heart.start()
        if windowed:
            self.window.resize(*WINDOWED_SIZE)
            self.window.show()
        else:
            self.window.showFullScreen()
        try:
            return self._application.exec()
        finally:
            self._heart.stop()
            self.beat_s = None
            self.window.close()
            self._sounds.stop()
            self.background.stop()

    def request_stop(self) -> None:
        """Make run return soon."""
        self._stop_requested.emit()

    def _stop(self) -> None:
        """A request that comes when the window is gone already must not end whatever the application does next."""
        if self.beat_s is not None:
            self._application.exit()

    def _beat(self) -> None:
        self.beat_s = time.monotonic()

    def _ask_pin(self) -> None:
        screen = PinScreen(self._door, self.background)
        screen.accepted.connect(self.entrance.show_pin_accepted)
        self.window.open(screen)

    def _change_language(self) -> None:
        self.window.use_language((self._translations.language or self._language).other)

    def _forget_language(self) -> None:
        """The next person is spoken to in the office's language."""
        self.window.use_language(self._language)
