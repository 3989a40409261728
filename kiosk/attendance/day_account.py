"""One person's office day: what was planned, what was worked, and how the two differ. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import zip_longest
from zoneinfo import ZoneInfo

from kiosk.attendance.intervals import Interval, Intervals, difference, intersection, length, union
from kiosk.attendance.punched_breaks import missed_breaks
from kiosk.attendance.schedules import DayPlan, Flexible, Shift, WorkRules, night_intervals
from kiosk.attendance.stay_limits import BEFORE_THE_SHIFT
from kiosk.attendance.stays import Doubt, Stay
from kiosk.domain.work_calendar import AbsenceKind

NOTHING = timedelta()


@dataclass(frozen=True, slots=True)
class DayAccount:
    """One office day of one person; all times are to the minute.

    Attributes:
        day: the office day.
        planned: how long the plan asks for.
        present: time between entries and exits, whatever the plan says.
        worked: time inside the plan, less unpaid breaks; the present time on a day without any plan.
        night: worked time and overtime that lies at night.
        late: from the planned beginning, where it is more than the grace.
        left_early: until the planned end, where it is more than the grace.
        overtime: past the planned end, where it is more than the grace, and all work on a day off.
        overtime_paid: overtime times its factor.
        core_missed: time of the core hours in which the person was away.
        balance: worked less planned, of flexible hours.
        away: time between an exit with a reason and the entry that ended it.
        away_by_reason: the same by the reason's code, in the order in which they came.
        overtime_night: overtime that lies at night.
        is_attended: there is an entry or exit.
        works_on_day_off: somebody worked although the plan gives the day off.
        is_absent: something was planned, and the person never came.
        holiday: name of the day in the office's calendar; None for a day like others.
        is_holiday: the calendar gives the day off.
        absence: why the person is away with the office's knowledge; nothing is missing then.
        absence_code: letters of the form T-13, where those of the absence's kind do not fit.
        missed_breaks: breaks to be punched for which nobody went out; they are deducted as planned.
        doubts: what is not known; nothing of a stay without its entry or exit is counted.
    """

    day: date
    planned: timedelta = NOTHING
    present: timedelta = NOTHING
    worked: timedelta = NOTHING
    night: timedelta = NOTHING
    late: timedelta = NOTHING
    left_early: timedelta = NOTHING
    overtime: timedelta = NOTHING
    overtime_paid: timedelta = NOTHING
    core_missed: timedelta = NOTHING
    balance: timedelta = NOTHING
    away: timedelta = NOTHING
    away_by_reason: tuple[tuple[str, timedelta], ...] = ()
    overtime_night: timedelta = NOTHING
    is_attended: bool = False
    works_on_day_off: bool = False
    is_absent: bool = False
    holiday: str | None = None
    is_holiday: bool = False
    absence: AbsenceKind | None = None
    absence_code: str | None = None
    missed_breaks: Intervals = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Accountant:
    """Counts office days by one schedule's rules. zone: the office's."""

    rules: WorkRules
    zone: ZoneInfo

    def account_of(
        self, day: date, stays: Sequence[Stay], plan: DayPlan | None, absence: AbsenceKind | None = None
    ) -> DayAccount:
        """Return the account of an office day.

        Args:
            day: the office day.
            stays: those that belong to it, in order; one that is open or doubtful counts no time.
            plan: what the day asks for; None for people without a schedule, whose present time is what they worked.
            absence: why the person is away with the office's knowledge: nothing is asked for, late or missed then.
        """
        account = self._account_of(day, stays, plan)
        if absence is None:
            return account
        return replace(
            account,
            planned=NOTHING,
            late=NOTHING,
            left_early=NOTHING,
            core_missed=NOTHING,
            balance=NOTHING,
            is_absent=False,
            absence=absence,
        )

    def missed_breaks(self, day: date, stays: Sequence[Stay], plan: DayPlan) -> Intervals:
        """Return the breaks to be punched for which nobody went out; arguments as of account_of."""
        if not any(shift.punched for shift in plan.shifts):
            return ()
        there = _there(stays)
        return missed_breaks(day, plan.shifts, there, self._with_paid(day, there, times_away(stays), plan), self.zone)

    def _account_of(self, day: date, stays: Sequence[Stay], plan: DayPlan | None) -> DayAccount:
        there, absences = _there(stays), times_away(stays)
        counting = there if plan is None else self._with_paid(day, there, absences, plan)
        if plan is None:
            account = self._counted(day, there, there, ())
        elif plan.flexible is not None:
            account = self._of_flexible(day, counting, plan.flexible)
        elif plan.shifts:
            account = self._of_shifts(
                day, there, counting, plan.shifts, _first_entry(stays, plan.shifts[0].span.on(day, self.zone)[0])
            )
        else:
            account = replace(self._counted(day, there, (), there), works_on_day_off=bool(stays))
        by_reason = _by_reason(absences)
        return replace(
            account,
            present=length(there),
            away=sum(by_reason.values(), NOTHING),
            away_by_reason=tuple(by_reason.items()),
            is_attended=bool(stays),
            is_absent=plan is not None and not plan.is_day_off and not stays,
            planned=NOTHING if plan is None else plan.norm,
            doubts=(
                *(stay.doubt for stay in stays if stay.doubt is not None and stay.doubt is not Doubt.BREAK_MISSING),
                *([Doubt.BREAK_MISSING] if account.missed_breaks else ()),
            ),
        )

    def _with_paid(self, day: date, there: Intervals, absences: Sequence[TimeAway], plan: DayPlan) -> Intervals:
        """Return the time there and the time away that is paid, up to the plan's end where nobody came back."""
        ends = [shift.span.on(day, self.zone)[1] for shift in plan.shifts]
        if plan.flexible is not None:
            ends.append(plan.flexible.window.on(day, self.zone)[1])
        counting = list(there)
        for paid in plan.paid:
            left = paid.up_to
            for absence in (absence for absence in absences if absence.reason == paid.reason):
                if absence.back_at is None and left is None and plan.flexible is None:
                    counting.append((absence.left_at, max([absence.left_at, *ends])))
                elif absence.back_at is not None:
                    away = absence.back_at - absence.left_at
                    counted = away if left is None else min(away, left)
                    left = None if left is None else left - counted
                    counting.append((absence.left_at, absence.left_at + counted))
        return union(counting)

    def _counted(self, day: date, there: Intervals, worked: Intervals, overtime: Intervals) -> DayAccount:
        paid, over, night, overtime_night = union((*worked, *overtime)), length(overtime), NOTHING, NOTHING
        if paid:
            nights = night_intervals(self.rules.night, paid[0][0], paid[-1][1], self.zone)
            night, overtime_night = (length(intersection(part, nights)) for part in (paid, overtime))
        return DayAccount(
            day,
            present=length(there),
            worked=self._rounded(length(worked)),
            night=night,
            overtime=over,
            overtime_night=overtime_night,
            overtime_paid=over * self.rules.overtime_factor,
        )

    def _of_flexible(self, day: date, there: Intervals, hours: Flexible) -> DayAccount:
        counted = intersection(there, [hours.window.on(day, self.zone)])
        unpaid = hours.unpaid if length(counted) > hours.unpaid_after else NOTHING
        worked, missed = self._rounded(length(counted) - unpaid), NOTHING
        if hours.core is not None and there:
            missed = length(difference([hours.core.on(day, self.zone)], there))
        account = self._counted(day, there, counted, ())
        return replace(account, worked=worked, core_missed=missed, balance=worked - hours.norm)

    def _of_shifts(
        self,
        day: date,
        there: Intervals,
        counting: Intervals,
        shifts: Sequence[Shift],
        first_entry_at: datetime | None,
    ) -> DayAccount:
        spans = [shift.span.on(day, self.zone) for shift in shifts]
        pauses = [part for shift in shifts for part in shift.breaks_on(day, self.zone)]
        punched = [part for shift in shifts for part in shift.punched_on(day, self.zone)]
        missed = missed_breaks(day, shifts, there, counting, self.zone)
        unpaid = (*pauses, *missed, *difference(punched, there))  # the time away in a break is never paid
        worked = difference(intersection(counting, spans), unpaid)
        account = self._counted(day, counting, worked, self._overtime(counting, spans))
        late, left_early = NOTHING, NOTHING
        for span in spans:
            inside = intersection(counting, [span])
            arrivals = [start for start, _ in inside]
            if span == spans[0] and first_entry_at is not None and first_entry_at < span[1]:
                arrivals.append(max(first_entry_at, span[0]))  # that the exit is missing says nothing of the entry
            late += self._beyond_grace(min(arrivals) - span[0]) if arrivals else NOTHING
            left_early += self._beyond_grace(span[1] - inside[-1][1]) if inside else NOTHING
        return replace(account, late=late, left_early=left_early, missed_breaks=missed)

    def _overtime(self, there: Intervals, spans: Sequence[Interval]) -> Intervals:
        """Return what somebody who stayed longer than the grace worked after a shift's end, up to the next shift."""
        found = []
        for starts_at, ends_at in spans:
            until = min((start for start, _ in spans if start >= ends_at), default=None)
            for start, end in there:
                if start < ends_at and end > starts_at and self._beyond_grace(end - ends_at) > NOTHING:
                    found.append((ends_at, end if until is None else min(end, until)))
        return union(found)

    def _beyond_grace(self, off: timedelta) -> timedelta:
        return off if off > self.rules.grace else NOTHING

    def _rounded(self, worked: timedelta) -> timedelta:
        return worked - worked % self.rules.rounding


