"""What the entrance screen needs of the kiosk, and how its results come from other threads to the main thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from kiosk.capture.status import CameraStatus
from kiosk.domain.correction_requests import RequestKind
from kiosk.domain.evacuation_access import EvacuationAccess
from kiosk.domain.exit_reasons import ExitReason
from kiosk.domain.frame_result import Announcement, FrameResult
from kiosk.domain.registration import RegistrationOutcome
from kiosk.domain.screen_theme import ScreenTheme
from kiosk.domain.types import AttendanceEvent, EventMode, Frame


@dataclass(frozen=True, slots=True)
class Office:
    """The office whose entrance it is.

    Attributes:
        responsible: who is responsible for the recognition of faces; named in the privacy notice.
        zone: in which times are shown.
        logo_path: a picture beside the name, or None.
        mirrored: the preview swaps left and right, as a mirror does.
        is_demo: a clip is played in place of a camera.
        offers_setup: the first start's questions have not been answered yet.
        exit_reasons: to choose from when leaving.
        evacuation_access: when the list of who is in is shown without the administrator's password.
        less_motion: nothing is animated.
        theme, high_contrast, large_type: how the screens look.
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
    exit_reasons: tuple[ExitReason, ...] = ()
    evacuation_access: EvacuationAccess = EvacuationAccess.PASSWORD
    less_motion: bool = False
    theme: ScreenTheme = ScreenTheme.LIGHT
    high_contrast: bool = False
    large_type: bool = False


@dataclass(frozen=True, slots=True)
class HoursToday:
    """How long somebody worked on the office day that just ended for them.

    Attributes:
        worked: also overtime.
        balance: less what was planned; None without a schedule.
    """

    worked: timedelta
    balance: timedelta | None = None


@dataclass(frozen=True, slots=True)
class EntranceStatus:
    """How the kiosk is doing.

    Attributes:
        waiting_count: events that are safe on this device and not in the database yet.
        keeps_events: new events can be written to the disk; without that nobody is registered.
        database_replaced: another database, or none, stands in the place of the one that was opened.
    """

    camera: CameraStatus
    database_ok: bool
    waiting_count: int
    keeps_events: bool
    free_disk_bytes: int
    database_replaced: bool = False


@dataclass(frozen=True, slots=True)
class PinAccepted:
    """Number and PIN belong to this person; outcome: what became of their event."""

    employee_id: int
    outcome: RegistrationOutcome


@dataclass(frozen=True, slots=True)
class PinRefused:
    """Number or PIN is wrong; wait_s: seconds before the next attempt is checked, 0 for none."""

    wait_s: float = 0


PinOutcome = PinAccepted | PinRefused


@dataclass(frozen=True, slots=True)
class OwnDay:
    """One office day of somebody who looks at their own month.

    Attributes:
        worked: also overtime.
        is_absent: something was planned, and the person never came.
        is_question: an entry or exit is missing.
        is_asked: the person has asked for a correction that nobody has answered yet.
        refused_because: why the last request of this day was refused; None where none was.
    """

    day: date
    worked: timedelta
    is_absent: bool = False
    is_question: bool = False
    is_asked: bool = False
    refused_because: str | None = None


@dataclass(frozen=True, slots=True)
class OwnMonth:
    """Somebody's month up to today. first: its first day. hours: of all its days."""

    employee_id: int
    first: date
    days: tuple[OwnDay, ...]
    hours: HoursToday


MonthOutcome = OwnMonth | PinRefused


class EntranceBackend(Protocol):
    """The kiosk behind the screen. The first three methods answer at once, from memory, in the main thread."""

    def newest_frame(self) -> Frame | None:
        """Return the camera's newest frame, None before the first one."""

    def status(self) -> EntranceStatus:
        """Return how camera, database, journal and disk are doing."""

    def name_of(self, employee_id: int) -> str | None:
        """Return the name that an employee is greeted by; None while it is not known, or where none is shown."""

    # What follows may wait for a disk or a password hash: the screens call it on a background thread.

    def void(self, event: AttendanceEvent, /) -> None:
        """Void an event of somebody else, whom that face is not taken for again. Raises KioskError."""

    def reject(self, event: AttendanceEvent, /) -> None:
        """Take the face no more for the person of an event that was registered before, and stands."""

    def turn(self, trace_id: UUID, /) -> AttendanceEvent:
        """Replace an event by its opposite, and return the new one. Raises KioskError."""

    def pass_now(self, last: AttendanceEvent, /) -> RegistrationOutcome:
        """Register what follows on somebody's last event, although it is recent. Raises KioskError."""

    def give_reason(self, leaving: AttendanceEvent, reason: str, /) -> RegistrationOutcome:
        """Write why somebody left. Raises KioskError."""

    def hours_of(self, leaving: AttendanceEvent, /) -> HoursToday | None:
        """Return the hours of the day that an exit ends; None where they are not known. Raises KioskError."""

    def open_month(self, number: str, pin: str, /) -> MonthOutcome:
        """Return the month of the person with this number, if the PIN is theirs. Raises KioskError."""

    def ask_correction(self, employee_id: int, day: date, kind: RequestKind, words: str, /) -> None:
        """Ask the administrator to correct a day. Raises KioskError."""

    def pin_wait_s(self) -> float:
        """Return in how many seconds the next PIN is checked, 0 for now. Raises KioskError."""

    def enter_pin(self, number: str, pin: str, /) -> PinOutcome:
        """Register the person with this number, if the PIN is theirs. Raises KioskError."""


@dataclass(frozen=True, slots=True)
class PersonSeen:
    """Somebody was recognised, by face or PIN; name is None while it is not known."""

    name: str | None
    outcome: RegistrationOutcome


class EntranceBridge(QObject):
    """Lives in the main thread; the recognition thread calls listen() with every frame's result.

    Signals:
        person_seen: a PersonSeen.
        refused: the DecisionStatus of a face that was not, or not surely, recognised, and the Reason that it was seen
            badly for, or None.
    """

    person_seen = Signal(PersonSeen)
    refused = Signal(object, object)

    def __init__(self, backend: EntranceBackend, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self._newest: FrameResult | None = None

    @property
    def newest_result(self) -> FrameResult | None:
        """The newest frame's result."""
        return self._newest

    def listen(self, result: FrameResult, announcements: Sequence[Announcement]) -> None:
        """Take a frame's result; any thread may call it, and it never waits."""
        self._newest = result
        for announcement in announcements:
            decision = announcement.decision
            if decision.employee_id is None:
                quality = announcement.observation.quality
                cause = next(iter(quality.advice), None) if quality is not None else None
                self.refused.emit(decision.status, cause)
            elif announcement.outcome is not None:
                self.person_seen.emit(PersonSeen(self._backend.name_of(decision.employee_id), announcement.outcome))
