"""What the screens of the open questions need of the kiosk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kiosk.attendance.stays import Doubt
from kiosk.domain.correction_requests import CorrectionRequest, RequestOutcome
from kiosk.domain.types import EventType
from kiosk.ui.events.backend import EventsBackend


@dataclass(frozen=True, slots=True)
class StayQuestion:
    """A stay of which somebody has to say how it was; all times are aware.

    Attributes:
        doubt: what is not known of it.
        trace_id: the row that is to be looked at first.
        entered_at: None when the entry is missing.
        left_at: None when the exit is missing.
        proposed_at: what is offered as its answer; None where nothing is known.
        seen_at_door: the door that saw the person last, at the time that is proposed; None for a time of the plan.
    """

    employee_id: int
    full_name: str
    doubt: Doubt
    trace_id: UUID
    entered_at: datetime | None
    left_at: datetime | None
    proposed_at: datetime | None = None
    seen_at_door: str | None = None

    @property
    def missing(self) -> EventType | None:
        """What is missing; None where both are known and something else is asked."""
        return {Doubt.EXIT_MISSING: EventType.EXIT, Doubt.ENTRY_MISSING: EventType.ENTRY}.get(self.doubt)

    @property
    def known_at(self) -> datetime:
        """When the entry was, or the exit where the entry is missing."""
        at = self.entered_at or self.left_at
        assert at is not None  # noqa: S101  a stay has one of them
        return at


@dataclass(frozen=True, slots=True)
class EmployeeRequest:
    """What an employee asked to have corrected. question: the stay of that day that lacks what they miss, if any."""

    request: CorrectionRequest
    full_name: str
    question: StayQuestion | None = None


@dataclass(frozen=True, slots=True)
class QuestionsFound:
    """All that is open. stays: forgotten exits first. requests: the oldest first."""

    stays: tuple[StayQuestion, ...]
    requests: tuple[EmployeeRequest, ...]

    @property
    def count(self) -> int:
        return len(self.stays) + len(self.requests)


class QuestionsBackend(EventsBackend, Protocol):
    """Every method may wait, is called on a background thread and raises KioskError."""

    def questions(self) -> QuestionsFound: ...

    def question_count(self) -> int:
        """Return how many questions and requests are open; a minute old at the most."""

    def answer_request(self, request_id: int, outcome: RequestOutcome, reason: str, /) -> None:
        """Answer a request; the person who asked is told the reason. Raises RequestAnswered."""
