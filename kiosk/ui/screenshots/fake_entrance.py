"""A fake backend of the entrance screen: what camera, recognition and database would say is set by hand."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from kiosk.capture.status import CameraFaultKind, CameraStatus, SourceState
from kiosk.domain.correction_requests import RequestKind
from kiosk.domain.frame_result import FrameResult, Observation
from kiosk.domain.quality import Measures, Quality, Reason
from kiosk.domain.registration import AlreadyRegistered, NotRegistered, Registered, RegistrationOutcome
from kiosk.domain.types import (
    AttendanceEvent,
    Box,
    Decision,
    DecisionStatus,
    EventType,
    Frame,
)
from kiosk.ui.entrance.backend import (
    EntranceStatus,
    HoursToday,
    MonthOutcome,
    OwnMonth,
    PersonSeen,
    PinOutcome,
    PinRefused,
)
from kiosk.ui.entrance.face_marks import FaceState
from kiosk.ui.screenshots.annotated_images import AnnotatedImage

_MEASURES = Measures(60, 0, 0.5, 0, 1, 120, 50, 0.3, 0.9)
_REASONS = {
    FaceState.COME_CLOSER: Reason.TOO_SMALL,
    FaceState.LOOK_AT_CAMERA: Reason.TURNED_AWAY,
    FaceState.STEP_INTO_PICTURE: Reason.CUT_OFF,
    FaceState.TOO_DARK: Reason.TOO_DARK,
    FaceState.TOO_BRIGHT: Reason.TOO_BRIGHT,
    FaceState.HOLD_STILL: Reason.TOO_BLURRED,
    FaceState.UNCOVER_EYES: Reason.EYES_COVERED,
    FaceState.UNCOVER_FACE: Reason.FACE_COVERED,
}
_DECISIONS = {
    FaceState.RECOGNISED: Decision(DecisionStatus.MATCH, 1, 0.8, 0.3),
    FaceState.LOOK_AGAIN: Decision(DecisionStatus.LOW_CONFIDENCE, None, 0.5, 0.1),
    FaceState.NOT_RECOGNISED: Decision(DecisionStatus.UNKNOWN, None, 0.1, 0.0),
}


class FakeEntranceBackend:
    """An EntranceBackend that answers what was set.

    slowed_s: seconds before the next PIN is checked, as wrong ones before have it.
    """

    def __init__(self) -> None:
        self.frame: Frame | None = None
        self.names: dict[int, str] = {}
        self.hours: HoursToday | None = None
        self.month: OwnMonth | None = None
        self.requests: list[tuple[int, date, RequestKind, str]] = []
        self.refusal = PinRefused()
        self.slowed_s = 0.0
        camera = CameraStatus(SourceState.OK, datetime.now(UTC), time.monotonic())
        self._status = EntranceStatus(camera, True, 0, True, 38 * 2**30)

    def newest_frame(self) -> Frame | None:
        return self.frame

    def status(self) -> EntranceStatus:
        return self._status

    def name_of(self, employee_id: int) -> str | None:
        return self.names.get(employee_id)

    def void(self, _event: AttendanceEvent, /) -> None:
        """Nothing is stored."""

    def reject(self, _event: AttendanceEvent, /) -> None:
        """Nobody is recognised."""

    def turn(self, _trace_id: UUID, /) -> AttendanceEvent:
        return event(EventType.EXIT)

    def pass_now(self, last: AttendanceEvent, /) -> RegistrationOutcome:
        return Registered(event(last.event_type.opposite))

    def give_reason(self, leaving: AttendanceEvent, reason: str, /) -> RegistrationOutcome:
        return Registered(replace(leaving, reason=reason))

    def hours_of(self, _leaving: AttendanceEvent, /) -> HoursToday | None:
        return self.hours

    def open_month(self, _number: str, _pin: str, /) -> MonthOutcome:
        return PinRefused() if self.month is None else self.month

    def ask_correction(self, employee_id: int, day: date, kind: RequestKind, words: str, /) -> None:
        self.requests.append((employee_id, day, kind, words))

    def pin_wait_s(self) -> float:
        return self.slowed_s

    def enter_pin(self, _number: str, _pin: str, /) -> PinOutcome:
        return self.refusal

    def show(self, image: AnnotatedImage, states: Sequence[FaceState]) -> FrameResult:
        """Put an image before the camera, and return what recognition would say if its faces were in these states."""
        self.frame = Frame(image.image_bgr, datetime.now(UTC), time.monotonic(), 0)
        observations = (
            _observation(place, box, state)
            for place, (box, state) in enumerate(zip(image.boxes_xyxy, states, strict=True))
        )
        return FrameResult(self.frame, tuple(observations), 10.0)

    def set_status(self, status: EntranceStatus) -> None:
        self._status = status

    def lose_camera(self) -> None:
        self.frame = None
        lost = replace(self._status.camera, state=SourceState.LOST, fault=CameraFaultKind.MISSING, sentence="unplugged")
        self._status = replace(self._status, camera=lost)

    def lose_database(self, waiting_count: int, *, replaced: bool = False) -> None:
        away = replace(self._status, database_ok=False, waiting_count=waiting_count)
        self._status = replace(away, database_replaced=replaced)

    def lose_everything(self) -> None:
        self.lose_camera()
        self.lose_database(412)
        self.fill_disk()

    def fill_disk(self) -> None:
        self._status = replace(self._status, keeps_events=False, free_disk_bytes=0)


def event(event_type: EventType, minutes_ago: float = 0) -> AttendanceEvent:
    """Return an event of somebody."""
    at = datetime.now(UTC) - timedelta(minutes=minutes_ago)
    return AttendanceEvent(uuid4(), 1, event_type, at, 0.8, "kiosk-1")


def seen(name: str, outcome: RegistrationOutcome) -> PersonSeen:
    return PersonSeen(name, outcome)


def entry(name: str) -> PersonSeen:
    return seen(name, Registered(event(EventType.ENTRY)))


def leaving(name: str) -> PersonSeen:
    return seen(name, Registered(event(EventType.EXIT)))


def already(name: str) -> PersonSeen:
    return seen(name, AlreadyRegistered(event(EventType.ENTRY, minutes_ago=3)))


def not_registered(name: str) -> PersonSeen:
    return seen(name, NotRegistered("the disk is full"))


def _observation(place: int, box: Box, state: FaceState) -> Observation:
    reasons = (_REASONS[state],) if state in _REASONS else ()
    quality = Quality(_MEASURES, 0.8, reasons)
    return Observation(place, box, _DECISIONS.get(state), True, quality, 0.2)
