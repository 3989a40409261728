"""Corrections, open questions, requests and months for coroutines."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from db.closed_months import ClosedMonth, LateEvent
from db.correction_queries import CorrectedRow
from kiosk.attendance.closed_months import ClosedMonths
from kiosk.attendance.correction_authors import author_named
from kiosk.attendance.corrections import Corrected, Corrections, EventChanges
from kiosk.attendance.questions import OpenQuestion, Questions
from kiosk.core.context import current_actor
from kiosk.core.thread_pool import ThreadPool
from kiosk.domain.correction_requests import CorrectionRequest, RequestOutcome
from kiosk.domain.types import EventType


class CorrectionService:
    """Corrections, Questions and ClosedMonths off the event loop; every method raises StorageError.

    author: who does it, beside the current actor; None for the actor alone.

    Args:
        corrections: of entries and exits.
        questions: what is not known, and what employees ask for.
        months: those that are closed.
        database_threads: no more than the database has connections.
    """

    def __init__(
        self, *, corrections: Corrections, questions: Questions, months: ClosedMonths, database_threads: ThreadPool
    ) -> None:
        self._corrections, self._questions, self._months = corrections, questions, months
        self._threads = database_threads

    async def corrections(
        self,
        since: datetime | None,
        until: datetime | None,
        employee_id: int | None,
        *,
        after: int | None,
        limit: int,
    ) -> tuple[CorrectedRow, ...]:
        """See Corrections.listed."""
        listed = self._corrections.listed
        return await self._threads.run(listed, since, until, employee_id, after=after, limit=limit)

    async def add(  # noqa: PLR0917  what a row is made of
        self,
        employee_id: int,
        event_type: EventType,
        at: datetime,
        reason: str,
        author: str | None,
        exit_reason: str | None,
    ) -> Corrected:
        """See Corrections.add."""
        by = author_named(current_actor(), author)
        return await self._threads.run(self._corrections.add, employee_id, event_type, at, by, reason, exit_reason)

    async def void(self, trace_id: UUID, reason: str, author: str | None) -> Corrected:
        """See Corrections.void."""
        return await self._threads.run(self._corrections.void, trace_id, author_named(current_actor(), author), reason)

    async def change(self, trace_id: UUID, changes: EventChanges, reason: str, author: str | None) -> Corrected:
        """See Corrections.change."""
        by = author_named(current_actor(), author)
        return await self._threads.run(self._corrections.change, trace_id, changes, by, reason)

    async def undo(self, correction_id: int, reason: str, author: str | None) -> Corrected:
        """See Corrections.undo."""
        by = author_named(current_actor(), author)
        return await self._threads.run(self._corrections.undo, correction_id, by, reason)

    async def open_questions(self, first: date, last: date, employee_id: int | None) -> tuple[OpenQuestion, ...]:
        """See Questions.open_questions."""
        return await self._threads.run(self._questions.open_questions, first, last, employee_id)

    async def requests(self, employee_id: int | None, *, only_open: bool) -> tuple[CorrectionRequest, ...]:
        """See Questions.requests."""
        return await self._threads.run(self._questions.requests, employee_id, only_open=only_open)

    async def answer(
        self, request_id: int, outcome: RequestOutcome, reason: str, author: str | None
    ) -> CorrectionRequest:
        """See Questions.answer."""
        by = author_named(current_actor(), author)
        return await self._threads.run(self._questions.answer, request_id, outcome, reason, by)

    async def closed_months(self) -> tuple[tuple[ClosedMonth, tuple[LateEvent, ...]], ...]:
        """See ClosedMonths.with_late_events."""
        return await self._threads.run(self._months.with_late_events)

    async def close_month(self, month: date, by: str) -> ClosedMonth:
        """See ClosedMonths.close."""
        return await self._threads.run(self._months.close, month, by)

    async def reopen_month(self, month: date, by: str, reason: str) -> None:
        """See ClosedMonths.reopen."""
        await self._threads.run(self._months.reopen, month, by, reason)
