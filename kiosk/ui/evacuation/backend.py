"""What the screen of the evacuation list needs of the kiosk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from kiosk.domain.office_language import OfficeLanguage


@dataclass(frozen=True, slots=True)
class PersonIn:
    """Somebody who is in. since_at: aware UTC. door: where they were registered last."""

    full_name: str
    department: str | None
    since_at: datetime
    door: str


@dataclass(frozen=True, slots=True)
class PeopleIn:
    """Who is in.

    Attributes:
        people: by department and name; those without a department come last.
        as_of: when that was so, aware UTC.
        is_copy: the database is away; this is the last copy with what this door knows.
    """

    people: tuple[PersonIn, ...]
    as_of: datetime
    is_copy: bool = False


class EvacuationBackend(Protocol):
    """Every method may wait, is called on a background thread and raises KioskError."""

    def people_in(self) -> PeopleIn: ...

    def save_evacuation_list(self, folder: Path, /, *, language: OfficeLanguage) -> Path: ...
