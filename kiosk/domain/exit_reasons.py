"""The office's list of reasons for an exit."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_REASONS = 6
CODE = re.compile(r"[a-z][a-z0-9_-]{0,39}")
MAX_NAME = 30


@dataclass(frozen=True, slots=True)
class ExitReason:
    """One reason.

    Attributes:
        code: as it is stored, and given in the API.
        name_en: its button in English.
        name_ru: and in Russian.
    """

    code: str
    name_en: str
    name_ru: str


def parse_exit_reasons(text: str) -> tuple[ExitReason, ...]:
    """Return the reasons of a list like `break: Break: Перерыв; trip: Business trip: Командировка`.

    Raises ValueError with what is wrong.
    """
    reasons = tuple(_reason(part) for part in text.split(";") if part.strip())
    if len(reasons) > MAX_REASONS:
        raise ValueError(f"at most {MAX_REASONS} reasons have room on the card")
    if len({reason.code for reason in reasons}) < len(reasons):
        raise ValueError("each code may be given once")
    return reasons


def _reason(text: str) -> ExitReason:
    parts = [part.strip() for part in text.split(":")]
    if len(parts) != 3 or not CODE.fullmatch(parts[0]) or not all(1 <= len(name) <= MAX_NAME for name in parts[1:]):
        raise ValueError(
            f"{text.strip()!r} is no reason; write it like break: Break: Перерыв, with a code of small Latin letters, "
            f"digits, - and _, and names of at most {MAX_NAME} letters in English and in Russian"
        )
    return ExitReason(*parts)
