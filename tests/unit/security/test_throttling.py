"""How long wrong attempts lock, and how they are forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher

from db.session import Database
from kiosk.security.pins import Pins
from kiosk.security.throttling import DEVICE_POLICY, SECRET_POLICY, ThrottlingPolicy
from support.database_rows import add_person
from support.fakes import FakeClock

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
RIGHT, WRONG = "580274", "580275"
NOW = datetime(2025, 3, 3, 9, tzinfo=UTC)
POLICY = ThrottlingPolicy((0, 10, 60), forgets_one_in_s=100)


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


@pytest.mark.parametrize(("attempts", "wait_s"), [(1, 0), (2, 10), (3, 60), (4, 60), (1000, 60)])
def test_the_last_wait_holds_for_all_attempts_that_follow(attempts: int, wait_s: float) -> None:
    assert POLICY.wait_s(attempts) == wait_s


@pytest.mark.parametrize(
    ("forgotten_in_s", "attempts"),
    [
        pytest.param(-100, 0, id="long forgotten"),
        pytest.param(0, 0, id="forgotten now"),
        pytest.param(1, 1, id="nearly forgotten"),
        pytest.param(100, 1, id="just made"),
        pytest.param(201, 3, id="a third one"),
        pytest.param(5 * 365 * 86400, 3, id="the clock was set back by years"),
    ],
)
def test_an_attempt_is_forgotten_with_time(forgotten_in_s: float, attempts: int) -> None:
    assert POLICY.attempts(NOW + seconds(forgotten_in_s), NOW) == attempts


def test_each_attempt_adds_one_up_to_what_makes_a_difference() -> None:
    forgotten_at, counts = NOW, []
    for _ in range(6):
        forgotten_at = POLICY.one_more(forgotten_at, NOW)
        counts.append(POLICY.attempts(forgotten_at, NOW))
    assert counts == [1, 2, 3, 3, 3, 3]
    assert POLICY.attempts(POLICY.one_less(forgotten_at, NOW), NOW) == 2
    assert POLICY.one_less(NOW, NOW) == NOW


@pytest.mark.parametrize("policy", [SECRET_POLICY, DEVICE_POLICY], ids=["secret", "device"])
def test_two_slips_of_the_finger_cost_nothing_and_nothing_costs_more_than_a_minute(policy: ThrottlingPolicy) -> None:
    waits_s = [policy.wait_s(attempts) for attempts in range(1, 20)]
    assert waits_s[:2] == [0, 0]
    assert waits_s == sorted(waits_s)
    assert waits_s[-1] == 60
    assert policy.forgets_one_in_s > waits_s[-1], "whoever goes on trying is not forgotten meanwhile"


def test_a_screen_is_told_how_long_the_device_compares_nothing(database: Database) -> None:
    clock, anna = FakeClock(), add_person(database)
    pins, elsewhere = Pins(database, clock, QUICK), Pins(database, clock, QUICK, device="other")
    number = pins.set(anna, RIGHT)
    assert pins.remaining_s() == 0
    assert [pins.check(number, WRONG).wait_s for _ in range(3)] == [0, 0, 5]
    assert pins.remaining_s() == 0, "only this number waits"
    for guess in range(100000, 100003):
        pins.check(f"{guess}", RIGHT)
    clock.advance(2)
    assert pins.remaining_s() == pytest.approx(3)
    assert elsewhere.remaining_s() == 0
    assert pins.check(number, RIGHT).employee_id is None, "and asking has changed nothing"
    clock.advance(3)
    assert pins.remaining_s() == 0
    assert pins.check(number, RIGHT).employee_id == anna
