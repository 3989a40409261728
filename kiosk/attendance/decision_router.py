"""What decisions rested on, over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field

from kiosk.attendance.log_schemas import EntryResponse
from kiosk.attendance.registry import get_attendance_service
from kiosk.attendance.router import PREFIX
from kiosk.attendance.service import AttendanceService
from kiosk.domain.credentials import TokenScope
from kiosk.domain.office_language import OfficeLanguage
from kiosk.web.authentication import requires
from kiosk.web.problems import documented

router = APIRouter(prefix=PREFIX, tags=["attendance"])
READ = requires(TokenScope.READ)


class DecisionResponse(BaseModel):
    """The numbers that a decision rested on; similarities are cosines from -1 to 1."""

    model_config = ConfigDict(from_attributes=True)

    model_version: str
    person_count: int = Field(description="people who were enrolled then")
    threshold: float
    threshold_fmr: float = Field(description="how often different people reach the threshold")
    target_fpir: float
    minimum_margin: float
    sample_count: int
    qualities: list[float] = Field(description="of the samples that were used, from 0 to 1")
    first_id: int | None = Field(description="the employee whom the face resembled most")
    first_similarity: float | None
    second_id: int | None
    second_similarity: float | None
    template_id: int | None = Field(description="the template that was the closest")
    template_similarity: float | None
    similarity_without_template: float | None
    reasons: list[str] = Field(description="why nobody was recognised; empty for a match")
    refused_count: int = Field(description="pictures of the visit that were too poor to be compared")
    refused_reasons: list[str] = Field(description="why they were, the most frequent first")
    advice: list[str] = Field(description="what made other pictures poor, such as eyes_covered")
    liveness: str | None = Field(
        description="what the visit until then said of a living person: live, doubtful or attack; null if not watched"
    )
    liveness_reasons: list[str] | None = Field(description="why it is not live")
    liveness_co_motion: float | None = Field(description="share of the face's surround that moved with it, 0 to 1")
    liveness_motions: int | None
    liveness_unchanged_s: float | None
    liveness_seen_s: float | None
    face_count: int = Field(description="faces before the camera at once, at the most")


class ExplanationResponse(BaseModel):
    event: EntryResponse
    decision: DecisionResponse | None = Field(
        description="null where no face was compared, and after KIOSK_DECISION_RECORD_DAYS"
    )
    sentences: list[str] = Field(description="the same in words")


Service = Annotated[AttendanceService, Depends(get_attendance_service)]


@router.get("/explanations/{trace_id}", dependencies=[READ], responses=documented(404, 422))
async def get_explanation(
    service: Service,
    trace_id: UUID,
    language: Annotated[OfficeLanguage | None, Query(description="of the sentences; else the office's")] = None,
) -> ExplanationResponse:
    """Say why somebody was recognised or not at an event."""
    found = await service.explain_event(trace_id)
    return ExplanationResponse(
        event=EntryResponse.model_validate(found.entry),
        decision=None if found.record is None else DecisionResponse.model_validate(found.record),
        sentences=list(found.sentences(service.zone, language or service.language)),
    )
