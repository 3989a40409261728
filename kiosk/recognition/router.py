"""Recognition of photographs over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, File, Request, UploadFile
from pydantic import BaseModel, ConfigDict, Field

from kiosk.domain.credentials import TokenScope
from kiosk.domain.types import DecisionStatus
from kiosk.recognition.registry import get_recognition_service
from kiosk.recognition.service import RecognitionService
from kiosk.web.authentication import requires
from kiosk.web.problems import documented
from kiosk.web.uploads import LARGEST_PHOTOGRAPH, PHOTOGRAPH, ROOM_FOR_FIELDS, InferenceQueue

PREFIX = "/api/v1/recognition"
BODY_LIMITS = {f"{PREFIX}/detect": LARGEST_PHOTOGRAPH + ROOM_FOR_FIELDS}

Service = Annotated[RecognitionService, Depends(get_recognition_service)]

router = APIRouter(prefix=PREFIX, tags=["recognition"])


class RecognitionResponse(BaseModel):
    """Whom a photograph shows."""

    model_config = ConfigDict(from_attributes=True)

    status: DecisionStatus
    employee_id: int | None = Field(description="for a match alone")
    confidence: float | None = Field(description="similarity with the most similar person, in [-1, 1]")
    trace_id: UUID


@router.post("/detect", dependencies=[requires(TokenScope.WRITE)], responses=documented(400, 413, 415, 422))
async def detect(
    service: Service,
    request: Request,
    image: Annotated[UploadFile, File(description=PHOTOGRAPH)],
) -> RecognitionResponse:
    """Say whom a photograph shows; no event is written.

    Looking up a face takes the scope write, so that a token for lists cannot be used to find out who strangers are.
    """
    line: InferenceQueue = request.app.state.line
    async with line.turn([image]) as (content,):
        recognition = await service.recognize_face(content)
    return RecognitionResponse.model_validate(recognition)
