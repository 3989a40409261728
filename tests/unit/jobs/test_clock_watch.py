"""Jumps of the wall clock, as a device without a battery or a hand at the settings makes them."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.core.clock import Boot, this_boot
from kiosk.jobs.clock_watch import EVEN_FOR_S, FILE_NAME, ClockWatch
from support.fakes import MORNING, FakeClock

DAY_S = 86_400


class Device:
    """Its clocks, and what it remembers over a restart."""

    def __init__(self, folder: Path) -> None:
        self.clock = FakeClock(MORNING)
        self.boot_number = 1
        self.started_s = self.clock.monotonic_s()
        self._path = folder / FILE_NAME
        self.restart(off_s=0)

    def restart(self, off_s: float, clock_shows: datetime | None = None) -> None:
        self.clock.advance(off_s)
        if clock_shows is not None:
            self.clock.set(clock_shows)
        self.boot_number += 1
        self.started_s = self.clock.monotonic_s()
        self.watch = ClockWatch(self._path, self.clock.now, self.boot)

    def boot(self) -> Boot:
        return Boot(str(self.boot_number), self.clock.monotonic_s() - self.started_s)

    def jump(self, by: timedelta) -> None:
        self.clock.set(self.clock.now() + by)

    @property
    def believes(self) -> bool:
        return self.watch.is_trustworthy()


@pytest.fixture
def device(tmp_path: Path) -> Device:
    return Device(tmp_path)


def test_even_clock_is_believed_through_days_and_restarts(device: Device) -> None:
    for _ in range(10):
        assert device.believes
        device.clock.advance(DAY_S)
        device.restart(off_s=3 * DAY_S)
    assert device.believes


JUMPS = {
    "a year ahead": (timedelta(days=365), False),
    "a year back": (timedelta(days=-365), False),
    "two days ahead": (timedelta(days=2), False),
    "some hours ahead, as after a start without a battery": (timedelta(hours=14), True),
    "an hour back": (timedelta(hours=-1), True),
}


@pytest.mark.parametrize("name", JUMPS)
def test_jump(device: Device, name: str) -> None:
    by, is_believed = JUMPS[name]
    assert device.believes
    device.clock.advance(600)
    device.jump(by)
    assert device.believes is is_believed
    device.clock.advance(EVEN_FOR_S - 1)
    assert device.believes is is_believed
    device.clock.advance(1)
    assert device.believes, "even for hours"


def test_jump_and_its_correction_are_two_jumps(device: Device) -> None:
    assert device.believes
    device.jump(timedelta(days=3650))
    assert not device.believes
    device.clock.advance(EVEN_FOR_S / 2)
    device.jump(timedelta(days=-3650))
    assert not device.believes
    device.clock.advance(EVEN_FOR_S)
    assert device.believes


def test_clock_that_starts_in_the_past_is_doubted_until_it_is_put_right(device: Device) -> None:
    assert device.believes
    device.restart(off_s=3600, clock_shows=datetime(2000, 1, 1, tzinfo=MORNING.tzinfo))
    assert not device.believes
    device.clock.advance(60)
    device.clock.set(MORNING + timedelta(hours=1))
    assert not device.believes
    device.clock.advance(EVEN_FOR_S)
    assert device.believes


def test_what_was_written_down_is_read_again(device: Device) -> None:
    assert device.watch.purged_at is None
    assert device.believes
    device.watch.record_purge(MORNING)
    device.restart(off_s=60)
    assert device.watch.purged_at == MORNING
    assert device.believes
    assert device.watch.purged_at == MORNING


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"seen_at": 3}', b"\xff"])
def test_damaged_notes_are_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    watch = ClockWatch(tmp_path / FILE_NAME, FakeClock().now)
    assert watch.purged_at is None
    assert watch.is_trustworthy()


def test_notes_that_cannot_be_written_do_not_stop_anybody(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    watch = ClockWatch(tmp_path / FILE_NAME, FakeClock().now)
    assert watch.is_trustworthy()


def test_this_machine_has_a_boot() -> None:
    first, second = this_boot(), this_boot()
    assert first.id == second.id
    assert 0 < first.running_s <= second.running_s
