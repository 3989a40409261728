"""What a correction may not do: times that cannot be, doubles, and changes of a closed month. Pure.

A correction is judged by the stays before and after it: an exit on the first of a month may end a stay of the month
before, and only the stays tell.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from db.closed_months import ClosedMonth
from kiosk.attendance.stays import Doubt, Stay, StayRules, is_plausible, stays_of
from kiosk.domain.attendance_log import LogEntry
from kiosk.domain.types import EventType
from kiosk.errors import EventRefused, InvalidInput, MonthClosed

Passages: TypeAlias = Mapping[int, Sequence[LogEntry]]
"""The rows that count, by employee."""


@dataclass(frozen=True, slots=True)
class Touched:
    """A row that counts before a correction and not afterwards, or the other way round."""

    employee_id: int | None
    event_type: EventType
    at: datetime


def require_possible(added: Touched, employed_since: datetime, rules: StayRules, now: datetime) -> None:
    """Raise InvalidInput for a time in the future, or before the person was there. employed_since: aware."""
    local = f"{added.at.astimezone(rules.zone):%Y-%m-%d %H:%M}"
    if not is_plausible(added.at, now):
        raise InvalidInput(f"{local} is in the future; an entry or exit is added when it has happened")
    if rules.day_of(added.at) < rules.day_of(employed_since):
        first = f"{rules.day_of(employed_since):%Y-%m-%d}"
        raise InvalidInput(f"{local} is before the person was added on {first}; look at the year and the month")


def require_single(added: Touched, before: Passages, rules: StayRules) -> None:
    """Raise EventRefused if the very same entry or exit counts already."""
    rows = () if added.employee_id is None else before.get(added.employee_id, ())
    if any(row.timestamp == added.at and row.event_type is added.event_type for row in rows):
        local = f"{added.at.astimezone(rules.zone):%Y-%m-%d %H:%M}"
        raise EventRefused(f"this person's {added.event_type} of {local} is there already")


def require_open_months(touched: Collection[Touched], closed: Iterable[ClosedMonth]) -> None:
    """Raise MonthClosed if a row belongs to a closed month for certain; exits near its edges are left to the stays."""
    for month in closed:
        if any(row.employee_id is not None and month.span.holds(row.event_type, row.at) for row in touched):
            raise MonthClosed(month.name)


def require_same_stays(
    before: Passages, after: Passages, closed: Iterable[ClosedMonth], rules: StayRules, now: datetime
) -> None:
    """Raise MonthClosed if a stay that belongs to a closed month is another afterwards."""
    for month in closed:
        if month_stays(before, month, rules, now) != month_stays(after, month, rules, now):
            raise MonthClosed(month.name)


def month_stays(
    passages: Passages, month: ClosedMonth, rules: StayRules, now: datetime
) -> Mapping[int, Sequence[Stay]]:
    """Return the stays that belong to a closed month, by employee."""

    def of_month(employee_id: int, rows: Sequence[LogEntry]) -> Sequence[Stay]:
        own_rules = rules.of(employee_id)
        stays = stays_of(rows, own_rules, now)
        return [stay for stay in stays if own_rules.stay_day(stay.began_at).replace(day=1) == month.span.month]

    stays = {employee_id: of_month(employee_id, rows) for employee_id, rows in passages.items()}
    return {employee_id: found for employee_id, found in stays.items() if found}


def new_questions(before: Passages, after: Passages, rules: StayRules, now: datetime) -> tuple[str, ...]:
    """Return a sentence for each stay that lacks its entry or exit afterwards and did not before."""
    asked = _questions(before, rules, now)
    return tuple(
        f"the {_known(doubt)} of {at.astimezone(rules.zone):%Y-%m-%d %H:%M} has no {_missing(doubt)} now"
        for employee_id, at, doubt in sorted(_questions(after, rules, now) - asked)
    )


def _questions(passages: Passages, rules: StayRules, now: datetime) -> set[tuple[int, datetime, Doubt]]:
    return {
        (employee_id, stay.began_at, stay.doubt)
        for employee_id, rows in passages.items()
        for stay in stays_of(rows, rules.of(employee_id), now)
        if stay.is_question and stay.doubt is not None and not stay.doubt.counts_time
    }


def _known(doubt: Doubt) -> EventType:
    return EventType.ENTRY if doubt is Doubt.EXIT_MISSING else EventType.EXIT


def _missing(doubt: Doubt) -> EventType:
    return _known(doubt).opposite
