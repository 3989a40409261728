"""The log as it is shown: a page of its rows, or all of them one after another, with names, reasons and corrections."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, literal, select, tuple_
from sqlalchemy.orm import Session

from db.correction_queries import People, corrections_by_row, is_corrected, of_people, timestamp_within
from db.models import AttendanceRow, EmployeeRow
from db.reasons import reason_of
from db.types import UtcDateTime
from kiosk.domain.attendance_log import LogEntry, LogFilter, LogKind
from kiosk.domain.corrections import RowCorrection, row_counts
from kiosk.domain.types import EventType, Method
from kiosk.errors import InvalidInput

EntryRow: TypeAlias = Row[UUID, int | None, datetime, str, float | None, str, str, str | None, str | None]

READ_AT_ONCE = 1000
_ORDER = (AttendanceRow.timestamp, AttendanceRow.id)
_EVENT_TYPES = {kind.value: kind for kind in EventType}
_METHODS = {method.value: method for method in Method}


def log_entries(
    session: Session,
    since: datetime | None,
    until: datetime | None,
    employee_id: People,
    *,
    skip: int = 0,
    limit: int | None = None,
    after: UUID | None = None,
    names: Mapping[int, str] | None = None,
    conditions: Sequence[ColumnElement[bool]] = (),
) -> tuple[LogEntry, ...]:
    """As DatabaseAttendanceLog.history, within the caller's transaction.

    names: of all employees by number, if the caller has them; else they are read, which pays for a single page.
    conditions: on AttendanceRow, beside the others.
    """
    query = _rows()
    if after is not None:
        last = _place_of(session, after)
        query = query.where(tuple_(*_ORDER) > tuple_(literal(last.timestamp, UtcDateTime()), literal(last.id)))
        # One lower bound alone: with two of them SQLite steps along the index from the earlier one, page for page.
        since = last.timestamp if since is None else max(since, last.timestamp)
    query = query.where(*within(since, until, employee_id), *conditions)
    rows = session.connection().execute(query.order_by(*_ORDER).offset(skip).limit(limit)).all()  # without the mapper
    return _entries(session, rows, (*of_people(employee_id), *conditions), names)


def latest_entries(session: Session, wanted: LogFilter, limit: int) -> tuple[LogEntry, ...]:
    """Return the latest entries that a filter lets through, the latest first, within the caller's transaction."""
    conditions = conditions_of(wanted)
    query = _rows().where(*within(wanted.since, wanted.until, wanted.employee_id), *conditions)
    newest_first = query.order_by(*(column.desc() for column in _ORDER)).limit(limit)
    rows = session.connection().execute(newest_first).all()
    return _entries(session, rows[::-1], (*of_people(wanted.employee_id), *conditions))[::-1]


def conditions_of(wanted: LogFilter) -> tuple[ColumnElement[bool], ...]:
    """Return a filter's conditions on AttendanceRow, the span of time and the person aside."""
    conditions: list[ColumnElement[bool]] = []
    if wanted.department is not None:
        members = select(EmployeeRow.id).where(EmployeeRow.department == wanted.department)
        conditions.append(AttendanceRow.employee_id.in_(members))
    match wanted.kind:
        case LogKind.ENTRY | LogKind.EXIT:
            conditions.append(AttendanceRow.event_type == wanted.kind.value)
        case LogKind.UNKNOWN:
            conditions.append(AttendanceRow.employee_id.is_(None))
        case LogKind.CORRECTED:
            conditions.append(is_corrected(AttendanceRow))
        case LogKind.ALL:
            pass
    return tuple(conditions)


def _entries(
    session: Session,
    rows: Sequence[EntryRow],
    conditions: Sequence[ColumnElement[bool]],
    names: Mapping[int, str] | None = None,
) -> tuple[LogEntry, ...]:
    """Return the entries of some rows, which come in order and are all that the conditions select between them."""
    if not rows:
        return ()
    of_page = (AttendanceRow.timestamp >= rows[0].timestamp, AttendanceRow.timestamp <= rows[-1].timestamp)
    corrections = corrections_by_row(session, (*of_page, *conditions))
    known = _names(session, {row.employee_id for row in rows}) if names is None else names
    return tuple(_entry(row, known, corrections.get(row.trace_id, ())) for row in rows)


def read_entries(
    session: Session,
    since: datetime | None,
    until: datetime | None,
    employee_id: People,
    conditions: Sequence[ColumnElement[bool]] = (),
) -> Iterator[LogEntry]:
    """Yield what log_entries returns without a page, in the memory of READ_AT_ONCE rows and everybody's name."""
    names = _names(session, None)
    after: UUID | None = None
    while True:
        page = log_entries(
            session, since, until, employee_id,
            limit=READ_AT_ONCE, after=after, names=names, conditions=conditions,
        )  # fmt: skip
        yield from page
        if len(page) < READ_AT_ONCE:
            return
        after = page[-1].trace_id


def entries_of(session: Session, trace_ids: Collection[UUID]) -> dict[UUID, LogEntry]:
    """Return the events with these trace ids, READ_AT_ONCE at the most; those that are gone are left out."""
    wanted = AttendanceRow.trace_id.in_(trace_ids)
    rows = session.connection().execute(_rows().where(wanted)).all()
    corrections = corrections_by_row(session, (wanted,))
    names = _names(session, {row.employee_id for row in rows})
    return {row.trace_id: _entry(row, names, corrections.get(row.trace_id, ())) for row in rows}


def within(since: datetime | None, until: datetime | None, employee_id: People) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on AttendanceRow for a span of time and a person; None leaves them open."""
    return (*timestamp_within(since, until), *of_people(employee_id))


def _place_of(session: Session, trace_id: UUID) -> Row[datetime, int]:
    """Return the timestamp and id of the event with a trace id; raise InvalidInput when there is none."""
    place = session.execute(select(*_ORDER).where(AttendanceRow.trace_id == trace_id)).one_or_none()
    if place is None:
        raise InvalidInput("no event has the trace id after which the page begins; begin again without it")
    return place


def _names(session: Session, employee_ids: set[int | None] | None) -> dict[int, str]:
    """Return the names of employees, active or not, by number; None for all. Whose row is damaged has none."""
    query = select(EmployeeRow.id, EmployeeRow.full_name)
    if employee_ids is not None and len(employee_ids) <= READ_AT_ONCE:
        query = query.where(EmployeeRow.id.in_(employee_ids - {None}))
    return {number: full_name for number, full_name in session.execute(query)}


def _rows() -> Select[UUID, int | None, datetime, str, float | None, str, str, str | None, str | None]:
    return select(
        AttendanceRow.trace_id,
        AttendanceRow.employee_id,
        AttendanceRow.timestamp,
        AttendanceRow.event_type,
        AttendanceRow.confidence,
        AttendanceRow.method,
        AttendanceRow.kiosk_id,
        AttendanceRow.photo_path,
        reason_of(AttendanceRow),
    )


def _entry(row: EntryRow, names: Mapping[int, str], corrections: tuple[RowCorrection, ...]) -> LogEntry:
    trace_id, employee_id, timestamp, event_type, confidence, method, kiosk_id, photo_path, reason = row
    return LogEntry(
        trace_id=trace_id,
        employee_id=employee_id,
        full_name=None if employee_id is None else names.get(employee_id),
        timestamp=timestamp,
        event_type=_EVENT_TYPES[event_type],
        confidence=confidence,
        method=_METHODS[method],
        kiosk_id=kiosk_id,
        voided=not row_counts(corrections),
        photo_path=photo_path,
        reason=reason,
        corrections=corrections,
    )
