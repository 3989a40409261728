"""The attendance log's rows: events are written, listed and counted; corrections say which of them count."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import Row, ScalarSelect, Select, delete, func, select
from sqlalchemy.orm import Session, aliased

from db import audit_log
from db.attendance_changes import recorded_as
from db.correction_queries import People, is_voided
from db.decision_records import add_decision_records
from db.log_entries import conditions_of, latest_entries, log_entries, read_entries, within
from db.models import AttendanceRow, EmployeeRow
from db.paging import require_page
from db.reasons import add_reasons, reason_of
from db.session import Database, insert_or_skip
from kiosk.core.context import current_actor
from kiosk.domain.attendance_log import LogEntry, LogFilter
from kiosk.domain.types import AttendanceEvent, EventType, Method

EventRow: TypeAlias = Row[UUID, int | None, str, datetime, float | None, str, str, str | None, str | None]


@dataclass(frozen=True, slots=True)
class DeletedEvents:
    """What delete_of_kiosk has deleted.

    Attributes:
        count: how many events.
        photo_paths: of their snapshots, relative to the device's data directory.
    """

    count: int
    photo_paths: tuple[str, ...]


class DatabaseAttendanceLog:
    """The log in a database; a kiosk.domain.ports.AttendanceLog.

    Any thread may call any method. Each is one transaction and raises StorageError when the database does not answer.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, events: Sequence[AttendanceEvent]) -> int:
        """Write events in order and return how many were new; one whose trace_id is there already changes nothing.

        Raises RowRefused if one of them is of an unknown employee; then none was written.
        """
        if not events:
            return 0
        with self._database.transaction() as session:
            return insert_events(session, events)

    def latest_events(self, until: datetime) -> tuple[AttendanceEvent, ...]:
        """Return each employee's latest event that counts, by the employees' numbers.

        until: aware; later events are ignored, for a clock that was wrong has written them into the future.
        """
        with self._database.reading() as session:
            latest = _events().join(EmployeeRow, AttendanceRow.id == _latest_id_of(EmployeeRow, until))
            return tuple(_event(row) for row in session.execute(latest.order_by(EmployeeRow.id)))

    def history(
        self,
        since: datetime | None = None,
        until: datetime | None = None,
        employee_id: People = None,
        *,
        skip: int = 0,
        limit: int | None = None,
        after: UUID | None = None,
    ) -> tuple[LogEntry, ...]:
        """Return a page of the log, voided events too, the oldest first.

        Args:
            since: aware; events from then on. None is open.
            until: aware; events before then. None is open.
            employee_id: of one person or of several; None for everybody and unknown visitors.
            skip: how many events to leave out at the beginning.
            limit: how many events to return at the most; None for all.
            after: trace id of the event that the page follows; None to begin with the oldest.

        Raises:
            ValueError: skip or limit is negative.
            InvalidInput: no event has the trace id after.
        """
        require_page(skip, limit)
        with self._database.reading() as session:
            return log_entries(session, since, until, employee_id, skip=skip, limit=limit, after=after)

    def read_all(
        self, since: datetime | None = None, until: datetime | None = None, employee_id: int | None = None
    ) -> Generator[LogEntry]:
        """Yield what history() returns, all as of one moment, in the memory of READ_AT_ONCE rows.

        The transaction lasts until the last row was taken, or the generator is closed.
        """
        with self._database.reading() as session:
            yield from read_entries(session, since, until, employee_id)

    def count(
        self, since: datetime | None = None, until: datetime | None = None, employee_id: int | None = None
    ) -> int:
        """Return the number of events that history() would return without a page."""
        query = select(func.count(AttendanceRow.id)).where(*within(since, until, employee_id))
        with self._database.reading() as session:
            return session.execute(query).scalar_one()

    def latest(self, wanted: LogFilter, limit: int) -> tuple[LogEntry, ...]:
        """Return the latest entries that a filter lets through, voided events too, the latest first."""
        with self._database.reading() as session:
            return latest_entries(session, wanted, limit)

    def count_matching(self, wanted: LogFilter) -> int:
        """Return how many entries a filter lets through."""
        within_span = within(wanted.since, wanted.until, wanted.employee_id)
        query = select(func.count(AttendanceRow.id)).where(*within_span, *conditions_of(wanted))
        with self._database.reading() as session:
            return session.execute(query).scalar_one()

    def read_matching(self, wanted: LogFilter) -> Generator[LogEntry]:
        """Yield all entries that a filter lets through, the oldest first; as read_all in all else."""
        with self._database.reading() as session:
            conditions = conditions_of(wanted)
            yield from read_entries(session, wanted.since, wanted.until, wanted.employee_id, conditions)

    def delete_of_kiosk(self, kiosk_id: str) -> DeletedEvents:
        """Delete a device's events with their corrections; the audit log records how many there were."""
        with self._database.transaction() as session:
            with recorded_as(session, current_actor()):
                paths = session.scalars(
                    delete(AttendanceRow).where(AttendanceRow.kiosk_id == kiosk_id).returning(AttendanceRow.photo_path)
                ).all()
            if paths:
                audit_log.append(session, current_actor(), "events_delete", f"kiosk:{kiosk_id}", {"events": len(paths)})
            return DeletedEvents(len(paths), tuple(path for path in paths if path is not None))


