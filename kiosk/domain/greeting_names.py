"""By which name somebody is greeted."""

from __future__ import annotations

import re
from enum import StrEnum

# Endings of patronymics and of surnames that tell which of a Russian name's words is the given name.
_PATRONYMIC = re.compile(r"(вич|вна|ична|инична|оглы|кызы)$", re.IGNORECASE)
_SURNAME = re.compile(
    r"(ов|ова|ев|ева|ёв|ёва|ин|ина|ын|ына|ский|ская|цкий|цкая|ко|ук|юк|чук|ян|дзе|швили)$", re.IGNORECASE
)


class GreetingName(StrEnum):
    """What of a name is shown at the door."""

    CALLED = "called"
    """What the person is called; without it the full name."""
    FULL = "full"
    INITIALS = "initials"
    NONE = "none"


def greeting_name(choice: GreetingName, full_name: str, called: str | None) -> str | None:
    """Return what a person is greeted by; None for no name. It is never guessed from the full name."""
    match choice:
        case GreetingName.CALLED:
            return called or full_name
        case GreetingName.FULL:
            return full_name
        case GreetingName.INITIALS:
            return " ".join(f"{word[0]}." for word in full_name.replace(",", " ").split())
        case GreetingName.NONE:
            return None


def proposed_called_name(full_name: str) -> str:
    """Return which word of a full name is probably the given name, to be looked at by somebody; "" for no idea."""
    family, comma, given = full_name.partition(",")
    words = (given if comma else family).split()
    if comma:
        return words[0] if words else ""
    if len(words) < 2:
        return ""
    if len(words) > 2 and _PATRONYMIC.search(words[2]):
        return words[1]
    if len(words) == 2 and _SURNAME.search(words[0]) and not _SURNAME.search(words[1]):
        return words[1]
    return words[0]
