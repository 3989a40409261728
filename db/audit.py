"""Who did what: an append-only log in which every row's hash covers the one before.

Three things would have to be changed alike to hide a change: the rows with their hashes, the head (how many rows
there are and the last one's hash) that stands in a table of its own, and the anchor, a copy of the head that every
device of the kiosk keeps in its data directory. Rows hold numbers of people, never names, faces or secrets.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from db.session import Database, insert_or_skip
from db.tables import AuditHeadRow, AuditRow
from kiosk.core.files import replace_file
from kiosk.core.logger import log
from kiosk.errors import StorageError

ANCHOR_FILE_NAME = "audit.head"
GENESIS = "0" * 64
BATCH_ROWS = 1000
FAULTS_SHOWN = 20
ANCHOR_LINE = re.compile(r"(\d{1,18}) ([0-9a-f]{64})\n")

Details: TypeAlias = Mapping[str, str | int | float | bool | list[str] | None]


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One row. at: aware UTC. subject: whom or what it was done to, such as "employee:5". details: JSON."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str | None
    details: str


@dataclass(frozen=True, slots=True)
class Head:
    """How many rows the log has, and the last one's hash."""

    row_count: int
    hash: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found in the log; faults: a sentence for each, none when all is whole."""

    head: Head
    faults: tuple[str, ...]


def append(
    session: Session, actor: str, action: str, subject: str | None = None, details: Details | None = None
) -> None:
    """Write one row, as the last thing of the transaction that does what the row tells of.

    actor: "cli:anna", "token:payroll", "purge". action: a word such as "enroll". details: no names, no secrets.
    Others who append wait until the transaction ends. Raises StorageError when the log has been tampered with, so
    that nothing can be added to it.
    """
    head = _locked_head(session)
    known = session.scalar(select(AuditRow.id).where(AuditRow.previous_hash == head.hash))
    if known is not None:
        raise StorageError("the audit log does not end where its head says; `kiosk audit verify` tells what is wrong")
    said = {
        "previous_hash": head.hash,
        "at": datetime.now(UTC),
        "actor": actor,
        "action": action,
        "subject": subject,
        "details": json.dumps(details or {}, ensure_ascii=False, sort_keys=True),
    }
    row_hash = _hash(AuditRow(**said))
    session.execute(insert(AuditRow).values(**said, hash=row_hash))
    session.execute(update(AuditHeadRow).values(row_count=head.row_count + 1, hash=row_hash))


def entries(session: Session, subject: str | None = None, newest: int | None = None) -> tuple[AuditEntry, ...]:
    """Return the rows, the oldest first; of one subject alone, and the newest so many alone, if that is wanted."""
    query = select(AuditRow).order_by(AuditRow.id.desc()).limit(newest)
    if subject is not None:
        query = query.where(AuditRow.subject == subject)
    rows = session.scalars(query).all()
    return tuple(AuditEntry(r.id, r.at, r.actor, r.action, r.subject, r.details) for r in reversed(rows))


def verify(session: Session, anchor: Head | None = None) -> Verdict:
    """Follow the chain from its first row and compare it with the head and with an anchor.

    Within reading(): the log and its head are then of one moment.
    """
    faults: list[str] = []
    count, previous, last_id, anchored = 0, GENESIS, 0, anchor is None or anchor.row_count == 0
    for row in _rows(session):
        count += 1
        if row.previous_hash != previous:
            faults.append(_broken_link(last_id, row.id))
        if row.hash != _hash(row):
            faults.append(f"row {row.id} was changed")
        previous, last_id = row.hash, row.id
        if anchor is not None and count == anchor.row_count:
            anchored = row.hash == anchor.hash
    found = Head(count, previous)
    faults += _against_head(found, _head(session))
    if anchor is not None and not anchored:
        faults.append(
            f"the anchor in the data directory knows {anchor.row_count} rows, and they are not the log's first ones: "
            "the log was cut off, written anew or exchanged"
        )
    return Verdict(found, tuple(faults))


def read_anchor(path: Path) -> Head | None:
    """Return the anchor that was kept, None when there is none. Raises StorageError when it cannot be read."""
    try:
        text = path.read_text(encoding="ascii")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise StorageError(f"the audit log's anchor {path} cannot be read") from error
    found = ANCHOR_LINE.fullmatch(text)
    if found is None:
        raise StorageError(f"the audit log's anchor {path} is damaged")
    return Head(int(found[1]), found[2])


def keep_anchor(database: Database, path: Path) -> bool:
    """Write the head down in the data directory, unless the log no longer holds what was written down before.

    False, and a line in the log, when it does not; the old anchor then stays as the proof. Raises StorageError.
    """
    kept = read_anchor(path)
    with database.reading() as session:
        head = _head(session) or Head(0, GENESIS)
        follows = kept is None or kept.row_count == 0 or _contains(session, kept)
    if not follows:
        log(logging.WARNING, "audit.anchor_lost", anchored=kept and kept.row_count, rows=head.row_count)
        return False
    if kept is not None and kept.row_count >= head.row_count:
        return True
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_file(path, f"{head.row_count} {head.hash}\n".encode("ascii"))
    except OSError as error:
        raise StorageError(f"the audit log's anchor {path} cannot be written: {error.strerror}") from error
    return True


def _locked_head(session: Session) -> Head:
    first = insert_or_skip(session, AuditHeadRow, "id").values(id=1, row_count=0, hash=GENESIS)
    session.execute(first)
    row = session.execute(select(AuditHeadRow.row_count, AuditHeadRow.hash).with_for_update()).one()
    return Head(*row)


def _head(session: Session) -> Head | None:
    row = session.execute(select(AuditHeadRow.row_count, AuditHeadRow.hash)).first()
    return None if row is None else Head(*row)


def _contains(session: Session, anchor: Head) -> bool:
    """Tell whether the log still has the anchored row with as many rows before it."""
    row_id = session.scalar(select(AuditRow.id).where(AuditRow.hash == anchor.hash))
    if row_id is None:
        return False
    return session.scalar(select(func.count()).where(AuditRow.id <= row_id)) == anchor.row_count


def _rows(session: Session) -> Iterator[AuditRow]:
    rows = session.scalars(select(AuditRow).order_by(AuditRow.id), execution_options={"yield_per": BATCH_ROWS})
    for row in rows:
        session.expunge(row)
        yield row


def _hash(row: AuditRow) -> str:
    """Return the SHA-256 of the row before's hash and all that this row says, as a JSON array."""
    at = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    said = [row.previous_hash, at, row.actor, row.action, row.subject, row.details]
    return hashlib.sha256(json.dumps(said, ensure_ascii=True).encode("ascii")).hexdigest()


def _broken_link(last_id: int, row_id: int) -> str:
    if last_id == 0:
        return f"row {row_id} is the first one and does not begin the log: rows before it were removed"
    return f"row {row_id} does not follow row {last_id}: one of them was changed, or rows between them were removed"


def _against_head(found: Head, head: Head | None) -> Iterator[str]:
    if head is None:
        if found.row_count:
            yield "the log's head was removed"
    elif head.row_count > found.row_count:
        yield f"the log has {found.row_count} rows and its head knows {head.row_count}: rows were removed"
    elif head.row_count < found.row_count:
        yield f"the log has {found.row_count} rows and its head knows {head.row_count}: rows were added by hand"
    elif head.hash != found.hash:
        yield "the last row is not the one that the log's head knows"
