"""An entrance backend that records what the screens asked of it, and answers as a test says."""

from __future__ import annotations

import threading
from dataclasses import replace
from uuid import UUID

import numpy as np

from kiosk.domain.types import AttendanceEvent, EventType
from kiosk.errors import StorageError
from kiosk.ui.entrance.backend import PinOutcome, PinRefused
from kiosk.ui.screenshots.annotated_images import AnnotatedImage
from kiosk.ui.screenshots.fake_entrance import FakeEntranceBackend, event

IMAGES = {
    name: AnnotatedImage(np.full((720, 1280, 3), 128, np.uint8), boxes)
    for name, boxes in {
        "far": ((600.0, 300.0, 680.0, 380.0),),
        "near": ((540.0, 180.0, 740.0, 380.0),),
        "stranger": ((540.0, 180.0, 740.0, 380.0),),
        "two": ((260.0, 260.0, 430.0, 430.0), (860.0, 250.0, 1030.0, 420.0)),
    }.items()
}


class RecordingEntranceBackend(FakeEntranceBackend):
    """Remembers what was wanted of it.

    fails: every wish is refused with a StorageError. go_on: what is wanted waits until it is set.
    """

    def __init__(self) -> None:
        super().__init__()
        self.voided: list[AttendanceEvent] = []
        self.rejected: list[AttendanceEvent] = []
        self.turned: list[UUID] = []
        self.pins: list[tuple[str, str]] = []
        self.threads: set[str] = set()
        self.answers: list[PinOutcome] = []
        self.fails = False
        self.go_on = threading.Event()
        self.go_on.set()

    def void(self, event: AttendanceEvent, /) -> None:
        self._work()
        self.voided.append(event)

    def reject(self, event: AttendanceEvent, /) -> None:
        self.rejected.append(event)

    def turn(self, trace_id: UUID, /) -> AttendanceEvent:
        self._work()
        self.turned.append(trace_id)
        return replace(event(EventType.EXIT), trace_id=trace_id)

    def pin_wait_s(self) -> float:
        self._work()
        return super().pin_wait_s()

    def enter_pin(self, number: str, pin: str, /) -> PinOutcome:
        self._work()
        self.pins.append((number, pin))
        return self.answers.pop(0) if self.answers else PinRefused()

    def _work(self) -> None:
        self.threads.add(threading.current_thread().name)
        assert self.go_on.wait(10)
        if self.fails:
            raise StorageError("the disk is full")
