"""Statistics of the door: frames by how long they took, decisions by their status."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, deque

import numpy as np

from kiosk.monitoring.status import BUCKETS_S, LatencyReport

LATEST_FRAMES = 1000


class FrameStats:
    """One thread counts, any thread reads; a figure may be a frame behind."""

    def __init__(self) -> None:
        self._latest_ms: deque[float] = deque(maxlen=LATEST_FRAMES)
        self._sum_s = 0.0
        self._bucket_counts = [0] * (len(BUCKETS_S) + 1)
        self._decisions: Counter[str] = Counter()

    def count_frame(self, latency_ms: float) -> None:
        self._latest_ms.append(latency_ms)
        self._sum_s += latency_ms / 1000
        self._bucket_counts[bisect_left(BUCKETS_S, latency_ms / 1000)] += 1

    def count_decision(self, status: str) -> None:
        self._decisions[status] += 1

    @property
    def decisions(self) -> dict[str, int]:
        return dict(self._decisions)

    @property
    def latency(self) -> LatencyReport:
        latest_ms = self._latest_ms.copy()
        percentiles = [float(p) for p in np.percentile(latest_ms, (50, 95, 99))] if latest_ms else [None] * 3
        return LatencyReport(
            p50_ms=percentiles[0],
            p95_ms=percentiles[1],
            p99_ms=percentiles[2],
            sum_s=self._sum_s,
            bucket_counts=tuple(self._bucket_counts),
        )
