"""The office's rules for events at the door: entry, exit, or too soon for another one. Pure: times are passed in.

How long ago the last event was depends on the clock that can tell:

- An event of this process has a monotonic time, which no setting of the wall clock changes.
- Any other event (before a restart, from another device) has its UTC time alone. If that is in the future, a clock was
  wrong, and the real time since then is unknown. Within one cooldown of now it still counts as recent: devices differ
  by seconds, and a small step of the clock must not double an event. Farther away it does not, so that nobody is
  refused for longer than two cooldowns, however wrong the clock was.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.attendance.stays import StayRules, is_plausible
from kiosk.domain.registration import AlreadyRegistered
from kiosk.domain.types import AttendanceEvent, EventMode, EventType


@dataclass(frozen=True, slots=True)
class LastEvent:
    """A person's last event. monotonic_s: when this process registered it; None for an event of another one."""

    event: AttendanceEvent
    monotonic_s: float | None = None


@dataclass(frozen=True, slots=True)
class LastSeen:
    """When a person was last seen. monotonic_s: None when another process or device saw them."""

    at: datetime
    monotonic_s: float | None = None


@dataclass(frozen=True, slots=True)
class Allowed:
    """The event to be written."""

    event_type: EventType


@dataclass(frozen=True, slots=True)
class Rules:
    """The office's rules.

    Attributes:
        mode: which types of event this door writes.
        cooldown_s: minimum seconds between two events of one person, and between having been seen and the next event.
        stays: how long a stay may last.
    """

    mode: EventMode
    cooldown_s: float
    stays: StayRules

    def next_event(
        self, last: LastEvent | None, at: datetime, monotonic_s: float, seen: LastSeen | None = None
    ) -> Allowed | AlreadyRegistered:
        """Return the event that a person who is recognised now gets.

        Args:
            last: the person's last event, None without one.
            at: now, aware.
            monotonic_s: now on the monotonic clock.
            seen: when the person was last seen since that event; None for never.
        """
        if last is not None and self.is_within_cooldown(last, at, monotonic_s, seen):
            return AlreadyRegistered(last.event)
        return Allowed(self._next_type(last, at))

    def is_within_cooldown(self, last: LastEvent, at: datetime, monotonic_s: float, seen: LastSeen | None) -> bool:
        """Tell whether a person's last event, or their last sighting since, is too recent for another event."""
        return self._is_recent(last.event.occurred_at, last.monotonic_s, at, monotonic_s) or (
            seen is not None and self._is_recent(seen.at, seen.monotonic_s, at, monotonic_s)
        )

    def _is_recent(self, then: datetime, then_s: float | None, at: datetime, monotonic_s: float) -> bool:
        if then_s is not None:
            return monotonic_s - then_s < self.cooldown_s
        return abs((at - then).total_seconds()) < self.cooldown_s

    def _next_type(self, last: LastEvent | None, at: datetime) -> EventType:
        if self.mode.only_type is not None:
            return self.mode.only_type
        if last is None or (last.monotonic_s is None and not is_plausible(last.event.occurred_at, at)):
            return EventType.ENTRY
        return self.stays.of(last.event.employee_id).next_type(last.event.event_type, last.event.occurred_at, at)
