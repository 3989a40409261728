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
        """Seconds that never jump."""
        return time.monotonic()


@dataclass(frozen=True, slots=True)
class Boot:
    """id: of this run of the machine. running_s: seconds since its start, those asleep too; they never jump."""

    id: str
    running_s: float


def this_boot() -> Boot:
    boot_id = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return Boot(boot_id, time.clock_gettime(time.CLOCK_BOOTTIME))
