"""Checks of single settings; each returns the value as it is used, or raises ValueError with a sentence."""

from __future__ import annotations

import os
import re
from pathlib import Path
from zoneinfo import ZoneInfo

from tzlocal import get_localzone_name

from kiosk.domain.demo_marks import RESERVED_KIOSK_IDS
from kiosk.domain.exit_reasons import parse_exit_reasons
from kiosk.errors import ConfigurationError

_ADDRESS_WITHOUT_SCHEME = re.compile(r":.*@")


def existing_timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"{name!r} is no time zone; write it like Europe/Moscow") from error
    return name


def system_timezone() -> str:
    """Return the system's time zone; a POSIX one, such as CET-1CEST, would silently be taken for UTC."""
    named = os.environ.get("TZ", "").removeprefix(":")
    if named and not named.startswith("/"):
        try:
            ZoneInfo(named)
        except (KeyError, ValueError, OSError) as error:
            raise ConfigurationError(
                f"the system's time zone TZ={named} has no name that holds for all years; "
                "set KIOSK_TIMEZONE, written like Europe/Berlin"
            ) from error
    return get_localzone_name()


def quarter_turn(degrees: int) -> int:
    if degrees not in (0, 90, 180, 270):
        raise ValueError("must be 0, 90, 180 or 270")
    return degrees


def time_of_day(text: str) -> str:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
        raise ValueError(f"{text!r} is no time of day; write it like 03:00")
    return text


def own_kiosk_id(kiosk_id: str) -> str:
    if kiosk_id.strip().casefold() in RESERVED_KIOSK_IDS:
        raise ValueError(f"{kiosk_id!r} marks made-up rows, which are deleted; choose another, such as entrance-1")
    return kiosk_id


def absolute_path(path: Path) -> Path:
    return path.expanduser().absolute()


def listed_exit_reasons(text: str) -> str:
    """Return a list of reasons as it is. Raises ValueError, see parse_exit_reasons."""
    parse_exit_reasons(text)
    return text


def readable_source(source: str) -> str:
    """Return the source as it is; a stream's address whose parts cannot be told apart is refused without repeating it.

    An unescaped / ? # ends what may hold the password, and the rest of it would be taken for the path and shown.
    """
    scheme, mark, rest = source.partition("://")
    if not mark:
        if _ADDRESS_WITHOUT_SCHEME.search(source) and not Path(source).exists():
            raise ValueError("this looks like a stream's address; let it begin with http:// or rtsp://")
        return source
    authority = re.split(r"[/?#\\]", rest, maxsplit=1)[0]
    credentials = authority.rpartition("@")[0]
    if "@" in rest[len(authority) :] or re.search(r"[\[\]\s\x00-\x1f]", credentials) or ":" in scheme or "@" in scheme:
        raise ValueError(
            "the address cannot be understood: in its user name and password write / ? # as %2F %3F %23 and [ ] @ as "
            "%5B %5D %40; an @ in its path is written %40, too"
        )
    return source
