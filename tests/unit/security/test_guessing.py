"""Which passwords and PINs are tried first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from db.session import Database
from kiosk.config.paths import PROJECT_DIR
from kiosk.domain.credentials import PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH, is_too_simple
from kiosk.security.guessing import attempts_within, figures, is_guessed_early, is_pin_guessed_early
from kiosk.security.pins import Pins
from support.database_rows import add_person
from support.fakes import FakeClock


def test_the_commonest_passwords_are_refused_in_any_case() -> None:
    long_enough = [text for text in FREQUENCY_LISTS["passwords"] if len(text) >= PASSWORD_MIN_LENGTH]
    assert len(long_enough) > 10_000
    assert all(is_guessed_early(text) and is_guessed_early(text.title()) for text in long_enough)


@pytest.mark.parametrize(
    "text",
    ["88888888", "987654321", "12341234", "qwertyuiop", "Password2026", "йцукенгш", "пароль123", "P@ssw0rd", "x" * 128],
)
def test_what_is_soon_composed_is_refused(text: str) -> None:
    assert is_guessed_early(text)


@pytest.mark.parametrize(
    "text",
    ["right-password", "three words in a row", "пять слов подряд тут", "Kx7!mQ2z", "Ab3$" + "kw9!" * 31],
)
def test_others_are_taken_up_to_the_longest(text: str) -> None:
    assert len(text) <= PASSWORD_MAX_LENGTH
    assert not is_guessed_early(text)


@pytest.mark.parametrize(
    "pin",
    [
        pytest.param("000000", id="one digit"),
        pytest.param("345678", id="counts up"),
        pytest.param("987654", id="counts down"),
        pytest.param("890123", id="counts up past nine"),
        pytest.param("121212", id="two digits over and over"),
        pytest.param("123123", id="three digits over and over"),
        pytest.param("19861986", id="a year twice"),
        pytest.param("4711471", id="four digits over and over, cut off"),
        pytest.param("112233", id="pairs"),
        pytest.param("222555", id="triples"),
        pytest.param("240588", id="day, month, year"),
        pytest.param("052488", id="month, day, year"),
        pytest.param("880524", id="year, month, day"),
        pytest.param("24051988", id="day, month, year in full"),
    ],
)
def test_pins_with_a_pattern_are_too_simple(pin: str) -> None:
    assert is_too_simple(pin)


@pytest.mark.parametrize("pin", ["580274", "975318", "320299", "24052388", "31415926", "2580"])
def test_other_pins_are_not(pin: str) -> None:
    assert not is_too_simple(pin)


def test_pins_that_are_common_passwords_are_refused() -> None:
    assert is_pin_guessed_early("159753") and not is_too_simple("159753")
    assert not is_pin_guessed_early("580274")


def test_a_night_of_guessing_is_worth_what_the_documents_say() -> None:
    page = (PROJECT_DIR / "docs" / "privacy.md").read_text(encoding="utf-8")
    told = figures()
    for name, figure in told.items():
        assert f"| {name} | {figure} |" in page
    assert int(told["attempts in 12 hours"]) < 750
    assert told["a colleague's longest wait meanwhile"] == "60 s"


def test_an_hour_of_guessing_at_a_real_database_is_what_was_computed(
    sqlite_url: str, open_database: Callable[[str], Database]
) -> None:
    database, clock = open_database(sqlite_url), FakeClock()
    pins = Pins(database, clock, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    number = pins.set(add_person(database), "580274")
    ends_at, count = clock.now() + timedelta(hours=1), 0
    while clock.now() < ends_at:
        count += 1
        clock.advance(pins.check(number, "580275").wait_s)
    assert count == attempts_within(timedelta(hours=1))[0]
    assert pins.check(number, "580274").employee_id is not None
