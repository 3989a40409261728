"""What decisions rested on, within the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, insert, or_, select
from sqlalchemy.orm import Session

from db.models import AttendanceRow, EmployeeRow
from db.session import changed_count
from db.tables import DecisionRecordRow
from kiosk.domain.decision_record import DecisionRecord
from kiosk.domain.types import AttendanceEvent, Method


def add_decision_records(session: Session, events: Iterable[AttendanceEvent]) -> None:
    """Write down what the decisions of events in the log rested on; what is there already stays.

    A person who is not in the table any more is left out, and so is the record of whoever that was first.
    """
    wanted = {event.trace_id: event.decision for event in events if event.decision is not None}
    if not wanted:
        return
    named = {person for record in wanted.values() for person in (record.first_id, record.second_id)} - {None}
    known = set(session.scalars(select(EmployeeRow.id).where(EmployeeRow.id.in_(named))))
    there = exists().where(DecisionRecordRow.attendance_id == AttendanceRow.id)
    query = select(AttendanceRow.id, AttendanceRow.trace_id).where(AttendanceRow.trace_id.in_(wanted), ~there)
    rows = []
    for row_id, trace_id in session.execute(query):
        numbers = wanted[trace_id].to_fields()
        first_id, second_id = numbers.pop("first_id", None), numbers.pop("second_id", None)
        if first_id is None or first_id in known:
            second_id = second_id if second_id in known else None
            rows.append({"attendance_id": row_id, "first_id": first_id, "second_id": second_id, "numbers": numbers})
    if rows:
        session.execute(insert(DecisionRecordRow), rows)


def decision_record_of(session: Session, trace_id: UUID) -> DecisionRecord | None:
    """Return what the decision of an event rested on; None if that was not kept, or is kept no longer."""
    row = DecisionRecordRow
    query = select(row.first_id, row.second_id, row.numbers).join(AttendanceRow, AttendanceRow.id == row.attendance_id)
    found = session.execute(query.where(AttendanceRow.trace_id == trace_id)).one_or_none()
    if found is None:
        return None
    return DecisionRecord.from_fields({**found.numbers, "first_id": found.first_id, "second_id": found.second_id})


def delete_decision_records(session: Session, before: datetime) -> int:
    """Delete the records from before a moment, and return how many there were."""
    return _delete(session, DecisionRecordRow.at < before)


def delete_decision_records_about(session: Session, employee_id: int, until: datetime | None = None) -> int:
    """Delete what says whom somebody resembled, theirs and others' who resembled them; return how many there were.

    until: only records from before then; None for all.
    """
    row = DecisionRecordRow
    about = or_(row.first_id == employee_id, row.second_id == employee_id)
    return _delete(session, about if until is None else about & (row.at <= until))


def _delete(session: Session, condition: ColumnElement[bool]) -> int:
    return changed_count(session, delete(DecisionRecordRow).where(condition))


def newest_of_face(session: Session, employee_id: int | None) -> UUID | None:
    """Return the trace id of the newest event at which a face was compared, of one person or, with None, of anybody."""
    query = select(AttendanceRow.trace_id).where(AttendanceRow.method == Method.FACE.value)
    if employee_id is not None:
        query = query.where(AttendanceRow.employee_id == employee_id)
    return session.scalar(query.order_by(AttendanceRow.timestamp.desc(), AttendanceRow.id.desc()).limit(1))
