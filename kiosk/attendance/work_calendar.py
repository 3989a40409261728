"""Holidays of the country with the office's own days on top, and what they make of a schedule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import holidays

from db.calendar_days import CalendarDay
from kiosk.attendance.schedules import DAY_OFF, DayPlan, Schedule, Shift, TimeSpan
from kiosk.domain.work_calendar import DayKind
from kiosk.errors import ConfigurationError

SHORTER_BY = timedelta(hours=1)
SEARCHED_DAYS = 7


@dataclass(frozen=True, slots=True)
class HolidayConfig:
    """Whose holidays hold.

    Attributes:
        country: its code, such as RU; empty for none.
        region: its code, such as BY for Bavaria; empty for the whole country.
        language: of the names, where the country's holidays have them in it.
    """

    country: str = ""
    region: str = ""
    language: str = "en"


def public_holidays(config: HolidayConfig, first: date, last: date) -> Mapping[date, CalendarDay]:
    """Return the country's holidays from first to last, days moved by the government among them.

    Raises ConfigurationError for a country or region that is not known.
    """
    if not config.country:
        return {}
    country, years = config.country.upper(), range(first.year, last.year + 1)
    try:
        found = holidays.country_holidays(country, subdiv=config.region or None, years=years)
    except NotImplementedError as error:
        raise ConfigurationError(
            f"no holidays are known of {country} {config.region}".rstrip()
            + "; KIOSK_HOLIDAYS_COUNTRY takes codes like RU or DE, KIOSK_HOLIDAYS_REGION those of its regions, like BY"
        ) from error
    language = next((name for name in found.supported_languages if name.startswith(config.language)), None)
    named = holidays.country_holidays(country, subdiv=config.region or None, years=years, language=language)
    return {day: CalendarDay(day, DayKind.HOLIDAY, name) for day, name in named.items() if first <= day <= last}


def work_calendar(
    config: HolidayConfig, own: Iterable[CalendarDay], first: date, last: date
) -> dict[date, CalendarDay]:
    """Return the days that differ from any schedule, the office's own in the place of the country's."""
    days = {**public_holidays(config, first, last), **{found.day: found for found in own}}
    return dict(sorted(days.items()))


def with_calendar(schedule: Schedule, days: Mapping[date, CalendarDay]) -> Schedule:
    """Return a weekly schedule that keeps the calendar; a rota goes on through it, as guards and nurses do."""
    if not schedule.keeps_holidays:
        return schedule
    return replace(schedule, exceptions={day: _plan(schedule, found) for day, found in days.items()})


def _plan(schedule: Schedule, found: CalendarDay) -> DayPlan:
    match found.kind:
        case DayKind.HOLIDAY:
            return DAY_OFF
        case DayKind.SHORTENED:
            return shortened(schedule.cycle_plan_of(found.day))
        case DayKind.WORKING:
            before = (schedule.cycle_plan_of(found.day - timedelta(days=back)) for back in range(SEARCHED_DAYS))
            return next((plan for plan in before if not plan.is_day_off), DAY_OFF)


def shortened(plan: DayPlan) -> DayPlan:
    """Return a plan that ends an hour earlier; a flexible one asks for an hour less."""
    if plan.flexible is not None:
        return DayPlan(flexible=replace(plan.flexible, norm=max(plan.flexible.norm - SHORTER_BY, timedelta())))
    if not plan.shifts or plan.shifts[-1].span.nominal <= SHORTER_BY:
        return plan
    *others, last = plan.shifts
    return DayPlan((*others, _ending_earlier(last)))


def _ending_earlier(shift: Shift) -> Shift:
    ends = (datetime.combine(date(2000, 1, 1), shift.span.ends) - SHORTER_BY).time()
    return replace(shift, span=TimeSpan(shift.span.starts, ends))
