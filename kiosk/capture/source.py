"""Base class of all sources of frames: a read can be interrupted, and there is a status."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod

from kiosk.capture.status import CameraStatus, SourceState
from kiosk.domain.ports import Clock
from kiosk.domain.types import Frame


class InterruptibleSource(ABC):
    """A FrameSource that belongs to the thread that reads it; interrupt and status are for the others."""

    def __init__(self, description: str, clock: Clock) -> None:
        self.description = description
        self._clock = clock
        self._interrupted = threading.Event()
        self._status = CameraStatus(SourceState.CONNECTING, clock.now(), clock.awake_s())

    @abstractmethod
    def read(self) -> Frame | None:
        """Return the next frame, waiting for it; None when there will be no more. Raises DeviceError."""

    @abstractmethod
    def close(self) -> None:
        """Release the device or file; called by the reading thread, harmless when called twice."""

    def interrupt(self) -> None:
        """Make the present read and all later ones return None, soon."""
        self._interrupted.set()

    @property
    def status(self) -> CameraStatus:
        return self._status
