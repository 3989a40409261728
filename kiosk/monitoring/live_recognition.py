"""The newest frames' results, for the screen that shows how recognition is doing."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.domain.frame_result import Announcement, FrameResult, StageLatency

# Eight seconds of a camera of thirty frames a second.
LATEST_FRAMES = 240


@dataclass(frozen=True, slots=True)
class TimedFrame:
    """When a frame's result was there, by time.monotonic(), and what it took."""

    at_s: float
    latency_ms: float
    stages: StageLatency


class LiveRecognition:
    """A FrameListener: the recognition thread adds a frame, any thread reads. Adding one costs next to nothing."""

    def __init__(self) -> None:
        self._newest: FrameResult | None = None
        self._frames: deque[TimedFrame] = deque(maxlen=LATEST_FRAMES)

    def listen(self, result: FrameResult, _announcements: Sequence[Announcement]) -> None:
        self._newest = result
        self._frames.append(TimedFrame(time.monotonic(), result.latency_ms, result.stages))

    @property
    def newest(self) -> FrameResult | None:
        """The newest frame's result; None before the first."""
        return self._newest

    @property
    def frames(self) -> tuple[TimedFrame, ...]:
        """The latest frames, the oldest first."""
        return tuple(self._frames.copy())
