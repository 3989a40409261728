"""How long wrong attempts lock a password or a PIN.

Source: NIST SP 800-63B, section 5.2.2 (rate limiting).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class ThrottlingPolicy:
    """waits_s: seconds to wait after the first, second, … wrong attempt in a row; the last one holds from then on."""

    waits_s: tuple[float, ...]

    def wait_s(self, failed_attempts: int) -> float:
        """Return how long to wait after so many wrong attempts in a row, 1 or more."""
        return float(self.waits_s[min(failed_attempts, len(self.waits_s)) - 1])

    def locked_until(self, failed_attempts: int, now: datetime) -> datetime | None:
        """Return until when so many wrong attempts lock, the last one being now; None when they do not."""
        wait_s = self.wait_s(failed_attempts)
        return now + timedelta(seconds=wait_s) if wait_s else None

    def remaining_s(self, locked_until: datetime | None, now: datetime) -> float:
        """Return how long a lock still lasts, 0 for none.

        Never more than the longest wait, so that a clock that was set back locks nobody out for years.
        """
        if locked_until is None:
            return 0.0
        return max(0.0, min((locked_until - now).total_seconds(), self.waits_s[-1]))


ADMIN_PASSWORD_POLICY = ThrottlingPolicy((0, 0, 5, 30, 300, 900, 3600))
PIN_POLICY = ThrottlingPolicy((0, 0, 0, 30, 300, 900, 3600))
