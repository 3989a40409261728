"""What the guides quote from the screens is written there, in the language of the guide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest

from kiosk.config.paths import PROJECT_DIR
from support.documents import document

QUOTED = {"en": re.compile(r'"([^"]+)"'), "ru": re.compile("«([^»]+)»")}
PAGES = ("docs/administrator.en.md", "docs/administrator.ru.md", "README.md", "README.ru.md")


def screen_texts(language: str) -> Iterator[str]:
    """All texts of the screens, English ones as the source has them."""
    file = PROJECT_DIR / "assets" / "translations" / "kiosk_ru.ts"
    for message in ElementTree.parse(file).iter("message"):  # noqa: S314  the project's own file
        translation = message.find("translation")
        if language == "en":
            yield message.findtext("source") or ""
        elif translation is not None:
            yield from (translation.text or "", *(form.text or "" for form in translation.iter("numerusform")))


def unknown(text: str, language: str) -> list[str]:
    """The quotes that stand on no screen; … stands for what differs from person to person."""
    known = {re.sub(r"\{\w+\}", "…", each) for each in screen_texts(language)}
    return [quote for quote in QUOTED[language].findall(re.sub(r"\s+", " ", text)) if quote not in known]


@pytest.mark.parametrize("name", PAGES)
def test_quoted_texts_stand_on_a_screen(name: str) -> None:
    page = document(name)
    language = "ru" if name.endswith(".ru.md") else "en"
    assert QUOTED[language].search(page.text)
    assert unknown(page.text, language) == []


@pytest.mark.parametrize(("text", "language"), [('Touch "Fly"', "en"), ("Нажмите «Лететь»", "ru")])
def test_a_wrong_quote_is_noticed(text: str, language: str) -> None:
    assert len(unknown(text, language)) == 1