@dataclass(frozen=True, slots=True)
class TimeAway:
    """Time away for a reason. back_at: when the entry that ended it was; None where nobody came back that day."""

    reason: str
    left_at: datetime
    back_at: datetime | None


def times_away(stays: Sequence[Stay]) -> tuple[TimeAway, ...]:
    """Return an office day's absences with a reason, to the minute; stays: in order."""
    found = []
    for stay, following in zip_longest(stays, stays[1:]):
        if stay.reason is not None and stay.left_at is not None:
            back_at = None if following is None or following.entered_at is None else _to_minute(following.entered_at)
            found.append(TimeAway(stay.reason, _to_minute(stay.left_at), back_at))
    return tuple(found)


def _there(stays: Sequence[Stay]) -> Intervals:
    """Return from when to when somebody was there for certain, to the minute."""
    counted = (stay for stay in stays if stay.doubt is None or stay.doubt.counts_time)
    return union((_to_minute(s.entered_at), _to_minute(s.left_at)) for s in counted if s.entered_at and s.left_at)


def _by_reason(absences: Sequence[TimeAway]) -> dict[str, timedelta]:
    found: dict[str, timedelta] = {}
    for absence in absences:
        away = NOTHING if absence.back_at is None else absence.back_at - absence.left_at
        found[absence.reason] = found.get(absence.reason, NOTHING) + away
    return found


def _first_entry(stays: Sequence[Stay], planned_at: datetime) -> datetime | None:
    """Return the first entry; one without an exit counts if it was not long before the plan's beginning."""
    known = (
        stay for stay in stays if stay.entered_at and (stay.left_at or stay.entered_at >= planned_at - BEFORE_THE_SHIFT)
    )
    return min((_to_minute(stay.entered_at) for stay in known if stay.entered_at), default=None)


def _to_minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
