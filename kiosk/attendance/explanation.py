"""Why a day of a timesheet has its figures: which schedule, which rows, which rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from db.schedules import Assignment, StoredSchedule
from kiosk.attendance.day_account import DayAccount
from kiosk.attendance.schedules import WorkRules
from kiosk.attendance.stays import Doubt
from kiosk.domain.attendance_log import LogEntry

MINUTE = timedelta(minutes=1)

RULES = {
    "planned": "what the schedule asks for on this day, less its breaks",
    "present": "from each entry to its exit",
    "worked": "time inside the plan less unpaid breaks, rounded down to a multiple of {rounding} min",
    "night": "worked time and overtime from {night}",
    "late": "from the planned beginning to the first entry, which is more than the grace of {grace} min",
    "left_early": "from the last exit to the planned end, which is more than the grace of {grace} min",
    "overtime": "past the planned end by more than the grace of {grace} min, and all work on a day off",
    "overtime_paid": "overtime times {factor:g}",
    "core_missed": "part of the core hours in which the person was away",
    "balance": "worked less planned, of flexible hours",
}


@dataclass(frozen=True, slots=True)
class DayBasis:
    """What one person's day was counted from.

    Attributes:
        assignment: by which the person has the schedule; None without one.
        schedule: in words; None without one.
        rules: how its times are counted.
        rows: entries and exits of the day's stays, voided ones too, in order.
    """

    assignment: Assignment | None
    schedule: StoredSchedule | None
    rules: WorkRules
    rows: tuple[LogEntry, ...]


def explanation(account: DayAccount, basis: DayBasis, zone: ZoneInfo) -> Iterator[str]:
    """Yield a sentence for the plan, for each row, and for each figure that is not nothing."""
    yield _schedule(basis)
    if account.holiday is not None:
        yield f"calendar: {account.holiday}"
    if account.absence is not None:
        yield f"absence: {account.absence.replace('_', ' ')}; nothing is planned, late or missing"
    elif account.is_absent:
        yield "absent: something is planned, and there is no entry or exit"
    for row in basis.rows:
        void = ", void: it does not count" if row.voided else ", automatic" if row.is_automatic else ""
        at = f"{row.timestamp.astimezone(zone):%Y-%m-%d %H:%M:%S}"
        yield f"row: {row.event_type} {at} at {row.kiosk_id} by {row.method}, trace id {row.trace_id}{void}"
    for doubt in account.doubts:
        yield f"question: {doubt.replace('_', ' ')}; {_counts(doubt)}"
    if account.works_on_day_off:
        yield "day off: the plan asks for nothing, so all the time is overtime"
    yield from _figures(account, basis.rules)


def _schedule(basis: DayBasis) -> str:
    if basis.schedule is None or basis.assignment is None:
        return "schedule: none, so the present time is what was worked"
    owner = basis.assignment
    whose = owner.department or ("this person" if owner.employee_id is not None else "everybody")
    return f"schedule: {basis.schedule.name}, {basis.schedule.plan}; assigned to {whose} from {owner.valid_from}"


def _counts(doubt: Doubt) -> str:
    if doubt is Doubt.EXIT_AUTOMATIC:
        return "nobody registered the exit, and it was set to the end of the shift; the stay counts until then"
    if doubt is Doubt.TYPES_TURNED:
        return "entry and exit look turned around, as in a log from before stays; it counts nothing until corrected"
    if doubt is Doubt.BREAK_MISSING:
        return "nobody went out for the break that is to be punched; its planned time is deducted until corrected"
    if doubt.counts_time:
        return "two doors saw one stay; it counts from the first entry to the last exit"
    return "the stay counts nothing until somebody says what is missing"


def _figures(account: DayAccount, rules: WorkRules) -> Iterator[str]:
    words = {
        "rounding": rules.rounding // MINUTE,
        "grace": rules.grace // MINUTE,
        "night": f"{rules.night.starts:%H:%M} to {rules.night.ends:%H:%M}",
        "factor": rules.overtime_factor,
    }
    for figure, rule in RULES.items():
        length: timedelta = getattr(account, figure)
        if length:
            minutes = abs(length) // MINUTE
            sign = "-" if length < timedelta() else ""
            yield f"{figure.replace('_', ' ')} {sign}{minutes // 60}:{minutes % 60:02}: {rule.format(**words)}"
