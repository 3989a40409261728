"""What is sent and answered over HTTP about corrections, open questions, employees' requests and closed months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from db.closed_months import ClosedMonth, LateEvent
from db.correction_queries import CorrectedRow
from kiosk.attendance.correction_authors import LONGEST_AUTHOR, LONGEST_REASON
from kiosk.attendance.log_schemas import OriginalResponse
from kiosk.attendance.stays import Doubt
from kiosk.domain.correction_requests import RequestKind, RequestOutcome
from kiosk.domain.corrections import CorrectionAction
from kiosk.domain.types import MAX_ID, EventType
from kiosk.web.timestamps import Instant


class SentModel(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ReasonedRequest(SentModel):
    reason: str = Field(
        min_length=1, max_length=LONGEST_REASON, description="why; it stays", examples=["forgot to look up"]
    )
    author: str | None = Field(
        None, max_length=LONGEST_AUTHOR, description="who does it, beside the token's name", examples=["anna"]
    )


class AdditionRequest(ReasonedRequest):
    """exit_reason: why the person left; a code of KIOSK_EXIT_REASONS."""

    employee_id: int = Field(ge=1, le=MAX_ID)
    event_type: EventType
    at: Instant
    exit_reason: str | None = Field(None, max_length=40)


class VoidRequest(ReasonedRequest):
    trace_id: UUID


class ChangeRequest(ReasonedRequest):
    """What is left out stays as it is. exit_reason: why the person left; a code of KIOSK_EXIT_REASONS."""

    trace_id: UUID
    at: Instant | None = None
    event_type: EventType | None = None
    employee_id: int | None = Field(None, ge=1, le=MAX_ID)
    exit_reason: str | None = Field(None, max_length=40)


class UndoRequest(ReasonedRequest):
    pass


class CorrectedEventResponse(BaseModel):
    """employee_id is null for an unknown visitor."""

    model_config = ConfigDict(from_attributes=True)

    trace_id: UUID
    employee_id: int | None
    event_type: EventType
    occurred_at: datetime
    reason: str | None = None


class CorrectedResponse(BaseModel):
    """What a correction did."""

    model_config = ConfigDict(from_attributes=True)

    correction_id: int = Field(description="also to undo it")
    event: CorrectedEventResponse | None = Field(
        description="the event that was voided, or the one that counts now; null for an undone correction"
    )
    warnings: list[str] = Field(description="stays that lack an entry or exit because of it", examples=[[]])


class CorrectionResponse(BaseModel):
    """One correction of one row. original: what was registered, where the row was added instead of another."""

    id: int
    action: CorrectionAction
    author: str = Field(examples=["token:payroll/anna"])
    reason: str = Field(examples=["forgot to look up"])
    at: datetime = Field(description="when it was made")
    part_of: int | None = Field(description="the correction that it belongs to")
    undoes: int | None = Field(description="the correction that it undoes")
    trace_id: UUID
    employee_id: int | None
    event_type: EventType
    timestamp: datetime = Field(description="of the row")
    original: OriginalResponse | None

    @classmethod
    def of(cls, row: CorrectedRow) -> CorrectionResponse:
        made, event = row.correction, row.row
        return cls(
            id=made.id,
            action=made.action,
            author=made.author,
            reason=made.reason,
            at=made.at,
            part_of=made.part_of,
            undoes=made.undoes,
            trace_id=event.trace_id,
            employee_id=event.employee_id,
            event_type=event.event_type,
            timestamp=event.timestamp,
            original=None if made.original is None else OriginalResponse.model_validate(made.original),
        )


class SightingResponse(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    seen_at: datetime
    kiosk_id: str


class QuestionResponse(BaseModel):
    """A stay of which somebody has to say how it was. trace_id: of the row to be looked at first."""

    model_config = ConfigDict(from_attributes=True)

    employee_id: int
    full_name: str
    day: date = Field(description="the office day on which the stay began")
    doubt: Doubt
    trace_id: UUID
    entered_at: datetime | None
    left_at: datetime | None
    proposal: SightingResponse | None = Field(description="where and when the person was last seen in it")
    planned_at: datetime | None = Field(description="when the shift ends, or begins where the entry is missing")


class CorrectionRequestResponse(BaseModel):
    """What somebody asked to have corrected, at the kiosk. outcome and answer are null while it is open."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    employee_id: int
    day: date
    kind: RequestKind
    text: str = Field(examples=["I left at 18:00"])
    kiosk_id: str
    asked_at: datetime
    answered_at: datetime | None
    answered_by: str | None
    outcome: RequestOutcome | None
    answer: str | None


class AnswerRequest(ReasonedRequest):
    """reason: told to the person who asked."""

    outcome: RequestOutcome


class ClosingRequest(SentModel):
    by: str = Field(min_length=1, max_length=200, description="who answers for it by name", examples=["Anna Petrova"])


class ReopeningRequest(ClosingRequest):
    reason: str = Field(min_length=1, max_length=200, description="why", examples=["a sick note came late"])


class LateEventResponse(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    trace_id: UUID
    employee_id: int
    event_type: EventType
    timestamp: datetime
    kiosk_id: str


class ClosedMonthResponse(BaseModel):
    """A closed month. late_events: entries and exits that came from a door's journal after it was closed."""

    month: str = Field(examples=["2026-11"])
    closed_by: str = Field(examples=["Anna Petrova"])
    closed_at: datetime
    rows: int
    sha256: str = Field(examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"])
    late_events: list[LateEventResponse]

    @classmethod
    def of(cls, month: ClosedMonth, late: Sequence[LateEvent]) -> ClosedMonthResponse:
        return cls(
            month=month.name,
            closed_by=month.closed_by,
            closed_at=month.closed_at,
            rows=month.digest.row_count,
            sha256=month.digest.sha256,
            late_events=[LateEventResponse.model_validate(event) for event in late],
        )
