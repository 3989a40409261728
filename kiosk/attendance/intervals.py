"""Sets of time as sorted intervals that do not touch: what is worked is cut out of what is planned, breaks taken away.

All moments are aware; lengths are real time, so that the nights on which the clocks change come out right.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypeAlias

Interval: TypeAlias = tuple[datetime, datetime]
"""From, and up to, not including."""

Intervals: TypeAlias = tuple[Interval, ...]


def union(intervals: Iterable[Interval]) -> Intervals:
    """Return the same time as sorted intervals that neither overlap nor touch; empty ones are left out."""
    merged: list[Interval] = []
    whole = [interval for interval in intervals if interval[0] < interval[1]]
    if len(whole) < 2:
        return tuple(whole)
    for start, end in sorted(whole):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def intersection(first: Iterable[Interval], second: Iterable[Interval]) -> Intervals:
    """Return the time that lies in both."""
    others = union(second)
    return union((max(a, c), min(b, d)) for a, b in union(first) for c, d in others)


def difference(first: Iterable[Interval], second: Iterable[Interval]) -> Intervals:
    """Return the time of the first that does not lie in the second."""
    left = list(union(first))
    for start, end in union(second):
        left = [part for a, b in left for part in ((a, min(b, start)), (max(a, end), b)) if part[0] < part[1]]
    return tuple(left)


def length(intervals: Iterable[Interval]) -> timedelta:
    """Return how much real time it is."""
    return sum((end - start for start, end in union(intervals)), timedelta())
