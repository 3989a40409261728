"""The changes of people and schedules, by number; triggers write them, but for erasures."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from db.tables import RecordChangeRow
from kiosk.domain.record_changes import RecordChange, RecordChangeKind, RecordSubject

ROW = RecordChangeRow


def record_changes_after(
    session: Session, number: int, limit: int, subjects: Collection[RecordSubject]
) -> tuple[RecordChange, ...]:
    """Return the changes after a number, the lowest first; who goes on from the last one's number misses none.

    Args:
        session: the caller's transaction.
        number: of the last change that is known; 0 for none.
        limit: how many to return at the most.
        subjects: which kinds of records are meant.
    """
    query = select(ROW.id, ROW.at, ROW.subject, ROW.kind, ROW.subject_id).where(
        ROW.id > number, ROW.subject.in_(subjects)
    )
    rows = session.execute(query.order_by(ROW.id).limit(limit))
    return tuple(
        RecordChange(number, at, RecordSubject(subject), RecordChangeKind(kind), subject_id)
        for number, at, subject, kind, subject_id in rows
    )


def latest_record_change(session: Session) -> int:
    """Return the number that was given last; 0 before any."""
    return session.scalar(select(func.coalesce(func.max(ROW.id), 0))) or 0


def record_erasure(session: Session, employee_id: int) -> None:
    """Tell that a person's face was erased; no row of theirs has to change with that."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.kiosk_lock_changes(0)))  # numbers become visible in their order
    values = {"subject": RecordSubject.EMPLOYEE, "kind": RecordChangeKind.ERASURE, "subject_id": employee_id}
    session.execute(insert(ROW).values(**values))
