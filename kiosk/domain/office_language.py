"""The language of what the office reads outside of the screens: timesheets, lists, explanations."""

from __future__ import annotations

from enum import StrEnum


class OfficeLanguage(StrEnum):
    """KIOSK_LANGUAGE says which; a command or a request may ask for the other one."""

    ENGLISH = "en"
    RUSSIAN = "ru"
