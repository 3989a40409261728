"""Digests of the attendance's changes in the audit log, so that whoever changes a row by hand later is found out.

The digest of a change is what its event was, with all its corrections and reasons, when the digest came to it; the
digest of a range of changes, in the audit log, covers the changes with their digests. kiosk.security verifies both.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, bindparam, select, update
from sqlalchemy.orm import Session

from db import audit_log
from db.base import Base
from db.models import AttendanceRow
from db.tables import AttendanceChangeRow, AuditRow, CorrectionRow, ReasonRow

ACTION = "attendance_digest"
BATCH_CHANGES = 5000
"""How many changes one transaction digests: others who write to the audit log wait for it, about half a second."""
IN_ROWS = 1000  # ids in one statement; older SQLite takes no more

NOT_DIGESTED = {
    AttendanceRow: {"id", "photo_path"},
    CorrectionRow: {"id", "attendance_id", "number", "part_of", "undoes", "original_id"},
    ReasonRow: {"id", "attendance_id"},
}
"""Columns that do not belong to what an event is: the purge clears photo_path, corrections name ids."""
EVENT_COLUMNS, CORRECTION_COLUMNS, REASON_COLUMNS = (
    tuple(column for column in row.__table__.columns if column.name not in left_out)
    for row, left_out in NOT_DIGESTED.items()
)


@dataclass(frozen=True, slots=True)
class DigestedRange:
    """What an entry of the audit log says of a range of changes.

    Attributes:
        first: the lowest number.
        last: the highest number.
        count: of changes; there may be fewer than numbers, after a restore.
        sha256: over all of them, in hexadecimal.
    """

    first: int
    last: int
    count: int
    sha256: str


@dataclass(frozen=True, slots=True)
class DigestedChange:
    """A change as it is stored, with its event's digest; None before the digest has come to it."""

    number: int
    at: datetime
    kind: str
    trace_id: UUID
    actor: str
    digest: str | None


# One for all: json.dumps makes a new encoder in each call that has options.
_LINE, _SORTED = json.JSONEncoder(), json.JSONEncoder(sort_keys=True)
# Without the mapper, which takes longer than the digests.
_LOG, _CHANGES = AttendanceRow.__table__.c, AttendanceChangeRow.__table__.c
_CHANGES_TABLE = Base.metadata.tables[AttendanceChangeRow.__tablename__]
_SET_DIGEST = update(_CHANGES_TABLE).where(_CHANGES.id == bindparam("of")).values(digest=bindparam("to"))


class RangeHash:
    """The SHA-256 (FIPS 180-4) of changes one after another, each as a JSON array in a line."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.count = 0

    def add(self, change: DigestedChange) -> None:
        at = change.at.astimezone(UTC).isoformat(timespec="microseconds")
        line = [change.number, at, change.kind, str(change.trace_id), change.actor, change.digest]
        self._hash.update(_LINE.encode(line).encode("ascii") + b"\n")
        self.count += 1

    def hexdigest(self) -> str:
        return self._hash.hexdigest()


def digest_changes(session: Session, actor: str, limit: int = BATCH_CHANGES) -> DigestedRange | None:
    """Digest the next changes and append that to the audit log; None when there are none left."""
    audit_log.lock(session)
    changes = stored_changes(session, last_digested(session), limit)
    if not changes:
        return None
    digests = event_digests(session, {change.trace_id for change in changes})
    found = RangeHash()
    for change in changes:
        found.add(replace(change, digest=digests[change.trace_id]))
    session.connection().execute(
        _SET_DIGEST, [{"of": change.number, "to": digests[change.trace_id]} for change in changes]
    )
    digested = DigestedRange(changes[0].number, changes[-1].number, found.count, found.hexdigest())
    details: audit_log.Details = {
        "first": digested.first,
        "last": digested.last,
        "count": digested.count,
        "sha256": digested.sha256,
    }
    audit_log.append(session, actor, ACTION, None, details)
    return digested


def last_digested(session: Session) -> int:
    """Return the highest number that has been digested, 0 for none."""
    latest = select(AuditRow.details).where(AuditRow.action == ACTION).order_by(AuditRow.id.desc()).limit(1)
    details = session.scalar(latest)
    return 0 if details is None else digested_range(details).last


def digested_range(details: str) -> DigestedRange:
    """Return what an entry's details say."""
    said = json.loads(details)
    return DigestedRange(said["first"], said["last"], said["count"], said["sha256"])


def stored_changes(session: Session, after: int, limit: int) -> Sequence[DigestedChange]:
    """Return changes with their digests, from the one after a number on."""
    query = select(_CHANGES.id, _CHANGES.at, _CHANGES.kind, _CHANGES.trace_id, _CHANGES.actor, _CHANGES.digest)
    page = query.where(_CHANGES.id > after).order_by(_CHANGES.id).limit(limit)
    return [DigestedChange(*row) for row in session.execute(page)]


def event_digests(session: Session, trace_ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Return each event's SHA-256, in hexadecimal, as it is now; one that does not exist has a digest as well."""
    asked, found = list(trace_ids), dict.fromkeys(trace_ids, _hash(None))
    for start in range(0, len(asked), IN_ROWS):
        condition = _LOG.trace_id.in_(asked[start : start + IN_ROWS])
        rows = session.execute(select(_LOG.id, *EVENT_COLUMNS).where(condition)).all()
        found |= digests_of_rows(session, [dict(row._mapping) for row in rows])
    return found


def digests_of_rows(session: Session, rows: Sequence[dict[str, Any]]) -> dict[UUID, str]:
    """Return the digests of attendance rows, by trace id; each has the id and EVENT_COLUMNS, by name."""
    row_ids = [row["id"] for row in rows]
    corrections = _added(session, CorrectionRow.__table__, CORRECTION_COLUMNS, row_ids)
    reasons = _added(session, ReasonRow.__table__, REASON_COLUMNS, row_ids)
    digests = {}
    for row in rows:
        facts = {name: value for name, value in row.items() if name != "id"}
        digests[row["trace_id"]] = _hash(
            {**facts, "corrections": corrections.get(row["id"]), "reasons": reasons.get(row["id"])}
        )
    return digests


def _added(
    session: Session, table: FromClause, columns: Sequence[ColumnElement[Any]], row_ids: Collection[int]
) -> dict[int, list[dict[str, Any]]]:
    """Return what a table adds to attendance rows, the oldest first, by their ids."""
    event_id = table.c.attendance_id
    found: dict[int, list[dict[str, Any]]] = {}
    for row in session.execute(select(event_id, *columns).where(event_id.in_(row_ids)).order_by(table.c.id)):
        facts = dict(row._mapping)
        found.setdefault(facts.pop("attendance_id"), []).append(facts)
    return found


def _hash(event: dict[str, Any] | None) -> str:
    return hashlib.sha256(_SORTED.encode(_plain(event)).encode("ascii")).hexdigest()


def _plain(value: Any) -> Any:
    """Return what JSON can hold. What has no value is left out, so that a column added later changes no digest."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items() if one is not None}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value) if isinstance(value, UUID) else value
