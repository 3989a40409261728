"""Schedules as people write them."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from kiosk.attendance.schedule_text import is_week, parse_plan
from kiosk.errors import InvalidInput


@pytest.mark.parametrize(
    ("text", "norms"),
    [
        pytest.param("Mon-Fri 08:00-17:00 break 12:00-13:00", [8, 8, 8, 8, 8, 0, 0], id="a week"),
        pytest.param("mon-thu 8:00-17:00, FRI 8:00-15:00", [9, 9, 9, 9, 7, 0, 0], id="a short Friday"),
        pytest.param("Fri-Mon 08:00-12:00", [4, 0, 0, 0, 4, 4, 4], id="over the end of the week"),
        pytest.param("08:00-20:00, 20:00-08:00, off, off", [12, 12, 0, 0], id="a rota of four days"),
        pytest.param("08:00-08:00 break 13:00-14:00 break 20:00-21:00, off", [22, 0], id="duties of 24 hours"),
        pytest.param("08:00-12:00+16:00-20:00", [8], id="a split shift"),
        pytest.param("22:00-06:00 break 02:00-02:30", [7.5], id="a night"),
        pytest.param("09:00-18:00 break 13:00-14:00 punched", [8], id="a punched break"),
        pytest.param("09:00-18:00 BREAK 11:00-11:15 break 13:00-14:00 Punched paid trip", [7.75], id="two breaks"),
        pytest.param("Mon flexible 8:00 06:00-22:00 core 11:00-15:00 unpaid 0:30", [8] + [0] * 6, id="flexible"),
        pytest.param("off", [0], id="off"),
    ],
)
def test_a_plan_has_a_norm_for_each_day(text: str, norms: list[float]) -> None:
    assert [plan.norm / timedelta(hours=1) for plan in parse_plan(text)] == norms


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("", "not understood at its end", id="nothing"),
        pytest.param("Mon-Fry 08:00-17:00", "at 'mon-fry'", id="no such day"),
        pytest.param("Mon 08:00-25:00", "25:00 is no time of day", id="no such time"),
        pytest.param("Mon 08:00-17:00 lunch 12:00-13:00", "at 'lunch'", id="unknown word"),
        pytest.param("Mon 08:00-17:00 punched", "at 'punched'", id="punched without a break"),
        pytest.param("Mon flexible 8:00 06:00-22:00 unpaid 0:30 punched", "at 'punched'", id="punched flexible hours"),
        pytest.param("Mon 08:00-17:00, Mon off", "Mon is given twice", id="a day twice"),
        pytest.param("Mon 08:00-17:00, 08:00-12:00", "names no day of the week", id="week and cycle mixed"),
        pytest.param("Mon flexible 06:00-22:00", "at '06:00-22:00'", id="flexible without hours"),
        pytest.param(",".join(["off"] * 367), "at most 366 days", id="too long a cycle"),
    ],
)
def test_what_is_not_understood_is_said_with_its_place(text: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        parse_plan(text)


def test_breaks_are_deducted_unless_they_are_punched() -> None:
    (plan,) = parse_plan("09:00-18:00 break 11:00-11:15 break 13:00-14:00 punched break 16:00-16:15")
    (shift,) = plan.shifts
    assert [pause.starts for pause in shift.breaks] == [time(11), time(16)]
    assert [pause.starts for pause in shift.punched] == [time(13)]


@pytest.mark.parametrize(("text", "expected"), [("Mon off", True), ("off, off", False), ("", False)])
def test_a_week_needs_no_day_to_begin_on(text: str, expected: bool) -> None:
    assert is_week(text) is expected
