"""Breaks for which people go out and come in again, and which of them nobody registered. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo

from kiosk.attendance.intervals import Interval, Intervals, intersection, length, union
from kiosk.attendance.schedules import Shift
from kiosk.attendance.stays import Doubt, Stay


def missed_breaks(
    day: date, shifts: Iterable[Shift], there: Intervals, counting: Intervals, zone: ZoneInfo
) -> Intervals:
    """Return the punched breaks of an office day in which the person was there from beginning to end.

    Whoever was away at another time of the shift, for at least as long, had the break then.

    Args:
        day: the office day.
        shifts: of its plan.
        there: from each entry to its exit.
        counting: the same with the time away that is paid, which is no break.
        zone: the office's.
    """
    found: list[Interval] = []
    for shift in shifts:
        breaks = shift.punched_on(day, zone)
        inside = intersection(counting, [shift.span.on(day, zone)])
        away = [(left_at, back_at) for (_, left_at), (back_at, _) in pairwise(inside)]
        spare = [part for part in away if not intersection([part], breaks)]
        for pause in (pause for pause in breaks if any(a <= pause[0] and pause[1] <= b for a, b in there)):
            instead = next((part for part in spare if length([part]) >= length([pause])), None)
            if instead is None:
                found.append(pause)
            else:
                spare.remove(instead)
    return union(found)


def with_missed_breaks(stays: Sequence[Stay], missed: Intervals) -> tuple[Stay, ...]:
    """Return an office day's stays, with a doubt about those that go through a break; a question stays what it is."""
    return tuple(
        replace(stay, doubt=Doubt.BREAK_MISSING) if not stay.is_question and _meets(stay, missed) else stay
        for stay in stays
    )


def _meets(stay: Stay, missed: Intervals) -> bool:
    if stay.entered_at is None or stay.left_at is None:
        return False
    return bool(intersection([(stay.entered_at, stay.left_at)], missed))
