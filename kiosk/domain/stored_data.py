"""How much is stored about one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class StoredData:
    """How much the tables hold about one person.

    Attributes:
        events: entries and exits, those that do not count among them.
        first_at: when the first one was, aware UTC; None without any.
        snapshots: events whose picture is kept, on whatever device.
        consented_at: when the consent that holds was given, aware UTC; None without one.
    """

    events: int
    first_at: datetime | None
    snapshots: int
    consented_at: datetime | None
