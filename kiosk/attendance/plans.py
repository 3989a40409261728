"""Whose schedule is which: what each person is planned to work on which day. A snapshot that never changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from db.departments import Departments, read_departments
from db.schedules import Assignment, StoredSchedule, list_assignments, list_schedules
from db.session import Database, Session
from kiosk.attendance.intervals import Intervals, union
from kiosk.attendance.schedule_text import is_week, parse_plan
from kiosk.attendance.schedules import DayPlan, Schedule, WorkRules
from kiosk.attendance.stays import StayRules

MARGIN = timedelta(days=8)
"""So far around the days wanted plans are read: they say how long a stay may last."""


class Plans:
    """A person's own schedule comes before the department's, that before the office's; the latest assigned wins.

    Args:
        schedules: all of them.
        assignments: whose they are, the latest last.
        departments: of each employee, also those of before.
        zone: the office's.
    """

    def __init__(
        self,
        schedules: Sequence[StoredSchedule],
        assignments: Sequence[Assignment],
        departments: Departments,
        zone: ZoneInfo,
    ) -> None:
        self.stored, self.assignments, self.departments = tuple(schedules), tuple(assignments), departments
        self._zone = zone
        self._schedules = {stored.name: _schedule(stored) for stored in schedules}
        self._own: dict[int | str | None, list[Assignment]] = {}
        for assignment in reversed(assignments):
            whose = assignment.department if assignment.employee_id is None else assignment.employee_id
            self._own.setdefault(whose, []).append(assignment)
        self._spans: dict[tuple[str, date], Intervals] = {}

    def schedule_of(self, employee_id: int, day: date) -> Schedule | None:
        """Return the schedule that holds for a person on an office day."""
        assignment = self.assignment_of(employee_id, day)
        return None if assignment is None else self._schedules[assignment.schedule]

    def planned(self, employee_id: int, day: date) -> Intervals | None:
        """Return when a person is planned to be there by their schedule alone, whatever holidays and absences say.

        An entry or exit that was told at the door must never turn into something else because a holiday was added.
        """
        assignment = self.assignment_of(employee_id, day)
        if assignment is None:
            return None
        key = assignment.schedule, day
        if key not in self._spans:
            self._spans[key] = _spans_of(self._schedules[assignment.schedule].cycle_plan_of(day), day, self._zone)
        return self._spans[key]

    def is_same(self, other: Plans) -> bool:
        """Tell whether others were made of the same rows."""
        mine = self.stored, self.assignments, self.departments
        return mine == (other.stored, other.assignments, other.departments)

    def assignment_of(self, employee_id: int, day: date) -> Assignment | None:
        """Return by which assignment a person has a schedule on an office day."""
        for whose in self._owners(employee_id, day):
            for assignment in self._own.get(whose, ()):
                if assignment.holds_on(day):
                    return assignment
        return None

    def department_of(self, employee_id: int, day: date) -> str | None:
        """Return which department a person belonged to on a day; on that of a change, the new one."""
        if employee_id not in self.departments.former:
            return self.departments.present.get(employee_id)
        day_ends_at = datetime.combine(day, time.max, self._zone)
        return self.departments.of(employee_id, day_ends_at)

    def _owners(self, employee_id: int, day: date) -> tuple[int | str | None, ...]:
        department = self.department_of(employee_id, day)
        return (employee_id, None) if department is None else (employee_id, department, None)


def load_plans(database: Database, zone: ZoneInfo, since: date | None = None, until: date | None = None) -> Plans:
    """Return who is planned to work what on the days from since to until. Raises StorageError."""
    with database.reading() as session:
        return read_plans(session, zone, since, until)


def read_plans(session: Session, zone: ZoneInfo, since: date | None = None, until: date | None = None) -> Plans:
    """As load_plans, within the caller's transaction."""
    schedules, assignments = list_schedules(session), list_assignments(session, since, until)
    return Plans(schedules, assignments, read_departments(session), zone)


def planned_rules(database: Database, rules: StayRules, since: datetime, until: datetime) -> StayRules:
    """Return the office's rules with what people are planned to work around a stretch of time. Raises StorageError."""
    with database.reading() as session:
        return read_planned_rules(session, rules, since, until)


def read_planned_rules(session: Session, rules: StayRules, since: datetime, until: datetime) -> StayRules:
    """As planned_rules, within the caller's transaction."""
    first, last = rules.day_of(since) - MARGIN, rules.day_of(until) + MARGIN
    return replace(rules, plans=read_plans(session, rules.zone, first, last))


def _spans_of(plan: DayPlan, day: date, zone: ZoneInfo) -> Intervals:
    if plan.flexible is not None:
        return union([plan.flexible.window.on(day, zone)])
    return union(shift.span.on(day, zone) for shift in plan.shifts)


def _schedule(stored: StoredSchedule) -> Schedule:
    rules = WorkRules(
        grace=timedelta(minutes=stored.grace_minutes),
        rounding=timedelta(minutes=stored.rounding_minutes),
        overtime_factor=stored.overtime_factor,
    )
    return Schedule(parse_plan(stored.plan), stored.starts_on, rules, keeps_holidays=is_week(stored.plan))
