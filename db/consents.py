"""The consents' rows; every function works within the caller's transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Exists, exists, insert, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.session import changed_count
from db.tables import ConsentRow


@dataclass(frozen=True, slots=True)
class GivenConsent:
    """A consent that a person has given.

    Attributes:
        employee_id: the person's number.
        text_version: of the text that they agreed to.
        given_at: aware UTC.
        revoked_at: aware UTC; None while it is valid.
        recorded_by: the actor who recorded it, such as "cli:anna".
    """

    employee_id: int
    text_version: str
    given_at: datetime
    revoked_at: datetime | None
    recorded_by: str


def record_consent(session: Session, employee_id: int, text_version: str, recorded_by: str) -> None:
    """Record that a person has agreed to a text."""
    row = {"employee_id": employee_id, "text_version": text_version, "recorded_by": recorded_by}
    session.execute(insert(ConsentRow).values(**row, given_at=datetime.now(UTC)))


def revoke_consents(session: Session, employee_id: int) -> int:
    """Revoke all consents of a person; return how many were valid until now."""
    valid = (ConsentRow.employee_id == employee_id, ConsentRow.revoked_at.is_(None))
    return changed_count(session, update(ConsentRow).where(*valid).values(revoked_at=datetime.now(UTC)))


def has_valid_consent(employee_id: InstrumentedAttribute[Any]) -> Exists:
    """Return the condition that the person of a row has given a consent that was not revoked."""
    return exists().where(ConsentRow.employee_id == employee_id, ConsentRow.revoked_at.is_(None))


def consents_of(session: Session, employee_id: int) -> tuple[GivenConsent, ...]:
    """Return a person's consents, the oldest first."""
    rows = session.scalars(select(ConsentRow).where(ConsentRow.employee_id == employee_id).order_by(ConsentRow.id))
    return tuple(GivenConsent(r.employee_id, r.text_version, r.given_at, r.revoked_at, r.recorded_by) for r in rows)
