"""What an event at the door means: entry or exit, or nothing new. Pure; the times are passed in.

How long ago the last event was is asked of the clock that can answer:

- An event of this process carries its monotonic time, and nobody's setting of the wall clock changes the answer.
- Any other event (before a restart, from another device) has only its UTC time. If it lies in the future, a clock was
  wrong, and how long ago it really was cannot be known. Within one cooldown of now it still counts as just
  registered: devices differ by seconds, and a small step of the clock must not double an event. Farther away it does
  not, so that nobody is turned away for longer than two cooldowns, however wrong the clock was.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from kiosk.domain.registration import AlreadyRegistered
from kiosk.domain.types import AttendanceEvent, EventMode, EventType


@dataclass(frozen=True, slots=True)
class LastEvent:
    """A person's last event; monotonic_s is None unless this process registered it."""

    event: AttendanceEvent
    monotonic_s: float | None = None


@dataclass(frozen=True, slots=True)
class Allowed:
    """An event of this type has to be written."""

    event_type: EventType


@dataclass(frozen=True, slots=True)
class Rules:
    """The office's rules. zone: where a day begins. cooldown_s: within it a second event is not written."""

    mode: EventMode
    cooldown_s: float
    zone: ZoneInfo

    def next_event(self, last: LastEvent | None, at: datetime, monotonic_s: float) -> Allowed | AlreadyRegistered:
        """Return what a person who is seen now is due, given their last event."""
        if last is not None and self._is_recent(last, at, monotonic_s):
            return AlreadyRegistered(last.event)
        return Allowed(self._next_type(last, at))

    def _is_recent(self, last: LastEvent, at: datetime, monotonic_s: float) -> bool:
        if last.monotonic_s is not None:
            return monotonic_s - last.monotonic_s < self.cooldown_s
        return abs((at - last.event.occurred_at).total_seconds()) < self.cooldown_s

    def _next_type(self, last: LastEvent | None, at: datetime) -> EventType:
        if self.mode.only_type is not None:
            return self.mode.only_type
        # A day begins with an entry, so an exit that was forgotten does not turn the next day around.
        if last is None or local_day(last.event.occurred_at, self.zone) != local_day(at, self.zone):
            return EventType.ENTRY
        return last.event.event_type.opposite


def local_day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()
