"""How long a piece of work takes."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

TURN_S, LEAST_TURNS = 0.2, 8
_Durations: TypeAlias = tuple[float, float]  # waited for and computed, in milliseconds


@dataclass(frozen=True, slots=True)
class Timing:
    """Times of one piece of work.

    Attributes:
        name: what was timed.
        median_ms: of the time waited for it.
        p95_ms: 95th percentile of that time.
        processor_ms: median of what all threads of this process computed meanwhile. On a busy machine slow work waits
            for the processor more often than quick work does; this is what is left to compare by.
        count: how often it was done.
    """

    name: str
    median_ms: float
    p95_ms: float
    processor_ms: float
    count: int

    def divided_by(self, parts: int) -> Timing:
        """Return the mean time of a part of it."""
        return Timing(self.name, self.median_ms / parts, self.p95_ms / parts, self.processor_ms / parts, self.count)


def measure(name: str, work: Callable[[], object], seconds: float = 1.0, least: int = 15) -> Timing:
    """Do the work for about so many seconds, and at least so often, after three times to warm up."""
    for _ in range(3):
        work()
    taken: list[_Durations] = []
    ends_s = time.perf_counter() + seconds
    while len(taken) < least or time.perf_counter() < ends_s:
        taken.append(_durations_ms(work))
    return _summary(name, taken)


def measure_in_turns(works: Mapping[str, Callable[[], object]], seconds: float = 2.0) -> tuple[Timing, ...]:
    """Time pieces of work in turns, so that whatever else the machine does falls on all of them.

    A turn lasts TURN_S or one piece of work: a quick one that came once after each slow one would always be timed with
    the caches that the other left behind, and on a busy machine after the processor time that the other used up.
    seconds: for each of them, and at least LEAST_TURNS turns.
    """
    taken: dict[str, list[_Durations]] = {name: [] for name in works}
    for work in works.values():
        work()
    turns, ends_s = 0, time.perf_counter() + seconds * len(works)
    while turns < LEAST_TURNS or time.perf_counter() < ends_s:
        for name, work in works.items():
            taken[name] += _turn(work)
        turns += 1
    return tuple(_summary(name, times) for name, times in taken.items())


def _turn(work: Callable[[], object]) -> list[_Durations]:
    taken: list[_Durations] = []
    ends_s = time.perf_counter() + TURN_S
    while not taken or time.perf_counter() < ends_s:
        taken.append(_durations_ms(work))
    return taken


def _durations_ms(work: Callable[[], object]) -> _Durations:
    started_s, computed_s = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - started_s) * 1000, (time.process_time() - computed_s) * 1000


def _summary(name: str, taken: list[_Durations]) -> Timing:
    waited_ms, computed_ms = np.array(taken).T
    return Timing(
        name,
        float(np.median(waited_ms)),
        float(np.percentile(waited_ms, 95)),
        float(np.median(computed_ms)),
        len(taken),
    )
