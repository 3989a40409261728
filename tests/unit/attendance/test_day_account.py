"""Worked days and nights against accounts that were worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.attendance.day_account import Accountant, DayAccount
from kiosk.attendance.schedules import DAY_OFF, DayPlan, Flexible, Schedule, Shift, TimeSpan, WorkRules
from kiosk.attendance.stays import Doubt, Stay

BERLIN = ZoneInfo("Europe/Berlin")
GRACE = timedelta(minutes=15)


def span(text: str) -> TimeSpan:
    starts, ends = (time.fromisoformat(part) for part in text.split("-"))
    return TimeSpan(starts, ends)


def shifts(*texts: str, breaks: tuple[str, ...] = ()) -> DayPlan:
    return DayPlan(tuple(Shift(span(text), tuple(span(pause) for pause in breaks)) for text in texts))


OFFICE = shifts("08:00-17:00", breaks=("12:00-13:00",))
NIGHT = shifts("22:00-06:00", breaks=("02:00-02:30",))
DUTY = shifts("08:00-08:00", breaks=("13:00-14:00", "20:00-21:00"))
SPLIT = shifts("08:00-12:00", "16:00-20:00")
FLEXIBLE = DayPlan(
    flexible=Flexible(timedelta(hours=8), span("06:00-22:00"), span("11:00-15:00"), unpaid=timedelta(minutes=30))
)
RULES = WorkRules(grace=GRACE, overtime_factor=2.0)


def stays(day: str, text: str) -> tuple[Stay, ...]:
    """Return stays written like `09:00-18:00` or `09:00-`; an earlier end, or one with +, is on the next day."""
    found = []
    for part in text.split():
        starts, _, ends = part.partition("-")
        began = datetime.fromisoformat(f"{day}T{starts}").replace(tzinfo=BERLIN)
        if not ends:
            found.append(Stay(began.astimezone(UTC), None, Doubt.EXIT_MISSING))
            continue
        ended = datetime.fromisoformat(f"{day}T{ends.rstrip('+')}").replace(tzinfo=BERLIN)
        if ended <= began or ends.endswith("+"):
            ended += timedelta(days=1)
        found.append(Stay(began.astimezone(UTC), ended.astimezone(UTC)))
    return tuple(found)


def account(day: str, text: str, plan: DayPlan | None, rules: WorkRules = RULES) -> DayAccount:
    return Accountant(rules, BERLIN).account_of(date.fromisoformat(day), stays(day, text), plan)


def hours(value: timedelta) -> str:
    sign, minutes = ("-", -value) if value < timedelta() else ("", value)
    whole, rest = divmod(minutes // timedelta(minutes=1), 60)
    return f"{sign}{whole}:{rest:02}"


@pytest.mark.parametrize(
    ("day", "events", "plan", "expected"),
    [
        pytest.param("2026-11-02", "07:58-17:03", OFFICE, {"worked": "8:00"}, id="A1 within the grace"),
        pytest.param("2026-11-02", "08:14-17:00", OFFICE, {"worked": "7:46"}, id="A2 late within the grace"),
        pytest.param("2026-11-02", "08:16-17:00", OFFICE, {"worked": "7:44", "late": "0:16"}, id="A3 late"),
        pytest.param(
            "2026-11-02", "08:00-19:30", OFFICE,
            {"worked": "8:00", "overtime": "2:30", "overtime_paid": "5:00"}, id="A4 overtime",
        ),
        pytest.param("2026-11-02", "08:00-12:30", OFFICE, {"worked": "4:00", "left_early": "4:30"}, id="A5 left early"),
        pytest.param(
            "2026-11-07", "22:10-02:40", DAY_OFF,
            {"overtime": "4:30", "overtime_paid": "9:00", "night": "4:30"}, id="A6 a night on a day off",
        ),
        pytest.param("2026-11-02", "09:00-", OFFICE, {"late": "1:00"}, id="A7 exit forgotten"),
        pytest.param("2026-11-02", "21:52-06:05", NIGHT, {"worked": "7:30", "night": "7:30"}, id="N1 a night"),
        pytest.param(
            "2026-10-24", "22:00-06:00", NIGHT, {"worked": "8:30", "night": "8:30"}, id="N2 the clock goes back"
        ),
        pytest.param(
            "2026-03-28", "22:00-06:00", NIGHT, {"worked": "6:30", "night": "6:30"}, id="N3 the clock goes forward"
        ),
        pytest.param("2026-11-02", "07:55-08:10+", DUTY, {"worked": "22:00", "night": "8:00"}, id="a duty of 24 hours"),
        pytest.param("2026-11-02", "07:59-12:01 15:58-20:02", SPLIT, {"worked": "8:00"}, id="a split shift"),
        pytest.param("2026-11-02", "10:40-19:10", FLEXIBLE, {"worked": "8:00"}, id="flexible"),
        pytest.param(
            "2026-11-02", "11:10-19:40", FLEXIBLE, {"worked": "8:00", "core_missed": "0:10"}, id="core time missed"
        ),
        pytest.param("2026-11-02", "22:00-06:00", None, {"worked": "8:00", "night": "8:00"}, id="without a plan"),
        pytest.param("2026-11-02", "09:00-13:00 13:20-18:00", None, {"worked": "8:40"}, id="without a plan, a break"),
        pytest.param("2026-11-02", "06:00-17:00", OFFICE, {"worked": "8:00"}, id="hours before the plan do not count"),
        pytest.param(
            "2026-11-02", "08:00-11:00 11:30-17:00", OFFICE, {"worked": "7:30"}, id="away in the middle is not early"
        ),
        pytest.param(
            "2026-11-02", "08:30-12:00 16:30-20:00", SPLIT, {"worked": "7:00", "late": "1:00"}, id="late twice"
        ),
        pytest.param("2026-11-02", "", OFFICE, {}, id="absent"),
    ],
)  # fmt: skip
def test_a_day(day: str, events: str, plan: DayPlan | None, expected: dict[str, str]) -> None:
    found = account(day, events, plan)
    figures = ("worked", "late", "left_early", "overtime", "overtime_paid", "night", "core_missed")
    told = {name: hours(getattr(found, name)) for name in figures if getattr(found, name)}
    assert told == expected
    assert found.is_absent is (not events)


@pytest.mark.parametrize(
    ("events", "balance"),
    [
        pytest.param("10:40-19:10", "0:00", id="even"),
        pytest.param("10:40-17:10", "-2:00", id="owing"),
        pytest.param("05:00-23:00", "7:30", id="the window alone counts"),
    ],
)
def test_the_balance_of_flexible_hours(events: str, balance: str) -> None:
    assert hours(account("2026-11-02", events, FLEXIBLE).balance) == balance


def test_what_is_doubtful_is_told_and_counts_nothing() -> None:
    found = account("2026-11-02", "09:00-", OFFICE)
    assert (found.worked, found.doubts) == (timedelta(), (Doubt.EXIT_MISSING,))
    assert account("2026-11-07", "22:10-02:40", DAY_OFF).works_on_day_off


def test_minutes_are_those_that_the_clock_showed() -> None:
    began, ended = datetime(2026, 11, 2, 8, 0, 59, tzinfo=UTC), datetime(2026, 11, 2, 9, 0, 1, tzinfo=UTC)
    found = Accountant(WorkRules(), ZoneInfo("UTC")).account_of(began.date(), [Stay(began, ended)], None)
    assert found.worked == timedelta(hours=1)


def test_worked_time_is_rounded_down_to_what_the_schedule_says() -> None:
    rules = WorkRules(grace=GRACE, rounding=timedelta(minutes=15))
    assert hours(account("2026-11-02", "08:16-17:00", OFFICE, rules).worked) == "7:30"


def test_a_rota_repeats_and_holidays_win() -> None:
    day_shift, night_shift = shifts("08:00-20:00"), shifts("20:00-08:00")
    rota = Schedule(
        (day_shift, night_shift, DAY_OFF, DAY_OFF), date(2026, 1, 1), exceptions={date(2026, 1, 5): DAY_OFF}
    )
    plans = [rota.plan_of(date(2026, 1, 1) + timedelta(days=days)) for days in range(-1, 6)]
    assert plans == [DAY_OFF, day_shift, night_shift, DAY_OFF, DAY_OFF, DAY_OFF, night_shift]
    week = Schedule((OFFICE,) * 5 + (DAY_OFF,) * 2)
    assert [week.plan_of(date(2026, 11, day)).is_day_off for day in (6, 7, 8, 9)] == [False, True, True, False]


def test_three_duties_of_24_hours() -> None:
    days = [account(f"2026-11-{day:02}", "07:55-08:10+", DUTY) for day in (2, 5, 8)]
    assert [hours(day.worked) for day in days] == ["22:00"] * 3
    assert not any(day.overtime or day.late or day.left_early for day in days)
