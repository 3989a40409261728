"""How much one client may ask for."""

from __future__ import annotations

import math
import time

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from kiosk.web.problems import Refusal

FAILED_ACCESSES_PER_MINUTE = 10
LONGEST_WAIT_S = 60  # the window; the clock may be set between two requests


class RequestLimits:
    """Counts requests in the memory of this process, which alone answers them.

    Requests with a valid token and refused ones are counted apart.
    """

    def __init__(self, requests_per_minute: int) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._requests = RateLimitItemPerMinute(requests_per_minute, namespace="requests")
        self._failures = RateLimitItemPerMinute(FAILED_ACCESSES_PER_MINUTE, namespace="failed_accesses")

    def count_request(self, token_id: str) -> None:
        """Count one request with a valid token. Raises Refusal, 429, beyond the limit."""
        self._count(self._requests, "token", token_id)

    def count_failed_access(self, of: str, key: str) -> None:
        """Count one request that a token or an address had no right to. Raises Refusal, 429, beyond the limit."""
        self._count(self._failures, of, key)

    def _count(self, item: RateLimitItem, of: str, key: str) -> None:
        if self._limiter.hit(item, of, key):
            return
        left_s = self._limiter.get_window_stats(item, of, key).reset_time - time.time()
        wait_s = min(max(1, math.ceil(left_s)), LONGEST_WAIT_S)
        raise Refusal(429, f"too many requests of this {of}; wait {wait_s} s", headers={"Retry-After": str(wait_s)})
