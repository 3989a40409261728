"""Who is in, and how long people were there, from the rows of a whole office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.attendance.day_stays import stays_by_day
from kiosk.attendance.planned_days import PlannedDays
from kiosk.attendance.stays import Stay, StayRules, present_stay, stays_of
from kiosk.domain.attendance_log import LogEntry


@dataclass(frozen=True, slots=True)
class DayHours:
    """The stays of one person that began on one office day.

    Attributes:
        first_entry_at: aware UTC; None when the first entry is missing.
        last_exit_at: aware UTC; None without an exit.
        worked_s: real time between entry and exit of each stay, summed; one that no exit ends counts nothing.
        complete: every stay has its entry and its exit, and nothing about it is asked.
    """

    employee_id: int
    full_name: str | None
    day: date
    first_entry_at: datetime | None
    last_exit_at: datetime | None
    worked_s: float
    complete: bool


def rows_by_person(entries: Iterable[LogEntry]) -> Mapping[int, Sequence[LogEntry]]:
    """Return the rows that count of each employee; unknown visitors and voided rows are left out."""
    people: dict[int, list[LogEntry]] = defaultdict(list)
    for entry in entries:
        if entry.employee_id is not None and not entry.voided:
            people[entry.employee_id].append(entry)
    return people


def present_entries(entries: Iterable[LogEntry], rules: StayRules, now: datetime) -> tuple[LogEntry, ...]:
    """Return the entries of those who are in now, the earliest first.

    entries: of at least rules.reach before now, in any order.
    """
    found = []
    for employee_id, rows in rows_by_person(entries).items():
        stay = present_stay(stays_of(rows, rules.of(employee_id), now))
        if stay is not None:
            found.append(next(row for row in rows if row.timestamp == stay.entered_at))
    return tuple(sorted(found, key=lambda entry: entry.timestamp))


def hours_by_day(
    entries: Iterable[LogEntry],
    rules: StayRules,
    asked: PlannedDays,
    now: datetime,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> tuple[DayHours, ...]:
    """Return the office days on which people were there, by person and day.

    Args:
        entries: in any order; from kiosk.attendance.day_stays.rows_since on, and rules.reach past the last day wanted.
        rules: the office's rules.
        asked: what the days ask for.
        now: aware; until when an open stay is known to go on.
        since: stays that began before are left out.
        until: stays that began then or later are left out.
    """
    found = []
    for employee_id, rows in sorted(rows_by_person(entries).items()):
        for day, stays in sorted(stays_by_day(rows, employee_id, rules, asked, now).items()):
            wanted = [stay for stay in stays if _began_within(stay, since, until)]
            if wanted:
                found.append(_day(employee_id, rows[0].full_name, day, wanted))
    return tuple(found)


def _began_within(stay: Stay, since: datetime | None, until: datetime | None) -> bool:
    return (since is None or stay.began_at >= since) and (until is None or stay.began_at < until)


def _day(employee_id: int, full_name: str | None, day: date, stays: Sequence[Stay]) -> DayHours:
    exits = [stay.left_at for stay in stays if stay.left_at is not None]
    return DayHours(
        employee_id=employee_id,
        full_name=full_name,
        day=day,
        first_entry_at=stays[0].entered_at,
        last_exit_at=exits[-1] if exits else None,
        worked_s=sum((stay.duration for stay in stays), timedelta()).total_seconds(),
        complete=not any(stay.is_open or stay.is_question for stay in stays),
    )
