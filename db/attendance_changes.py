"""The changes of the attendance, by number, and in whose name they are recorded; triggers write them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from db.tables import AttendanceChangeRow, ChangeCounterRow
from kiosk.domain.attendance_log import AttendanceChange, ChangeKind


def changes_after(session: Session, number: int, limit: int) -> tuple[AttendanceChange, ...]:
    """Return the changes after a number, the lowest first; who goes on from the last one's number misses none.

    Args:
        session: the caller's transaction.
        number: of the last change that is known; 0 for none.
        limit: how many to return at the most.
    """
    columns = (
        AttendanceChangeRow.id,
        AttendanceChangeRow.at,
        AttendanceChangeRow.kind,
        AttendanceChangeRow.trace_id,
        AttendanceChangeRow.actor,
    )
    rows = session.execute(
        select(*columns).where(AttendanceChangeRow.id > number).order_by(AttendanceChangeRow.id).limit(limit)
    )
    return tuple(AttendanceChange(i, at, ChangeKind(kind), trace_id, actor) for i, at, kind, trace_id, actor in rows)


@contextmanager
def recorded_as(session: Session, actor: str) -> Iterator[None]:
    """Record the changes that the block makes in an actor's name; one actor a transaction.

    Without it they are recorded as plain SQL.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.set_config("kiosk.actor", actor, True)))
        yield  # the triggers read it at commit
        return
    session.execute(update(ChangeCounterRow).values(actor=actor))
    yield
    session.execute(update(ChangeCounterRow).values(actor=None))


def record_change(session: Session, kind: ChangeKind, trace_id: UUID) -> None:
    """Record a change that no trigger has seen, in the name of the actor of recorded_as."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.kiosk_record_change(kind.value, trace_id)))
        return
    session.execute(update(ChangeCounterRow).values(number=ChangeCounterRow.number + 1))
    number, actor = session.execute(select(ChangeCounterRow.number, ChangeCounterRow.actor)).one()
    row = {"id": number, "kind": kind.value, "trace_id": trace_id, "actor": actor or "sql"}
    session.execute(insert(AttendanceChangeRow).values(**row))


def latest_number(session: Session) -> int:
    """Return the number that was given last, 0 for none."""
    return session.scalar(select(ChangeCounterRow.number)) or 0
