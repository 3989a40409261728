"""Timesheets: each person's office days of a month, planned and worked, with the questions that are open."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from db import employee_queries
from db.absences import Absence, list_absences
from db.attendance_log import DatabaseAttendanceLog
from db.calendar_days import CalendarDay, list_calendar_days
from db.employee_queries import PersonName
from db.session import Database
from kiosk.attendance.day_account import Accountant, DayAccount
from kiosk.attendance.explanation import DayBasis, explanation
from kiosk.attendance.plans import MARGIN, Plans, load_plans
from kiosk.attendance.presence import rows_by_person
from kiosk.attendance.punched_breaks import with_missed_breaks
from kiosk.attendance.schedules import Schedule, WorkRules
from kiosk.attendance.stays import Stay, StayRules, stays_of
from kiosk.attendance.turned_stays import LOOK_BACK, with_turned
from kiosk.attendance.work_calendar import HolidayConfig, with_calendar, work_calendar
from kiosk.domain.attendance_log import LogEntry
from kiosk.domain.case_folding import folded
from kiosk.domain.ports import Clock
from kiosk.domain.work_calendar import DayKind
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


class PlannedDays:
    """What days ask for: schedules, with the calendar and people's absences on top."""

    def __init__(self, plans: Plans, days: Mapping[date, CalendarDay], absences: Sequence[Absence]) -> None:
        self.plans, self._days = plans, days
        self._kept: dict[int, Schedule] = {}
        self._absences: dict[int, list[Absence]] = defaultdict(list)
        for absence in absences:
            self._absences[absence.employee_id].append(absence)

    def schedule_of(self, employee_id: int, day: date) -> Schedule | None:
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

        Somebody who is deactivated is left out unless they came on one of the days. Days to come are left out.
        """
        now = self._clock.now()
        last = min(last, self._rules.day_of(now))
        with self._database.reading() as session:
            people = sorted(employee_queries.person_names(session), key=_place)
        asked = self.planned_days(first, last)
        people = [person for person in people if wanted(person)]
        for start in range(0, len(people), READ_AT_ONCE):
            some = people[start : start + READ_AT_ONCE]
            stays = self._stays([person.id for person in some], asked, first, last, now)
            for person in some:
                month = self._month(person, asked, stays[person.id], first, last)
                if month.days or person.is_active:
                    yield month

    def explained(self, employee_id: int, day: date) -> tuple[str, ...]:
        """Return why a person's day has its figures, a sentence for each thing. Raises EmployeeNotFound."""
        with self._database.reading() as session:
            person = next((one for one in employee_queries.person_names(session) if one.id == employee_id), None)
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
            own, absences = list_calendar_days(session, first, last), list_absences(session, first, last)
        plans = load_plans(self._database, self._rules.zone, first - MARGIN, last + MARGIN)
        return PlannedDays(plans, work_calendar(self._holidays, own, first, last), absences)

    def _month(
        self, person: PersonName, asked: PlannedDays, stays: Mapping[date, Sequence[Stay]], first: date, last: date
    ) -> PersonMonth:
        days, days_off, questions = [], set(), []
        for day in (first + timedelta(days=count) for count in range((last - first).days + 1)):
            of_day, schedule = stays.get(day, ()), asked.schedule_of(person.id, day)
            plan, absence = None if schedule is None else schedule.plan_of(day), asked.absence_of(person.id, day)
            if of_day or absence is not None or (plan is not None and not plan.is_day_off):
                accountant = Accountant(WorkRules() if schedule is None else schedule.rules, self._rules.zone)
                account = accountant.account_of(day, of_day, plan, None if absence is None else absence.kind)
                code = None if absence is None else absence.code
                days.append(
                    replace(account, holiday=asked.holiday_on(day), is_holiday=asked.is_holiday(day), absence_code=code)
                )
                questions += [stay for stay in with_missed_breaks(of_day, account.missed_breaks) if stay.is_question]
            elif plan is not None:
                days_off.add(day)
        return PersonMonth(person, tuple(days), tuple(questions), frozenset(days_off))

    def _stays(
        self, people: Sequence[int], asked: PlannedDays, first: date, last: date, now: datetime
    ) -> Mapping[int, Mapping[date, Sequence[Stay]]]:
        """Return the stays of some people by office day, in the memory of their rows."""
        rules = replace(self._rules, plans=asked.plans)
        unplanned = {person for person in people if asked.plans.assignment_of(person, first) is None}
        since = rules.day_start_at(first) - max(rules.reach, LOOK_BACK if unplanned else rules.reach)
        until = rules.day_start_at(last + timedelta(days=1)) + rules.reach
        rows = rows_by_person(self._log.history(since, until, people))
        found: dict[int, dict[date, list[Stay]]] = {person: defaultdict(list) for person in people}
        for person, by_day in found.items():
            stays = stays_of(rows.get(person, ()), rules.of(person), now)
            if person in unplanned:
                stays = with_turned(stays, rules.longest, rules.zone)
            for stay in stays:
                by_day[rules.of(person).stay_day(stay.began_at)].append(stay)
        return found


def month_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of a day's month."""
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def _place(person: PersonName) -> tuple[bool, str, str, int]:
    """Return where a person stands on a list; people without a department come last."""
    return person.department is None, folded(person.department or ""), folded(person.full_name), person.id
