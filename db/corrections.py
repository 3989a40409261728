"""Corrections of the attendance log: rows stay as they are, and corrections say which of them count."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from db import audit_log
from db.attendance_changes import recorded_as
from db.attendance_log import find_event, insert_events, is_voided
from db.models import AttendanceRow
from db.session import Database
from db.tables import CorrectionRow
from kiosk.domain.types import AttendanceEvent
from kiosk.errors import EventRefused, StorageError


class Corrections:
    """Any thread may call any method. Each is one transaction and raises StorageError.

    An event that is not in the database yet raises StorageError, too. The author of a correction, such as
    "kiosk:kiosk-1", is recorded with it and in the audit log.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def void(self, trace_id: UUID, author: str, reason: str) -> AttendanceEvent:
        """Void an event, so that it does not count, and return it; once more changes nothing."""
        with self._database.transaction() as session:
            row_id, event = _locked(session, trace_id)
            if not _is_voided(session, row_id):
                _correct(session, row_id, "void", author, reason)
                audit_log.append(session, author, "event_void", f"event:{trace_id}", _details(event, reason))
        return event

    def turn(self, trace_id: UUID, author: str, reason: str) -> AttendanceEvent:
        """Void an event, add the opposite one of the same time, and return that one.

        Raises EventRefused for an event that is voided already.
        """
        with self._database.transaction() as session:
            row_id, event = _locked(session, trace_id)
            if _is_voided(session, row_id):
                raise EventRefused("this event does not count any more; another correction came first")
            # The snapshot stays with the event that it was taken for.
            turned = replace(event, trace_id=uuid4(), event_type=event.event_type.opposite, photo_path=None)
            insert_events(session, [turned], author)
            turned_id, _ = _locked(session, turned.trace_id)
            _correct(session, row_id, "void", author, reason)
            _correct(session, turned_id, "add", author, reason)
            details = {**_details(event, reason), "turned_into": str(turned.trace_id), "type": turned.event_type}
            audit_log.append(session, author, "event_turn", f"event:{trace_id}", details)
        return turned


def _locked(session: Session, trace_id: UUID) -> tuple[int, AttendanceEvent]:
    """Lock an event's row and return its id and the event; others who correct it wait for the transaction."""
    query = select(AttendanceRow.id).where(AttendanceRow.trace_id == trace_id).with_for_update()
    row_id, event = session.scalar(query), find_event(session, trace_id)
    if row_id is None or event is None:
        raise StorageError("the event has not reached the database yet, and cannot be corrected before; try again soon")
    return row_id, event


def _is_voided(session: Session, row_id: int) -> bool:
    return bool(session.scalar(select(is_voided(AttendanceRow)).where(AttendanceRow.id == row_id)))


def _correct(session: Session, row_id: int, action: str, author: str, reason: str) -> None:
    row = {"attendance_id": row_id, "action": action, "author": author, "reason": reason}
    with recorded_as(session, author):
        session.execute(insert(CorrectionRow).values(**row))


def _details(event: AttendanceEvent, reason: str) -> audit_log.Details:
    return {"employee_id": event.employee_id, "reason": reason}
