"""Time zones with names that people know them by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from PySide6.QtCore import QLocale, QTimeZone

_REGIONS = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")


@dataclass(frozen=True, slots=True)
class Zone:
    """key: as settings name it, Europe/Moscow. text: what is shown of it. words: what it is found by, lower-cased."""

    key: str
    text: str
    words: str


def zones(locale: QLocale, now: datetime, chosen: str) -> tuple[Zone, ...]:
    """Return all time zones of the world from west to east; now decides about summer time. It takes half a second.

    Some have two names that read the same, as Asia/Istanbul and Europe/Istanbul do: of those the chosen one is
    returned, or else the last.
    """
    keys = (key for key in available_timezones() if key.startswith(_REGIONS))
    timed = sorted((now.astimezone(ZoneInfo(key)).utcoffset() or timedelta(), key) for key in keys)
    found = [_zone(key, locale, now) for _, key in timed]
    shown = {zone.text: zone for zone in sorted(found, key=lambda zone: zone.key == chosen)}
    return tuple(zone for zone in found if shown[zone.text] is zone)


def _zone(key: str, locale: QLocale, now: datetime) -> Zone:
    city = key.rsplit("/", 1)[-1].replace("_", " ")
    name = QTimeZone(key.encode()).displayName(QTimeZone.TimeType.GenericTime, QTimeZone.NameType.LongName, locale)
    area = name.split(",")[0].removesuffix(" Time").removesuffix(" Standard")
    is_told = area.startswith("GMT") or city in area
    shown = city if is_told else f"{city} ({area})"
    return Zone(key, f"{_offset(key, now)}   {shown}", f"{area} {key} {city}".casefold())


def _offset(key: str, now: datetime) -> str:
    """Return how far a zone is from UTC: +03:00."""
    text = now.astimezone(ZoneInfo(key)).strftime("%z")
    return f"{text[:3]}:{text[3:5]}"
