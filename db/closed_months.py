"""Months whose timesheets are closed: rows, and the digest of what they were closed with.

All functions run within the caller's transaction.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, insert, or_, select, text, update
from sqlalchemy.orm import Session

from db.models import AttendanceRow
from db.reasons import reason_of
from db.session import database_now
from db.tables import ClosedMonthRow, CorrectionRow
from kiosk.domain.types import EventType

BATCH_ROWS = 1000


@dataclass(frozen=True, slots=True)
class MonthSpan:
    """An office month.

    Attributes:
        month: its first day.
        begins_at: when its first office day begins, aware.
        ends_at: when the next month's first office day begins, aware.
        longest: how long a stay may last.
    """

    month: date
    begins_at: datetime
    ends_at: datetime
    longest: timedelta

    @property
    def exits_from_at(self) -> datetime:
        """From when on an exit cannot end a stay of the month before."""
        return self.begins_at + self.longest

    @property
    def exits_until_at(self) -> datetime:
        """Until when an exit may end a stay of this month."""
        return self.ends_at + self.longest

    def holds(self, event_type: EventType, at: datetime) -> bool:
        """Tell whether a row belongs to the month for certain; exits near its edges may belong to a neighbour."""
        return (self.begins_at if event_type.means_present else self.exits_from_at) <= at < self.ends_at


@dataclass(frozen=True, slots=True)
class Digest:
    """What rows and corrections are made of. sha256: in hexadecimal."""

    row_count: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ClosedMonth:
    """A month that is closed; see ClosedMonthRow."""

    span: MonthSpan
    last_event_id: int
    last_correction_id: int
    digest: Digest
    closed_by: str
    closed_at: datetime

    @property
    def name(self) -> str:
        """As 2026-11."""
        return f"{self.span.month:%Y-%m}"


@dataclass(frozen=True, slots=True)
class LateEvent:
    """An entry or exit of a closed month that a door's journal delivered after it was closed. timestamp: aware UTC."""

    trace_id: UUID
    employee_id: int
    event_type: EventType
    timestamp: datetime
    kiosk_id: str


def hold_closings(session: Session) -> None:
    """Let no month be closed until the transaction ends; corrections begin with this."""
    _lock(session, "closed_months", "SHARE")


def hold_months(session: Session) -> None:
    """Let nothing be corrected or registered until the transaction ends, so that a month can be closed."""
    _lock(session, "closed_months", "EXCLUSIVE")
    _lock(session, "attendance_log", "SHARE")


def closed_months(session: Session) -> tuple[ClosedMonth, ...]:
    """Return the months that are closed, the earliest first."""
    rows = select(ClosedMonthRow).where(ClosedMonthRow.reopened_at.is_(None)).order_by(ClosedMonthRow.month)
    return tuple(_closed(row) for row in session.scalars(rows))


def close_month(session: Session, span: MonthSpan, closed_by: str) -> ClosedMonth:
    """Close a month with the rows and corrections that are there; the transaction began with hold_months."""
    last_event_id = session.scalar(select(func.max(AttendanceRow.id))) or 0
    last_correction_id = session.scalar(select(func.max(CorrectionRow.id))) or 0
    digest = _digest(session, span, last_event_id, last_correction_id)
    row = {
        "month": span.month,
        "begins_at": span.begins_at,
        "exits_from_at": span.exits_from_at,
        "ends_at": span.ends_at,
        "last_event_id": last_event_id,
        "last_correction_id": last_correction_id,
        "row_count": digest.row_count,
        "digest": digest.sha256,
        "closed_by": closed_by,
    }
    session.execute(insert(ClosedMonthRow).values(**row))
    return next(closed for closed in closed_months(session) if closed.span.month == span.month)


def reopen_month(session: Session, month: date, reopened_by: str, reason: str) -> bool:
    """Open a closed month again; return whether it was closed."""
    _lock(session, "closed_months", "EXCLUSIVE")
    is_closed = (ClosedMonthRow.month == month, ClosedMonthRow.reopened_at.is_(None))
    if session.scalar(select(ClosedMonthRow.id).where(*is_closed)) is None:
        return False
    opened = {"reopened_by": reopened_by, "reopened_at": database_now(session), "reopen_reason": reason}
    session.execute(update(ClosedMonthRow).where(*is_closed).values(**opened))
    return True


