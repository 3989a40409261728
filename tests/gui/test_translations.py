"""The translations are whole, in line with the code, and compiled without help."""

from __future__ import annotations

import re
import shutil
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

from kiosk.errors import ConfigurationError
from kiosk.ui.language import Language, Translations, date_text, time_text
from kiosk.ui.translations import TRANSLATIONS_DIR, compile_translations, update_sources

NAMES = [f"kiosk_{language}.ts" for language in Language]
PLURAL_FORMS = {"kiosk_ru.ts": 3, "kiosk_en.ts": 2}


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The translations after texts were collected from the code once more."""
    folder = tmp_path_factory.mktemp("translations")
    for name in NAMES:
        shutil.copy(TRANSLATIONS_DIR / name, folder)
    update_sources(folder)
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_every_text_of_the_code_is_translated(collected: Path, name: str) -> None:
    assert (collected / name).read_text(encoding="utf-8") == (TRANSLATIONS_DIR / name).read_text(encoding="utf-8")
    messages = ET.parse(TRANSLATIONS_DIR / name).findall(".//message")  # noqa: S314 - our own file
    assert messages
    for message in messages:
        source, translation = message.findtext("source"), message.find("translation")
        assert translation is not None and translation.get("type") is None, f"not translated: {source}"
        forms = [form.text for form in translation.findall("numerusform")] or [translation.text]
        assert len(forms) == (PLURAL_FORMS[name] if message.get("numerus") else 1)
        assert all(forms), f"a form is empty: {source}"
        for form in forms:
            assert placeholders(form or "") <= placeholders(source or ""), source


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%n|%\d|\{\w*\}", text))


def test_a_changed_translation_is_compiled(tmp_path: Path) -> None:
    shutil.copy(TRANSLATIONS_DIR / "kiosk_ru.ts", tmp_path)
    assert compile_translations(tmp_path) == (tmp_path / "kiosk_ru.qm",)
    assert compile_translations(tmp_path) == ()
    translator = QTranslator()
    assert translator.load("kiosk_ru", str(tmp_path))
    assert translator.translate("OnScreenKeyboard", "Space") == "Пробел"


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "kiosk_ru.ts").write_text("<TS", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="lrelease"):
        compile_translations(tmp_path)


@pytest.mark.parametrize(
    ("language", "time", "date"),
    [
        (Language.RUSSIAN, "09:02", "понедельник, 2 марта 2026\u202fг."),
        (Language.ENGLISH, "09:02", "Monday 2 March 2026"),
    ],
)
def test_times_and_dates_are_the_offices_own(
    translations: Translations, language: Language, time: str, date: str
) -> None:
    translations.use(language)
    at = datetime(2026, 3, 2, 6, 2, tzinfo=UTC)
    assert time_text(at, ZoneInfo("Europe/Moscow")) == time
    assert date_text(at, ZoneInfo("Europe/Moscow")) == date


def test_the_language_is_the_applications_own_whoever_chose_it(translations: Translations) -> None:
    Translations().use(Language.RUSSIAN)
    assert translations.language is Language.RUSSIAN
    assert QCoreApplication.translate("AdminHome", "Employees") == "Сотрудники"
    translations.use(Language.ENGLISH)
    assert QCoreApplication.translate("AdminHome", "Employees") == "Employees"
