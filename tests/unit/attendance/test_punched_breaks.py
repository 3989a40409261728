"""Days on which people go out for their break and come in again, and those on which nobody saw that."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.attendance.day_account import Accountant, DayAccount
from kiosk.attendance.punched_breaks import with_missed_breaks
from kiosk.attendance.schedule_text import parse_plan
from kiosk.attendance.schedules import WorkRules
from kiosk.attendance.stays import Doubt, Stay

BERLIN = ZoneInfo("Europe/Berlin")
DAY = date(2026, 11, 2)
PUNCHED = "09:00-18:00 break 13:00-14:00 punched"
TWO = "08:00-20:00 break 12:00-13:00 punched break 16:00-16:15 punched"
MIXED = "08:00-18:00 break 10:00-10:15 break 13:00-14:00 punched"
NIGHT = "22:00-06:00 break 02:00-02:30 punched"


def stays(text: str) -> tuple[Stay, ...]:
    """Return stays written like `09:00-13:00`, with the reason for leaving after a slash; + is on the next day."""
    found = []
    for part in text.split():
        span, _, reason = part.partition("/")
        came, left = (_moment(at) for at in span.split("-"))
        found.append(Stay(came, left, reason=reason or None))
    return tuple(found)


def _moment(at: str) -> datetime:
    day = DAY + timedelta(days=at.endswith("+"))
    return datetime.fromisoformat(f"{day}T{at.rstrip('+')}").replace(tzinfo=BERLIN).astimezone(UTC)


def account(plan: str, *of_day: Stay) -> DayAccount:
    return Accountant(WorkRules(), BERLIN).account_of(DAY, of_day, parse_plan(plan)[0])


@pytest.mark.parametrize(
    ("plan", "events", "worked_h", "missed"),
    [
        pytest.param(PUNCHED, "09:00-13:00 14:00-18:00", 8, 0, id="as planned"),
        pytest.param(PUNCHED, "09:00-13:00 13:20-18:00", 8 + 2 / 3, 0, id="a shorter break is not made longer"),
        pytest.param(PUNCHED, "09:00-12:30 14:00-18:00", 7.5, 0, id="a longer one counts whole"),
        pytest.param(PUNCHED, "09:00-12:50 13:10-18:00", 8 + 2 / 3, 0, id="partly before the plan's"),
        pytest.param(PUNCHED, "09:00-18:00", 8, 1, id="neither exit nor entry: deducted, and asked"),
        pytest.param(PUNCHED, "09:00-14:30 15:30-18:00", 8, 0, id="as long, at another time"),
        pytest.param(PUNCHED, "09:00-15:00 15:05-18:00", 8 - 1 / 12, 1, id="a shorter errand is no break"),
        pytest.param(PUNCHED, "10:30-18:00", 6.5, 1, id="coming late is no break"),
        pytest.param(PUNCHED, "09:00-12:00", 3, 0, id="gone before the break"),
        pytest.param(PUNCHED, "09:00-13:30", 4.5, 0, id="gone in the break"),
        pytest.param(PUNCHED, "13:30-18:00", 4.5, 0, id="came in the break"),
        pytest.param(PUNCHED, "", 0, 0, id="nobody came"),
        pytest.param(TWO, "08:00-12:00 13:00-20:00", 10.75, 1, id="one of two"),
        pytest.param(TWO, "08:00-20:00", 10.75, 2, id="neither of two"),
        pytest.param(TWO, "08:00-14:00 15:00-20:00", 10.75, 1, id="one time away is one break"),
        pytest.param(MIXED, "08:00-13:00 14:00-18:00", 8.75, 0, id="another break is deducted by itself"),
        pytest.param(NIGHT, "22:00-02:00+ 02:25+-06:00+", 7 + 35 / 60, 0, id="a night"),
        pytest.param(NIGHT, "22:00-06:00+", 7.5, 1, id="right through a night"),
        pytest.param(f"{PUNCHED} paid break", "09:00-13:00/break 14:00-18:00", 8, 0, id="a planned break is not paid"),
        pytest.param(f"{PUNCHED} paid trip", "09:00-14:30/trip 16:00-18:00", 8, 1, id="paid time away is no break"),
        pytest.param(f"{PUNCHED} paid trip", "09:00-12:00/trip 15:00-18:00", 8, 0, id="on a trip in the break"),
    ],
)
def test_a_day_with_a_punched_break(plan: str, events: str, worked_h: float, missed: int) -> None:
    found = account(plan, *stays(events))
    assert found.worked / timedelta(hours=1) == pytest.approx(worked_h)
    assert len(found.missed_breaks) == missed
    assert found.doubts == ((Doubt.BREAK_MISSING,) if missed else ())


def test_a_stay_still_going_on_is_not_asked_yet() -> None:
    found = account(PUNCHED, Stay(_moment("09:00"), None))
    assert (found.worked, found.doubts) == (timedelta(), ())


def test_an_automatic_exit_is_asked_first_and_the_break_with_it() -> None:
    stay = Stay(_moment("09:00"), _moment("18:00"), Doubt.EXIT_AUTOMATIC)
    found = account(PUNCHED, stay)
    assert (found.worked, found.doubts) == (timedelta(hours=8), (Doubt.EXIT_AUTOMATIC, Doubt.BREAK_MISSING))
    assert with_missed_breaks([stay], found.missed_breaks) == (stay,)


def test_only_the_stay_that_goes_through_the_break_is_asked() -> None:
    of_day = stays("08:00-12:00 13:00-20:00")
    asked = with_missed_breaks(of_day, account(TWO, *of_day).missed_breaks)
    assert [stay.doubt for stay in asked] == [None, Doubt.BREAK_MISSING]
    assert all(stay.is_question is (stay.doubt is not None) for stay in asked)
