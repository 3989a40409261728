"""The language of all texts, dates and times; it can be changed while the screens are shown."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QDate, QLibraryInfo, QLocale, QTime, QTranslator

from kiosk.core.logger import log
from kiosk.errors import ConfigurationError
from kiosk.ui.translations import TRANSLATIONS_DIR, compile_translations

# Letters that fit into the narrowest card of the entrance.
LONG_WORD = 18


class Language(StrEnum):
    """A language of the screens."""

    RUSSIAN = "ru"
    ENGLISH = "en"

    @property
    def own_name(self) -> str:
        """What the language calls itself."""
        return {Language.RUSSIAN: "Русский", Language.ENGLISH: "English"}[self]

    @property
    def other(self) -> Language:
        """The other language."""
        return Language.ENGLISH if self is Language.RUSSIAN else Language.RUSSIAN

    @property
    def locale(self) -> QLocale:
        # British English, so that 09:02 reads the same in both languages and beside the attendance log.
        territory = {Language.RUSSIAN: QLocale.Country.Russia, Language.ENGLISH: QLocale.Country.UnitedKingdom}[self]
        return QLocale(QLocale(self.value).language(), territory)


class Translations:
    """The application's translators: one set, whoever made this object. For the main thread alone."""

    _language: ClassVar[Language | None] = None
    _translators: ClassVar[list[QTranslator]] = []

    def __init__(self) -> None:
        try:
            compile_translations()
        except (ConfigurationError, OSError) as error:
            log(logging.WARNING, "translations.not_compiled", why=error)

    @property
    def language(self) -> Language | None:
        """The language that is shown; None before one was chosen."""
        return Translations._language

    def use(self, language: Language) -> None:
        """Change the language; every widget gets a LanguageChange event."""
        if language is self.language:
            return
        Translations._language = language
        QLocale.setDefault(language.locale)
        for translator in self._translators:
            QCoreApplication.removeTranslator(translator)
        # English has no texts but its plurals: one that stayed behind would be read in their place.
        Translations._translators = [
            *_translator(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
            *_translator(f"kiosk_{language}", str(TRANSLATIONS_DIR)),
        ]
        for translator in self._translators:
            QCoreApplication.installTranslator(translator)


def _translator(name: str, folder: str) -> list[QTranslator]:
    translator = QTranslator()
    if translator.load(name, folder):
        return [translator]
    log(logging.WARNING, "translations.missing", file=name)
    return []


def shown_language() -> Language:
    """Return the language that is shown."""
    return next((language for language in Language if language.locale == QLocale()), Language.ENGLISH)


def time_text(at: datetime, zone: ZoneInfo) -> str:
    """Return the office's time of day, as the language writes it: 09:02."""
    local = at.astimezone(zone)
    return QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)


def duration_text(duration: timedelta, *, signed: bool = False) -> str:
    """Return a duration as H:MM; with its sign, where that is wanted."""
    minutes = abs(duration) // timedelta(minutes=1)
    sign = "−" if duration < timedelta() else "+" if signed and minutes else ""
    return f"{sign}{minutes // 60}:{minutes % 60:02}"


def date_text(at: datetime, zone: ZoneInfo) -> str:
    """Return the office's date with the weekday, as the language writes it."""
    local = at.astimezone(zone)
    return QLocale().toString(QDate(local.year, local.month, local.day), QLocale.FormatType.LongFormat)


def unbroken(text: str) -> str:
    """Return a text between whose words no line ends."""
    return text.replace(" ", "\u00a0")


def breakable(name: str) -> str:
    """Return a name whose very long words may be broken; a label breaks lines between words alone."""
    return " ".join("\u200b".join(word) if len(word) > LONG_WORD else word for word in name.split())
