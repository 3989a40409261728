"""Which stays look turned around, and which only look unusual."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.attendance.stays import Doubt, Stay
from kiosk.attendance.turned_stays import with_turned

ZONE = ZoneInfo("Europe/Berlin")


def at(text: str) -> datetime:
    """`3 22:00`: a day of November 2026."""
    day, clock = text.split()
    return datetime.combine(date(2026, 11, int(day)), time.fromisoformat(clock), ZONE).astimezone(UTC)


def stays(text: str) -> list[Stay]:
    """`2 22:00 -, 3 06:00 - 3 22:00`: an entry without an exit, and a stay."""
    found = []
    for part in text.split(", "):
        came, _, left = part.partition(" -")
        found.append(Stay(at(came), at(left), None) if left else Stay(at(came), None, Doubt.EXIT_MISSING))
    return found


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        pytest.param("2 22:00 -, 3 06:00 - 3 22:00, 4 06:00 - 4 22:00, 5 06:00 -", [1, 2], id="nights of eight hours"),
        pytest.param("2 20:00 -, 3 08:05 - 3 19:55, 4 08:00 - 4 20:10, 5 08:00 -", [1, 2], id="of twelve hours"),
        pytest.param("2 22:00 -, 3 06:00 - 3 22:00, 9 09:00 - 9 17:00", [1], id="days of work after a night"),
        pytest.param("2 09:00 -, 3 09:00 - 3 17:00", [], id="a forgotten exit of a day"),
        pytest.param("2 18:00 -, 3 08:00 - 3 17:00, 4 08:00 - 4 17:00", [], id="a forgotten evening before days"),
        pytest.param("2 09:00 -, 2 14:00 - 2 18:00", [], id="a lunch that nobody saw"),
        pytest.param("2 08:00 - 2 22:00, 3 08:00 - 3 22:00", [], id="long days"),
        pytest.param("2 22:00 - 3 06:00, 3 22:00 - 4 06:00", [], id="nights that were written right"),
        pytest.param("2 22:00 -, 3 22:00 - 4 06:00", [], id="a forgotten exit of a night"),
        pytest.param("2 22:00 -, 3 06:00 - 3 14:00", [], id="a morning after a forgotten evening"),
    ],
)
def test_turned_stays_are_told_by_their_shape(text: str, turned: list[int]) -> None:
    found = with_turned(stays(text), timedelta(hours=16), ZONE)
    assert [place for place, stay in enumerate(found) if stay.doubt is Doubt.TYPES_TURNED] == turned


def test_the_rest_of_a_stay_stays() -> None:
    before = stays("2 22:00 -, 3 06:00 - 3 22:00")
    assert [stay.moments for stay in with_turned(before, timedelta(hours=16), ZONE)] == [s.moments for s in before]
