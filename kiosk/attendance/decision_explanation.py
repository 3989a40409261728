"""Reads why an event is in the log."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from db.attendance_log import find_event
from db.decision_records import decision_record_of, newest_of_face
from db.employee_queries import person_names
from db.log_entries import log_entries
from db.session import Database
from db.templates import templates_of
from kiosk.attendance.explained_event import ExplainedEvent
from kiosk.errors import EventNotFound


def explain_event(database: Database, trace_id: UUID) -> ExplainedEvent:
    """Return an event with what its decision rested on. Raises EventNotFound, StorageError."""
    with database.reading() as session:
        event = find_event(session, trace_id)
        if event is None:
            raise EventNotFound(trace_id)
        at = event.occurred_at
        found = log_entries(session, at, at + timedelta(microseconds=1), event.employee_id)
        entry = next(one for one in found if one.trace_id == trace_id)
        names = {person.id: person.full_name for person in person_names(session)}
        record, made_at = decision_record_of(session, trace_id), None
        if record is not None and record.first_id is not None:
            made = {one.id: one.created_at for one in templates_of(session, record.first_id)}
            made_at = made.get(record.template_id or 0)
        return ExplainedEvent(entry, record, names, made_at)


def newest_decision(database: Database, employee_id: int | None = None) -> UUID | None:
    """Return the trace id of the newest event at which a face was looked at, of one person or of anybody."""
    with database.reading() as session:
        return newest_of_face(session, employee_id)
