"""The paths of snapshots in the attendance log, within the caller's transaction; the files are others' business."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select, update
from sqlalchemy.orm import Session

from db.consents import has_valid_consent
from db.models import AttendanceRow, EmbeddingRow
from db.session import changed_count

BATCH_ROWS = 500  # SQLite takes at most 32,766 values in one statement, older ones 999


@dataclass(frozen=True, slots=True)
class Snapshot:
    """photo_path: relative to the data directory of the device named kiosk_id."""

    trace_id: UUID
    kiosk_id: str
    photo_path: str


def snapshots_of(session: Session, employee_id: int) -> tuple[Snapshot, ...]:
    """Return the snapshots of one person, the oldest first."""
    return _snapshots(session, AttendanceRow.employee_id == employee_id)


def snapshots_of_kiosk(session: Session, kiosk_id: str) -> tuple[Snapshot, ...]:
    """Return the snapshots of one device, the oldest first."""
    return _snapshots(session, AttendanceRow.kiosk_id == kiosk_id)


def snapshots_of_the_faceless(session: Session, kiosk_id: str) -> tuple[Snapshot, ...]:
    """Return this device's snapshots of people who have neither a template nor a consent that holds.

    Nobody is recognised without a template: these people were erased, perhaps from another device, or while the
    kiosk wrote an event of theirs.
    """
    person = AttendanceRow.employee_id
    enrolled = exists().where(EmbeddingRow.employee_id == person)
    faceless = (person.is_not(None), ~enrolled, ~has_valid_consent(person))
    return _snapshots(session, AttendanceRow.kiosk_id == kiosk_id, *faceless)


def clear_photo_paths(session: Session, trace_ids: Collection[UUID]) -> int:
    """Note that these events have no snapshot any more; return of how many that is news."""
    ids, cleared = list(trace_ids), 0
    for start in range(0, len(ids), BATCH_ROWS):
        cleared += _clear(session, AttendanceRow.trace_id.in_(ids[start : start + BATCH_ROWS]))
    return cleared


def clear_photo_paths_before(session: Session, kiosk_id: str, own_before_at: datetime, before_at: datetime) -> int:
    """Do the same for events so old that their snapshots are gone: this device's, and those of every device."""
    own = (AttendanceRow.kiosk_id == kiosk_id) & (AttendanceRow.timestamp < own_before_at)
    return _clear(session, or_(own, AttendanceRow.timestamp < before_at))


def _snapshots(session: Session, *conditions: ColumnElement[bool]) -> tuple[Snapshot, ...]:
    rows = session.execute(
        select(AttendanceRow.trace_id, AttendanceRow.kiosk_id, AttendanceRow.photo_path)
        .where(AttendanceRow.photo_path.is_not(None), *conditions)
        .order_by(AttendanceRow.id)
    )
    return tuple(Snapshot(trace_id, kiosk_id, photo_path or "") for trace_id, kiosk_id, photo_path in rows)


def _clear(session: Session, condition: ColumnElement[bool]) -> int:
    statement = update(AttendanceRow).where(condition, AttendanceRow.photo_path.is_not(None)).values(photo_path=None)
    return changed_count(session, statement)
