"""How long wrong attempts lock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kiosk.security.throttling import ADMIN_PASSWORD_POLICY, PIN_POLICY, ThrottlingPolicy

NOW = datetime(2025, 3, 3, 9, tzinfo=UTC)
POLICY = ThrottlingPolicy((0, 10, 60))


@pytest.mark.parametrize(("failed_attempts", "wait_s"), [(1, 0), (2, 10), (3, 60), (4, 60), (1000, 60)])
def test_the_last_wait_holds_for_all_attempts_that_follow(failed_attempts: int, wait_s: float) -> None:
    assert POLICY.wait_s(failed_attempts) == wait_s
    locked_until = POLICY.locked_until(failed_attempts, NOW)
    assert locked_until == (NOW + timedelta(seconds=wait_s) if wait_s else None)
    assert POLICY.remaining_s(locked_until, NOW) == wait_s


@pytest.mark.parametrize(
    ("locked_for_s", "remaining_s"),
    [
        pytest.param(10, 10, id="just locked"),
        pytest.param(0.5, 0.5, id="nearly over"),
        pytest.param(0, 0, id="over now"),
        pytest.param(-3600, 0, id="over long since"),
        pytest.param(5 * 365 * 86400, 60, id="the clock was set back by years"),
    ],
)
def test_a_lock_lasts_no_longer_than_the_longest_wait(locked_for_s: float, remaining_s: float) -> None:
    assert POLICY.remaining_s(NOW + timedelta(seconds=locked_for_s), NOW) == remaining_s


@pytest.mark.parametrize("policy", [ADMIN_PASSWORD_POLICY, PIN_POLICY], ids=["password", "PIN"])
def test_two_slips_of_the_finger_cost_nothing_and_guessing_ever_more(policy: ThrottlingPolicy) -> None:
    waits_s = [policy.wait_s(attempts) for attempts in range(1, 20)]
    assert waits_s[:2] == [0, 0]
    assert waits_s == sorted(waits_s)
    assert waits_s[-1] >= 3600
