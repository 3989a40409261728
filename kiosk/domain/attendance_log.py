"""What the attendance log says of the events in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from kiosk.domain.corrections import AUTOMATIC, OriginalRow, RowCorrection
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
        reason: why the person left, as its code; None for none, and for an entry.
        corrections: of this event, the earliest first.
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
    reason: str | None = None
    corrections: tuple[RowCorrection, ...] = ()

    @property
    def original(self) -> OriginalRow | None:
        """What was registered, where this event was added instead of another."""
        return next((made.original for made in self.corrections if made.original is not None), None)

    @property
    def corrected_by(self) -> str | None:
        """Who made the last correction; None for an event that was never corrected."""
        return self.corrections[-1].author if self.corrections else None

    @property
    def correction_reason(self) -> str | None:
        """Why the last correction was made; None for an event that was never corrected."""
        return self.corrections[-1].reason if self.corrections else None

    @property
    def is_automatic(self) -> bool:
        """Whether it was set to the end of a shift because nobody registered it."""
        return any(made.author == AUTOMATIC for made in self.corrections)


class ChangeKind(StrEnum):
    """What happened to an event in the log."""

    INSERT = "insert"
    CORRECTION = "correction"
    UNDO = "undo"
    """A correction was taken back."""
    ERASURE = "erasure"
    """The event says no longer whose it was."""
    DELETION = "deletion"
    ALTERATION = "alteration"
    """Somebody changed the row itself, which the kiosk never does."""


@dataclass(frozen=True, slots=True)
class AttendanceChange:
    """One change of the log.

    Attributes:
        number: given at commit; a change with a lower number never appears later.
        at: when, aware UTC.
        kind: what happened.
        trace_id: of the event.
        actor: on whose behalf, such as "kiosk:kiosk-1".
    """

    number: int
    at: datetime
    kind: ChangeKind
    trace_id: UUID
    actor: str
