"""What one look at a part of the kiosk found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """subject: what was looked at. sentence: how it is. next_step: what to do, None when nothing need be done."""

    subject: str
    level: Level
    sentence: str
    next_step: str | None = None
