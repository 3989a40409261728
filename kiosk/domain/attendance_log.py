"""What the attendance log says of the events in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from kiosk.domain.corrections import AUTOMATIC, OriginalRow, RowCorrection
from kiosk.domain.types import EventType, Method

LATE_AFTER = timedelta(seconds=5)
"""How old an event may be when it is recorded, or published, and still be said to happen now."""


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


class LogKind(StrEnum):
    """Which entries of the log somebody wants to see."""

    ALL = "all"
    ENTRY = "entry"
    EXIT = "exit"
    UNKNOWN = "unknown"
    """Of visitors whom nobody has named."""
    CORRECTED = "corrected"
    """Voided, added by hand or set by the kiosk, and those that were so once."""


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which entries of the log are wanted: those for which all of it holds.

    Attributes:
        since: aware; entries from then on.
        until: aware; entries before then.
        employee_id: of one person; None for everybody and unknown visitors.
        department: of the people who belong to it now; None for all.
        kind: what kind of entries.
    """

    since: datetime
    until: datetime
    employee_id: int | None = None
    department: str | None = None
    kind: LogKind = LogKind.ALL


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


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One change as the feed tells of it, with the event as it is when the feed is read.

    Attributes:
        epoch: within which the change's number stands; a restored or copied database has another one.
        change: what happened, with its number.
        event: None once the event has been deleted.
        external_id: the personnel number of whose event it is; None without one.
    """

    epoch: UUID
    change: AttendanceChange
    event: LogEntry | None
    external_id: str | None = None

    @property
    def number(self) -> int:
        return self.change.number

    @property
    def message_id(self) -> str:
        """The same whenever, and however often, this change is delivered."""
        return f"{self.epoch}-{self.change.number}"

    @property
    def is_late(self) -> bool:
        """Whether the event happened well before it was recorded: a door had kept it, or somebody added it."""
        return self.is_old_at(self.change.at)

    def is_old_at(self, moment: datetime) -> bool:
        """Tell whether the event happened more than LATE_AFTER before a moment; one that was deleted did."""
        return self.event is None or moment - self.event.timestamp > LATE_AFTER


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Some entries of the feed, one after another.

    Attributes:
        epoch: of the feed.
        entries: the lowest number first.
        latest: the number that was given last.
    """

    epoch: UUID
    entries: tuple[FeedEntry, ...]
    latest: int
