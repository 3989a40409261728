"""The entries of the change feed as they are answered over HTTP and delivered to receivers."""

from __future__ import annotations

from datetime import datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, Field

from kiosk.attendance.log_schemas import EntryResponse
from kiosk.domain.attendance_log import ChangeKind, FeedEntry


class FeedEvent(EntryResponse):
    """The event as it is when the feed is read, not as it was at the change."""

    external_id: str | None = Field(None, description="the personnel number")


class ChangeResponse(BaseModel):
    """One change of the log. Whoever knows its id has had it already."""

    id: str = Field(description="epoch and number; the same whenever and however this change is delivered")
    number: int = Field(description="given at commit: no change with a lower number appears later")
    recorded_at: datetime = Field(description="when the database took it, by the database's clock")
    kind: ChangeKind
    trace_id: UUID = Field(description="of the event")
    actor: str = Field(description="on whose behalf, such as kiosk:kiosk-1")
    late: bool = Field(description="the event happened more than 5 s before recorded_at")
    event: FeedEvent | None = Field(description="null once the event has been deleted")

    @classmethod
    def of(cls, entry: FeedEntry) -> Self:
        change, event = entry.change, None
        if entry.event is not None:
            event = FeedEvent.model_validate(entry.event, from_attributes=True)
            event.external_id = entry.external_id
        return cls(
            id=entry.message_id,
            number=change.number,
            recorded_at=change.at,
            kind=change.kind,
            trace_id=change.trace_id,
            actor=change.actor,
            late=entry.is_late,
            event=event,
        )
