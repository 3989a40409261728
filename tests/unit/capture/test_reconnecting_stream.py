"""A live source that is lost in every way, and comes back."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence

import numpy as np
import pytest

from kiosk.capture.orientation import ImageOrientation
from kiosk.capture.reconnecting_stream import ReconnectingStream
from kiosk.capture.status import CameraFault, CameraFaultKind, SourceState
from kiosk.domain.types import Frame
from support.fakes import FakeClock

FRAME_S = 0.1
noise = np.random.default_rng(3)

Picture = np.ndarray
Connection = Sequence[Picture | CameraFaultKind] | CameraFaultKind


def pictures(count: int, size_px: tuple[int, int] = (160, 120)) -> list[Picture]:
    return [noise.integers(60, 200, (size_px[1], size_px[0], 3), np.uint8) for _ in range(count)]


def black(count: int) -> list[Picture]:
    return [np.zeros((120, 160, 3), np.uint8)] * count


class ScriptedStream:
    """A LiveStream that plays its part of the script, a picture or a fault each tenth of a second."""

    def __init__(self, script: Sequence[Picture | CameraFaultKind], clock: FakeClock) -> None:
        self._script = list(script)
        self._clock = clock
        self.closed = 0

    def read(self) -> Picture:
        assert not self.closed
        self._clock.advance(FRAME_S)
        step = self._script.pop(0) if self._script else CameraFaultKind.ENDED
        if isinstance(step, CameraFaultKind):
            raise CameraFault(step, f"it is {step}")
        return step

    def close(self) -> None:
        self.closed += 1


class SkippingEvent(threading.Event):
    """Waits no real time: notes how long it should have been, and moves the clock."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__()
        self._clock = clock
        self.waits: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.waits.append(timeout or 0.0)
        self._clock.advance(timeout or 0.0)
        return self.is_set()


class Door:
    """A supervisor on a scripted camera; when the script is at its end, the read is interrupted."""

    def __init__(
        self, *connections: Connection, frozen_s: float = 2.5, orientation: ImageOrientation | None = None
    ) -> None:
        self.clock = FakeClock()
        self._connections = list(connections)
        self.streams: list[ScriptedStream] = []
        self.supervisor = ReconnectingStream(
            self._connect,
            "camera under test",
            self.clock,
            adjust=(orientation or ImageOrientation()).apply,
            reconnect_max_s=0.8,
            frozen_s=frozen_s,
        )
        self.pauses = SkippingEvent(self.clock)
        self.supervisor._interrupted = self.pauses
        self.states: list[tuple[SourceState, CameraFaultKind | None]] = [self._state()]

    def _state(self) -> tuple[SourceState, CameraFaultKind | None]:
        return self.supervisor.status.state, self.supervisor.status.fault

    def _connect(self) -> ScriptedStream:
        if self.states[-1] != self._state():
            self.states.append(self._state())
        if not self._connections:
            self.supervisor.interrupt()
            raise CameraFault(CameraFaultKind.MISSING, "the script is at its end")
        connection = self._connections.pop(0)
        if isinstance(connection, CameraFaultKind):
            raise CameraFault(connection, f"it is {connection}")
        self.streams.append(ScriptedStream(connection, self.clock))
        return self.streams[-1]

    def play(self) -> list[Frame]:
        delivered = []
        while (frame := self.supervisor.read()) is not None:
            delivered.append(frame)
            if self.states[-1] != self._state():
                self.states.append(self._state())
        return delivered


