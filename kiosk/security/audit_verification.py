"""Verifies the audit log: whether a row was changed, removed, added by hand or cut off.

To hide a change, three things would have to be changed alike: the rows with their hashes, the head that stands in a
table of its own, and the anchor, a copy of the head that every device keeps in its data directory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from db import audit_log
from db.audit_log import GENESIS_HASH, AuditHead
from db.session import Session


@dataclass(frozen=True, slots=True)
class AuditVerdict:
    """What the verification found.

    Attributes:
        head: how many rows there really are, and the last one's hash.
        faults: a sentence for each fault; none when the log is whole.
    """

    head: AuditHead
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownHead:
    """A head that was kept outside of the database.

    Attributes:
        keeper: who kept it, as the subject of a sentence.
        head: the log as it was then.
    """

    keeper: str
    head: AuditHead


def verify(session: Session, known: Sequence[KnownHead] = ()) -> AuditVerdict:
    """Follow the chain from its first row, and compare it with its head and with those known from elsewhere.

    Call it within Database.reading(): the log and its head are then of one moment.
    """
    faults: list[str] = []
    count, previous_hash, previous_id = 0, GENESIS_HASH, 0
    sought = [one for one in known if one.head.row_count]
    hashes = {one.head.row_count: "" for one in sought}
    for entry in audit_log.chain(session):
        count += 1
        if entry.previous_hash != previous_hash:
            faults.append(_broken_link(previous_id, entry.id))
        if entry.stored_hash != entry.computed_hash:
            faults.append(f"row {entry.id} was changed")
        previous_hash, previous_id = entry.stored_hash, entry.id
        if count in hashes:
            hashes[count] = entry.stored_hash
    found = AuditHead(count, previous_hash)
    faults += _differences(found, audit_log.head(session))
    faults += [
        f"{one.keeper} knows {one.head.row_count} rows, and they are not the log's first ones: the log was cut off, "
        "written anew or exchanged; where a backup was restored since, the log says so"
        for one in sought
        if hashes[one.head.row_count] != one.head.hash
    ]
    return AuditVerdict(found, tuple(faults))


def _broken_link(previous_id: int, row_id: int) -> str:
    if previous_id == 0:
        return f"row {row_id} is the first one and does not begin the log: rows before it were removed"
    return f"row {row_id} does not follow row {previous_id}: one of them was changed, or rows between them were removed"


def _differences(found: AuditHead, stored: AuditHead | None) -> Iterator[str]:
    if stored is None:
        if found.row_count:
            yield "the log's head was removed"
    elif stored.row_count > found.row_count:
        yield f"the log has {found.row_count} rows and its head knows {stored.row_count}: rows were removed"
    elif stored.row_count < found.row_count:
        yield f"the log has {found.row_count} rows and its head knows {stored.row_count}: rows were added by hand"
    elif stored.hash != found.hash:
        yield "the last row is not the one that the log's head knows"
