"""Consents in the database; within the caller's transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from db.tables import ConsentRow


@dataclass(frozen=True, slots=True)
class GivenConsent:
    """text_version: of the words agreed to. given_at, revoked_at: aware UTC; None while it holds."""

    employee_id: int
    text_version: str
    given_at: datetime
    revoked_at: datetime | None
    recorded_by: str


def record_consent(session: Session, employee_id: int, text_version: str, recorded_by: str) -> None:
    """Write down that a person has agreed."""
    row = {"employee_id": employee_id, "text_version": text_version, "recorded_by": recorded_by}
    session.execute(insert(ConsentRow).values(**row, given_at=datetime.now(UTC)))


def revoke_consents(session: Session, employee_id: int) -> int:
    """Take back all that a person has given; return how many held until now."""
    standing = (ConsentRow.employee_id == employee_id, ConsentRow.revoked_at.is_(None))
    revoked = session.scalars(
        update(ConsentRow).where(*standing).values(revoked_at=datetime.now(UTC)).returning(ConsentRow.id),
        execution_options={"synchronize_session": False},
    )
    return len(revoked.all())


def consents_of(session: Session, employee_id: int) -> tuple[GivenConsent, ...]:
    """Return a person's consents, the oldest first."""
    rows = session.scalars(select(ConsentRow).where(ConsentRow.employee_id == employee_id).order_by(ConsentRow.id))
    return tuple(GivenConsent(r.employee_id, r.text_version, r.given_at, r.revoked_at, r.recorded_by) for r in rows)
