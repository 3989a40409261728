"""The language of all texts, dates and times, changed while the screens stand."""

from __future__ import annotations

import logging
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QDate, QLibraryInfo, QLocale, QObject, QTime, QTranslator

from kiosk.core.logger import log
from kiosk.errors import ConfigurationError
from kiosk.ui.translations import TRANSLATIONS_DIR, compile_translations


class Language(StrEnum):
    """own_name: how the language calls itself."""

    RUSSIAN = "ru"
    ENGLISH = "en"

    @property
    def own_name(self) -> str:
        return {Language.RUSSIAN: "Русский", Language.ENGLISH: "English"}[self]

    @property
    def other(self) -> Language:
        return Language.ENGLISH if self is Language.RUSSIAN else Language.RUSSIAN

    @property
    def locale(self) -> QLocale:
        # British English, so that 09:02 reads the same in both languages and beside the attendance log.
        territory = {Language.RUSSIAN: QLocale.Country.Russia, Language.ENGLISH: QLocale.Country.UnitedKingdom}[self]
        return QLocale(QLocale(self.value).language(), territory)


class Translations(QObject):
    """Holds the application's translators; belongs to the main thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.language: Language | None = None
        self._translators: list[QTranslator] = []
        try:
            compile_translations()
        except (ConfigurationError, OSError) as error:
            log(logging.WARNING, "translations.not_compiled", why=error)

    def use(self, language: Language) -> None:
        """Change the language; every widget gets a LanguageChange event."""
        if language is self.language:
            return
        self.language = language
        QLocale.setDefault(language.locale)
        for translator in self._translators:
            QCoreApplication.removeTranslator(translator)
        self._translators = [
            *_translator(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath), self),
            *_translator(f"kiosk_{language}", str(TRANSLATIONS_DIR), self),
        ]
        for translator in self._translators:
            QCoreApplication.installTranslator(translator)


def _translator(name: str, folder: str, parent: QObject) -> list[QTranslator]:
    translator = QTranslator(parent)
    if translator.load(name, folder):
        return [translator]
    log(logging.WARNING, "translations.missing", file=name)
    return []


def shown_language() -> Language:
    """Return the language in use."""
    return next((language for language in Language if language.locale == QLocale()), Language.ENGLISH)


def time_text(at: datetime, zone: ZoneInfo) -> str:
    """Return the time of day in the office, as the language writes it: 09:02."""
    local = at.astimezone(zone)
    return QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)


def date_text(at: datetime, zone: ZoneInfo) -> str:
    """Return the office's date with its weekday, as the language writes it."""
    local = at.astimezone(zone)
    return QLocale().toString(QDate(local.year, local.month, local.day), QLocale.FormatType.LongFormat)
