"""The rows of the log as they are answered over HTTP and delivered to receivers."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from kiosk.domain.types import EventType, Method


class OriginalResponse(BaseModel):
    """What was registered, where a correction put another row in its place."""

    model_config = ConfigDict(from_attributes=True)

    trace_id: UUID
    employee_id: int | None
    timestamp: datetime
    event_type: EventType


class EntryResponse(BaseModel):
    """One row of the log; employee_id is null for an unknown visitor."""

    model_config = ConfigDict(from_attributes=True)

    trace_id: UUID
    employee_id: int | None
    full_name: str | None
    timestamp: datetime
    event_type: EventType
    confidence: float | None
    method: Method
    kiosk_id: str
    voided: bool = Field(description="a correction says that it does not count")
    corrected_by: str | None = Field(None, description="who made the last correction of it, such as admin or cli:anna")
    correction_reason: str | None = Field(None, description="why the last correction of it was made")
    is_automatic: bool = Field(False, description="an exit that nobody registered, set to the end of the shift")
    original: OriginalResponse | None = None
    reason: str | None = Field(None, description="why the person left, if they said so")
