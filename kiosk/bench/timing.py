"""One figure: how long a piece of work takes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Timing:
    """name: what was timed. Milliseconds; count: how often it was done."""

    name: str
    median_ms: float
    p95_ms: float
    count: int


def timed(name: str, work: Callable[[], object], seconds: float = 1.0, least: int = 15) -> Timing:
    """Do the work for about so many seconds, at least so often after three times to warm up, and return its times."""
    for _ in range(3):
        work()
    taken_ms: list[float] = []
    ends_s = time.perf_counter() + seconds
    while len(taken_ms) < least or time.perf_counter() < ends_s:
        started_s = time.perf_counter()
        work()
        taken_ms.append((time.perf_counter() - started_s) * 1000)
    return Timing(name, float(np.median(taken_ms)), float(np.percentile(taken_ms, 95)), len(taken_ms))


def side_by_side(
    first: tuple[str, Callable[[], object]], second: tuple[str, Callable[[], object]], seconds: float = 2.0
) -> tuple[Timing, Timing]:
    """Time two pieces of work in turns, so that whatever else the machine does falls on both."""
    taken_ms: tuple[list[float], list[float]] = ([], [])
    for _, work in (first, second):
        work()
    ends_s = time.perf_counter() + seconds
    while len(taken_ms[0]) < 15 or time.perf_counter() < ends_s:
        for (_, work), times in zip((first, second), taken_ms, strict=True):
            started_s = time.perf_counter()
            work()
            times.append((time.perf_counter() - started_s) * 1000)
    made = [
        Timing(name, float(np.median(times)), float(np.percentile(times, 95)), len(times))
        for (name, _), times in zip((first, second), taken_ms, strict=True)
    ]
    return made[0], made[1]