def insert_events(session: Session, events: Sequence[AttendanceEvent], actor: str | None = None) -> int:
    """As DatabaseAttendanceLog.record, within the caller's transaction and in an actor's name, else the current one."""
    statement = insert_or_skip(session, AttendanceRow, "trace_id").returning(AttendanceRow.trace_id)
    with recorded_as(session, actor or current_actor()):
        new = len(session.scalars(statement, [_columns(event) for event in events]).all())
    add_reasons(session, events, actor or current_actor())
    add_decision_records(session, events)
    return new


def find_event(session: Session, trace_id: UUID) -> AttendanceEvent | None:
    row = session.execute(_events().where(AttendanceRow.trace_id == trace_id)).one_or_none()
    return None if row is None else _event(row)


def latest_event(session: Session, employee_id: int, until: datetime) -> AttendanceEvent | None:
    """Return an employee's latest event up to then that counts, within the caller's transaction."""
    latest = _events().join(EmployeeRow, AttendanceRow.id == _latest_id_of(EmployeeRow, until))
    row = session.execute(latest.where(EmployeeRow.id == employee_id)).one_or_none()
    return None if row is None else _event(row)


def _latest_id_of(person: type[EmployeeRow], until: datetime) -> ScalarSelect[int]:
    """Return the id of each person's latest event: one step down the index, however long the log is."""
    log = aliased(AttendanceRow)
    return (
        select(log.id)
        .where(log.employee_id == person.id, log.timestamp <= until, ~is_voided(log))
        .order_by(log.timestamp.desc(), log.id.desc())
        .limit(1)
        .correlate(person)
        .scalar_subquery()
    )


def _events() -> Select[UUID, int | None, str, datetime, float | None, str, str, str | None, str | None]:
    """The columns of AttendanceEvent; rows of them are made three times as quickly as mapped objects."""
    return select(
        AttendanceRow.trace_id,
        AttendanceRow.employee_id,
        AttendanceRow.event_type,
        AttendanceRow.timestamp,
        AttendanceRow.confidence,
        AttendanceRow.kiosk_id,
        AttendanceRow.method,
        AttendanceRow.photo_path,
        reason_of(AttendanceRow),
    )


def _event(row: EventRow) -> AttendanceEvent:
    trace_id, employee_id, event_type, occurred_at, confidence, kiosk_id, method, photo_path, reason = row
    return AttendanceEvent(
        trace_id=trace_id,
        employee_id=employee_id,
        event_type=EventType(event_type),
        occurred_at=occurred_at,
        confidence=confidence,
        kiosk_id=kiosk_id,
        method=Method(method),
        photo_path=photo_path,
        reason=reason,
    )


def _columns(event: AttendanceEvent) -> dict[str, object]:
    return {
        "trace_id": event.trace_id,
        "employee_id": event.employee_id,
        "event_type": event.event_type.value,
        "timestamp": event.occurred_at,
        "confidence": event.confidence,
        "kiosk_id": event.kiosk_id,
        "method": event.method.value,
        "photo_path": event.photo_path,
    }
