"""What the diagnostics need of the kiosk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeAlias

from kiosk.capture.status import CameraStatus
from kiosk.capture.v4l2 import CameraFormat
from kiosk.core.power import PowerAccess, PowerAction
from kiosk.core.recent_errors import LoggedError
from kiosk.domain.frame_result import FrameResult
from kiosk.monitoring.live_recognition import TimedFrame
from kiosk.monitoring.machine_readings import MachineReadings

Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with what is worked on, how much of it is done, and how much there is; from the thread that does it."""


@dataclass(frozen=True, slots=True)
class CameraState:
    """The camera in use.

    Attributes:
        address: what it is, never with a password.
        status: None before the kiosk has opened it.
        modes: sizes and rates that it offers; none for a stream or a file.
    """

    address: str
    status: CameraStatus | None
    modes: tuple[CameraFormat, ...] = ()


@dataclass(frozen=True, slots=True)
class RecognitionState:
    """By which rule people are recognised.

    Attributes:
        detector, embedder: ids of the models in use.
        people, templates: in the gallery.
        one_stranger_in: of so many strangers one would be taken for somebody; None while nobody is enrolled.
        accept: the similarity from which somebody is named; None likewise.
        door_visits: that the door has compared with everybody else; 0 before the first.
        door_since_at: aware UTC; None before the first.
        is_door_measured: whether these are enough, so that the threshold follows the door.
    """

    detector: str
    embedder: str
    people: int = 0
    templates: int = 0
    one_stranger_in: int | None = None
    accept: float | None = None
    door_visits: int = 0
    door_since_at: datetime | None = None
    is_door_measured: bool = False


@dataclass(frozen=True, slots=True)
class DeviceState:
    """One moment of the device.

    Attributes:
        backed_up_at, purged_at: aware UTC; None for never.
        backup_dir: where the backups lie.
        errors: the last ones of the log since the start, the newest first.
        restart, switch_off: whether the kiosk may have the machine restarted or switched off.
    """

    version: str
    kiosk_id: str
    started_at: datetime
    camera: CameraState
    recognition: RecognitionState
    machine: MachineReadings
    backed_up_at: datetime | None
    backup_dir: Path
    purged_at: datetime | None
    errors: tuple[LoggedError, ...]
    restart: PowerAccess
    switch_off: PowerAccess


class DiagnosticsBackend(Protocol):
    """The first four answer at once, from memory; all others may wait, are called on a background thread and raise
    KioskError.
    """

    def newest_result(self) -> FrameResult | None:
        """Return what recognition said of the newest frame."""

    def frames(self) -> tuple[TimedFrame, ...]:
        """Return the latest frames' times, the oldest first."""

    def frames_taken(self) -> int:
        """Return how many frames the camera has delivered since the start."""

    def name_of(self, employee_id: int, /) -> str | None:
        """Return an enrolled person's name."""

    def device_state(self) -> DeviceState: ...

    def back_up(self, progress: Progress, /) -> Path:
        """Make a backup, as `kiosk backup` does, and return its file."""

    def save_report(self, folder: Path, /) -> Path:
        """Write a report without names and faces to a new file in a folder, and return it once it is on the disk."""

    def request_power(self, action: PowerAction, /) -> None: ...
