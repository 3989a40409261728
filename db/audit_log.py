"""The audit log's rows: append-only, and the hash of each row covers the row before.

The head, in a table of its own, holds how many rows there are and the last one's hash. Rows hold numbers of
employees, never names, faces or secrets. kiosk.security verifies the chain.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from db.session import insert_or_skip
from db.tables import AuditHeadRow, AuditRow
from kiosk.errors import StorageError

TABLE_NAME = AuditRow.__tablename__
GENESIS_HASH = "0" * 64
"""What stands for the hash of the row before the first one."""
BATCH_ROWS = 1000

Details: TypeAlias = Mapping[str, str | int | float | bool | list[str] | None]


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One row of the log.

    Attributes:
        id: the row's number.
        at: when it was appended, aware UTC.
        actor: who did it, such as "cli:anna", "token:payroll" or "purge".
        action: a word such as "enroll".
        subject: to whom or what it was done, such as "employee:5".
        details: JSON text.
    """

    id: int
    at: datetime
    actor: str
    action: str
    subject: str | None
    details: str


@dataclass(frozen=True, slots=True)
class ChainedEntry:
    """A row with the hashes that chain it to the row before: both as stored, and its own as it should be.

    All are SHA-256 in hexadecimal.
    """

    id: int
    previous_hash: str
    stored_hash: str
    computed_hash: str


@dataclass(frozen=True, slots=True)
class AuditHead:
    """How many rows the log has, and the last one's hash."""

    row_count: int
    hash: str


EMPTY_LOG = AuditHead(0, GENESIS_HASH)


def append(
    session: Session, actor: str, action: str, subject: str | None = None, details: Details | None = None
) -> None:
    """Append one row, as the last step of the transaction that does what the row records.

    Others who append wait until the transaction ends. Raises StorageError when the log has been tampered with, so
    that nothing can be added to it.

    Args:
        session: the caller's transaction.
        actor: who does it, such as "cli:anna", "token:payroll" or "purge".
        action: a word such as "enroll".
        subject: to whom or what it is done, such as "employee:5".
        details: more about it; no names, no secrets.
    """
    head = lock(session)
    successor_id = session.scalar(select(AuditRow.id).where(AuditRow.previous_hash == head.hash))
    if successor_id is not None:
        raise StorageError("the audit log does not end where its head says; `kiosk audit verify` tells what is wrong")
    values = {
        "previous_hash": head.hash,
        "at": datetime.now(UTC),
        "actor": actor,
        "action": action,
        "subject": subject,
        "details": json.dumps(details or {}, ensure_ascii=False, sort_keys=True),
    }
    new_hash = row_hash(AuditRow(**values))
    session.execute(insert(AuditRow).values(**values, hash=new_hash))
    session.execute(update(AuditHeadRow).values(row_count=head.row_count + 1, hash=new_hash))


def lock(session: Session) -> AuditHead:
    """Return the head; until the transaction ends nobody else appends."""
    session.execute(insert_or_skip(session, AuditHeadRow, "id").values(id=1, row_count=0, hash=GENESIS_HASH))
    row = session.execute(select(AuditHeadRow.row_count, AuditHeadRow.hash).with_for_update()).one()
    return AuditHead(*row)


def entries(session: Session, subject: str | None = None, newest: int | None = None) -> tuple[AuditEntry, ...]:
    """Return rows, the oldest first.

    Args:
        session: the caller's transaction.
        subject: rows of this subject alone; None for all.
        newest: at most so many, the newest ones; None for all.
    """
    query = select(AuditRow).order_by(AuditRow.id.desc()).limit(newest)
    if subject is not None:
        query = query.where(AuditRow.subject == subject)
    rows = session.scalars(query).all()
    return tuple(AuditEntry(r.id, r.at, r.actor, r.action, r.subject, r.details) for r in reversed(rows))


def entries_of(session: Session, actions: Sequence[str]) -> Iterator[AuditEntry]:
    """Yield the rows of some actions, the oldest first."""
    query = select(AuditRow).where(AuditRow.action.in_(actions)).order_by(AuditRow.id)
    for r in session.scalars(query, execution_options={"yield_per": BATCH_ROWS}):
        session.expunge(r)
        yield AuditEntry(r.id, r.at, r.actor, r.action, r.subject, r.details)


def latest_details(session: Session, action: str) -> dict[str, dict[str, object]]:
    """Return the details of each subject's latest row of an action."""
    rows = session.execute(
        select(AuditRow.subject, AuditRow.details).where(AuditRow.action == action).order_by(AuditRow.id)
    )
    return {subject: json.loads(details) for subject, details in rows if subject is not None}


def is_followed(session: Session, subject: str, action: str, later: str) -> bool:
    """Tell whether a subject's latest row of an action comes before one of a later action."""
    ids = {
        name: session.scalar(select(func.max(AuditRow.id)).where(AuditRow.subject == subject, AuditRow.action == name))
        for name in (action, later)
    }
    return (ids[later] or 0) > (ids[action] or 0)


def chain(session: Session) -> Iterator[ChainedEntry]:
    """Yield the hashes of all rows, the oldest first."""
    rows = session.scalars(select(AuditRow).order_by(AuditRow.id), execution_options={"yield_per": BATCH_ROWS})
    for row in rows:
        session.expunge(row)  # a long log must not pile up in the session
        yield ChainedEntry(row.id, row.previous_hash, row.hash, row_hash(row))


def head(session: Session) -> AuditHead | None:
    """Return the stored head; None before the first row, or when somebody removed it."""
    row = session.execute(select(AuditHeadRow.row_count, AuditHeadRow.hash)).first()
    return None if row is None else AuditHead(*row)


def contains(session: Session, earlier: AuditHead) -> bool:
    """Tell whether the log still has the last row of an earlier head, with as many rows up to it."""
    row_id = session.scalar(select(AuditRow.id).where(AuditRow.hash == earlier.hash))
    if row_id is None:
        return False
    return session.scalar(select(func.count()).where(AuditRow.id <= row_id)) == earlier.row_count


def row_hash(row: AuditRow) -> str:
    """Return the SHA-256 (FIPS 180-4) of the previous row's hash and this row's values, as a JSON array."""
    at = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    hashed = [row.previous_hash, at, row.actor, row.action, row.subject, row.details]
    return hashlib.sha256(json.dumps(hashed, ensure_ascii=True).encode("ascii")).hexdigest()
