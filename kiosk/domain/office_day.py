"""How an office day goes: who is in, who came late, and who is missing though they should be there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class LatePerson:
    """Somebody who came after their shift began.

    Attributes:
        came_at: aware UTC.
        late: by how much, where it is more than the grace.
    """

    employee_id: int
    full_name: str
    came_at: datetime
    late: timedelta


@dataclass(frozen=True, slots=True)
class MissingPerson:
    """Somebody who has not come though their shift, or core time, has begun. planned_at: when it did, aware UTC."""

    employee_id: int
    full_name: str
    planned_at: datetime


@dataclass(frozen=True, slots=True)
class OfficeDay:
    """An office day until now.

    Attributes:
        in_now: how many are in, whatever the day on which they came.
        planned: how many are planned to come today; 0 where no schedule says so.
        late: whoever came latest first.
        missing: whoever should have come first, first.
    """

    in_now: int
    planned: int = 0
    late: tuple[LatePerson, ...] = ()
    missing: tuple[MissingPerson, ...] = ()
