"""Who is in, and hours by person and office day."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from db.departments import Departments
from kiosk.attendance.planned_days import PlannedDays
from kiosk.attendance.plans import Plans
from kiosk.attendance.presence import hours_by_day, present_entries
from kiosk.attendance.stays import StayRules
from kiosk.domain.attendance_log import LogEntry
from kiosk.domain.types import EventType, Method
from support.database_rows import trace

MOSCOW = ZoneInfo("Europe/Moscow")
NOTHING_PLANNED = PlannedDays(Plans((), (), Departments(), MOSCOW), {}, ())
RULES = StayRules(timedelta(hours=16), time(0), MOSCOW)
NOW = datetime(2025, 3, 3, 20, tzinfo=MOSCOW)


def entry(at: str, event_type: str, employee_id: int | None = 1, voided: bool = False, door: str = "door") -> LogEntry:
    """at: Moscow's time, `DD HH:MM` of March 2025."""
    timestamp = datetime.strptime(f"2025-03-{at}", "%Y-%m-%d %H:%M").replace(tzinfo=MOSCOW)
    kind = EventType(event_type)
    return LogEntry(trace(1), employee_id, "Anna", timestamp, kind, None, Method.API, door, voided, None)


@pytest.mark.parametrize(
    ("events", "hours", "complete"),
    [
        pytest.param([("03 09:00", "entry"), ("03 17:30", "exit")], 8.5, True, id="a whole day"),
        pytest.param(
            [("03 09:00", "entry"), ("03 12:00", "exit"), ("03 13:00", "entry"), ("03 17:00", "exit")], 7, True,
            id="with a break",
        ),
        pytest.param([("03 09:00", "entry")], 0, False, id="no exit"),
        pytest.param([("03 17:00", "exit")], 0, False, id="no entry"),
        pytest.param(
            [("03 09:00", "entry"), ("03 10:00", "entry"), ("03 12:00", "exit")], 2, False, id="exit forgotten"
        ),
        pytest.param(
            [("03 09:00", "entry"), ("03 12:00", "exit"), ("03 13:00", "exit")], 3, False, id="entry forgotten"
        ),
        pytest.param(
            [("03 09:00", "entry"), ("03 12:00", "exit"), ("03 13:00", "entry")], 3, False, id="still there"
        ),
        pytest.param([("02 22:00", "entry"), ("03 06:00", "exit")], 8, True, id="a night"),
    ],
)  # fmt: skip
def test_stays_are_summed(events: list[tuple[str, str]], hours: float, complete: bool) -> None:
    (day,) = hours_by_day([entry(at, kind) for at, kind in reversed(events)], RULES, NOTHING_PLANNED, NOW)
    assert (day.worked_s / 3600, day.complete) == (hours, complete)


def test_two_doors_that_see_one_stay_tell_when_it_began_and_ended() -> None:
    seen = [
        entry("03 09:00", "entry"), entry("03 09:10", "entry", door="inner"),
        entry("03 17:50", "exit", door="inner"), entry("03 18:00", "exit"),
    ]  # fmt: skip
    (day,) = hours_by_day(seen, RULES, NOTHING_PLANNED, NOW)
    assert (day.worked_s / 3600, day.complete) == (9, True)


def test_who_is_in_is_told_whatever_the_date() -> None:
    night, left = entry("02 22:00", "entry", 1), [entry("02 22:00", "entry", 2), entry("03 00:30", "exit", 2)]
    forgotten, future = entry("02 09:00", "entry", 3), entry("09 09:00", "entry", 4)
    voided, visitor = entry("03 00:00", "entry", 5, voided=True), entry("03 00:00", "entry", None)
    after_midnight = datetime(2025, 3, 3, 1, 30, tzinfo=MOSCOW)
    found = present_entries([night, *left, forgotten, future, voided, visitor], RULES, after_midnight)
    assert found == (night,)


@pytest.mark.parametrize(
    ("events", "first_entry", "last_exit"),
    [
        pytest.param([("03 09:00", "entry"), ("03 18:00", "exit")], "09:00", "18:00", id="a whole day"),
        pytest.param([("03 09:00", "entry")], "09:00", None, id="no exit"),
        pytest.param([("03 18:00", "exit")], None, "18:00", id="no entry"),
        pytest.param(
            [("03 09:00", "entry"), ("03 13:00", "exit"), ("03 14:00", "entry")], "09:00", "13:00",
            id="came back and stayed",
        ),
        pytest.param([("03 18:00", "exit"), ("03 09:00", "entry")], "09:00", "18:00", id="in any order"),
    ],
)  # fmt: skip
def test_a_day_tells_its_first_entry_and_last_exit(
    events: list[tuple[str, str]], first_entry: str | None, last_exit: str | None
) -> None:
    (day,) = hours_by_day([entry(at, kind) for at, kind in events], RULES, NOTHING_PLANNED, NOW)
    told = [None if at is None else f"{at:%H:%M}" for at in (day.first_entry_at, day.last_exit_at)]
    assert told == [first_entry, last_exit]


def test_without_events_there_are_no_days() -> None:
    assert hours_by_day([], RULES, NOTHING_PLANNED, NOW) == ()


def test_a_stay_belongs_to_the_office_day_on_which_it_began() -> None:
    rows = [
        entry("01 22:00", "entry"), entry("02 06:00", "exit"), entry("03 02:00", "entry"), entry("03 04:00", "exit"),
    ]  # fmt: skip

    def told(rules: StayRules, since: datetime | None = None) -> list[tuple[int, float]]:
        return [
            (day.day.day, day.worked_s / 3600) for day in hours_by_day(rows, rules, NOTHING_PLANNED, NOW, since=since)
        ]

    assert told(RULES) == [(1, 8), (3, 2)]
    assert told(StayRules(RULES.longest, time(5), MOSCOW)) == [(1, 8), (2, 2)]
    assert told(RULES, datetime(2025, 3, 2, tzinfo=MOSCOW)) == [(3, 2)]


def test_people_are_kept_apart_and_strangers_and_voided_events_left_out() -> None:
    events = [
        entry("03 09:00", "entry", 2), entry("03 09:30", "entry", 1), entry("03 10:00", "exit", 2),
        entry("03 11:00", "exit", None), entry("03 12:00", "exit", 1, voided=True),
    ]  # fmt: skip
    days = hours_by_day(events, RULES, NOTHING_PLANNED, NOW)
    assert [(day.employee_id, day.worked_s) for day in days] == [(1, 0), (2, 3600)]
