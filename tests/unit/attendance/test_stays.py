"""Stays by hand-made rows: nights, changes of summer time, what is missing, two doors, clocks that were wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.attendance.stays import Doubt, Stay, StayRules, present_stay, stays_of
from kiosk.domain.types import EventType

BERLIN = ZoneInfo("Europe/Berlin")
RULES = StayRules(longest=timedelta(hours=16), day_begins=time(0), zone=BERLIN)
IN, OUT = EventType.ENTRY, EventType.EXIT


@dataclass(frozen=True)
class Row:
    event_type: EventType
    timestamp: datetime
    kiosk_id: str = "door"
    reason: str | None = None
    is_automatic: bool = False


def rows(*texts: str) -> list[Row]:
    """Return rows written like `in 2026-11-02 09:00`, local time; `auto` is an exit that the kiosk set."""
    made = []
    for text in texts:
        kind, moment = text.split(" ", 1)
        made.append(Row(IN if kind == "in" else OUT, local(moment), is_automatic=kind == "auto"))
    return made


def local(moment: str) -> datetime:
    return datetime.strptime(moment, "%Y-%m-%d %H:%M").replace(tzinfo=BERLIN).astimezone(UTC)


def told(stays: tuple[Stay, ...]) -> list[tuple[float, Doubt | None]]:
    return [(stay.duration / timedelta(hours=1), stay.doubt) for stay in stays]


FRIDAY_EVENING = local("2026-11-06 23:00")


@pytest.mark.parametrize(
    ("passages", "expected"),
    [
        pytest.param(rows("in 2026-11-02 09:00", "out 2026-11-02 18:00"), [(9, None)], id="a day"),
        pytest.param(rows("in 2026-11-02 22:00", "out 2026-11-03 06:00"), [(8, None)], id="over midnight"),
        pytest.param(rows("in 2026-10-24 22:00", "out 2026-10-25 06:00"), [(9, None)], id="the clock goes back"),
        pytest.param(rows("in 2026-03-28 22:00", "out 2026-03-29 06:00"), [(7, None)], id="the clock goes forward"),
        pytest.param(
            rows("in 2026-11-02 07:59", "out 2026-11-02 12:01", "in 2026-11-02 15:58", "out 2026-11-02 20:02"),
            [(pytest.approx(4 + 2 / 60), None), (pytest.approx(4 + 4 / 60), None)],
            id="a split shift",
        ),
        pytest.param(
            rows("in 2026-11-02 09:00", "in 2026-11-03 08:57", "out 2026-11-03 18:00"),
            [(0, Doubt.EXIT_MISSING), (pytest.approx(9.05), None)],
            id="exit forgotten",
        ),
        pytest.param(rows("out 2026-11-02 18:00"), [(0, Doubt.ENTRY_MISSING)], id="entry forgotten"),
        pytest.param(
            rows("in 2026-11-02 09:00", "auto 2026-11-02 18:00"), [(9, Doubt.EXIT_AUTOMATIC)], id="closed by the kiosk"
        ),
        pytest.param(
            rows("in 2026-11-02 09:00", "out 2026-11-02 17:00", "auto 2026-11-02 18:00"),
            [(8, None)],
            id="a registered exit before the kiosk's wins",
        ),
        pytest.param(
            rows("in 2026-11-02 09:00", "auto 2026-11-02 18:00", "out 2026-11-02 19:00"),
            [(10, None)],
            id="a registered exit after the kiosk's wins",
        ),
        pytest.param(
            rows("in 2026-11-02 09:00", "auto 2026-11-02 18:00", "out 2026-11-03 18:00"),
            [(9, Doubt.EXIT_AUTOMATIC), (0, Doubt.ENTRY_MISSING)],
            id="the next day's exit says nothing of it",
        ),
        pytest.param(rows("auto 2026-11-02 18:00"), [], id="the kiosk's exit of an entry that does not count"),
        pytest.param(
            rows("in 2026-11-02 09:00", "out 2026-11-03 09:30"),
            [(0, Doubt.EXIT_MISSING), (0, Doubt.ENTRY_MISSING)],
            id="longer than anybody stays",
        ),
        pytest.param(
            rows("in 2026-11-02 09:00", "in 2026-11-02 09:01", "out 2026-11-02 18:00", "out 2026-11-02 18:01"),
            [(pytest.approx(9 + 1 / 60), None)],
            id="two doors",
        ),
        pytest.param(
            rows("in 2026-11-02 09:00", "in 2026-11-02 13:00", "out 2026-11-02 18:00"),
            [(0, Doubt.EXIT_MISSING), (5, None)],
            id="exit for lunch forgotten",
        ),
        pytest.param(rows("in 2028-01-01 00:00"), [], id="written while the clock was wrong"),
        pytest.param([], [], id="nothing"),
    ],
)
def test_rows_become_stays(passages: list[Row], expected: list[tuple[float, Doubt | None]]) -> None:
    assert told(stays_of(passages, RULES, FRIDAY_EVENING)) == expected
    assert told(stays_of(passages[::-1], RULES, FRIDAY_EVENING)) == expected, "the order of the rows plays no part"


def test_five_nights_are_forty_hours() -> None:
    nights = [row for day in range(2, 7) for row in rows(f"in 2026-11-0{day} 22:00", f"out 2026-11-0{day + 1} 06:00")]
    stays = stays_of(nights, RULES, local("2026-11-08 12:00"))
    assert sum((stay.duration for stay in stays), timedelta()) == timedelta(hours=40)
    assert [RULES.day_of(stay.began_at) for stay in stays] == [date(2026, 11, day) for day in range(2, 7)]


@pytest.mark.parametrize(
    ("now", "is_in"),
    [
        pytest.param("2026-11-02 23:59", True, id="before midnight"),
        pytest.param("2026-11-03 00:01", True, id="after midnight"),
        pytest.param("2026-11-03 14:00", True, id="as long as anybody stays"),
        pytest.param("2026-11-03 14:01", False, id="longer"),
    ],
)
def test_who_is_in_does_not_depend_on_the_date(now: str, is_in: bool) -> None:
    stays = stays_of(rows("in 2026-11-02 22:00"), RULES, local(now))
    assert (present_stay(stays) is not None) is is_in


@pytest.mark.parametrize(
    ("last", "now", "expected"),
    [
        pytest.param(None, "2026-11-02 09:00", IN, id="the first ever"),
        pytest.param("in 2026-11-02 22:00", "2026-11-03 06:00", OUT, id="home after the night"),
        pytest.param("in 2026-11-02 09:00", "2026-11-03 08:57", IN, id="the morning after a forgotten exit"),
        pytest.param("out 2026-11-02 12:00", "2026-11-02 13:00", IN, id="back from lunch"),
        pytest.param("out 2026-11-03 06:00", "2026-11-03 22:00", IN, id="the next night of the same date"),
    ],
)
def test_the_next_event(last: str | None, now: str, expected: EventType) -> None:
    row = rows(last)[0] if last else None
    assert RULES.next_type(row.event_type if row else None, row.timestamp if row else None, local(now)) is expected


@pytest.mark.parametrize(
    ("at", "day"),
    [
        pytest.param("2026-11-02 04:59", date(2026, 11, 1), id="still yesterday's"),
        pytest.param("2026-11-02 05:00", date(2026, 11, 2), id="today's"),
        pytest.param("2026-10-25 02:30", date(2026, 10, 24), id="in the hour that comes twice"),
    ],
)
def test_an_office_day_begins_when_the_office_says(at: str, day: date) -> None:
    rules = StayRules(timedelta(hours=16), time(5), BERLIN)
    assert rules.day_of(local(at)) == day
    assert rules.day_start_at(day) <= local(at) < rules.day_start_at(day + timedelta(days=1))


@given(st.lists(st.tuples(st.sampled_from([IN, OUT]), st.integers(0, 60 * 24 * 10)), max_size=30))
def test_stays_never_overlap_nor_last_too_long(drawn: list[tuple[EventType, int]]) -> None:
    start = local("2026-10-20 00:00")
    passages = [Row(kind, start + timedelta(minutes=minute)) for kind, minute in drawn]
    now = start + timedelta(days=10)
    stays = stays_of(passages, RULES, now)
    for earlier, later in pairwise(stays):
        assert (earlier.left_at or earlier.began_at) <= later.began_at
        assert not earlier.is_open, "only the last one can go on"
    assert all(timedelta() <= stay.duration <= RULES.longest + timedelta(minutes=2) for stay in stays)
