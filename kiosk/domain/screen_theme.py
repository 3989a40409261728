"""Whether the screens are light or dark."""

from __future__ import annotations

from enum import StrEnum


class ScreenTheme(StrEnum):
    """What an office chooses."""

    LIGHT = "light"
    DARK = "dark"
    AUTO = "auto"
    """As the desktop; where there is none, light by day and dark by night."""
