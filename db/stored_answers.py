"""Answers that are given again when a request is repeated; each function works within the caller's transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from db.session import changed_count, database_now
from db.tables import StoredAnswerRow

KEPT = timedelta(hours=24)
# A process that has not answered by then has crashed.
LONGEST_WORK = timedelta(minutes=5)
KEY = ("token_id", "key_digest")


class AnswerState(StrEnum):
    WORKING = "working"
    ANSWERED = "answered"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """What is known of an earlier request with the same key.

    Attributes:
        request_digest: SHA-256 of what was asked for, in hexadecimal.
        answer: JSON text; None unless answered.
        location: of what was created, if that was told.
    """

    request_digest: str
    state: AnswerState
    answer: str | None
    location: str | None


@dataclass(frozen=True, slots=True)
class AnswerClaim:
    """Whose turn it is: earlier is None for who does the work, under the row's id; others have it."""

    id: int
    earlier: StoredAnswer | None


def claim(session: Session, token_id: int, key_digest: str, request_digest: str) -> AnswerClaim:
    """Take a key for a request, unless an earlier one of the last day has it; of several at once one takes it."""
    now = database_now(session)
    row = StoredAnswerRow
    old = or_(row.claimed_at < now - KEPT, (row.state == AnswerState.WORKING) & (row.claimed_at < now - LONGEST_WORK))
    same_key = (row.token_id == token_id, row.key_digest == key_digest)
    session.execute(delete(row).where(*same_key, old))
    build = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    new = {"token_id": token_id, "key_digest": key_digest, "request_digest": request_digest}
    insertion = build(row).values(**new).on_conflict_do_nothing(index_elements=KEY).returning(row.id)
    taken = session.execute(insertion).scalar_one_or_none()
    if taken is not None:
        return AnswerClaim(taken, None)
    columns = (row.id, row.request_digest, row.state, row.answer, row.location)
    found, digest, state, answer, location = session.execute(select(*columns).where(*same_key)).one()
    return AnswerClaim(found, StoredAnswer(digest, AnswerState(state), answer, location))


def store_answer(session: Session, claim_id: int, answer: str, location: str | None, employee_id: int | None) -> None:
    values = {"state": AnswerState.ANSWERED, "answer": answer, "location": location, "employee_id": employee_id}
    session.execute(update(StoredAnswerRow).where(StoredAnswerRow.id == claim_id).values(**values))


def release(session: Session, claim_id: int) -> None:
    """Give a key back whose request has changed nothing."""
    session.execute(delete(StoredAnswerRow).where(StoredAnswerRow.id == claim_id))


def erase_answers(session: Session, employee_id: int, until: datetime | None = None) -> int:
    """Erase the answers about a person, or that name them as a look-alike, and return how many there were.

    Their keys stay: a request that is repeated must not enroll the person again. until: of requests up to then alone.
    """
    row = StoredAnswerRow
    named = [row.answer.like(f'%"employee_id":{employee_id}{end}%') for end in (",", "}")]
    of_person = (row.state == AnswerState.ANSWERED, or_(row.employee_id == employee_id, *named))
    earlier = () if until is None else (row.claimed_at <= until,)
    return changed_count(session, update(row).where(*of_person, *earlier).values(state=AnswerState.ERASED, answer=None))


def purge_answers(session: Session) -> int:
    """Delete what is older than a day, and return how many there were."""
    old = StoredAnswerRow.claimed_at < database_now(session) - KEPT
    return changed_count(session, delete(StoredAnswerRow).where(old))
