"""The machine's clocks: which goes on while it sleeps, and which stands still."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kiosk.core.clock import SystemClock, elapsed_s, this_boot

SLEPT_S = 9 * 3600.0


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that has slept: of the kernel's clocks this one alone has gone on."""
    read = time.clock_gettime
    monkeypatch.setattr(time, "clock_gettime", lambda id_: read(id_) + SLEPT_S * (id_ == time.CLOCK_BOOTTIME))


def test_the_kernels_uptime_is_what_has_elapsed() -> None:
    uptime_s = float(Path("/proc/uptime").read_text(encoding="ascii").split()[0])
    assert elapsed_s() == pytest.approx(uptime_s, abs=1.0)


def test_durations_count_the_sleep_and_signs_of_life_do_not(slept: None) -> None:
    clock = SystemClock()
    assert clock.monotonic_s() - clock.awake_s() == pytest.approx(SLEPT_S, abs=1.0)
    assert this_boot().running_s - clock.awake_s() == pytest.approx(SLEPT_S, abs=1.0)
    assert clock.awake_s() == pytest.approx(time.monotonic(), abs=1.0)
