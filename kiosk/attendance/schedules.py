"""What people are planned to work: shifts with breaks, flexible days, weeks and rotas.

Pure; times are the office's local ones.

A day's plan belongs to the office day on which it begins, also where a shift ends on the next day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kiosk.attendance.intervals import Interval, Intervals, union


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A stretch of local time. ends: at or before starts means on the next day, so that 08:00-08:00 is 24 hours."""

    starts: time
    ends: time

    @property
    def nominal(self) -> timedelta:
        """Its length by the clock on the wall."""
        day = date(2000, 1, 1)
        length = datetime.combine(day, self.ends) - datetime.combine(day, self.starts)
        return length if length > timedelta() else length + timedelta(days=1)

    def on(self, day: date, zone: ZoneInfo) -> Interval:
        """Return the moments, UTC, at which the wall's clock shows its beginning and its end."""
        ends_on = day if self.ends > self.starts else day + timedelta(days=1)
        return _moment(day, self.starts, zone), _moment(ends_on, self.ends, zone)


@dataclass(frozen=True, slots=True)
class Shift:
    """A stretch that is worked, and its unpaid breaks.

    Attributes:
        span: from when to when.
        breaks: unpaid stretches inside, taken away by themselves as far as somebody was there.
        punched: unpaid stretches for which people go out and come in again; only the time away is not worked.
    """

    span: TimeSpan
    breaks: tuple[TimeSpan, ...] = ()
    punched: tuple[TimeSpan, ...] = ()

    @property
    def norm(self) -> timedelta:
        """How long is to be worked, by the clock on the wall."""
        return self.span.nominal - sum((pause.nominal for pause in (*self.breaks, *self.punched)), timedelta())

    def breaks_on(self, day: date, zone: ZoneInfo) -> Intervals:
        """Return the breaks that are deducted from the shift that begins on a day.

        A break lasts as long as its plan says, also on the night on which its hour comes twice, or not at all.
        """
        return self._moments(self.breaks, day, zone)

    def punched_on(self, day: date, zone: ZoneInfo) -> Intervals:
        """Return when the breaks that are punched are planned in the shift that begins on a day; as breaks_on."""
        return self._moments(self.punched, day, zone)

    def _moments(self, pauses: tuple[TimeSpan, ...], day: date, zone: ZoneInfo) -> Intervals:
        found = []
        for pause in pauses:
            pause_day = day if pause.starts >= self.span.starts else day + timedelta(days=1)
            starts_at = _moment(pause_day, pause.starts, zone)
            found.append((starts_at, starts_at + pause.nominal))
        return union(found)


@dataclass(frozen=True, slots=True)
class Flexible:
    """A day whose hours people choose.

    Attributes:
        norm: how long is to be worked.
        window: within which time counts.
        core: during which everybody has to be there; None for none.
        unpaid: taken away from whoever worked longer than unpaid_after.
        unpaid_after: see unpaid.
    """

    norm: timedelta
    window: TimeSpan
    core: TimeSpan | None = None
    unpaid: timedelta = timedelta()
    unpaid_after: timedelta = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class PaidReason:
    """A reason for leaving whose time away counts as worked, as far as it lies inside the plan.

    Attributes:
        reason: its code.
        up_to: how much of a day's counts; None for all of it, also when the person does not come back.
    """

    reason: str
    up_to: timedelta | None = None


@dataclass(frozen=True, slots=True)
class DayPlan:
    """What one day asks for: shifts, or flexible hours, or nothing on a day off.

    Attributes:
        paid: what of the time away is paid.
    """

    shifts: tuple[Shift, ...] = ()
    flexible: Flexible | None = None
    paid: tuple[PaidReason, ...] = ()

    @property
    def is_day_off(self) -> bool:
        return not self.shifts and self.flexible is None

    @property
    def norm(self) -> timedelta:
        """How long is to be worked, by the clock on the wall."""
        if self.flexible is not None:
            return self.flexible.norm
        return sum((shift.norm for shift in self.shifts), timedelta())


DAY_OFF = DayPlan()


@dataclass(frozen=True, slots=True)
class WorkRules:
    """How a schedule's times are counted.

    Attributes:
        grace: within it before or after a planned time nothing is late, early or overtime.
        rounding: worked time is rounded down to a multiple of this.
        night: stretch in which worked time is night work.
        overtime_factor: how many times overtime is paid.
    """

    grace: timedelta = timedelta()
    rounding: timedelta = timedelta(minutes=1)
    night: TimeSpan = TimeSpan(time(22), time(6))
    overtime_factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Schedule:
    """Which plan holds on which day.

    Attributes:
        cycle: plans that repeat, one a day; a week has seven, beginning on Monday.
        starts_on: a day on which the cycle's first plan holds.
        rules: how its times are counted.
        keeps_holidays: whether the office's calendar changes it; a rota goes on through holidays.
        exceptions: days with a plan of their own, such as holidays and days moved; they win over the cycle.
    """

    cycle: tuple[DayPlan, ...]
    starts_on: date = date(2024, 1, 1)  # a Monday
    rules: WorkRules = WorkRules()
    keeps_holidays: bool = True
    exceptions: Mapping[date, DayPlan] | None = None

    def plan_of(self, day: date) -> DayPlan:
        """Return what an office day asks for."""
        if self.exceptions is not None and day in self.exceptions:
            return self.exceptions[day]
        return self.cycle_plan_of(day)

    def cycle_plan_of(self, day: date) -> DayPlan:
        """Return what the cycle asks for on an office day, exceptions left aside."""
        return self.cycle[(day - self.starts_on).days % len(self.cycle)] if self.cycle else DAY_OFF


def night_intervals(span: TimeSpan, since: datetime, until: datetime, zone: ZoneInfo) -> Intervals:
    """Return the nights that reach into a stretch of time."""
    first = since.astimezone(zone).date() - timedelta(days=1)
    days = range((until.astimezone(zone).date() - first).days + 1)
    return union(span.on(first + timedelta(days=count), zone) for count in days)


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The first one where the hour comes twice; where it is left out, as long after the time before."""
    return datetime.combine(day, at, zone).astimezone(UTC)
