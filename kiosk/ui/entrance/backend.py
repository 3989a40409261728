"""What the entrance screen needs of the kiosk behind it, and how news come from there to the main thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from kiosk.capture.status import CameraStatus
from kiosk.domain.frame_result import Announcement, FrameResult
from kiosk.domain.registration import RegistrationOutcome
from kiosk.domain.types import AttendanceEvent, EventMode, Frame


@dataclass(frozen=True, slots=True)
class Office:
    """Whose door this is.

    responsible: who answers for the recognition of faces, named in the notice.
    logo_path: a picture to stand beside the name, or None.
    mirrored: the preview exchanges left and right, as a mirror does.
    is_demo: a clip is played in place of a camera. offers_setup: the first start's questions are still to be asked.
    """

    name: str
    responsible: str
    zone: ZoneInfo
    event_mode: EventMode
    logo_path: Path | None = None
    mirrored: bool = True
    sounds: bool = True
    is_demo: bool = False
    offers_setup: bool = False


@dataclass(frozen=True, slots=True)
class EntranceStatus:
    """How the kiosk is doing.

    waiting_count: events that are safe on this device and not yet in the database.
    keeps_events: the disk takes new events; without it nobody is registered.
    """

    camera: CameraStatus
    database_ok: bool
    waiting_count: int
    keeps_events: bool
    free_disk_bytes: int


@dataclass(frozen=True, slots=True)
class PinAccepted:
    """Number and PIN belong to this person; outcome is what became of their event."""

    employee_id: int
    outcome: RegistrationOutcome


@dataclass(frozen=True, slots=True)
class PinRefused:
    """Number or PIN is wrong; wait_s: seconds before another attempt is listened to, 0 for none."""

    wait_s: float = 0


PinOutcome = PinAccepted | PinRefused


class EntranceBackend(Protocol):
    """The kiosk behind the screen. The first three are asked by the main thread and answer at once, from memory."""

    def newest_frame(self) -> Frame | None:
        """Return what the camera took last, None before its first frame."""

    def status(self) -> EntranceStatus:
        """Return how camera, database, journal and disk are doing."""

    def name_of(self, employee_id: int) -> str | None:
        """Return an enrolled person's name, None when it is not known (yet)."""

    # What follows may wait for a disk or a password hash: the screens call it on a background thread.

    def void(self, trace_id: UUID, /) -> None:
        """Void an event that was somebody else's, and look at that face afresh. Raises KioskError."""

    def turn(self, trace_id: UUID, /) -> AttendanceEvent:
        """Turn an entry into an exit or the other way round; return the event that counts now. Raises KioskError."""

    def enter_pin(self, number: str, pin: str, /) -> PinOutcome:
        """Write the event of the person with this number, if the PIN is theirs. Raises KioskError."""


@dataclass(frozen=True, slots=True)
class PersonSeen:
    """Somebody was recognised, by face or PIN; name is None when it is not known (yet)."""

    name: str | None
    outcome: RegistrationOutcome


class EntranceBridge(QObject):
    """Lives in the main thread; listen() is called by the recognition thread with every frame's result.

    person_seen: PersonSeen. refused: a DecisionStatus, of a face that is not, or not surely, anybody's.
    """

    person_seen = Signal(PersonSeen)
    refused = Signal(object)

    def __init__(self, backend: EntranceBackend, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self._newest: FrameResult | None = None

    @property
    def newest_result(self) -> FrameResult | None:
        """What was recognised last."""
        return self._newest

    def listen(self, result: FrameResult, announcements: Sequence[Announcement]) -> None:
        """Take note of a frame's result; any thread may call it, and it never waits."""
        self._newest = result
        for announcement in announcements:
            decision = announcement.decision
            if decision.employee_id is None:
                self.refused.emit(decision.status)
            elif announcement.outcome is not None:
                self.person_seen.emit(PersonSeen(self._backend.name_of(decision.employee_id), announcement.outcome))
