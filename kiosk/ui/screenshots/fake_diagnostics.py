"""A fake backend of the diagnostics: a device whose readings are set by hand."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from kiosk.capture.status import CameraStatus, SourceState
from kiosk.capture.v4l2 import CameraFormat
from kiosk.core.power import PowerAccess, PowerAction
from kiosk.core.recent_errors import LoggedError
from kiosk.domain.frame_result import FrameResult, StageLatency
from kiosk.errors import KioskError
from kiosk.monitoring.live_recognition import LATEST_FRAMES, TimedFrame
from kiosk.monitoring.machine_readings import MachineReadings
from kiosk.ui.diagnostics.backend import CameraState, DeviceState, Progress, RecognitionState

_GIB = 1024**3
_STARTED_AT = datetime(2026, 11, 26, 5, 0, tzinfo=UTC)


def _state() -> DeviceState:
    camera = CameraStatus(SourceState.OK, _STARTED_AT, 0.0, size_px=(1280, 720))
    modes = (CameraFormat("MJPG", 1920, 1080, 30.0), CameraFormat("MJPG", 1280, 720, 60.0))
    trace_id = "0c9a2b54-77d1-4f4e-9b1f-2a8d3ad1b7c6"
    errors = (
        LoggedError(_STARTED_AT, logging.ERROR, "event.refused", trace_id, "reason=integrity"),
        LoggedError(_STARTED_AT, logging.WARNING, "camera.lost", None, "source=/dev/kiosk-camera fault=missing"),
    )
    return DeviceState(
        version="0.1.0",
        kiosk_id="north-door",
        started_at=_STARTED_AT,
        camera=CameraState("/dev/kiosk-camera", camera, modes),
        recognition=RecognitionState(
            "blazeface-full-range", "sface", 57, 171, 1000, 0.41, 1284, _STARTED_AT - timedelta(days=40), True
        ),
        machine=MachineReadings(round(0.8 * _GIB), round(1.9 * _GIB), 4 * _GIB, 52.0, round(18.4 * _GIB), 32 * _GIB),
        backed_up_at=datetime.now(UTC) - timedelta(hours=9),
        backup_dir=Path("/var/lib/kiosk/backups"),
        purged_at=datetime.now(UTC) - timedelta(hours=10),
        errors=errors,
        restart=PowerAccess.ALLOWED,
        switch_off=PowerAccess.ALLOWED,
    )


class FakeDiagnostics:
    """A DiagnosticsBackend that answers what was set.

    Attributes:
        result: of the newest frame.
        names: of people, by their id.
        state: of the device.
        requested: what was asked of the system.
        refuses: raised by everything that may fail; None for nothing.
    """

    def __init__(self) -> None:
        self.result: FrameResult | None = None
        self.names: dict[int, str] = {}
        self.state = _state()
        self.requested: list[PowerAction] = []
        self.refuses: KioskError | None = None
        self._frames_taken = 0

    def newest_result(self) -> FrameResult | None:
        return self.result

    def frames(self) -> tuple[TimedFrame, ...]:
        """As if a face came, was recognised, and stayed."""
        rng, now_s = np.random.default_rng(1), time.monotonic()
        found = []
        for place in range(LATEST_FRAMES):
            is_sampled = 80 <= place < 110 or place % 15 == 0
            detect, assess, embed, decide = rng.uniform((3, 0.4, 9, 0.2), (5, 1.2, 12, 0.5))
            stages = StageLatency(detect, assess, embed if is_sampled else 0.0, decide)
            latency_ms = stages.detect_ms + stages.assess_ms + stages.embed_ms + stages.decide_ms
            found.append(TimedFrame(now_s - (LATEST_FRAMES - place) / 30, latency_ms, stages))
        return tuple(found)

    def frames_taken(self) -> int:
        self._frames_taken += 30
        return self._frames_taken

    def name_of(self, employee_id: int, /) -> str | None:
        return self.names.get(employee_id)

    def device_state(self) -> DeviceState:
        self._work()
        return self.state

    def back_up(self, progress: Progress, /) -> Path:
        self._work()
        for done in range(3):
            progress("packing", done, 2)
        self.state = replace(self.state, backed_up_at=datetime.now(UTC))
        return self.state.backup_dir / "north-door-20261128T090000Z.kiosk"

    def save_report(self, folder: Path, /) -> Path:
        self._work()
        return folder / "kiosk-report-2026-11-28-0900.zip"

    def request_power(self, action: PowerAction, /) -> None:
        self._work()
        self.requested.append(action)

    def _work(self) -> None:
        if self.refuses is not None:
            raise self.refuses
