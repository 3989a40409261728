"""When each person was last seen at this door since their last event, which is where their cooldown runs from.

A sighting belongs to the last event: once that is another one, because it was voided or somebody wrote a new one, it
says nothing any more. Only sightings that follow on the event without a gap longer than the cooldown count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.attendance.rules import LastEvent, LastSeen
from kiosk.domain.sightings import Sighting


@dataclass(frozen=True, slots=True)
class _Sighting:
    event_at: datetime
    seen: LastSeen
    is_saved: bool


class LastSightings:
    """One thread may read while another writes."""

    def __init__(self) -> None:
        self._sightings: dict[int, _Sighting] = {}

    def of(self, last: LastEvent | None) -> LastSeen | None:
        """Return when the person of a last event was seen since; None for never."""
        if last is None or last.event.employee_id is None:
            return None
        sighting = self._sightings.get(last.event.employee_id)
        return sighting.seen if sighting is not None and sighting.event_at == last.event.occurred_at else None

    def note(self, last: LastEvent, at: datetime, monotonic_s: float) -> None:
        """Take note of a sighting after a person's last event."""
        if last.event.employee_id is not None:
            is_saved = not last.event.event_type.means_present  # nobody asks when somebody was seen who has left
            sighting = _Sighting(last.event.occurred_at, LastSeen(at, monotonic_s), is_saved)
            self._sightings[last.event.employee_id] = sighting

    def unsaved(self, kiosk_id: str) -> tuple[Sighting, ...]:
        """Return what has not been saved yet of people who are in."""
        return tuple(
            Sighting(employee_id, kiosk_id, known.event_at, known.seen.at)
            for employee_id, known in self._sightings.items()
            if not known.is_saved
        )

    def mark_saved(self, sightings: Iterable[Sighting]) -> None:
        for sighting in sightings:
            known = self._sightings[sighting.employee_id]
            if known.seen.at == sighting.seen_at:
                self._sightings[sighting.employee_id] = replace(known, is_saved=True)

    def take_over(self, sightings: Iterable[Sighting]) -> None:
        """Take over what other doors saw, or this one before a restart, where it is newer."""
        for sighting in sightings:
            known = self._sightings.get(sighting.employee_id)
            if known is None or (known.event_at, known.seen.at) < (sighting.stay_began_at, sighting.seen_at):
                seen = _Sighting(sighting.stay_began_at, LastSeen(sighting.seen_at), is_saved=True)
                self._sightings[sighting.employee_id] = seen
