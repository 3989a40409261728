"""Last sightings of people who are in, within the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.orm import Session, aliased

from db.correction_queries import is_automatic, is_voided
from db.models import AttendanceRow, EmployeeRow
from db.session import changed_count
from db.tables import SightingRow
from kiosk.domain.sightings import Sighting
from kiosk.domain.types import EventType


def save_sightings(session: Session, sightings: Iterable[Sighting]) -> None:
    """Write down sightings, each in the place of an earlier one of its stay and door; those of nobody are left out."""
    row, wanted = SightingRow, {sighting.employee_id: sighting for sighting in sightings}
    known = session.scalars(select(EmployeeRow.id).where(EmployeeRow.id.in_(wanted))).all()
    for sighting in (wanted[employee_id] for employee_id in known):
        same = (
            row.employee_id == sighting.employee_id,
            row.kiosk_id == sighting.kiosk_id,
            row.stay_began_at == sighting.stay_began_at,
        )
        if not changed_count(session, update(row).where(*same).values(seen_at=sighting.seen_at)):
            session.execute(
                insert(row).values(
                    employee_id=sighting.employee_id,
                    kiosk_id=sighting.kiosk_id,
                    stay_began_at=sighting.stay_began_at,
                    seen_at=sighting.seen_at,
                )
            )


def list_sightings(session: Session, since: datetime, employee_id: int | None = None) -> tuple[Sighting, ...]:
    """Return the sightings from a moment on, the earliest first; employee_id: None for everybody's."""
    row = SightingRow
    query = select(row.employee_id, row.kiosk_id, row.stay_began_at, row.seen_at).where(row.seen_at >= since)
    if employee_id is not None:
        query = query.where(row.employee_id == employee_id)
    return tuple(Sighting(*found) for found in session.execute(query.order_by(row.seen_at, row.id)))


def last_sighting(session: Session, employee_id: int, since: datetime, until: datetime) -> Sighting | None:
    """Return where and when a person was seen last in a stay that began from since up to, not including, until."""
    found = (s for s in list_sightings(session, since, employee_id) if since <= s.stay_began_at < until)
    return max(found, key=lambda sighting: sighting.seen_at, default=None)


def delete_sightings(session: Session, before: datetime) -> int:
    """Delete the sightings of stays that have their exit, and all from before a moment; return how many there were."""
    log, following = aliased(AttendanceRow), SightingRow
    next_type = (
        select(log.event_type)
        .where(
            log.employee_id == following.employee_id,
            log.timestamp > following.stay_began_at,
            ~is_voided(log),
            ~is_automatic(log),
        )
        .order_by(log.timestamp, log.id)
        .limit(1)
        .correlate(following)
        .scalar_subquery()
    )
    return changed_count(
        session, delete(following).where(or_(following.seen_at < before, next_type == EventType.EXIT.value))
    )


def delete_sightings_of(session: Session, employee_id: int) -> None:
    session.execute(delete(SightingRow).where(SightingRow.employee_id == employee_id))
