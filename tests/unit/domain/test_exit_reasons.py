"""The office's list of reasons for an exit."""

from __future__ import annotations

import pytest

from kiosk.config.settings import Settings
from kiosk.domain.exit_reasons import ExitReason, parse_exit_reasons


def test_a_list_is_read() -> None:
    assert parse_exit_reasons("break: Break: Перерыв; trip:Trip:Поездка;") == (
        ExitReason("break", "Break", "Перерыв"),
        ExitReason("trip", "Trip", "Поездка"),
    )
    assert parse_exit_reasons(" ") == ()


def test_the_setting_as_it_is_can_be_read() -> None:
    codes = [reason.code for reason in parse_exit_reasons(Settings.model_fields["exit_reasons"].default)]
    assert codes == ["break", "business", "personal"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("break", "write it like", id="no names"),
        pytest.param("Break: Break: Перерыв", "write it like", id="a capital letter"),
        pytest.param("a: : Б", "write it like", id="an empty name"),
        pytest.param(f"a: {'x' * 31}: Б", "at most 30", id="a long name"),
        pytest.param("a: A: А; a: B: Б", "once", id="twice"),
        pytest.param("; ".join(f"r{n}: R: Р" for n in range(7)), "at most 6", id="too many"),
    ],
)
def test_what_cannot_be_a_list_is_said(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse_exit_reasons(text)
