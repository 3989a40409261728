"""Entries and exits that count, as far as stays need them: a whole office's, in the memory of one person's rows."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.correction_queries import is_automatic, is_voided, timestamp_within
from db.models import AttendanceRow
from db.reasons import reason_of
from kiosk.domain.types import EventType

READ_AT_ONCE = 1000


class PassageRow(NamedTuple):
    """A kiosk.attendance.stays.Passage, and whose it is; timestamp: aware UTC."""

    employee_id: int
    event_type: EventType
    timestamp: datetime
    kiosk_id: str
    reason: str | None
    trace_id: UUID
    is_automatic: bool


def passages_by_person(
    session: Session, since: datetime, until: datetime, employee_id: int | None = None
) -> Generator[tuple[int, tuple[PassageRow, ...]]]:
    """Yield each person's number with their rows that count, the oldest first, within the caller's transaction.

    employee_id: None for everybody.
    """
    row = AttendanceRow
    whose = row.employee_id.is_not(None) if employee_id is None else row.employee_id == employee_id
    columns = (
        row.employee_id, row.event_type, row.timestamp, row.kiosk_id, reason_of(row), row.trace_id, is_automatic(row),
    )  # fmt: skip
    query = select(*columns).where(*timestamp_within(since, until), whose, ~is_voided(row))
    rows = session.execute(
        query.order_by(row.employee_id, row.timestamp, row.id), execution_options={"yield_per": READ_AT_ONCE}
    )
    passages = (
        PassageRow(who, EventType(kind), at, door, why, trace_id, automatic)
        for who, kind, at, door, why, trace_id, automatic in rows
        if who is not None
    )
    for number, of_person in groupby(passages, key=lambda passage: passage.employee_id):
        yield number, tuple(of_person)
