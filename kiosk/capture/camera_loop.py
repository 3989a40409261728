"""The camera thread: reads a source and puts each frame into the mailbox."""

from __future__ import annotations

import logging
from collections.abc import Callable

from kiosk.capture.source import InterruptibleSource
from kiosk.capture.status import CameraStatus, SourceState
from kiosk.core.latest_slot import LatestSlot
from kiosk.core.logger import log
from kiosk.core.worker import Worker
from kiosk.domain.ports import Clock
from kiosk.domain.types import Frame
from kiosk.errors import DeviceError


class CameraLoop:
    """Owns the source, and the writing end of the mailbox: it closes both when it ends."""

    def __init__(
        self,
        source: InterruptibleSource,
        mailbox: LatestSlot[Frame],
        clock: Clock,
        on_failed: Callable[[str], None] | None = None,
    ) -> None:
        """on_failed: called in the camera thread when it has crashed too often; see Worker."""
        self._source = source
        self._mailbox = mailbox
        self._clock = clock
        self._frame_s = clock.awake_s()
        self._error: DeviceError | None = None
        self._worker = Worker("camera", self._step, cleanup=self._clean_up, on_failed=on_failed)

    def start(self) -> None:
        self._worker.start()

    def stop(self, timeout_s: float = 3.0) -> bool:
        """End the thread, also out of a wait for the camera or the reader; False when it hangs in a driver."""
        self._worker.request_stop()
        self._source.interrupt()
        self._mailbox.close()
        return self._worker.stop(timeout_s)

    def close(self) -> None:
        """Release the source, if its thread has not done so; harmless when called twice.

        While the thread hangs in a driver the source is left alone: taken away there, it would crash the process.
        """
        if not self._worker.alive:
            self._source.close()

    def join(self, timeout_s: float | None = None) -> bool:
        """Wait for a finite source to end; whether it has."""
        return self._worker.join(timeout_s)

    @property
    def status(self) -> CameraStatus:
        return self._source.status

    @property
    def heartbeat_s(self) -> float:
        """By Clock.awake_s, when the last frame came or, in an announced outage, of the last attempt to end it."""
        status = self.status
        return self._frame_s if status.state is SourceState.OK else max(self._frame_s, status.checked_s)

    @property
    def ended(self) -> bool:
        """The thread has ended: the source has no more frames, or it was stopped, or has failed."""
        return not self._worker.alive

    @property
    def failed(self) -> bool:
        return self._worker.failed

    @property
    def error(self) -> DeviceError | None:
        """Why a finite source ended before its time."""
        return self._error

    def _step(self) -> bool:
        try:
            frame = self._source.read()
        except DeviceError as error:
            log(logging.WARNING, "camera.gave_up")
            self._error = error
            return False
        if frame is None:
            return False
        self._frame_s = self._clock.awake_s()
        return self._mailbox.put(frame)

    def _clean_up(self) -> None:
        try:
            self._source.close()
        finally:
            self._mailbox.close()
