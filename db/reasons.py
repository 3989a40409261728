"""Reasons for exits, within the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ScalarSelect, exists, insert, select
from sqlalchemy.orm import Session

from db.attendance_changes import recorded_as
from db.models import AttendanceRow
from db.tables import ReasonRow
from kiosk.domain.types import AttendanceEvent


def reason_of(row: type[AttendanceRow]) -> ScalarSelect[str | None]:
    """Return the reason that counts of each row of a query; None for none."""
    return (
        select(ReasonRow.reason)
        .where(ReasonRow.attendance_id == row.id)
        .order_by(ReasonRow.id.desc())
        .limit(1)
        .correlate(row)
        .scalar_subquery()
    )


def add_reasons(session: Session, events: Iterable[AttendanceEvent], actor: str) -> None:
    """Write down the reasons of events that are in the log; what has one already keeps it."""
    wanted = {event.trace_id: event.reason for event in events if event.reason is not None}
    if not wanted:
        return
    given = exists().where(ReasonRow.attendance_id == AttendanceRow.id)
    query = select(AttendanceRow.id, AttendanceRow.trace_id).where(AttendanceRow.trace_id.in_(wanted), ~given)
    rows = [
        {"attendance_id": row_id, "reason": wanted[trace_id], "author": actor}
        for row_id, trace_id in session.execute(query)
    ]
    if rows:
        with recorded_as(session, actor):
            session.execute(insert(ReasonRow), rows)
