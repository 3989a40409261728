"""Tracks the status of one live source, and logs the beginning and the end of each outage."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

from kiosk.capture.status import CameraFault, CameraFaultKind, CameraStatus, SourceState
from kiosk.core.logger import log
from kiosk.domain.ports import Clock

# Frames have to flow for so long before an outage is over: a stream that gives one frame and breaks again, on and on,
# is one outage and not a flood of them.
SETTLED_S = 1.0


@dataclass(slots=True)
class _Outage:
    first_fault: CameraFaultKind
    since_s: float
    back_s: float | None = None


class CameraStatusTracker:
    """Tracks the camera's status by its frames and faults; for the thread that reads, status for any thread."""

    def __init__(self, description: str, clock: Clock) -> None:
        self._description = description
        self._clock = clock
        self._outage: _Outage | None = None
        self._good_at, self._good_s = clock.now(), clock.monotonic_s()
        self._status = CameraStatus(SourceState.CONNECTING, self._good_at, clock.awake_s())

    @property
    def status(self) -> CameraStatus:
        return self._status

    def record_frame(self, size_px: tuple[int, int]) -> None:
        """A usable frame has come; size_px: its width and height."""
        now_at, now_s = self._clock.now(), self._clock.monotonic_s()
        self._note_size(size_px)
        if self._status.state is not SourceState.OK:
            self._status = CameraStatus(SourceState.OK, now_at, self._clock.awake_s(), size_px=size_px)
        else:
            self._status = replace(self._status, checked_s=self._clock.awake_s(), size_px=size_px)
        self._good_at, self._good_s = now_at, now_s
        if self._outage is not None:
            self._outage.back_s = self._outage.back_s or now_s
            if now_s - self._outage.back_s >= SETTLED_S:
                self._end_outage()

    def record_fault(self, fault: CameraFault) -> None:
        """No usable frame comes, and why; logged when it begins an outage."""
        if self._outage is None:
            self._outage = _Outage(fault.fault, self._good_s)
            log(logging.WARNING, "camera.lost", source=self._description, fault=fault.fault, why=str(fault))
        self._outage.back_s = None
        lost = self._status.state is SourceState.LOST
        self._status = CameraStatus(
            SourceState.LOST,
            self._status.since_at if lost else self._good_at,
            self._clock.awake_s(),
            fault.fault,
            str(fault),
            self._status.size_px,
        )

    def record_attempt(self) -> None:
        """The outage goes on, and another attempt to end it has been made."""
        self._status = replace(self._status, checked_s=self._clock.awake_s())

    def close(self) -> None:
        """The source is closed; an outage that was over but not yet settled is logged as ended."""
        if self._outage is not None and self._outage.back_s is not None:
            self._end_outage()

    def _note_size(self, size_px: tuple[int, int]) -> None:
        before = self._status.size_px
        if before is None:
            log(logging.INFO, "camera.opened", source=self._description, size_px=_text(size_px))
        elif before != size_px:
            log(
                logging.INFO,
                "camera.size_changed",
                source=self._description,
                before_px=_text(before),
                size_px=_text(size_px),
            )

    def _end_outage(self) -> None:
        outage, self._outage = self._outage, None
        if outage is not None and outage.back_s is not None:
            length_s = outage.back_s - outage.since_s
            log(
                logging.INFO,
                "camera.back",
                source=self._description,
                fault=outage.first_fault,
                outage_s=round(length_s, 1),
            )


def _text(size_px: tuple[int, int]) -> str:
    return f"{size_px[0]}x{size_px[1]}"
