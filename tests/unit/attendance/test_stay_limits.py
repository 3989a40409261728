"""Until when a stay may last by what somebody is planned to work."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from db.departments import Departments
from db.schedules import Assignment, StoredSchedule
from kiosk.attendance.plans import Plans
from kiosk.attendance.stays import StayRules
from kiosk.domain.types import EventType

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 11, 2)
WEEK, NIGHTS, SPLIT = "Mon-Fri 08:00-17:00", "22:00-06:00", "08:00-12:00+16:00-20:00"
DUTY = "08:00-08:00, off, off, off"
TURNS = "08:00-20:00, 20:00-08:00, off, off"
QUICK = "14:00-22:00, 06:00-14:00"
TOUCHING, ALWAYS = "08:00-20:00, 20:00-08:00", "08:00-08:00"


def local(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=BERLIN).astimezone(UTC)


def rules(plan: str) -> StayRules:
    plans = Plans(
        [StoredSchedule("plan", plan, MONDAY)], [Assignment("plan", 1, None, date(2026, 1, 1))], Departments(), BERLIN
    )
    return StayRules(timedelta(hours=16), time(0), BERLIN, plans)


@pytest.mark.parametrize(
    ("plan", "came", "until"),
    [
        pytest.param(WEEK, "2026-11-02 07:58", "2026-11-02 23:00", id="six hours past the shift"),
        pytest.param(WEEK, "2026-11-02 03:00", "2026-11-02 23:00", id="some hours before it"),
        pytest.param(WEEK, "2026-11-02 17:03", "2026-11-03 06:00", id="after the shift, until the next one"),
        pytest.param(WEEK, "2026-11-07 22:10", "2026-11-08 14:10", id="a day off, as anybody may stay"),
        pytest.param(WEEK, "2026-11-08 22:10", "2026-11-09 06:00", id="a day off before a shift"),
        pytest.param(NIGHTS, "2026-11-02 21:52", "2026-11-03 12:00", id="a night"),
        pytest.param(NIGHTS, "2026-11-03 06:05", "2026-11-03 20:00", id="an exit whose entry was forgotten"),
        pytest.param(NIGHTS, "2026-10-24 22:00", "2026-10-25 12:00", id="the night on which the clock goes back"),
        pytest.param(SPLIT, "2026-11-02 07:59", "2026-11-02 14:00", id="halfway to the second part"),
        pytest.param(SPLIT, "2026-11-02 12:02", "2026-11-02 14:01", id="between the parts, not into the second"),
        pytest.param(SPLIT, "2026-11-02 15:58", "2026-11-03 02:00", id="the second part"),
        pytest.param(DUTY, "2026-11-02 07:55", "2026-11-03 14:00", id="a duty of 24 hours"),
        pytest.param(DUTY, "2026-11-04 09:00", "2026-11-05 01:00", id="free days between duties"),
        pytest.param(TURNS, "2026-11-03 19:50", "2026-11-04 14:00", id="two by two"),
        pytest.param(QUICK, "2026-11-02 13:50", "2026-11-03 02:00", id="eight hours until the next shift"),
        pytest.param(TOUCHING, "2026-11-03 20:00", "2026-11-05 02:00", id="shifts that touch are one"),
        pytest.param(ALWAYS, "2026-11-02 08:00", "2026-11-04 08:00", id="a plan without an end: two days"),
        pytest.param("flexible 8:00 06:00-22:00", "2026-11-02 10:40", "2026-11-03 02:00", id="a flexible day"),
        pytest.param("off", "2026-11-02 10:00", "2026-11-03 02:00", id="nothing but days off"),
    ],
)
def test_until_when_a_stay_may_last(plan: str, came: str, until: str) -> None:
    assert rules(plan).of(1).latest_end(local(came)) == local(until)


def test_whoever_has_no_schedule_may_stay_as_the_setting_says() -> None:
    office = rules(WEEK)
    came = local("2026-11-02 07:58")
    for whose in (office, office.of(None), office.of(2)):
        assert whose.latest_end(came) == came + timedelta(hours=16)


@pytest.mark.parametrize(
    ("plan", "last", "now", "expected"),
    [
        pytest.param(DUTY, "in 2026-11-02 07:55", "2026-11-03 08:10", "exit", id="a duty ends"),
        pytest.param(DUTY, "in 2026-11-02 07:55", "2026-11-06 07:56", "entry", id="its exit was forgotten"),
        pytest.param(SPLIT, "in 2026-11-02 07:59", "2026-11-02 15:58", "entry", id="the first part's was forgotten"),
        pytest.param(
            WEEK, "in 2026-11-02 17:03", "2026-11-03 07:58", "entry", id="an entry was forgotten the day before"
        ),
        pytest.param(NIGHTS, "in 2026-11-02 22:00", "2026-11-03 21:50", "entry", id="a night's was forgotten"),
        pytest.param(WEEK, "in 2026-11-02 08:00", "2026-11-02 19:30", "exit", id="overtime"),
    ],
)
def test_the_next_event_follows_from_the_plan(plan: str, last: str, now: str, expected: str) -> None:
    kind, moment = last.split(" ", 1)
    last_type = EventType.ENTRY if kind == "in" else EventType.EXIT
    assert rules(plan).of(1).next_type(last_type, local(moment), local(now)) == expected
