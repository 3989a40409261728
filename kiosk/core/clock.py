"""The machine's own clocks."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class SystemClock:
    """The Clock of everything but tests."""

    def now(self) -> datetime:
        """Aware UTC; may jump when somebody sets the machine's clock."""
        return datetime.now(UTC)

    def monotonic_s(self) -> float:
        """Seconds that never jump."""
        return time.monotonic()
