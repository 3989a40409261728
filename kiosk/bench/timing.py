"""One figure: how long a piece of work takes."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

TURN_S, LEAST_TURNS = 0.2, 8


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
    return _timing(name, taken_ms)


def side_by_side(works: Mapping[str, Callable[[], object]], seconds: float = 2.0) -> tuple[Timing, ...]:
    """Time pieces of work in turns, so that whatever else the machine does falls on all of them.

    A turn lasts TURN_S or one piece of work: a quick one that came once after each slow one would always be timed with
    the caches that the other left behind, and on a busy machine after the processor time that the other used up.
    seconds: for each of them, and at least LEAST_TURNS turns.
    """
    taken_ms: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work()
    turns, ends_s = 0, time.perf_counter() + seconds * len(works)
    while turns < LEAST_TURNS or time.perf_counter() < ends_s:
        for name, work in works.items():
            taken_ms[name] += _turn_ms(work)
        turns += 1
    return tuple(_timing(name, times) for name, times in taken_ms.items())


def _turn_ms(work: Callable[[], object]) -> list[float]:
    taken_ms: list[float] = []
    ends_s = time.perf_counter() + TURN_S
    while not taken_ms or time.perf_counter() < ends_s:
        started_s = time.perf_counter()
        work()
        taken_ms.append((time.perf_counter() - started_s) * 1000)
    return taken_ms


def _timing(name: str, taken_ms: list[float]) -> Timing:
    return Timing(name, float(np.median(taken_ms)), float(np.percentile(taken_ms, 95)), len(taken_ms))
