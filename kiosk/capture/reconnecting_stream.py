"""A live source that is opened again when it fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from kiosk.capture.camera_status_tracker import CameraStatusTracker
from kiosk.capture.freeze_detector import FreezeDetector
from kiosk.capture.picture_size import is_usable_size, unusable_size
from kiosk.capture.source import InterruptibleSource
from kiosk.capture.status import CameraFault, CameraFaultKind, CameraStatus
from kiosk.domain.ports import Clock
from kiosk.domain.types import Frame, Image

_FIRST_PAUSE_S = 0.1
# A stream that lasted so long was a working one, and its loss begins the pauses anew.
_STEADY_S = 1.0
# A camera that was frozen may hand out its old picture once more after it was opened again.
_FROZEN_GRACE_S = 0.5
# Opening anew seldom helps a covered lens, and every opening is a gap in what may be a dark night.
_BLACK_REOPEN_S = 60.0


class LiveStream(Protocol):
    """One connection to a camera, until it breaks."""

    def read(self) -> Image:
        """Return the next picture, (H, W, 3) BGR uint8, within about two seconds. Raises CameraFault."""

    def close(self) -> None:
        """Release the connection; harmless when called twice."""


class ReconnectingStream(InterruptibleSource):
    """Notices when a live source fails, reports it once, and connects again.

    read waits through outages for as long as they last, or until interrupted; it never raises DeviceError.
    """

    def __init__(
        self,
        connect: Callable[[], LiveStream],
        description: str,
        clock: Clock,
        *,
        adjust: Callable[[Image], Image],
        reconnect_max_s: float,
        frozen_s: float,
    ) -> None:
        """Connect with the first read, or with open().

        Args:
            connect: opens one connection within about two seconds, or raises CameraFault.
            description: what the source is called in messages.
            clock: the time.
            adjust: applied to each picture that is handed on: rotation and mirroring.
            reconnect_max_s: longest pause between two attempts; they begin at a tenth of a second and double.
            frozen_s: seconds of identical pictures after which the stream is opened again; 0 for never.
        """
        super().__init__(description, clock)
        self._connect = connect
        self._adjust = adjust
        self._reconnect_max_s = reconnect_max_s
        self._freeze_detector = FreezeDetector(frozen_s)
        self._status_tracker = CameraStatusTracker(description, clock)
        self._stream: LiveStream | None = None
        self._opened_s = 0.0
        self._pause_s = _FIRST_PAUSE_S
        self._index = 0

    @property
    def status(self) -> CameraStatus:
        return self._status_tracker.status

    def open(self) -> None:
        """Make the first connection now instead of with the first read. Raises CameraFault."""
        self._connected()

    def read(self) -> Frame | None:
        while not self._interrupted.is_set():
            try:
                image = self._picture()
            except CameraFault as fault:
                self._disconnect()
                self._status_tracker.record_fault(fault)
                self._pause()
            else:
                if image is not None:
                    return self._frame(image)
        return None

    def close(self) -> None:
        self._disconnect()
        self._status_tracker.close()

    def _picture(self) -> Image | None:
        """Return one picture worth handing on, or None when one came that is not. Raises CameraFault."""
        image = self._connected().read()
        if not is_usable_size(image.shape[1], image.shape[0]):
            raise unusable_size(self.description)
        now_s = self._clock.monotonic_s()
        open_s = now_s - self._opened_s
        match self._freeze_detector.check(image, now_s):
            case CameraFaultKind.FROZEN:
                if open_s >= _FROZEN_GRACE_S:
                    raise CameraFault(
                        CameraFaultKind.FROZEN, f"{self.description} sends the same picture again and again"
                    )
                self._status_tracker.record_attempt()
                return None
            case CameraFaultKind.BLACK:
                black = CameraFault(CameraFaultKind.BLACK, f"{self.description} is covered or black")
                if open_s >= _BLACK_REOPEN_S:
                    raise black
                self._status_tracker.record_fault(black)
            case _:
                self._status_tracker.record_frame((image.shape[1], image.shape[0]))
                if open_s >= _STEADY_S:
                    self._pause_s = _FIRST_PAUSE_S
        return image

    def _connected(self) -> LiveStream:
        if self._stream is None:
            self._stream = self._connect()
            self._opened_s = self._clock.monotonic_s()
        return self._stream

    def _disconnect(self) -> None:
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def _pause(self) -> None:
        self._interrupted.wait(min(self._pause_s, self._reconnect_max_s))
        self._pause_s = min(self._pause_s * 2, self._reconnect_max_s)

    def _frame(self, image: Image) -> Frame:
        frame = Frame(self._adjust(image), self._clock.now(), self._clock.monotonic_s(), self._index)
        self._index += 1
        return frame
