"""What days ask for: everybody's schedules, with the office's calendar and people's absences on top."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from db.absences import Absence, list_absences
from db.calendar_days import CalendarDay, list_calendar_days
from db.session import Session
from kiosk.attendance.plans import MARGIN, Plans, read_plans
from kiosk.attendance.schedules import Schedule
from kiosk.attendance.work_calendar import HolidayConfig, with_calendar, work_calendar
from kiosk.domain.work_calendar import DayKind


class PlannedDays:
    """A snapshot that never changes.

    Args:
        plans: whose schedule is which.
        days: those that differ from any schedule.
        absences: of everybody.
    """

    def __init__(self, plans: Plans, days: Mapping[date, CalendarDay], absences: Sequence[Absence]) -> None:
        self.plans, self._days = plans, days
        self._kept: dict[int, Schedule] = {}
        self._absences: dict[int, list[Absence]] = defaultdict(list)
        for absence in absences:
            self._absences[absence.employee_id].append(absence)

    def schedule_of(self, employee_id: int, day: date) -> Schedule | None:
        """Return the schedule that holds for a person on an office day, changed as the calendar says."""
        schedule = self.plans.schedule_of(employee_id, day)
        if schedule is None:
            return None
        if id(schedule) not in self._kept:
            self._kept[id(schedule)] = with_calendar(schedule, self._days)
        return self._kept[id(schedule)]

    def holiday_on(self, day: date) -> str | None:
        found = self._days.get(day)
        return None if found is None else found.name or found.kind.value

    def is_holiday(self, day: date) -> bool:
        return day in self._days and self._days[day].kind is DayKind.HOLIDAY

    def absence_of(self, employee_id: int, day: date) -> Absence | None:
        return next((one for one in self._absences.get(employee_id, ()) if one.holds_on(day)), None)


def read_planned_days(
    session: Session, zone: ZoneInfo, holidays: HolidayConfig, first: date, last: date
) -> PlannedDays:
    """Return what the days from first to last ask for, within the caller's transaction.

    holidays: whose public holidays hold.
    """
    own, absences = list_calendar_days(session, first, last), list_absences(session, first, last)
    plans = read_plans(session, zone, first - MARGIN, last + MARGIN)
    return PlannedDays(plans, work_calendar(holidays, own, first, last), absences)
