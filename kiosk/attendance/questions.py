"""What somebody has to say before hours are right: missing entries and exits, and what employees ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from db import audit_log
from db.correction_requests import answer_request, find_request, list_requests
from db.employee_queries import person_names, require_employee
from db.passages import passages_by_person
from db.session import Database, Session
from db.sightings import list_sightings
from kiosk.attendance.correction_authors import required_reason
from kiosk.attendance.intervals import Intervals, union
from kiosk.attendance.plans import read_planned_rules
from kiosk.attendance.stays import Doubt, Stay, StayRules, stays_of
from kiosk.core.context import current_actor
from kiosk.domain.correction_requests import CorrectionRequest, RequestOutcome
from kiosk.domain.ports import Clock
from kiosk.domain.sightings import Sighting
from kiosk.domain.types import EventType
from kiosk.errors import RequestAnswered, RequestNotFound

ORDER = (Doubt.EXIT_MISSING, Doubt.ENTRY_MISSING, Doubt.EXIT_AUTOMATIC)
"""What is asked first."""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A stay whose beginning or end nobody knows.

    Attributes:
        day: the office day that the stay belongs to.
        doubt: what is not known.
        trace_id: of the entry whose exit is missing, the exit whose entry is missing, or the automatic exit.
        entered_at: aware UTC; None when the entry is missing.
        left_at: aware UTC; None when the exit is missing.
        proposal: where and when the person was last seen in it; None where that is not known.
        planned_at: when the shift ends or begins to which the missing exit or entry belongs; None without a plan.
    """

    employee_id: int
    full_name: str
    day: date
    doubt: Doubt
    trace_id: UUID
    entered_at: datetime | None
    left_at: datetime | None
    proposal: Sighting | None = None
    planned_at: datetime | None = None

    @property
    def proposed_at(self) -> datetime | None:
        """The time that is offered as an answer: of the last sighting, or else of the plan."""
        return self.planned_at if self.proposal is None else self.proposal.seen_at

    @property
    def began_at(self) -> datetime:
        """When the stay began, as far as is known."""
        began_at = self.entered_at or self.left_at
        assert began_at is not None  # noqa: S101  a stay has one of them
        return began_at


def open_questions(  # noqa: PLR0917  whose, of when, by which rules
    session: Session, rules: StayRules, first: date, last: date, now: datetime, employee_id: int | None = None
) -> tuple[OpenQuestion, ...]:
    """Return what is not known of the stays of the office days from first to last, within the caller's transaction.

    Forgotten exits come first, then forgotten entries, then exits that the kiosk set; of each, the oldest first. rules:
    the office's. employee_id: None for everybody.
    """
    since, until = rules.day_start_at(first), rules.day_start_at(last + timedelta(days=1))
    rules = read_planned_rules(session, rules, since, until)
    names = {person.id: person.full_name for person in person_names(session)}
    seen = {(s.employee_id, s.stay_began_at): s for s in list_sightings(session, since, employee_id)}
    found = []
    for number, passages in passages_by_person(session, since - rules.reach, until + rules.reach, employee_id):
        own_rules = rules.of(number)
        for stay in stays_of(passages, own_rules, now):
            day = own_rules.stay_day(stay.began_at)
            if stay.doubt is None or not stay.is_question or not first <= day <= last:
                continue
            sighting = None if stay.entered_at is None else seen.get((number, stay.entered_at))
            known = (EventType.ENTRY, stay.entered_at) if stay.left_at is None else (EventType.EXIT, stay.left_at)
            trace_id = next(row.trace_id for row in passages if (row.event_type, row.timestamp) == known)
            found.append(
                OpenQuestion(
                    number,
                    names.get(number, ""),
                    day,
                    stay.doubt,
                    trace_id,
                    *stay.moments,
                    sighting,
                    planned_moment(own_rules, stay),
                )
            )
    return tuple(sorted(found, key=lambda one: (ORDER.index(one.doubt), one.began_at, one.employee_id)))


def planned_moment(rules: StayRules, stay: Stay) -> datetime | None:
    """Return when the shift ends in which a stay without an exit began, or begins in which one without an entry ended.

    rules: of the person. Returns None without a plan, and for a moment that is not after the entry or before the exit.
    """
    spans = _planned_around(rules, stay.began_at)
    if stay.entered_at is not None:
        return min((end for _, end in spans if end > stay.began_at), default=None)
    return max((start for start, _ in spans if start < stay.began_at), default=None)


def _planned_around(rules: StayRules, at: datetime) -> Intervals:
    """Return the planned spans that a moment may belong to: those of its office day, and what is left of the last."""
    if rules.plans is None or rules.employee_id is None:
        return ()
    day, spans = rules.stay_day(at), []
    for count in (-1, 0):
        of_day = rules.plans.planned(rules.employee_id, day + timedelta(days=count)) or ()
        spans += [span for span in of_day if count == 0 or span[1] > at]
    return union(spans)


class Questions:
    """Any thread may call any method; all raise StorageError. rules: of the office's stays."""

    def __init__(self, database: Database, rules: StayRules, clock: Clock) -> None:
        self._database, self._rules, self._clock = database, rules, clock

    def open_questions(self, first: date, last: date, employee_id: int | None = None) -> tuple[OpenQuestion, ...]:
        """As the function open_questions, until now. Raises EmployeeNotFound."""
        with self._database.reading() as session:
            if employee_id is not None:
                require_employee(session, employee_id)
            return open_questions(session, self._rules, first, last, self._clock.now(), employee_id)

    def requests(self, employee_id: int | None = None, *, only_open: bool = True) -> tuple[CorrectionRequest, ...]:
        """Return what employees asked to have corrected, the oldest first; employee_id: None for everybody's."""
        with self._database.reading() as session:
            return list_requests(session, employee_id, only_open=only_open)

    def answer(
        self, request_id: int, outcome: RequestOutcome, reason: str, author: str | None = None
    ) -> CorrectionRequest:
        """Accept or refuse a request, and return it; the correction itself is made by itself.

        Args:
            request_id: its number.
            outcome: what becomes of it.
            reason: why, for the person who asked.
            author: who answers; None for the current actor.

        Raises:
            InvalidInput: the reason is missing or too long.
            RequestNotFound: there is no such request.
            RequestAnswered: somebody answered it before.
        """
        why, by = required_reason(reason, "the person who asked is told it"), author or current_actor()
        with self._database.transaction() as session:
            if not answer_request(session, request_id, by, outcome, why):
                known = find_request(session, request_id)
                if known is None:
                    raise RequestNotFound(request_id)
                raise RequestAnswered(request_id, known.answered_by)
            answered = find_request(session, request_id)
            assert answered is not None  # noqa: S101  it was just changed
            details: audit_log.Details = {"employee_id": answered.employee_id, "outcome": outcome.value}
            audit_log.append(session, by, "request_answer", f"request:{request_id}", details)
        return answered
