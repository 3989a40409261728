"""How long people were there, by person and day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from kiosk.attendance.rules import local_day
from kiosk.domain.attendance_log import LogEntry


@dataclass(frozen=True, slots=True)
class DayHours:
    """One person's local day.

    worked_s: from each entry to the next exit of the same day, summed; a stay that no exit ends counts nothing.
    complete: the day begins with an entry and ends with an exit.
    """

    employee_id: int
    full_name: str | None
    day: date
    first_entry_at: datetime | None
    last_exit_at: datetime | None
    worked_s: float
    complete: bool


def hours_by_day(entries: Iterable[LogEntry], zone: ZoneInfo) -> tuple[DayHours, ...]:
    """Return the days on which people had events that count, by person and day; the events may come in any order."""
    known = [(entry.employee_id, entry) for entry in entries if entry.employee_id is not None and not entry.voided]
    known.sort(key=lambda pair: (pair[0], pair[1].timestamp))
    days = groupby(known, key=lambda pair: (pair[0], local_day(pair[1].timestamp, zone)))
    return tuple(_day(employee_id, day, [entry for _, entry in pairs]) for (employee_id, day), pairs in days)


def _day(employee_id: int, day: date, entries: Sequence[LogEntry]) -> DayHours:
    entered = [entry.timestamp for entry in entries if entry.event_type.means_present]
    left = [entry.timestamp for entry in entries if not entry.event_type.means_present]
    return DayHours(
        employee_id=employee_id,
        full_name=entries[0].full_name,
        day=day,
        first_entry_at=entered[0] if entered else None,
        last_exit_at=left[-1] if left else None,
        worked_s=_worked_s(entries),
        complete=entries[0].event_type.means_present and not entries[-1].event_type.means_present,
    )


def _worked_s(entries: Sequence[LogEntry]) -> float:
    worked_s, entered_at = 0.0, None
    for entry in entries:
        if entry.event_type.means_present:
            entered_at = entered_at or entry.timestamp
        elif entered_at is not None:
            worked_s += (entry.timestamp - entered_at).total_seconds()
            entered_at = None
    return worked_s
