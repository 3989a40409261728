"""The screens as a program: one window over a door, from opening it to the exit code."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from kiosk.doorway import Announcement
from kiosk.recognition.recognizer import FrameResult
from kiosk.ui.admin.area import AdminArea
from kiosk.ui.admin.desk import AdminDesk
from kiosk.ui.entrance.door import Door, DoorBridge, Office
from kiosk.ui.entrance.pin_screen import PinScreen
from kiosk.ui.entrance.screen import EntranceScreen
from kiosk.ui.language import Language
from kiosk.ui.program import Program
from kiosk.ui.sounds import Sounds

# By then the first frame of the entrance screen is painted.
TAKEN_OVER_MS = 300


class Wish(Enum):
    """What is to follow when the window is gone."""

    NONE = "none"
    SET_UP = "set_up"


class DoorUi(Program):
    """The window at the door, in the main thread. wish: what somebody wants to follow it.

        ui = DoorUi(office, door, desk, Language.RUSSIAN)
        pipeline.listen(ui.listen)
        pipeline.start()
        code = ui.run(windowed=False)

    listen may be called from any thread.
    """

    def __init__(self, office: Office, door: Door, desk: AdminDesk, language: Language) -> None:
        """language: the one that is spoken until somebody chooses the other, and again when the screen has slept.

        Raises ConfigurationError when the font is missing.
        """
        super().__init__(office.name, language)
        self.wish = Wish.NONE
        self._language, self._door = language, door
        self._sounds = Sounds()
        self._sounds.enabled = office.sounds
        self._bridge = DoorBridge(door, self)
        self.entrance = EntranceScreen(office, door, self._bridge, self.background, self._sounds)
        self.entrance.pin_wanted.connect(self._ask_pin)
        self.entrance.language_wanted.connect(self._change_language)
        self.entrance.slept.connect(self._forget_language)
        self.entrance.admin_wanted.connect(self.window.admin_requested)
        self.window.open(self.entrance)
        self.admin = AdminArea(self.window, desk, self.background, office.zone)
        self.admin.exit_wanted.connect(self.request_stop)

    def replace(self, other: QWidget) -> None:
        """Close another window as soon as this one is painted."""
        QTimer.singleShot(TAKEN_OVER_MS, self, other.close)

    def listen(self, result: FrameResult, announcements: Sequence[Announcement]) -> None:
        """Take note of a frame's result; it never waits."""
        self._bridge.listen(result, announcements)

    def _ended(self) -> None:
        self._sounds.stop()
        super()._ended()

    def _ask_pin(self) -> None:
        screen = PinScreen(self._door, self.background)
        screen.accepted.connect(self.entrance.show_pin_accepted)
        self.window.open(screen)

    def _change_language(self) -> None:
        self.window.use_language((self.translations.language or self._language).other)

    def _forget_language(self) -> None:
        """The next person is spoken to in the office's language."""
        self.window.use_language(self._language)
