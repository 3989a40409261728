"""Who is in and what happened last, for receivers that show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from db.attendance_log import DatabaseAttendanceLog
from db.employee_queries import person_names
from db.erasures import erased_people
from db.session import Database
from kiosk.attendance.evacuation import evacuation_list
from kiosk.attendance.stays import CLOCK_TOLERANCE, StayRules
from kiosk.domain.types import AttendanceEvent


@dataclass(frozen=True, slots=True)
class PersonState:
    """Where an active person is.

    Attributes:
        external_id: the personnel number; None without one.
        since_at: when they entered, aware UTC; None while they are out.
    """

    employee_id: int
    external_id: str | None
    full_name: str
    since_at: datetime | None


@dataclass(frozen=True, slots=True)
class OfficeState:
    """One moment of the office.

    Attributes:
        people_in: how many are in.
        people: the active people, by id, but for those whose face was erased and who have not agreed anew.
        last: the latest event of a person that counts; None where there was none yet.
    """

    people_in: int
    people: tuple[PersonState, ...]
    last: AttendanceEvent | None


def read_office_state(database: Database, stays: StayRules, now: datetime) -> OfficeState:
    """Return the office's state by the database. Raises StorageError."""
    present = {person.employee_id: person.since_at for person in evacuation_list(database, stays, now).people}
    with database.reading() as session:
        erased = erased_people(session)
        names = [person for person in person_names(session) if person.is_active and person.id not in erased]
    latest = DatabaseAttendanceLog(database).latest_events(now + CLOCK_TOLERANCE)
    return OfficeState(
        people_in=len(present),
        people=tuple(PersonState(one.id, one.external_id, one.full_name, present.get(one.id)) for one in names),
        last=max(latest, key=lambda event: event.occurred_at, default=None),
    )
