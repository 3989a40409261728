"""Timesheets: each person's office days of a month, planned and worked, with the questions that are open."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from db import employee_queries
from db.attendance_log import DatabaseAttendanceLog
from db.employee_queries import PersonName
from db.session import Database
from kiosk.attendance.day_account import Accountant, DayAccount
from kiosk.attendance.day_stays import rows_since, stays_by_day
from kiosk.attendance.explanation import DayBasis, explanation
from kiosk.attendance.planned_days import PlannedDays, read_planned_days
from kiosk.attendance.presence import rows_by_person
from kiosk.attendance.schedules import WorkRules
from kiosk.attendance.stays import Stay, StayRules
from kiosk.attendance.work_calendar import HolidayConfig
from kiosk.domain.attendance_log import LogEntry
from kiosk.domain.case_folding import folded
from kiosk.domain.ports import Clock
from kiosk.errors import EmployeeNotFound

FIGURES = (
    "planned", "present", "worked", "night", "late", "left_early", "overtime", "overtime_paid", "core_missed",
    "balance", "away",
)  # fmt: skip
"""The durations of a DayAccount, in the order in which timesheets show them."""

READ_AT_ONCE = 200
"""People whose rows are read by one query: enough to be quick, and little in memory however large the office is."""


@dataclass(frozen=True, slots=True)
class PersonMonth:
    """One person's office days.

    Attributes:
        days: those on which something was planned or the person came or was away, the earliest first.
        days_off: other days on which the schedule asks for nothing.
        questions: stays of which somebody has to say what is missing, the earliest first.
    """

    person: PersonName
    days: tuple[DayAccount, ...]
    questions: tuple[Stay, ...]
    days_off: frozenset[date] = frozenset()

    def total(self, figure: str) -> timedelta:
        """Return the sum of one of FIGURES over all days."""
        return sum((getattr(day, figure) for day in self.days), timedelta())


class Timesheets:
    """Any thread may call it; raises StorageError.

    Args:
        database: of the office.
        rules: of its stays.
        clock: until when the days reach.
        holidays: whose public holidays hold.
    """

    def __init__(
        self, database: Database, rules: StayRules, clock: Clock, holidays: HolidayConfig | None = None
    ) -> None:
        self._holidays = holidays or HolidayConfig()
        self._database = database
        self._log = DatabaseAttendanceLog(database)
        self._rules = rules
        self._clock = clock

    def months(
        self, first: date, last: date, wanted: Callable[[PersonName], bool] = lambda _: True
    ) -> Iterator[PersonMonth]:
        """Yield the days from first to last of each person wanted, one person at a time, by department and name.

        The department is that of the last day. Somebody who is deactivated is left out unless they came on one of the
        days. Days to come are left out, as are days before somebody was added and after they were deactivated, unless
        they came.
        """
        now = self._clock.now()
        last = min(last, self._rules.day_of(now))
        asked, people = self.planned_days(first, last), self._people()
        people = [replace(person, department=asked.plans.department_of(person.id, last)) for person in people]
        people = sorted((person for person in people if wanted(person)), key=_place)
        for start in range(0, len(people), READ_AT_ONCE):
            some = people[start : start + READ_AT_ONCE]
            stays = self._stays([person.id for person in some], asked, first, last, now)
            for person in some:
                month = self._month(person, asked, stays[person.id], first, last)
                if month.days or person.is_active:
                    yield month

    def today(self) -> date:
        """Return the office day that it is now."""
        return self._rules.day_of(self._clock.now())

    def explained(self, employee_id: int, day: date) -> tuple[str, ...]:
        """Return why a person's day has its figures, a sentence for each thing. Raises EmployeeNotFound."""
        person = next((one for one in self._people() if one.id == employee_id), None)
        if person is None:
            raise EmployeeNotFound(employee_id)
        now = self._clock.now()
        asked = self.planned_days(day, day)
        stays = self._stays([person.id], asked, day, day, now)[person.id]
        month = self._month(person, asked, stays, day, day)
        assignment, schedule = asked.plans.assignment_of(person.id, day), asked.schedule_of(person.id, day)
        stored = next((s for s in asked.plans.stored if assignment and s.name == assignment.schedule), None)
        rules = WorkRules() if schedule is None else schedule.rules
        moments = sorted(at for stay in stays.get(day, ()) for at in stay.moments if at is not None)
        rows: tuple[LogEntry, ...] = ()
        if moments:
            rows = self._log.history(moments[0], moments[-1] + timedelta(microseconds=1), person.id)
        account = month.days[0] if month.days else DayAccount(day, holiday=asked.holiday_on(day))
        return tuple(explanation(account, DayBasis(assignment, stored, rules, rows), self._rules.zone))

    def planned_days(self, first: date, last: date) -> PlannedDays:
        """Return what the days from first to last ask for, holidays and absences included."""
        with self._database.reading() as session:
            return read_planned_days(session, self._rules.zone, self._holidays, first, last)

    def _people(self) -> list[PersonName]:
        with self._database.reading() as session:
            return list(employee_queries.person_names(session))

    def _month(
        self, person: PersonName, asked: PlannedDays, stays: Mapping[date, Sequence[Stay]], first: date, last: date
    ) -> PersonMonth:
        days, days_off, questions = [], set(), []
        belongs = self._belongs(person, stays)
        for day in (first + timedelta(days=count) for count in range((last - first).days + 1)):
            of_day, schedule = stays.get(day, ()), asked.schedule_of(person.id, day)
            plan, absence = None if schedule is None else schedule.plan_of(day), asked.absence_of(person.id, day)
            if not (of_day or absence is not None or belongs(day)):
                continue
            if of_day or absence is not None or (plan is not None and not plan.is_day_off):
                accountant = Accountant(WorkRules() if schedule is None else schedule.rules, self._rules.zone)
                account = accountant.account_of(day, of_day, plan, None if absence is None else absence.kind)
                code = None if absence is None else absence.code
                days.append(
                    replace(account, holiday=asked.holiday_on(day), is_holiday=asked.is_holiday(day), absence_code=code)
                )
                questions += [stay for stay in of_day if stay.is_question]
            elif plan is not None:
                days_off.add(day)
        return PersonMonth(person, tuple(days), tuple(questions), frozenset(days_off))

    def _belongs(self, person: PersonName, stays: Iterable[date]) -> Callable[[date], bool]:
        """Return whether something may be asked of a person on a day: they were known by then, and had not left.

        stays: the days on which they came; whoever came before they were added here was there before.
        """
        came = sorted(stays)
        first = min([self._rules.day_of(person.added_at), *came[:1]])
        last = None if person.left_at is None else max([self._rules.day_of(person.left_at), *came[-1:]])
        return lambda day: first <= day and (last is None or day <= last)

    def _stays(
        self, people: Sequence[int], asked: PlannedDays, first: date, last: date, now: datetime
    ) -> Mapping[int, Mapping[date, Sequence[Stay]]]:
        """Return the stays of some people by office day, in the memory of their rows."""
        since = rows_since(self._rules, asked, first, people)
        until = self._rules.day_start_at(last + timedelta(days=1)) + replace(self._rules, plans=asked.plans).reach
        rows = rows_by_person(self._log.history(since, until, people))
        return {person: stays_by_day(rows.get(person, ()), person, self._rules, asked, now) for person in people}


def month_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of a day's month."""
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def _place(person: PersonName) -> tuple[bool, str, str, int]:
    """Return where a person stands on a list; people without a department come last."""
    return person.department is None, folded(person.department or ""), folded(person.full_name), person.id
