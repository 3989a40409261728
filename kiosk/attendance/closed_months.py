"""Closing months: somebody answers for a timesheet by name, and nothing in it is another afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from db import audit_log
from db import closed_months as months
from db.closed_months import ClosedMonth, LateEvent, MonthSpan
from db.session import Database, Session
from kiosk.attendance.plans import read_planned_rules
from kiosk.attendance.stays import StayRules
from kiosk.core.context import current_actor
from kiosk.domain.ports import Clock
from kiosk.errors import InvalidInput, MonthClosed, MonthNotClosed

LONGEST_NAME = 200


class ClosedMonths:
    """Any thread may call any method; all raise StorageError. month: its first day."""

    def __init__(self, database: Database, rules: StayRules, clock: Clock) -> None:
        self._database, self._rules, self._clock = database, rules, clock

    def listed(self) -> tuple[ClosedMonth, ...]:
        """Return the months that are closed, the earliest first."""
        with self._database.reading() as session:
            return months.closed_months(session)

    def with_late_events(self) -> tuple[tuple[ClosedMonth, tuple[LateEvent, ...]], ...]:
        """Return the closed months, each with what came from doors' journals after it was closed."""
        with self._database.reading() as session:
            return tuple((closed, months.late_events(session, closed)) for closed in months.closed_months(session))

    def close(self, month: date, by: str) -> ClosedMonth:
        """Close a month in somebody's name; the audit log keeps the digest of its rows and corrections.

        Raises InvalidInput without a name and for a month that is not over, MonthClosed for one that is closed.
        """
        name = _required(by, "say who closes it: the name of whoever answers for the timesheet")
        first, after = month.replace(day=1), _next_month(month)
        begins_at, ends_at = self._rules.day_start_at(first), self._rules.day_start_at(after)
        if self._clock.now() < ends_at:
            raise InvalidInput(f"{first:%Y-%m} is not over; a month is closed when its last day has ended")
        with self._database.transaction() as session:
            months.hold_months(session)
            if any(closed.span.month == first for closed in months.closed_months(session)):
                raise MonthClosed(f"{first:%Y-%m}", "is closed already")
            reach = read_planned_rules(session, self._rules, begins_at, ends_at).reach
            closed = months.close_month(session, MonthSpan(first, begins_at, ends_at, reach), name)
            details: audit_log.Details = {
                "by": name, "rows": closed.digest.row_count, "sha256": closed.digest.sha256,
                "last_event": closed.last_event_id, "last_correction": closed.last_correction_id,
            }  # fmt: skip
            audit_log.append(session, current_actor(), "month_close", _subject(first), details)
        return closed

    def reopen(self, month: date, by: str, reason: str) -> None:
        """Open a month again, so that it can be corrected. Raises InvalidInput, MonthNotClosed."""
        name = _required(by, "say who opens it again")
        why = _required(reason, "say why it is opened again; the reason stays in the audit log")
        first = month.replace(day=1)
        with self._database.transaction() as session:
            if not months.reopen_month(session, first, name, why):
                raise MonthNotClosed(f"{first:%Y-%m}")
            audit_log.append(session, current_actor(), "month_reopen", _subject(first), {"by": name, "reason": why})

    def notices(self) -> tuple[str, ...]:
        """Return a sentence for each entry and exit that came after its month was closed."""
        return tuple(
            f"{closed.name}: the {late.event_type} {late.trace_id} of employee {late.employee_id} came after the month "
            "was closed; it is kept and counts, and somebody has to decide about it"
            for closed, events in self.with_late_events()
            for late in events
        )

    def faults(self) -> tuple[str, ...]:
        """Return a sentence for each closed month that is not what it was when it was closed."""
        with self._database.reading() as session:
            return tuple(_faults(session))


def _faults(session: Session) -> Iterator[str]:
    recorded = audit_log.latest_details(session, "month_close")
    for closed in months.closed_months(session):
        said = recorded.get(_subject(closed.span.month), {})
        if said.get("sha256") != closed.digest.sha256:
            yield f"{closed.name}: what its table says of the closing is not what the audit log says"
        elif months.present_digest(session, closed) != closed.digest:
            yield f"{closed.name}: an entry, exit or correction was changed or deleted after it was closed"
        for correction_id in months.corrected_since(session, closed):
            yield f"{closed.name}: correction {correction_id} was written although the month is closed"
    for subject in recorded:
        if audit_log.is_followed(session, subject, "month_close", "month_reopen"):
            continue
        if not any(_subject(closed.span.month) == subject for closed in months.closed_months(session)):
            yield f"{subject.removeprefix('month:')}: it was closed, and its table does not say so any more"


def _subject(month: date) -> str:
    return f"month:{month:%Y-%m}"


def _next_month(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def _required(text: str, sentence: str) -> str:
    """Return a text without spaces around it. Raises InvalidInput with the sentence for an empty one."""
    stripped = text.strip()
    if not stripped or len(stripped) > LONGEST_NAME:
        raise InvalidInput(f"{sentence} (1 to {LONGEST_NAME} characters)")
    return stripped
