"""Until when a stay may last that began at some moment, given what the person is planned to work. Pure.

A stay that belongs to a shift may last some hours past the shift's end; up to halfway to the next one where that is
nearer, as between the parts of a split shift. It belongs to the shift during which it began, or to the next one when it
began not long before. Any other stay may last as long as stays of people without a plan, but not into the next shift:
then the exit was forgotten, and the next event is the entry of that shift.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from kiosk.attendance.intervals import Interval, Intervals, union

PlannedDay: TypeAlias = Callable[[date], Intervals | None]
"""One person's planned spans of an office day; None where they have no schedule."""

PAST_THE_SHIFT = timedelta(hours=6)
"""So much later than planned, at the most, people leave or earlier than planned come."""

BEFORE_THE_SHIFT = timedelta(hours=2)
"""So long before a shift whoever stayed without a plan has gone."""

LONGEST_PLANNED = timedelta(hours=48)
"""No plan makes a stay longer than this."""

DAY = timedelta(days=1)


def latest_end(began_at: datetime, longest: timedelta, planned: PlannedDay, zone: ZoneInfo) -> datetime:
    """Return the last moment at which a stay may end.

    Args:
        began_at: aware.
        longest: how long a stay may last outside of any plan.
        planned: the person's plan.
        zone: the office's.
    """
    spans = _spans_around(began_at, longest, planned, zone)
    place = _place(began_at, spans)
    if place is None:
        return began_at + longest
    start, end = spans[place]
    if _belongs(began_at, spans, place):
        following = spans[place + 1][0] if place + 1 < len(spans) else None
        return min(end + _reach(end, following), began_at + max(longest, LONGEST_PLANNED))
    return min(began_at + longest, start - min(BEFORE_THE_SHIFT, (start - began_at) / 2))


def shift_day(began_at: datetime, office_day: date, planned: PlannedDay) -> date:
    """Return the office day that a stay belongs to: that of the shift during which, or soon before which, it began.

    Args:
        began_at: aware.
        office_day: on which it began; it is the answer where no shift is near.
        planned: the person's plan.
    """

    def is_near(day: date, *, before: timedelta, inside: bool = True) -> bool:
        spans = planned(day) or ()
        return any(start - before <= began_at < (end if inside else start) for start, end in spans)

    if is_near(office_day, before=BEFORE_THE_SHIFT):
        return office_day
    if is_near(office_day - DAY, before=timedelta()):
        return office_day - DAY
    if is_near(office_day + DAY, before=BEFORE_THE_SHIFT, inside=False):
        return office_day + DAY
    return office_day


def planned_end(began_at: datetime, longest: timedelta, planned: PlannedDay, zone: ZoneInfo) -> datetime | None:
    """Return when the shift ends that a stay belongs to; None where it belongs to none. Args as of latest_end."""
    spans = _spans_around(began_at, longest, planned, zone)
    place = _place(began_at, spans)
    return spans[place][1] if place is not None and _belongs(began_at, spans, place) else None


def _place(began_at: datetime, spans: Intervals) -> int | None:
    """Return the first span that ends after a stay began."""
    return next((place for place, (_, end) in enumerate(spans) if end > began_at), None)


def _belongs(began_at: datetime, spans: Intervals, place: int) -> bool:
    """Tell whether a stay that began before the end of a span belongs to it."""
    start, before_end = spans[place][0], spans[place - 1][1] if place else None
    return began_at >= start or start - began_at <= _reach(before_end, start)


def _spans_around(began_at: datetime, longest: timedelta, planned: PlannedDay, zone: ZoneInfo) -> Intervals:
    """Return what is planned from two days before to the longest stay after; shifts that touch are one."""
    today = began_at.astimezone(zone).date()
    days = range(-2, 2 + longest // DAY + (longest % DAY > timedelta()))
    found: list[Interval] = []
    for count in days:
        found += planned(today + count * DAY) or ()
    return union(found)


def _reach(end: datetime | None, start: datetime | None) -> timedelta:
    """Return how far from a shift an event still belongs to it, given the free time between two shifts."""
    return PAST_THE_SHIFT if end is None or start is None else min(PAST_THE_SHIFT, (start - end) / 2)
