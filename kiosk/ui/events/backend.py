"""What the screens of today's events need of the kiosk."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from kiosk.domain.attendance_log import LogEntry


class EventsBackend(Protocol):
    """Every method may wait, is called on a background thread and raises KioskError."""

    def events_today(self) -> tuple[LogEntry, ...]: ...

    def present(self) -> tuple[LogEntry, ...]: ...

    def void(self, trace_id: UUID, reason: str, /) -> None: ...
