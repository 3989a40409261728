"""The world's time zones, by the cities that people type."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location

from kiosk.config.paths import ASSETS_DIR

_CITIES_PATH = ASSETS_DIR / "cities.toml"
# What people call countries that CLDR names in full.
_ALSO_CALLED = {"US": "США USA", "GB": "Англия England UK", "AE": "ОАЭ UAE"}
_REGIONS = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")


@dataclass(frozen=True, slots=True)
class City:
    """A city whose time can be chosen.

    Attributes:
        key: its time zone's name in settings, such as Europe/Moscow.
        name: in the language of the screen.
        offset: its time's distance from UTC, such as +03:00.
        words: what it is found by, in both languages, as search_words returns it; a zone's city also by the country.
        is_large: only found by its name; the others lend their time zone its name.
    """

    key: str
    name: str
    offset: str
    words: tuple[str, ...]
    is_large: bool = False

    def matches(self, wanted: tuple[str, ...]) -> bool:
        """Tell whether each of the wanted words begins one of the city's."""
        return all(any(word.startswith(start) for word in self.words) for start in wanted)

    def distance(self, wanted: tuple[str, ...]) -> int:
        """Return how far the city is from what was typed: 0 where all its words were, 2 where they begin none first."""
        if set(wanted) <= set(self.words):
            return 0
        return 1 if search_words(self.name)[0].startswith(wanted[0]) else 2


def search_words(text: str) -> tuple[str, ...]:
    """Return a text's words in lower case, without accents and hyphens; ё counts as е, й as и."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter if letter.isalnum() else " " for letter in parts if not unicodedata.combining(letter))
    return tuple(letters.split())


def cities(language: str, now: datetime, chosen: str) -> tuple[City, ...]:
    """Return the cities that lend a time zone their name, from west to east, then other large ones by their names.

    Where two zones have one name, as Asia/Istanbul and Europe/Istanbul do, the chosen one is returned, or else the
    last.

    Args:
        language: of the names: ru or en.
        now: decides about summer time.
        chosen: the time zone that is in use.
    """
    keys = [key for key in available_timezones() if key.startswith(_REGIONS)]
    keys.sort(key=lambda key: (now.astimezone(ZoneInfo(key)).utcoffset() or timedelta(), key))
    zones = [_zone(key, language, now) for key in keys]
    shown = {(zone.name, zone.offset): zone for zone in sorted(zones, key=lambda zone: zone.key == chosen)}
    large = sorted(_large_cities(language, now), key=lambda city: city.name)
    return tuple(zone for zone in zones if shown[zone.name, zone.offset] is zone) + tuple(large)


def _zone(key: str, language: str, now: datetime) -> City:
    locales = {code: Locale(code) for code in ("en", "ru")}
    names = {code: get_timezone_location(key, locale=locale, return_city=True) for code, locale in locales.items()}
    country = get_global("zone_territories").get(key, "")
    countries = [locale.territories.get(country, "") for locale in locales.values()]
    told = (*names.values(), *countries, _ALSO_CALLED.get(country, ""), key.partition("/")[2])
    return City(key, names[language], _offset(key, now), _words(told))


def _large_cities(language: str, now: datetime) -> Iterator[City]:
    for key, names in tomllib.loads(_CITIES_PATH.read_text(encoding="utf-8")).items():
        offset = _offset(key, now)
        for english, russian in names.items():
            name = english if language == "en" else russian.split(",")[0]
            yield City(key, name, offset, _words((english, russian)), is_large=True)


def _words(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for text in texts for word in search_words(text)))


def _offset(key: str, now: datetime) -> str:
    text = now.astimezone(ZoneInfo(key)).strftime("%z")
    return f"{text[:3]}:{text[3:5]}"
