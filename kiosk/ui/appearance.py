"""How the screens look: what the office chose, followed by the windows that are open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from kiosk.domain.screen_theme import ScreenTheme
from kiosk.ui.application import paint_application
from kiosk.ui.theme import Appearance, appearance, use_appearance
from kiosk.ui.window import KioskWindow

# Where no desktop says whether it is dark, nights are.
NIGHT_BEGINS, NIGHT_ENDS = time(20), time(6)
_LOOK_MS = 60_000


@dataclass(frozen=True, slots=True)
class AppearanceChoice:
    """What the office chose.

    Attributes:
        less_motion: pages change at once.
    """

    theme: ScreenTheme = ScreenTheme.LIGHT
    high_contrast: bool = False
    large_type: bool = False
    less_motion: bool = False


class AppearanceFollower(QObject):
    """Draws a window as its office chose, and follows the desktop or the time of day."""

    def __init__(
        self, window: KioskWindow, choice: AppearanceChoice, now: Callable[[], datetime] = datetime.now
    ) -> None:
        """now: returns the local time."""
        super().__init__(window)
        self._window, self._choice, self._now = window, choice, now
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        QApplication.styleHints().colorSchemeChanged.connect(self.look)
        self.choose(choice)

    def choose(self, choice: AppearanceChoice) -> None:
        """Follow another choice from now on."""
        self._choice = choice
        self._window.fades = not choice.less_motion
        if choice.theme is ScreenTheme.AUTO:
            self._timer.start()
        else:
            self._timer.stop()
        self.look()

    def look(self) -> None:
        """Draw the window anew where another appearance is wanted."""
        wanted = Appearance(self._is_dark(), self._choice.high_contrast, self._choice.large_type)
        if wanted == appearance():
            return
        use_appearance(wanted)
        paint_application()
        self._window.restyle()

    def _is_dark(self) -> bool:
        match self._choice.theme:
            case ScreenTheme.LIGHT:
                return False
            case ScreenTheme.DARK:
                return True
            case ScreenTheme.AUTO:
                scheme = QApplication.styleHints().colorScheme()
                if scheme is not Qt.ColorScheme.Unknown:
                    return scheme is Qt.ColorScheme.Dark
                return not NIGHT_ENDS <= self._now().time() < NIGHT_BEGINS
