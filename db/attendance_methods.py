"""How people's entries and exits came about, within the caller's transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import AttendanceRow
from kiosk.domain.types import Method


def events_by_method(session: Session, since: datetime) -> dict[int, tuple[int, int]]:
    """Return how many events of each employee from a moment on were by their face, and how many by their PIN.

    What was entered by hand, or written by other systems, says nothing of how well they are recognised.
    """
    row = AttendanceRow
    by_face = func.count().filter(row.method == Method.FACE.value)
    by_pin = func.count().filter(row.method == Method.PIN.value)
    query = select(row.employee_id, by_face, by_pin).where(row.employee_id.is_not(None), row.timestamp >= since)
    rows = session.execute(query.group_by(row.employee_id))
    return {person: (faces, pins) for person, faces, pins in rows if person is not None}
