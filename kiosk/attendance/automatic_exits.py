"""Forgotten exits that the kiosk sets to the end of the shift, and takes back when the real one comes after all."""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from db import audit_log, corrections
from db.attendance_log import find_event
from db.closed_months import hold_closings
from db.passages import passages_by_person
from db.session import Database, Session
from kiosk.attendance.checked_corrections import CheckedCorrections, passages, touched_by
from kiosk.attendance.corrections import Corrections
from kiosk.attendance.intervals import Intervals, union
from kiosk.attendance.planned_days import PlannedDays
from kiosk.attendance.plans import read_planned_rules
from kiosk.attendance.questions import OpenQuestion, Questions
from kiosk.attendance.stay_limits import planned_end
from kiosk.attendance.stays import Doubt, Stay, StayRules, stays_of
from kiosk.attendance.timesheet import Timesheets
from kiosk.core.logger import log
from kiosk.domain.corrections import AUTOMATIC
from kiosk.domain.ports import Clock
from kiosk.domain.types import AttendanceEvent, EventType, Method
from kiosk.errors import EventRefused, InvalidInput

SET = corrections.Authorship(AUTOMATIC, "nobody registered the exit; set to the end of the shift")
TAKEN_BACK = "the exit that was registered counts"
NEIGHBOURS = timedelta(days=3)
"""So far around the days wanted the calendar is read: shifts end on the day after, and stays begin before theirs."""


class AutomaticExits:
    """Any thread may call any method; all raise StorageError. Done twice, or by two doors at once, it is done once.

    Args:
        database: of the office.
        rules: of its stays.
        timesheets: says what days ask for, holidays and absences included.
        kiosk_id: the door that the exits are said to be of.
        clock: the time.
    """

    def __init__(
        self, database: Database, rules: StayRules, timesheets: Timesheets, kiosk_id: str, clock: Clock
    ) -> None:
        self._database, self._rules, self._timesheets = database, rules, timesheets
        self._questions = Questions(database, rules, clock)
        self._kiosk_id, self._clock = kiosk_id, clock
        self._checks = CheckedCorrections(rules, clock)
        self._corrections = Corrections(database, rules, kiosk_id, clock)

    def set(self, first: date, last: date) -> int:
        """Set the forgotten exits of the days from first to last, and return how many.

        One is left open where no schedule says when its shift ended, while the stay may still last, where the person
        came again before, in a closed month, and where somebody undid it.
        """
        asked = self._questions.open_questions(first, last)
        days = self._timesheets.planned_days(first - NEIGHBOURS, last + NEIGHBOURS)
        return sum(self._set_one(one, days) for one in asked if one.doubt is Doubt.EXIT_MISSING)

    def take_back(self, first: date, last: date) -> int:
        """Void the exits that the kiosk set and that count no more, as the real one came; return how many."""
        return sum(self._void(trace_id) for trace_id in self._superseded(first, last))

    def _set_one(self, asked: OpenQuestion, days: PlannedDays) -> bool:
        assert asked.entered_at is not None  # noqa: S101  its exit is missing

        def shifts(day: date) -> Intervals | None:
            schedule = days.schedule_of(asked.employee_id, day)
            if schedule is None or days.absence_of(asked.employee_id, day) is not None:
                return None
            return union(shift.span.on(day, self._rules.zone) for shift in schedule.plan_of(day).shifts)

        ends_at = planned_end(asked.entered_at, self._rules.longest, shifts, self._rules.zone)
        if ends_at is None:
            return False
        try:
            with self._database.transaction() as session:
                return self._add(session, asked, ends_at)
        except (EventRefused, InvalidInput) as error:
            log(logging.DEBUG, "automatic_exit.not_set", trace_id=asked.trace_id, reason=error)
            return False

    def _add(self, session: Session, asked: OpenQuestion, ends_at: datetime) -> bool:
        hold_closings(session)
        entry = corrections.lock_event(session, asked.trace_id)
        # Its trace id follows from the entry's: one that somebody undid is there, and not set again.
        trace_id = uuid5(asked.trace_id, AUTOMATIC)
        if not entry.counts or find_event(session, trace_id) is not None:
            return False
        event = AttendanceEvent(
            trace_id, asked.employee_id, EventType.EXIT, ends_at, None, self._kiosk_id, Method.MANUAL
        )
        touched = touched_by(event)
        self._checks.require_possible(session, touched)
        made, _ = self._checks.correct(
            session, [touched], lambda: corrections.add_event(session, event, SET), added=touched
        )
        self._require_closed(session, event, asked.entered_at)
        details: audit_log.Details = {"employee_id": asked.employee_id, "correction": made, "type": "exit"}
        audit_log.append(session, AUTOMATIC, "event_add", f"event:{trace_id}", details)
        return True

    def _require_closed(self, session: Session, event: AttendanceEvent, entered_at: datetime | None) -> None:
        """Raise EventRefused unless the exit ends the very stay, and that could last no longer."""
        assert event.employee_id is not None and entered_at is not None  # noqa: S101  somebody's exit is missing
        touched, now = touched_by(event), self._clock.now()
        rules, window = self._checks.rules_around(session, [touched])
        own_rules = rules.of(event.employee_id)
        if own_rules.may_still_last(entered_at, now):
            raise EventRefused("the stay may still last")
        rows = passages(session, [touched], window)[event.employee_id]
        wanted = (entered_at, event.occurred_at, Doubt.EXIT_AUTOMATIC)
        if wanted not in [(*stay.moments, stay.doubt) for stay in stays_of(rows, own_rules, now)]:
            raise EventRefused("the person came again before the end of the shift")

    def _superseded(self, first: date, last: date) -> tuple[UUID, ...]:
        since, until = self._rules.day_start_at(first), self._rules.day_start_at(last + timedelta(days=1))
        found: list[UUID] = []
        with self._database.reading() as session:
            rules, now = read_planned_rules(session, self._rules, since, until), self._clock.now()
            for employee_id, rows in passages_by_person(session, since - rules.reach, until + rules.reach):
                automatic = [row for row in rows if row.is_automatic]
                if automatic:
                    stays = stays_of(rows, rules.of(employee_id), now)
                    found += [row.trace_id for row in automatic if not _ends_one(row.timestamp, stays)]
        return tuple(found)

    def _void(self, trace_id: UUID) -> bool:
        try:
            self._corrections.void(trace_id, AUTOMATIC, TAKEN_BACK)
        except EventRefused as error:
            log(logging.DEBUG, "automatic_exit.stays", trace_id=trace_id, reason=error)
            return False
        return True


def _ends_one(at: datetime, stays: tuple[Stay, ...]) -> bool:
    return any(stay.left_at == at and stay.doubt is Doubt.EXIT_AUTOMATIC for stay in stays)