def events(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [
        " ".join([record.getMessage(), *(str(fields[name]) for name in ("fault",) if name in fields)])
        for record in caplog.records
        for fields in [vars(record)["fields"]]
    ]


@pytest.fixture(autouse=True)
def _everything_is_heard(caplog):
    caplog.set_level(logging.DEBUG)


OK, LOST, CONNECTING = SourceState.OK, SourceState.LOST, SourceState.CONNECTING


def test_frames_carry_time_and_place():
    door = Door(pictures(3))
    frames = door.play()
    assert [frame.index for frame in frames] == [0, 1, 2]
    assert [frame.monotonic_s - 1000 for frame in frames] == pytest.approx([0.1, 0.2, 0.3])
    assert (frames[1].taken_at - frames[0].taken_at).total_seconds() == pytest.approx(0.1)
    assert door.supervisor.status.size_px == (160, 120)


@pytest.mark.parametrize(
    "fault",
    [
        CameraFaultKind.STALLED,
        CameraFaultKind.GARBAGE,
        CameraFaultKind.ENDED,
        CameraFaultKind.MISSING,
        CameraFaultKind.BUSY,
        CameraFaultKind.UNREACHABLE,
    ],
)
def test_an_outage_is_logged_once_and_its_end_once(caplog, fault):
    door = Door([*pictures(20), fault], *[fault] * 9, pictures(20))
    frames = door.play()
    assert len(frames) == 40
    assert events(caplog)[:3] == ["camera.opened", f"camera.lost {fault}", f"camera.back {fault}"]
    assert door.states[:4] == [(CONNECTING, None), (OK, None), (LOST, fault), (OK, None)]


@pytest.mark.parametrize("size_px", [(40_000, 1), (1, 40_000), (129, 16), (15, 15)])
def test_a_picture_of_a_size_that_cannot_be_used_is_an_outage(size_px):
    door = Door([*pictures(3), *pictures(1, size_px)], pictures(3))
    assert len(door.play()) == 6
    assert (LOST, CameraFaultKind.PICTURE_SIZE) in door.states
    assert len(door.streams) == 2


def test_the_length_of_an_outage_runs_from_good_frame_to_good_frame(caplog):
    door = Door([*pictures(20), CameraFaultKind.STALLED], *[CameraFaultKind.MISSING] * 5, pictures(20))
    door.play()
    gap_s = FRAME_S + sum(door.pauses.waits[:6]) + FRAME_S
    (back,) = [record for record in caplog.records if record.getMessage() == "camera.back"]
    assert back.fields["outage_s"] == pytest.approx(gap_s, abs=0.051)


def test_the_status_follows_the_reason_and_keeps_the_beginning():
    door = Door([*pictures(20), CameraFaultKind.STALLED], CameraFaultKind.UNREACHABLE)
    last = door.play()[-1]
    status = door.supervisor.status
    assert status.fault is CameraFaultKind.MISSING, "the script's end was the last thing found"
    assert status.since_at == last.taken_at
    assert status.sentence == "the script is at its end"
    assert status.checked_s > last.monotonic_s


def test_pauses_double_up_to_the_limit_and_begin_anew_after_a_working_stream():
    door = Door(*[CameraFaultKind.MISSING] * 6, [*pictures(20), CameraFaultKind.ENDED], *[CameraFaultKind.MISSING] * 2)
    door.play()
    assert door.pauses.waits[:6] == pytest.approx([0.1, 0.2, 0.4, 0.8, 0.8, 0.8])
    assert door.pauses.waits[6:9] == pytest.approx([0.1, 0.2, 0.4])


def test_a_stream_that_breaks_after_each_frame_is_one_outage(caplog):
    door = Door(pictures(20), *[pictures(1) for _ in range(50)], pictures(20))
    assert len(door.play()) == 90
    assert events(caplog)[:3] == ["camera.opened", "camera.lost ended", "camera.back ended"]
    assert max(door.pauses.waits) == 0.8


def test_every_connection_is_closed_once_it_broke():
    door = Door(pictures(2), [CameraFaultKind.GARBAGE], pictures(2), CameraFaultKind.BUSY, pictures(2))
    door.play()
    assert len(door.streams) == 4
    door.supervisor.close()
    door.supervisor.close()
    assert [stream.closed for stream in door.streams] == [1] * 4


def test_frozen_pictures_are_held_back_and_the_stream_opened_again(caplog):
    still = pictures(1)
    door = Door([*pictures(20), *still * 40], still * 40, pictures(20))
    frames = door.play()
    assert len(frames) == 20 + 25 + 20, "frozen ones go through until noticed, and no longer"
    assert events(caplog)[:3] == ["camera.opened", "camera.lost frozen", "camera.back frozen"]
    assert [stream.closed for stream in door.streams] == [1, 1, 1]


def test_a_frozen_stream_that_moves_again_by_itself_needs_no_new_connection(caplog):
    still = pictures(1)
    door = Door([*still * 40], [*still * 3, *pictures(20)])
    frames = door.play()
    assert len(frames) == 25 + 20
    assert len(door.streams) == 2


def test_black_pictures_go_through_and_are_named(caplog):
    door = Door([*pictures(20), *black(50), *pictures(20)])
    assert len(door.play()) == 90
    assert events(caplog)[:3] == ["camera.opened", "camera.lost black", "camera.back black"]
    assert door.states[:4] == [(CONNECTING, None), (OK, None), (LOST, CameraFaultKind.BLACK), (OK, None)]
    assert len(door.streams) == 1, "a covered lens does not get better by opening"


def test_a_camera_that_stays_black_is_opened_again_now_and_then(caplog):
    door = Door(black(700), black(700), black(100))
    door.play()
    assert len(door.streams) == 3
    assert events(caplog) == ["camera.opened", "camera.lost black"]


def test_another_size_is_named_and_harms_nothing(caplog):
    door = Door([*pictures(5), *pictures(5, (80, 60))])
    frames = door.play()
    assert frames[-1].image_bgr.shape == (60, 80, 3)
    changed = caplog.records[1]
    assert changed.getMessage() == "camera.size_changed"
    assert (changed.fields["before_px"], changed.fields["size_px"]) == ("160x120", "80x60")
    assert door.supervisor.status.size_px == (80, 60)


def test_a_camera_that_is_missing_from_the_start_is_waited_for(caplog):
    door = Door(*[CameraFaultKind.MISSING] * 5, pictures(20))
    assert len(door.play()) == 20
    assert events(caplog)[:3] == ["camera.lost missing", "camera.opened", "camera.back missing"]


def test_opening_at_once_says_what_is_wrong():
    door = Door(CameraFaultKind.DENIED)
    with pytest.raises(CameraFault, match="it is denied"):
        door.supervisor.open()


def test_opening_at_once_makes_no_second_connection():
    door = Door(pictures(3))
    door.supervisor.open()
    assert len(door.play()) == 3
    assert len(door.streams) == 1


def test_an_end_that_was_not_yet_settled_is_written_when_the_camera_is_given_up(caplog):
    door = Door([*pictures(20), CameraFaultKind.ENDED], pictures(2))
    for _ in range(22):
        assert door.supervisor.read() is not None
    assert events(caplog)[-1] == "camera.lost ended"
    door.supervisor.close()
    assert events(caplog)[-1] == "camera.back ended"


def test_nothing_is_read_after_an_interruption():
    door = Door(pictures(3))
    door.supervisor.interrupt()
    assert door.supervisor.read() is None
    assert door.streams == []


@pytest.mark.parametrize(
    ("rotation_deg", "mirror", "corner"),
    [(0, False, (0, 0)), (90, False, (0, 119)), (180, False, (119, 159)), (270, False, (159, 0)), (0, True, (0, 159))],
)
def test_the_picture_is_turned_clockwise_and_mirrored(rotation_deg, mirror, corner):
    image = np.full((120, 160, 3), 90, np.uint8)
    image[0, 0] = (1, 2, 3)
    door = Door([image], orientation=ImageOrientation(rotation_deg, mirror))
    (frame,) = door.play()
    assert frame.image_bgr[corner].tolist() == [1, 2, 3]
    assert door.supervisor.status.size_px == (160, 120)


def test_both_turn_and_mirror_turn_first():
    image = np.full((2, 3, 3), 90, np.uint8)
    image[0, 0] = (1, 2, 3)
    assert ImageOrientation(90, True).apply(image)[0, 0].tolist() == [1, 2, 3]
