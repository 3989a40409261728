"""The status of a source of frames, for the screen, the log and the watchdog."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk.errors import DeviceError


class SourceState(StrEnum):
    CONNECTING = "connecting"
    OK = "ok"
    LOST = "lost"


class CameraFaultKind(StrEnum):
    """Why a live source is lost; stable codes."""

    MISSING = "missing"
    DENIED = "denied"
    BUSY = "busy"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    NO_STREAM = "no_stream"
    ENDED = "ended"
    STALLED = "stalled"
    GARBAGE = "garbage"
    PICTURE_SIZE = "picture_size"
    FROZEN = "frozen"
    BLACK = "black"


class CameraFault(DeviceError):
    """A live source delivers nothing fit for use; fault is the stable code, str(error) the sentence to show."""

    def __init__(self, fault: CameraFaultKind, message: str) -> None:
        super().__init__(message)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class CameraStatus:
    """What is known of the source at this moment.

    Attributes:
        state: the state.
        since_at: when it began; for LOST, when the last usable frame came.
        checked_s: by Clock.awake_s, when it was last confirmed; an outage whose check is old is a hung driver.
        fault: set while LOST.
        sentence: set while LOST; to be shown, without any password.
        size_px: width and height of the frames as they leave the source; None before the first.
    """

    state: SourceState
    since_at: datetime
    checked_s: float
    fault: CameraFaultKind | None = None
    sentence: str | None = None
    size_px: tuple[int, int] | None = None
