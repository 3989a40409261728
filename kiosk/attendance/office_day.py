"""The present office day from rows and schedules: who is in, who came late, and who is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from db.employee_queries import PersonName, person_names
from db.passages import PassageRow, passages_by_person
from db.session import Database
from kiosk.attendance.day_account import Accountant
from kiosk.attendance.planned_days import PlannedDays, read_planned_days
from kiosk.attendance.stays import CLOCK_TOLERANCE, Stay, StayRules, present_stay, stays_of
from kiosk.attendance.work_calendar import HolidayConfig
from kiosk.domain.office_day import LatePerson, MissingPerson, OfficeDay


def office_day(database: Database, rules: StayRules, holidays: HolidayConfig, now: datetime) -> OfficeDay:
    """Return how the present office day goes. rules, holidays: the office's. now: aware. Raises StorageError."""
    today = rules.day_of(now)
    with database.reading() as session:
        asked = read_planned_days(session, rules.zone, holidays, today, today)
        rules = replace(rules, plans=asked.plans)
        rows = dict(passages_by_person(session, now - rules.reach, now + CLOCK_TOLERANCE))
        people = [person for person in person_names(session) if person.is_active]
    counter = _Counter(asked, rules, now)
    for person in people:
        counter.count(person, rows.get(person.id, ()))
    late = sorted(counter.late, key=lambda one: (-one.late, one.full_name))
    missing = sorted(counter.missing, key=lambda one: (one.planned_at, one.full_name))
    return OfficeDay(counter.in_now, counter.planned, tuple(late), tuple(missing))


class _Counter:
    def __init__(self, asked: PlannedDays, rules: StayRules, now: datetime) -> None:
        self._asked, self._rules, self._now = asked, rules, now
        self.in_now, self.planned = 0, 0
        self.late: list[LatePerson] = []
        self.missing: list[MissingPerson] = []

    def count(self, person: PersonName, rows: Sequence[PassageRow]) -> None:
        own_rules, today = self._rules.of(person.id), self._rules.day_of(self._now)
        stays = stays_of(rows, own_rules, self._now)
        is_in = present_stay(stays) is not None
        self.in_now += is_in
        schedule = self._asked.schedule_of(person.id, today)
        plan = None if schedule is None else schedule.plan_of(today)
        if schedule is None or plan is None or plan.is_day_off or self._asked.absence_of(person.id, today) is not None:
            return
        self.planned += 1
        of_day = [stay for stay in stays if own_rules.stay_day(stay.began_at) == today]
        account = Accountant(schedule.rules, self._rules.zone).account_of(today, of_day, plan)
        came_at = _first_entry(of_day)
        if account.late and came_at is not None:
            self.late.append(LatePerson(person.id, person.full_name, came_at, account.late))
        expected = plan.shifts[0].span if plan.shifts else None if plan.flexible is None else plan.flexible.core
        if expected is None or of_day or is_in:
            return
        planned_at = expected.on(today, self._rules.zone)[0]
        if planned_at + schedule.rules.grace < self._now:
            self.missing.append(MissingPerson(person.id, person.full_name, planned_at))


def _first_entry(stays: Sequence[Stay]) -> datetime | None:
    return min((stay.entered_at for stay in stays if stay.entered_at is not None), default=None)
