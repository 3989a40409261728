"""How fast a file is played."""

from __future__ import annotations

from enum import StrEnum


class PlaybackSpeed(StrEnum):
    """How a file is played: at its own pace, or as fast as it can with the clip's time as the frames' time."""

    REALTIME = "realtime"
    MAX = "max"
