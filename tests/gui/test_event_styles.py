"""Every type of event has looks of its own."""

from __future__ import annotations

from dataclasses import fields

import pytest

from kiosk.domain.types import EventType
from kiosk.ui.event_styles import event_style
from kiosk.ui.icons import ICONS_DIR
from kiosk.ui.language import Language, Translations
from kiosk.ui.theme import colour


@pytest.mark.parametrize("event_type", EventType)
def test_a_type_has_an_icon_and_a_colour(event_type: EventType) -> None:
    style = event_style(event_type)
    assert (ICONS_DIR / f"{style.icon}.svg").is_file()
    assert colour(style.colour).isValid()


@pytest.mark.parametrize("language", Language)
def test_no_two_types_say_the_same(translations: Translations, language: Language) -> None:
    translations.use(language)
    styles = [event_style(event_type) for event_type in EventType]
    for field in fields(styles[0]):
        assert len({getattr(style, field.name) for style in styles}) == len(styles), field.name


@pytest.mark.parametrize(
    ("hour", "greeting"),
    [(4, "Welcome"), (5, "Good morning"), (11, "Good morning"), (12, "Good afternoon"), (17, "Good evening"),
     (23, "Welcome"), (0, "Welcome")],
)  # fmt: skip
def test_the_greeting_is_of_the_time_of_day(translations: Translations, hour: int, greeting: str) -> None:
    translations.use(Language.ENGLISH)
    assert event_style(EventType.ENTRY).greeting_at(hour) == greeting


def test_texts_follow_the_language(translations: Translations) -> None:
    translations.use(Language.RUSSIAN)
    assert event_style(EventType.EXIT).registered_at.format(time="18:02") == "Выход в 18:02"
    translations.use(Language.ENGLISH)
    assert event_style(EventType.EXIT).registered_at.format(time="18:02") == "Exit at 18:02"
