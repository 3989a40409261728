"""The result of one check."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """One result.

    Attributes:
        subject: what was checked.
        level: whether it is in order.
        sentence: what was found.
        next_step: what to do about it; None when nothing need be done.
    """

    subject: str
    level: Level
    sentence: str
    next_step: str | None = None
