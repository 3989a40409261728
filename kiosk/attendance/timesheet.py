"""Timesheets: each person's office days of a month, planned and worked, with the questions that are open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from db import employee_queries
from db.attendance_log import DatabaseAttendanceLog
from db.employee_queries import PersonName
from db.session import Database
from kiosk.attendance.day_account import Accountant, DayAccount
from kiosk.attendance.plans import MARGIN, Plans, load_plans
from kiosk.attendance.presence import rows_by_person
from kiosk.attendance.schedules import WorkRules
from kiosk.attendance.stays import Stay, StayRules, stays_of
from kiosk.domain.ports import Clock

FIGURES = (
    "planned", "present", "worked", "night", "late", "left_early", "overtime", "overtime_paid", "core_missed",
    "balance", "away",
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
        plans = load_plans(self._database, self._rules.zone, first - MARGIN, last + MARGIN)
        for person in people:
            if wanted(person):
                month = self._month(person, plans, first, last, now)
                if month.days or person.is_active:
                    yield month

    def _month(self, person: PersonName, plans: Plans, first: date, last: date, now: datetime) -> PersonMonth:
        days, questions = [], []
        stays = self._stays(person.id, replace(self._rules, plans=plans), first, last, now)
        for day in (first + timedelta(days=count) for count in range((last - first).days + 1)):
            of_day, schedule = stays.get(day, ()), plans.schedule_of(person.id, day)
            plan = None if schedule is None else schedule.plan_of(day)
            if of_day or (plan is not None and not plan.is_day_off):
                accountant = Accountant(WorkRules() if schedule is None else schedule.rules, self._rules.zone)
                days.append(accountant.account_of(day, of_day, plan))
                questions += [stay for stay in of_day if stay.is_question]
        return PersonMonth(person, tuple(days), tuple(questions))

    def _stays(
        self, employee_id: int, rules: StayRules, first: date, last: date, now: datetime
    ) -> Mapping[date, Sequence[Stay]]:
        since = rules.day_start_at(first) - rules.reach
        until = rules.day_start_at(last + timedelta(days=1)) + rules.reach
        rows = rows_by_person(self._log.history(since, until, employee_id))
        by_day: dict[date, list[Stay]] = defaultdict(list)
        for stay in stays_of(rows.get(employee_id, ()), rules.of(employee_id), now):
            by_day[rules.day_of(stay.began_at)].append(stay)
        return by_day
