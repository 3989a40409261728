"""Corrections within a transaction: what may not be is raised before it commits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from db.closed_months import closed_months
from db.employee_queries import lock_employment
from db.erasures import erased_by_audit
from db.log_entries import log_entries
from db.session import Session
from kiosk.attendance import correction_checks as checks
from kiosk.attendance.correction_checks import Passages, Touched
from kiosk.attendance.plans import read_planned_rules
from kiosk.attendance.presence import rows_by_person
from kiosk.attendance.stays import StayRules
from kiosk.domain.attendance_log import LogEntry
from kiosk.domain.ports import Clock
from kiosk.domain.types import AttendanceEvent
from kiosk.errors import EventRefused

T = TypeVar("T")


class CheckedCorrections:
    """The checks that all corrections go through; all run within the caller's transaction. rules: the office's."""

    def __init__(self, rules: StayRules, clock: Clock) -> None:
        self._rules, self._clock = rules, clock

    def correct(
        self,
        session: Session,
        touched: Sequence[Touched],
        correct: Callable[[], T],
        added: Touched | None = None,
    ) -> tuple[T, tuple[str, ...]]:
        """Correct, and return what that returned and the warnings.

        Args:
            session: the caller's transaction, which began with db.closed_months.hold_closings.
            touched: the rows that count only before, or only afterwards.
            correct: writes the corrections.
            added: the row that counts only afterwards; None for none.

        Raises:
            MonthClosed: a stay of a closed month would be another.
            EventRefused: the very same row counts already.
        """
        rules, window = self.rules_around(session, touched)
        now, closed = self._clock.now(), closed_months(session)
        checks.require_open_months(touched, closed)
        before = passages(session, touched, window)
        if added is not None:
            checks.require_single(added, before, rules)
        done = correct()
        after = passages(session, touched, window)
        checks.require_same_stays(before, after, closed, rules, now)
        return done, checks.new_questions(before, after, rules, now)

    def require_possible(self, session: Session, added: Touched) -> None:
        """Raise InvalidInput, EmployeeNotFound or EventRefused for a row that cannot be; lock the person."""
        now, since = self._clock.now(), added.at
        if added.employee_id is not None:
            person = lock_employment(session, added.employee_id)
            since = person.since_at
            if not person.is_active and added.employee_id in erased_by_audit(session):
                raise EventRefused(f"employee {added.employee_id} has left and is erased; nothing is added any more")
        checks.require_possible(added, since, self._rules, now)

    def rules_around(self, session: Session, touched: Sequence[Touched]) -> tuple[StayRules, tuple[datetime, datetime]]:
        """Return the rules with what people are planned to work, and the window in which stays may be others."""
        since, until = min(row.at for row in touched), max(row.at for row in touched)
        rules = read_planned_rules(session, self._rules, since, until)
        return rules, (since - 2 * rules.reach, until + 2 * rules.reach)


def passages(session: Session, touched: Sequence[Touched], window: tuple[datetime, datetime]) -> Passages:
    """Return the rows that count of the people concerned, from before the first stay that may be another."""
    found: dict[int, Sequence[LogEntry]] = {}
    for employee_id in sorted({row.employee_id for row in touched if row.employee_id is not None}):
        found.update(rows_by_person(log_entries(session, *window, employee_id)))
    return found


def touched_by(event: AttendanceEvent) -> Touched:
    return Touched(event.employee_id, event.event_type, event.occurred_at)
