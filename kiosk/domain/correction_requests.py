"""What employees ask the administrator to correct."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

MAX_TEXT = 500


class RequestKind(StrEnum):
    """What is wrong with a day."""

    EXIT_MISSING = "exit_missing"
    ENTRY_MISSING = "entry_missing"
    WRONG_TIME = "wrong_time"
    OTHER = "other"


class RequestOutcome(StrEnum):
    """What became of a request."""

    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class CorrectionRequest:
    """One request.

    Attributes:
        id: its number.
        day: the office day that is wrong.
        text: in the person's words; may be empty.
        asked_at: aware UTC.
        answered_at: aware UTC; None while it is open, as is answered_by.
        outcome: None while it is open, and for requests from before outcomes were kept.
        answer: why it was accepted or refused; None as outcome.
    """

    id: int
    employee_id: int
    day: date
    kind: RequestKind
    text: str
    kiosk_id: str
    asked_at: datetime
    answered_at: datetime | None = None
    answered_by: str | None = None
    outcome: RequestOutcome | None = None
    answer: str | None = None

    @property
    def is_open(self) -> bool:
        return self.answered_at is None
