"""What is wrong with a setting, in a sentence that names it."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches
from typing import Any

PREFIX = "KIOSK_"


def field_of(variable: str) -> str:
    """Return the field that an environment variable sets."""
    return variable.removeprefix(PREFIX).lower()


def unknown_setting(variable: str, known: Collection[str]) -> str:
    """Return that there is no such setting, and which one may be meant. known: names of all fields."""
    close = get_close_matches(field_of(variable), known, n=1)
    hint = f"; did you mean {PREFIX}{close[0].upper()}?" if close else "; docs/settings.md lists the settings"
    return f"{variable} is not a setting{hint}"


def setting_fault(fault: Any, known: Collection[str]) -> str:
    """Return what pydantic found. known: names of all fields."""
    name = str(fault["loc"][0]) if fault["loc"] else "settings"
    if fault["type"] == "extra_forbidden":
        return unknown_setting(PREFIX + field_of(name.upper()).upper(), known)
    return f"{PREFIX}{name.upper()}: {fault['msg'].removeprefix('Value error, ')}"
