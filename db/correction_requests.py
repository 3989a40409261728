"""Requests for corrections, within the caller's transaction."""

from __future__ import annotations

from datetime import date

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from db.session import changed_count
from db.tables import RequestRow
from db.types import utc_now
from kiosk.domain.correction_requests import CorrectionRequest, RequestKind, RequestOutcome


def add_request(session: Session, employee_id: int, day: date, kind: RequestKind, *, text: str, kiosk_id: str) -> int:
    """Write a request down and return its number."""
    values = {"employee_id": employee_id, "day": day, "kind": kind.value, "text": text, "kiosk_id": kiosk_id}
    return session.execute(insert(RequestRow).values(**values).returning(RequestRow.id)).scalar_one()


def list_requests(
    session: Session, employee_id: int | None = None, *, only_open: bool = True
) -> tuple[CorrectionRequest, ...]:
    """Return requests, the oldest first; employee_id: None for everybody's."""
    row = RequestRow
    query = select(row).order_by(row.id)
    if employee_id is not None:
        query = query.where(row.employee_id == employee_id)
    if only_open:
        query = query.where(row.answered_at.is_(None))
    return tuple(_request(found) for found in session.scalars(query))


def find_request(session: Session, request_id: int) -> CorrectionRequest | None:
    row = session.get(RequestRow, request_id, populate_existing=True)
    return None if row is None else _request(row)


def answer_request(session: Session, request_id: int, author: str, outcome: RequestOutcome, answer: str) -> bool:
    """Accept or refuse a request; return whether it was open. answer: why."""
    row = RequestRow
    statement = update(row).where(row.id == request_id, row.answered_at.is_(None))
    values = {"answered_at": utc_now(), "answered_by": author, "outcome": outcome.value, "answer": answer}
    return bool(changed_count(session, statement.values(**values)))


def _request(row: RequestRow) -> CorrectionRequest:
    return CorrectionRequest(
        id=row.id,
        employee_id=row.employee_id,
        day=row.day,
        kind=RequestKind(row.kind),
        text=row.text,
        kiosk_id=row.kiosk_id,
        asked_at=row.asked_at,
        answered_at=row.answered_at,
        answered_by=row.answered_by,
        outcome=None if row.outcome is None else RequestOutcome(row.outcome),
        answer=row.answer,
    )
