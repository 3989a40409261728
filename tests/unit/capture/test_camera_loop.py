"""The camera thread between a source and the mailbox."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from kiosk.capture.camera_loop import CameraLoop
from kiosk.capture.camera_status_tracker import CameraStatusTracker
from kiosk.capture.source import InterruptibleSource
from kiosk.capture.status import CameraFaultKind, CameraStatus, SourceState
from kiosk.core.clock import SystemClock
from kiosk.core.latest_slot import LatestSlot
from kiosk.domain.types import Frame
from kiosk.errors import DeviceError
from support.fakes import MORNING, FakeClock

PATIENCE_S = 10.0
IMAGE = np.zeros((2, 2, 3), np.uint8)


class ScriptedSource(InterruptibleSource):
    """Gives a number of frames; a step that is an exception is raised; then waits, or ends."""

    def __init__(self, *steps: Exception | None, endless: bool = False) -> None:
        super().__init__("a script", FakeClock())
        self._steps = list(steps)
        self._endless = endless
        self._index = 0
        self.closed_by: list[str] = []

    def read(self) -> Frame | None:
        if not self._steps:
            if self._endless:
                self._interrupted.wait(PATIENCE_S)
            return None
        step = self._steps.pop(0)
        if step is not None:
            raise step
        self._index += 1
        return Frame(IMAGE, MORNING, float(self._index), self._index - 1)

    def close(self) -> None:
        self.closed_by.append(threading.current_thread().name)

    def be(self, status: CameraStatus) -> None:
        self._status = status


def run(source: InterruptibleSource, mailbox: LatestSlot[Frame] | None = None, **options: Any) -> CameraLoop:
    loop = CameraLoop(source, mailbox or LatestSlot(), SystemClock(), **options)
    loop.start()
    return loop


def test_every_frame_of_a_file_arrives_in_lock_step():
    mailbox = LatestSlot[Frame](lock_step=True)
    loop = run(ScriptedSource(*[None] * 50), mailbox)
    indices = []
    while not mailbox.ended:
        if (frame := mailbox.take(PATIENCE_S)) is not None:
            indices.append(frame.index)
    assert indices == list(range(50))
    assert loop.join(PATIENCE_S)
    assert loop.ended


def test_the_source_is_closed_in_the_thread_that_read_it_and_the_mailbox_after_it():
    source, mailbox = ScriptedSource(None), LatestSlot[Frame]()
    assert run(source, mailbox).join(PATIENCE_S)
    assert source.closed_by == ["camera"]
    assert mailbox.take().index == 0
    assert mailbox.ended


def test_stopping_wakes_a_read_that_waits():
    source, mailbox = ScriptedSource(None, endless=True), LatestSlot[Frame]()
    loop = run(source, mailbox)
    assert mailbox.take(PATIENCE_S) is not None
    assert not loop.ended
    assert loop.stop(PATIENCE_S)
    assert loop.ended
    assert source.closed_by == ["camera"]


def test_stopping_wakes_a_put_that_nobody_takes():
    loop = run(ScriptedSource(*[None] * 9), LatestSlot(lock_step=True))
    assert loop.stop(PATIENCE_S)


def test_a_file_that_breaks_off_ends_with_its_reason():
    source, mailbox = ScriptedSource(None, DeviceError("it is torn")), LatestSlot[Frame]()
    loop = run(source, mailbox)
    assert loop.join(PATIENCE_S)
    assert str(loop.error) == "it is torn"
    assert not loop.failed
    assert source.closed_by == ["camera"]


@pytest.mark.expects_errors
def test_a_bug_is_logged_and_the_loop_goes_on(caplog):
    mailbox = LatestSlot[Frame]()
    loop = run(ScriptedSource(None, ZeroDivisionError("a bug"), None), mailbox)
    assert loop.join(PATIENCE_S)
    assert mailbox.counts.put == 2
    (record,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert (record.getMessage(), record.fields) == ("thread.crashed", {"thread": "camera"})
    assert "a bug" in caplog.text


@pytest.mark.expects_errors
def test_bug_upon_bug_ends_the_loop_aloud(caplog):
    failed = []
    source = ScriptedSource(*[ZeroDivisionError()] * 9)
    loop = run(source, on_failed=failed.append)
    assert loop.join(PATIENCE_S)
    assert loop.failed
    assert failed == ["camera"]
    assert source.closed_by == ["camera"]


def test_a_sleep_of_the_machine_is_no_silence_of_the_thread():
    clock = FakeClock()
    tracker = CameraStatusTracker("a camera", clock)
    tracker.record_attempt()
    clock.sleep(3600)
    assert clock.awake_s() == tracker.status.checked_s
    tracker.record_frame((640, 480))
    assert clock.awake_s() == tracker.status.checked_s


def outage(state: SourceState, checked_s: float) -> CameraStatus:
    return CameraStatus(state, MORNING + timedelta(hours=1), checked_s, CameraFaultKind.MISSING, "gone")


@pytest.mark.parametrize(
    ("state", "checked_s", "heartbeat_s"),
    [
        (SourceState.LOST, 2000.0, 2000.0),
        (SourceState.CONNECTING, 2000.0, 2000.0),
        (SourceState.LOST, 1000.0, 1500.0),
        (SourceState.OK, 2000.0, 1500.0),
    ],
    ids=[
        "announced outage",
        "announced opening",
        "a driver that hangs in an outage",
        "no frames, nothing announced",
    ],
)
def test_the_heartbeat_is_of_frames_or_of_an_announced_outage(state, checked_s, heartbeat_s):
    source, mailbox, clock = ScriptedSource(None), LatestSlot[Frame](), FakeClock(monotonic_s=1500.0)
    loop = CameraLoop(source, mailbox, clock)
    loop.start()
    assert loop.join(PATIENCE_S)
    clock.advance(5000)
    source.be(outage(state, checked_s))
    assert loop.heartbeat_s == heartbeat_s


class HangingSource(ScriptedSource):
    """A read that does not come back when it is interrupted, as in a driver that hangs."""

    def __init__(self) -> None:
        super().__init__()
        self.reading, self.released = threading.Event(), threading.Event()

    def read(self) -> Frame | None:
        self.reading.set()
        self.released.wait(PATIENCE_S)
        return None


@pytest.mark.expects_errors
def test_a_source_is_not_taken_away_from_a_thread_that_hangs_in_it():
    source = HangingSource()
    loop = run(source)
    assert source.reading.wait(PATIENCE_S)
    assert not loop.stop(0.05)
    loop.close()
    assert source.closed_by == []
    source.released.set()
    assert loop.join(PATIENCE_S)
    assert source.closed_by == ["camera"]


def test_a_source_whose_thread_never_started_is_released():
    source = ScriptedSource()
    CameraLoop(source, LatestSlot(), SystemClock()).close()
    assert len(source.closed_by) == 1
