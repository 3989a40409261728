"""Timesheets: each person's office days of a month, planned and worked, with the questions that are open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from db import employee_queries
from db.attendance_log import DatabaseAttendanceLog
from db.employee_queries import PersonName
from db.schedules import Assignment, StoredSchedule, list_assignments, list_schedules
from db.session import Database
from kiosk.attendance.day_account import Accountant, DayAccount
from kiosk.attendance.presence import rows_by_person
from kiosk.attendance.schedule_text import parse_plan
from kiosk.attendance.schedules import Schedule, WorkRules
from kiosk.attendance.stays import Stay, StayRules, stays_of
from kiosk.domain.ports import Clock

FIGURES = (
    "planned", "present", "worked", "night", "late", "left_early", "overtime", "overtime_paid", "core_missed",
    "balance",
)  # fmt: skip
"""The durations of a DayAccount, in the order in which timesheets show them."""


@dataclass(frozen=True, slots=True)
class PersonMonth:
    """One person's office days.

    Attributes:
        days: those on which something was planned or the person came, the earliest first.
        questions: stays whose beginning or end somebody has to say, the earliest first.
    """

    person: PersonName
    days: tuple[DayAccount, ...]
    questions: tuple[Stay, ...]

    def total(self, figure: str) -> timedelta:
        """Return the sum of one of FIGURES over all days."""
        return sum((getattr(day, figure) for day in self.days), timedelta())


class Timesheets:
    """Any thread may call it; raises StorageError."""

    def __init__(self, database: Database, rules: StayRules, clock: Clock) -> None:
        self._database = database
        self._log = DatabaseAttendanceLog(database)
        self._rules = rules
        self._clock = clock

    def months(
        self, first: date, last: date, wanted: Callable[[PersonName], bool] = lambda _: True
    ) -> Iterator[PersonMonth]:
        """Yield the days from first to last of each person wanted, one person at a time, by number.

        Somebody who is deactivated is left out unless they came on one of the days. Days to come are left out.
        """
        now = self._clock.now()
        last = min(last, self._rules.day_of(now))
        with self._database.reading() as session:
            people = employee_queries.person_names(session)
            plans = _Plans(list_schedules(session), list_assignments(session, first, last))
        for person in people:
            if wanted(person):
                month = self._month(person, plans, first, last, now)
                if month.days or person.is_active:
                    yield month

    def _month(self, person: PersonName, plans: _Plans, first: date, last: date, now: datetime) -> PersonMonth:
        days, questions = [], []
        stays = self._stays(person.id, first, last, now)
        for day in (first + timedelta(days=count) for count in range((last - first).days + 1)):
            of_day, schedule = stays.get(day, ()), plans.schedule_of(person, day)
            plan = None if schedule is None else schedule.plan_of(day)
            if of_day or (plan is not None and not plan.is_day_off):
                accountant = Accountant(WorkRules() if schedule is None else schedule.rules, self._rules.zone)
                days.append(accountant.account_of(day, of_day, plan))
                questions += [stay for stay in of_day if stay.is_question]
        return PersonMonth(person, tuple(days), tuple(questions))

    def _stays(self, employee_id: int, first: date, last: date, now: datetime) -> Mapping[date, Sequence[Stay]]:
        since = self._rules.day_start_at(first) - self._rules.longest
        until = self._rules.day_start_at(last + timedelta(days=1)) + self._rules.longest
        rows = rows_by_person(self._log.history(since, until, employee_id))
        by_day: dict[date, list[Stay]] = defaultdict(list)
        for stay in stays_of(rows.get(employee_id, ()), self._rules, now):
            by_day[self._rules.day_of(stay.began_at)].append(stay)
        return by_day


class _Plans:
    """Whose schedule is which: a person's own before the department's, that before the office's; the latest wins."""

    def __init__(self, schedules: Sequence[StoredSchedule], assignments: Sequence[Assignment]) -> None:
        self._schedules = {stored.name: _schedule(stored) for stored in schedules}
        self._assignments = assignments[::-1]

    def schedule_of(self, person: PersonName, day: date) -> Schedule | None:
        holding = [assignment for assignment in self._assignments if assignment.holds_on(day)]
        of_person = (a for a in holding if a.employee_id == person.id)
        of_department = (a for a in holding if a.department is not None and a.department == person.department)
        of_office = (a for a in holding if a.employee_id is None and a.department is None)
        found = next(of_person, None) or next(of_department, None) or next(of_office, None)
        return None if found is None else self._schedules[found.schedule]


def _schedule(stored: StoredSchedule) -> Schedule:
    rules = WorkRules(
        grace=timedelta(minutes=stored.grace_minutes),
        rounding=timedelta(minutes=stored.rounding_minutes),
        overtime_factor=stored.overtime_factor,
    )
    return Schedule(parse_plan(stored.plan), stored.starts_on, rules)