def present_digest(session: Session, closed: ClosedMonth) -> Digest:
    """Return the digest, as it is now, of the rows and corrections that a month was closed with."""
    return _digest(session, closed.span, closed.last_event_id, closed.last_correction_id)


def corrected_since(session: Session, closed: ClosedMonth) -> tuple[int, ...]:
    """Return the corrections of a closed month's rows that were written although it is closed."""
    query = (
        select(CorrectionRow.id)
        .join(AttendanceRow, AttendanceRow.id == CorrectionRow.attendance_id)
        .where(_held(closed.span), CorrectionRow.id > closed.last_correction_id)
    )
    return tuple(session.scalars(query.order_by(CorrectionRow.id)))


def came_late(closed: ClosedMonth) -> ColumnElement[bool]:
    """Return the condition on AttendanceRow for rows of a month that the doors wrote after it was closed."""
    added = exists().where(CorrectionRow.attendance_id == AttendanceRow.id, CorrectionRow.action == "add")
    return and_(_held(closed.span), AttendanceRow.id > closed.last_event_id, ~added)


def late_events(session: Session, closed: ClosedMonth) -> tuple[LateEvent, ...]:
    """Return the rows of a month that came after it was closed, the earliest first."""
    row = AttendanceRow
    query = select(row.trace_id, row.employee_id, row.event_type, row.timestamp, row.kiosk_id).where(came_late(closed))
    return tuple(
        LateEvent(trace_id, employee_id, EventType(event_type), timestamp, kiosk_id)
        for trace_id, employee_id, event_type, timestamp, kiosk_id in session.execute(query.order_by(row.timestamp))
        if employee_id is not None
    )


def _held(span: MonthSpan) -> ColumnElement[bool]:
    """Return MonthSpan.holds as a condition on AttendanceRow, for known people."""
    at = AttendanceRow.timestamp
    return and_(
        AttendanceRow.employee_id.is_not(None),
        at < span.ends_at,
        or_(and_(AttendanceRow.event_type == EventType.ENTRY, at >= span.begins_at), at >= span.exits_from_at),
    )


def _digest(session: Session, span: MonthSpan, last_event_id: int, last_correction_id: int) -> Digest:
    sha256, row_count = hashlib.sha256(), 0
    for row in _digested(session, span, last_event_id, last_correction_id):
        sha256.update(json.dumps(row, ensure_ascii=True).encode("ascii") + b"\n")
        row_count += 1
    return Digest(row_count, sha256.hexdigest())


def _digested(session: Session, span: MonthSpan, last_event_id: int, last_correction_id: int) -> Iterator[list[object]]:
    """Yield the rows of the month and those of the next one that may end its stays, then their corrections."""
    log, made = AttendanceRow, CorrectionRow
    within = (log.timestamp >= span.begins_at, log.timestamp < span.exits_until_at, log.id <= last_event_id)
    events = select(
        log.id, log.trace_id, log.employee_id, log.event_type, log.timestamp, log.kiosk_id, log.method, reason_of(log)
    ).where(*within)
    corrections = (
        select(made.id, made.attendance_id, made.action, made.author, made.reason, made.at, made.number)
        .join(log, log.id == made.attendance_id)
        .where(*within, made.id <= last_correction_id)
    )
    batches = {"yield_per": BATCH_ROWS}
    for query in (events.order_by(log.id), corrections.order_by(made.id)):
        for row in session.execute(query, execution_options=batches):
            yield [_plain(value) for value in row]


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value if value is None or isinstance(value, int) else str(value)


def _closed(row: ClosedMonthRow) -> ClosedMonth:
    return ClosedMonth(
        span=MonthSpan(row.month, row.begins_at, row.ends_at, row.exits_from_at - row.begins_at),
        last_event_id=row.last_event_id,
        last_correction_id=row.last_correction_id,
        digest=Digest(row.row_count, row.digest),
        closed_by=row.closed_by,
        closed_at=row.closed_at,
    )


def _lock(session: Session, table: str, mode: str) -> None:
    """Lock a table for the transaction; on SQLite a transaction that writes is alone from its beginning."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"LOCK TABLE {table} IN {mode} MODE"))
