"""By which name somebody is greeted, and which one enrolling proposes."""

from __future__ import annotations

import pytest

from kiosk.domain.greeting_names import GreetingName, greeting_name, proposed_called_name


@pytest.mark.parametrize(
    ("choice", "called", "greeted"),
    [
        pytest.param(GreetingName.CALLED, "Кофи", "Кофи", id="called"),
        pytest.param(GreetingName.CALLED, None, "Аннан Кофи", id="never the first word of the full name"),
        pytest.param(GreetingName.FULL, "Кофи", "Аннан Кофи", id="full"),
        pytest.param(GreetingName.INITIALS, "Кофи", "А. К.", id="initials"),
        pytest.param(GreetingName.NONE, "Кофи", None, id="none"),
    ],
)
def test_what_is_shown_is_a_choice(choice: GreetingName, called: str | None, greeted: str | None) -> None:
    assert greeting_name(choice, "Аннан Кофи", called) == greeted


@pytest.mark.parametrize(
    ("full_name", "proposed"),
    [
        ("Kofi Annan", "Kofi"),
        ("Annan, Kofi Atta", "Kofi"),
        ("Иванов Иван Иванович", "Иван"),
        ("Иван Иванович Иванов", "Иван"),
        ("Лебедева Мария", "Мария"),
        ("Мария Лебедева", "Мария"),
        ("Eileen Marie Collins", "Eileen"),
        ("王小明", ""),
        ("Sukarno", ""),
        ("Annan,", ""),
        ("", ""),
    ],
)
def test_enrolling_proposes_the_given_name(full_name: str, proposed: str) -> None:
    assert proposed_called_name(full_name) == proposed
