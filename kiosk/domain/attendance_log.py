"""What the attendance log says of the events in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kiosk.domain.types import EventType, Method


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One event of the log, as it is shown.

    Attributes:
        employee_id: None for an unknown visitor, as is full_name.
        timestamp: aware UTC.
        confidence: the decision's similarity; None where no face was compared.
        voided: a correction says that the event does not count.
        photo_path: of the snapshot, relative to the data directory; None when there is none any more.
    """

    trace_id: UUID
    employee_id: int | None
    full_name: str | None
    timestamp: datetime
    event_type: EventType
    confidence: float | None
    method: Method
    kiosk_id: str
    voided: bool
    photo_path: str | None
