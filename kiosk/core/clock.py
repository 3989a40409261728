"""The machine's own clocks."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


class SystemClock:
    """The Clock of everything but tests."""

    def now(self) -> datetime:
        """Aware UTC; may jump when somebody sets the machine's clock."""
        return datetime.now(UTC)

    def monotonic_s(self) -> float:
        """Seconds that never jump, those asleep too."""
        return elapsed_s()

    def awake_s(self) -> float:
        """Seconds that never jump, without those asleep: a thread that slept with the machine is not stuck."""
        return time.monotonic()


def elapsed_s() -> float:
    """Return the seconds since the machine started, those asleep too; they never jump.

    For whatever may last longer than a moment: time.monotonic() stands still while the machine sleeps.
    """
    return time.clock_gettime(time.CLOCK_BOOTTIME)


@dataclass(frozen=True, slots=True)
class Boot:
    """id: of this run of the machine. running_s: seconds since its start, those asleep too; they never jump."""

    id: str
    running_s: float


def this_boot() -> Boot:
    boot_id = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return Boot(boot_id, elapsed_s())
