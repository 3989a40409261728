"""Hours by person and day."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from kiosk.attendance.hours import hours_by_day
from kiosk.domain.attendance_log import LogEntry
from kiosk.domain.types import EventType, Method
from support.people import trace

MOSCOW = ZoneInfo("Europe/Moscow")


def entry(at: str, event_type: str, employee_id: int | None = 1, voided: bool = False) -> LogEntry:
    """at: Moscow's time, `DD HH:MM` of March 2025."""
    timestamp = datetime.strptime(f"2025-03-{at}", "%Y-%m-%d %H:%M").replace(tzinfo=MOSCOW)
    kind = EventType(event_type)
    return LogEntry(trace(1), employee_id, "Anna", timestamp, kind, None, Method.API, "door", voided, None)


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
        pytest.param([("03 09:00", "entry"), ("03 10:00", "entry"), ("03 12:00", "exit")], 3, True, id="two doors"),
        pytest.param([("03 09:00", "entry"), ("03 12:00", "exit"), ("03 13:00", "exit")], 3, True, id="exit twice"),
        pytest.param(
            [("03 09:00", "entry"), ("03 12:00", "exit"), ("03 13:00", "entry")], 3, False, id="still there"
        ),
    ],
)  # fmt: skip
def test_stays_are_summed(events: list[tuple[str, str]], hours: float, complete: bool) -> None:
    (day,) = hours_by_day([entry(at, kind) for at, kind in reversed(events)], MOSCOW)
    assert (day.worked_s / 3600, day.complete) == (hours, complete)


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
    (day,) = hours_by_day([entry(at, kind) for at, kind in events], MOSCOW)
    told = [None if at is None else f"{at:%H:%M}" for at in (day.first_entry_at, day.last_exit_at)]
    assert told == [first_entry, last_exit]


def test_without_events_there_are_no_days() -> None:
    assert hours_by_day([], MOSCOW) == ()


def test_days_begin_where_the_office_is() -> None:
    days = hours_by_day([entry("03 23:00", "entry"), entry("04 01:00", "exit")], MOSCOW)
    assert [(day.day.day, day.worked_s, day.complete) for day in days] == [(3, 0, False), (4, 0, False)]


def test_people_are_kept_apart_and_strangers_and_voided_events_left_out() -> None:
    events = [
        entry("03 09:00", "entry", 2), entry("03 09:30", "entry", 1), entry("03 10:00", "exit", 2),
        entry("03 11:00", "exit", None), entry("03 12:00", "exit", 1, voided=True),
    ]  # fmt: skip
    days = hours_by_day(events, MOSCOW)
    assert [(day.employee_id, day.worked_s) for day in days] == [(1, 0), (2, 3600)]
