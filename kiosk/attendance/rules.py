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
from datetime import datetime

from kiosk.attendance.stays import StayRules, is_plausible
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
    """The office's rules.

    Attributes:
        mode: what an event at this door means.
        cooldown_s: within it a person's second event is not written.
        stays: how long a stay may last.
    """

    mode: EventMode
    cooldown_s: float
    stays: StayRules

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
        if last is None or (last.monotonic_s is None and not is_plausible(last.event.occurred_at, at)):
            return EventType.ENTRY
        return self.stays.next_type(last.event.event_type, last.event.occurred_at, at)
