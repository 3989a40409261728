"""When the purge runs: at its hour of the local day, at once when it was missed, and whatever a job does."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.core.clock import Boot
from kiosk.jobs.clock_watch import FILE_NAME, ClockWatch
from kiosk.jobs.scheduler import Housekeeping, last_night_at
from support.fakes import FakeClock

MOSCOW, BERLIN = ZoneInfo("Europe/Moscow"), ZoneInfo("Europe/Berlin")

NIGHTS = {
    "in the morning": (datetime(2025, 3, 10, 9, tzinfo=MOSCOW), datetime(2025, 3, 10, 3, tzinfo=MOSCOW)),
    "just before": (datetime(2025, 3, 10, 2, 59, tzinfo=MOSCOW), datetime(2025, 3, 9, 3, tzinfo=MOSCOW)),
    "at the minute": (datetime(2025, 3, 10, 3, tzinfo=MOSCOW), datetime(2025, 3, 10, 3, tzinfo=MOSCOW)),
    "clocks put forward": (datetime(2025, 3, 30, 12, tzinfo=BERLIN), datetime(2025, 3, 30, 3, tzinfo=BERLIN)),
    "clocks put back": (datetime(2025, 10, 26, 12, tzinfo=BERLIN), datetime(2025, 10, 26, 3, tzinfo=BERLIN)),
}


@pytest.mark.parametrize("name", NIGHTS)
def test_last_night(name: str) -> None:
    now, due = NIGHTS[name]
    assert isinstance(now.tzinfo, ZoneInfo)
    assert last_night_at(now.astimezone(UTC), "03:00", now.tzinfo) == due.astimezone(UTC)


class FakePurge:
    """A Purge that counts, and does what it is told to."""

    def __init__(self, watch: ClockWatch, clock: FakeClock) -> None:
        self.watch, self.clock = watch, clock
        self.runs = self.orders = 0
        self.succeeds = True

    def run(self) -> None:
        self.runs += 1
        self.watch.is_trustworthy()
        if self.succeeds:
            self.watch.record_purge(self.clock.now())

    def tidy_up(self) -> None:
        self.orders += 1
        raise OSError("the disk is gone")

    def expire_snapshots(self) -> None:
        raise AssertionError("not due within this test")


class Kiosk:
    """What is remembered over its restarts."""

    def __init__(self, folder: Path) -> None:
        self.clock = FakeClock(datetime.now(UTC))  # the library reads the machine's own clock
        self.path = folder / FILE_NAME
        self.digests = self.looks = self.asked = self.pulls = 0
        self.start()

    def start(self) -> None:
        self.watch = ClockWatch(self.path, self.clock.now, lambda: Boot("1", self.clock.monotonic_s()))
        self.purge = FakePurge(self.watch, self.clock)
        self.housekeeping = Housekeeping(
            purge=self.purge,  # type: ignore[arg-type]
            watch=self.watch,
            digest_attendance=self.digest,
            check_gallery=self.look_at_gallery,
            pull_directory=self.pull,
            ask_questions=self.ask,
            update_audit_anchor=lambda: None,
            purge_at="03:00",
            zone=MOSCOW,
            clock=self.clock,
            stopping=_Set(),
        )

    def digest(self) -> None:
        self.digests += 1

    def pull(self) -> None:
        assert self.pulls == self.asked, "who has left is known before hours are asked about"
        self.pulls += 1

    def ask(self) -> None:
        assert self.asked == self.digests, "what is set at night is digested in the same night"
        self.asked += 1

    def look_at_gallery(self) -> None:
        self.looks += 1


class _Set(threading.Event):
    """Set from the start, so that no test waits."""

    def __init__(self) -> None:
        super().__init__()
        self.set()


@pytest.fixture
def kiosk(tmp_path: Path) -> Kiosk:
    return Kiosk(tmp_path)


@pytest.mark.expects_errors
def test_missed_purge_is_caught_up_at_start_and_once(kiosk: Kiosk) -> None:
    assert kiosk.housekeeping.step() is False
    kiosk.housekeeping.step()
    assert (kiosk.purge.runs, kiosk.purge.orders) == (1, 1), "a job that fails holds up none of the others"
    assert kiosk.digests == kiosk.looks == kiosk.asked == 1
    kiosk.start()
    kiosk.housekeeping.step()
    assert kiosk.purge.runs == 0, "it was done tonight"
    kiosk.clock.advance(2 * 86_400)
    kiosk.start()
    kiosk.housekeeping.step()
    assert kiosk.purge.runs == 1, "the device was off"


@pytest.mark.expects_errors
def test_purge_that_did_not_succeed_is_due_again(kiosk: Kiosk) -> None:
    kiosk.purge.succeeds = False
    kiosk.housekeeping.step()
    kiosk.start()
    kiosk.housekeeping.step()
    assert kiosk.purge.runs == 1


@pytest.mark.expects_errors
def test_next_purge_is_at_its_hour_of_the_local_day(kiosk: Kiosk) -> None:
    kiosk.housekeeping.step()
    due = kiosk.housekeeping.next_purge_at.astimezone(MOSCOW)
    assert (due.hour, due.minute) == (3, 0)
    assert timedelta(0) < due - datetime.now(UTC) <= timedelta(days=1)


@pytest.mark.expects_errors
def test_clock_set_back_lays_the_jobs_out_anew(kiosk: Kiosk) -> None:
    kiosk.housekeeping.step()
    jobs = kiosk.housekeeping._schedule.get_jobs()[:]
    kiosk.housekeeping.step()
    assert all(new is old for new, old in zip(kiosk.housekeeping._schedule.get_jobs(), jobs, strict=True))
    kiosk.clock.set(kiosk.clock.now() - timedelta(hours=3))
    kiosk.housekeeping.step()
    assert not any(new is old for new, old in zip(kiosk.housekeeping._schedule.get_jobs(), jobs, strict=True))
