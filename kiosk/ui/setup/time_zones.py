"""The world's time zones, by names that people know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from PySide6.QtCore import QLocale, QTimeZone

_REGIONS = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")


@dataclass(frozen=True, slots=True)
class TimeZone:
    """A time zone to choose.

    Attributes:
        key: its name in settings, such as Europe/Moscow.
        text: what is shown.
        words: the words that it is found by, in lower case.
    """

    key: str
    text: str
    words: str


def time_zones(locale: QLocale, now: datetime, chosen: str) -> tuple[TimeZone, ...]:
    """Return all time zones from west to east; now: decides about summer time. It takes half a second.

    Where two have the same text, as Asia/Istanbul and Europe/Istanbul do, the chosen one is returned, or else the last.
    """
    keys = (key for key in available_timezones() if key.startswith(_REGIONS))
    timed = sorted((now.astimezone(ZoneInfo(key)).utcoffset() or timedelta(), key) for key in keys)
    found = [_zone(key, locale, now) for _, key in timed]
    shown = {zone.text: zone for zone in sorted(found, key=lambda zone: zone.key == chosen)}
    return tuple(zone for zone in found if shown[zone.text] is zone)


def _zone(key: str, locale: QLocale, now: datetime) -> TimeZone:
    city = key.rsplit("/", 1)[-1].replace("_", " ")
    name = QTimeZone(key.encode()).displayName(QTimeZone.TimeType.GenericTime, QTimeZone.NameType.LongName, locale)
    area = name.split(",")[0].removesuffix(" Time").removesuffix(" Standard")
    is_told = area.startswith("GMT") or city in area
    shown = city if is_told else f"{city} ({area})"
    return TimeZone(key, f"{_offset(key, now)}   {shown}", f"{area} {key} {city}".casefold())


def _offset(key: str, now: datetime) -> str:
    """Return a zone's offset from UTC: +03:00."""
    text = now.astimezone(ZoneInfo(key)).strftime("%z")
    return f"{text[:3]}:{text[3:5]}"
