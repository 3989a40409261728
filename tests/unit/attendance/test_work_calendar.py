"""What holidays, moved days and shortened days make of schedules."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from db.calendar_days import CalendarDay
from kiosk.attendance.schedule_text import is_week, parse_plan
from kiosk.attendance.schedules import DAY_OFF, Schedule
from kiosk.attendance.work_calendar import HolidayConfig, public_holidays, with_calendar, work_calendar
from kiosk.domain.work_calendar import DayKind
from kiosk.errors import ConfigurationError

WEEK = "Mon-Thu 09:00-18:00 break 13:00-14:00, Fri 09:00-16:45 break 13:00-14:00"
FLEXIBLE = "Mon-Fri flexible 8:00 06:00-22:00"
ROTA = "08:00-20:00, off"


def planned(text: str, day: date, kind: DayKind) -> timedelta:
    schedule = Schedule(parse_plan(text), keeps_holidays=is_week(text))
    return with_calendar(schedule, {day: CalendarDay(day, kind)}).plan_of(day).norm


@pytest.mark.parametrize(
    ("text", "day", "kind", "hours"),
    [
        pytest.param(WEEK, date(2026, 11, 4), DayKind.HOLIDAY, 0, id="a holiday asks for nothing"),
        pytest.param(WEEK, date(2026, 11, 3), DayKind.SHORTENED, 7, id="a shortened day ends an hour earlier"),
        pytest.param(WEEK, date(2026, 11, 7), DayKind.WORKING, 6.75, id="a moved Saturday follows Friday's plan"),
        pytest.param(WEEK, date(2026, 11, 8), DayKind.SHORTENED, 0, id="a Sunday has nothing to shorten"),
        pytest.param(FLEXIBLE, date(2026, 11, 3), DayKind.SHORTENED, 7, id="flexible hours are an hour less"),
        pytest.param(FLEXIBLE, date(2026, 11, 4), DayKind.HOLIDAY, 0, id="flexible hours on a holiday"),
        pytest.param("Mon-Sun 00:00-00:30", date(2026, 11, 4), DayKind.SHORTENED, 0.5, id="nothing turns round"),
        pytest.param("Mon-Fri 16:00-00:30", date(2026, 11, 4), DayKind.SHORTENED, 7.5, id="an end past midnight"),
        pytest.param(ROTA, date(2026, 11, 4), DayKind.HOLIDAY, 12, id="a rota goes on through holidays"),
    ],
)
def test_calendar_changes_what_a_day_asks_for(text: str, day: date, kind: DayKind, hours: float) -> None:
    assert planned(text, day, kind) == timedelta(hours=hours)


def test_office_wins_over_the_country() -> None:
    first, last = date(2026, 11, 1), date(2026, 11, 30)
    own = [CalendarDay(date(2026, 11, 4), DayKind.WORKING), CalendarDay(date(2026, 11, 3), DayKind.SHORTENED, "short")]
    days = work_calendar(HolidayConfig("ru"), own, first, last)
    assert [(day.day, found.kind) for day, found in days.items()] == [(3, DayKind.SHORTENED), (4, DayKind.WORKING)]


def test_russian_holidays_have_the_days_that_the_government_moved_and_russian_names() -> None:
    days = public_holidays(HolidayConfig("RU", language="ru"), date(2026, 11, 1), date(2026, 12, 31))
    assert {day: found.name.split(" ")[0] for day, found in days.items()} == {
        date(2026, 11, 4): "День",
        date(2026, 12, 31): "Выходной",
    }


def test_region_has_holidays_of_its_own() -> None:
    day = date(2026, 11, 1)
    assert public_holidays(HolidayConfig("DE"), day, day) == {}
    assert [found.kind for found in public_holidays(HolidayConfig("DE", "BY"), day, day).values()] == [DayKind.HOLIDAY]
    assert public_holidays(HolidayConfig(), date(2026, 1, 1), date(2026, 12, 31)) == {}


@pytest.mark.parametrize("config", [HolidayConfig("XX"), HolidayConfig("DE", "??")], ids=["country", "region"])
def test_unknown_country_is_said_with_the_settings_to_mend(config: HolidayConfig) -> None:
    with pytest.raises(ConfigurationError, match="KIOSK_HOLIDAYS_COUNTRY takes codes like RU"):
        public_holidays(config, date(2026, 1, 1), date(2026, 1, 1))


def test_days_beside_the_calendar_stay_as_they_are() -> None:
    schedule = with_calendar(
        Schedule(parse_plan(WEEK)), {date(2026, 11, 4): CalendarDay(date(2026, 11, 4), DayKind.HOLIDAY)}
    )
    assert schedule.plan_of(date(2026, 11, 4)) == DAY_OFF
    assert schedule.plan_of(date(2026, 11, 5)).norm == timedelta(hours=8)
