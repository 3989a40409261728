"""The attendance beside its changes: what the latest change of each event says, and events that are gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from db.attendance_digest import EVENT_COLUMNS, digests_of_rows
from db.models import AttendanceRow
from db.tables import AttendanceChangeRow
from kiosk.domain.attendance_log import ChangeKind

PAGE_ROWS = 1000


@dataclass(frozen=True, slots=True)
class EventRecord:
    """An event as it is, and what its latest change says.

    Attributes:
        trace_id: of the event.
        digest: of the event as it is now.
        number: of its latest change; None when no change tells of it.
        kind: of that change.
        digested: what the event's digest was at that change; None before the digest has come to it.
    """

    trace_id: UUID
    digest: str
    number: int | None
    kind: str | None
    digested: str | None


def event_records(session: Session) -> Iterator[EventRecord]:
    """Yield all events with their latest changes, a page in memory at a time."""
    query = select(AttendanceRow.id, *EVENT_COLUMNS).order_by(AttendanceRow.id).limit(PAGE_ROWS)
    last_id = -1
    while page := session.execute(query.where(AttendanceRow.id > last_id)).all():
        digests = digests_of_rows(session, [dict(row._mapping) for row in page])
        latest = _latest_changes(session, list(digests))
        for trace_id, digest in digests.items():
            yield EventRecord(trace_id, digest, *latest.get(trace_id, (None, None, None)))
        last_id = page[-1].id


def _latest_changes(session: Session, trace_ids: Sequence[UUID]) -> dict[UUID, tuple[int, str, str | None]]:
    """Return number, kind and digest of the latest change of each event."""
    change = AttendanceChangeRow
    columns = (change.trace_id, change.id, change.kind, change.digest)
    rows = session.execute(select(*columns).where(change.trace_id.in_(trace_ids)).order_by(change.id))
    return {trace_id: (number, kind, digest) for trace_id, number, kind, digest in rows}


def lost_events(session: Session) -> Iterator[tuple[UUID, int]]:
    """Yield the trace ids of events that are gone although no change says so, each with its latest change's number."""
    change, later = AttendanceChangeRow, aliased(AttendanceChangeRow)
    query = (
        select(change.trace_id, change.id)
        .where(
            change.kind != ChangeKind.DELETION.value,
            ~exists().where(AttendanceRow.trace_id == change.trace_id),
            ~exists().where(later.trace_id == change.trace_id, later.id > change.id),
        )
        .order_by(change.id)
    )
    for row in session.execute(query, execution_options={"yield_per": PAGE_ROWS}):
        yield row.trace_id, row.id
