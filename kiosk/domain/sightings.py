"""When somebody who is in was last seen at a door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Sighting:
    """The last one of a stay at one door.

    Attributes:
        stay_began_at: of the entry, aware UTC.
        seen_at: aware UTC.
    """

    employee_id: int
    kiosk_id: str
    stay_began_at: datetime
    seen_at: datetime
