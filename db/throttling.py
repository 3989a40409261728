"""Rows that say what wrong passwords and PINs still cost; every function works within the caller's transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from db.credentials import CredentialKind
from db.session import insert_or_skip
from db.tables import ThrottlingRow

ALL_SUBJECTS = ""


@dataclass(frozen=True, slots=True)
class StoredThrottling:
    """One subject's row of one device.

    Attributes:
        subject: which secret was tried; ALL_SUBJECTS for all of its kind.
        device: where.
        forgotten_at: from when on no attempt counts any more, aware UTC.
        locked_until: until when this device compares nothing, aware UTC.
    """

    subject: str
    device: str
    forgotten_at: datetime
    locked_until: datetime


def lock(session: Session, kind: CredentialKind, subject: str, device: str, now: datetime) -> list[StoredThrottling]:
    """Return this device's rows, of the subject and of all subjects, and the subject's rows of other devices.

    This device's rows are made where there are none, and whoever else locks them waits for the transaction.
    """
    session.execute(delete(ThrottlingRow).where(ThrottlingRow.forgotten_at < now, ThrottlingRow.locked_until < now))
    subjects = sorted({ALL_SUBJECTS, subject})
    insertion = insert_or_skip(session, ThrottlingRow, "kind", "subject", "device")
    for each in subjects:
        key = {"kind": kind, "subject": each, "device": device}
        session.execute(insertion.values(**key, forgotten_at=now, locked_until=now))
    mine = _of(kind).where(ThrottlingRow.device == device, ThrottlingRow.subject.in_(subjects))
    others = _of(kind).where(ThrottlingRow.device != device, ThrottlingRow.subject == subject)
    rows = [*session.execute(mine.order_by(ThrottlingRow.subject).with_for_update()), *session.execute(others)]
    return [StoredThrottling(*row) for row in rows]


def locked_until(session: Session, kind: CredentialKind, subject: str, device: str) -> datetime | None:
    """Return until when a device compares nothing with a subject, perhaps in the past; None where nothing counts.

    Nothing is locked or written.
    """
    mine = (ThrottlingRow.kind == kind, ThrottlingRow.subject == subject, ThrottlingRow.device == device)
    return session.scalar(select(ThrottlingRow.locked_until).where(*mine))


def save(session: Session, kind: CredentialKind, row: StoredThrottling) -> None:
    changed = {"forgotten_at": row.forgotten_at, "locked_until": row.locked_until}
    key = (ThrottlingRow.kind == kind, ThrottlingRow.subject == row.subject, ThrottlingRow.device == row.device)
    session.execute(update(ThrottlingRow).where(*key).values(**changed))


def forget(session: Session, kind: CredentialKind, subject: str) -> None:
    """Forget all wrong attempts at a secret, on every device."""
    session.execute(delete(ThrottlingRow).where(ThrottlingRow.kind == kind, ThrottlingRow.subject == subject))


def _of(kind: CredentialKind) -> Select[str, str, datetime, datetime]:
    """The columns of StoredThrottling, in its order."""
    columns = (ThrottlingRow.subject, ThrottlingRow.device, ThrottlingRow.forgotten_at, ThrottlingRow.locked_until)
    return select(*columns).where(ThrottlingRow.kind == kind)
