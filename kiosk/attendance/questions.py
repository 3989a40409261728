"""What somebody has to say before hours are right: missing entries and exits, and what employees ask for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from db import audit_log
from db.correction_requests import answer_request, list_requests
from db.employee_queries import person_names
from db.passages import passages_by_person
from db.session import Database, Session
from db.sightings import last_sighting, list_sightings
from kiosk.attendance.intervals import Intervals, union
from kiosk.attendance.plans import read_planned_rules
from kiosk.attendance.stays import Stay, StayRules, stays_of
from kiosk.attendance.timesheet import PersonMonth
from kiosk.core.context import current_actor
from kiosk.domain.correction_requests import CorrectionRequest
from kiosk.domain.sightings import Sighting
from kiosk.errors import InvalidInput

AT_ONCE = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A stay whose beginning or end nobody knows.

    Attributes:
        entered_at: aware UTC; None when the entry is missing.
        left_at: aware UTC; None when the exit is missing.
        proposal: where and when the person was last seen in it; None where that is not known.
        planned_at: when the shift ends or begins to which the missing exit or entry belongs; None without a plan.
    """

    employee_id: int
    full_name: str
    entered_at: datetime | None
    left_at: datetime | None
    proposal: Sighting | None
    planned_at: datetime | None = None

    @property
    def proposed_at(self) -> datetime | None:
        """The time that is offered as an answer: of the last sighting, or else of the plan."""
        return self.planned_at if self.proposal is None else self.proposal.seen_at


def open_questions(
    session: Session, rules: StayRules, first: date, last: date, now: datetime
) -> tuple[OpenQuestion, ...]:
    """Return the whole office's open questions of the office days from first to last, within the caller's transaction.

    Forgotten exits come first, the earliest before later ones; then forgotten entries. rules: the office's.
    """
    since, until = rules.day_start_at(first), rules.day_start_at(last + timedelta(days=1))
    rules = read_planned_rules(session, rules, since, until)
    names = {person.id: person.full_name for person in person_names(session)}
    seen = {(s.employee_id, s.stay_began_at): s for s in list_sightings(session, since)}
    found = []
    for employee_id, passages in passages_by_person(session, since - rules.reach, until + rules.reach):
        own_rules = rules.of(employee_id)
        for stay in stays_of(passages, own_rules, now):
            if stay.is_question and first <= rules.day_of(stay.began_at) <= last:
                sighting = None if stay.entered_at is None else seen.get((employee_id, stay.entered_at))
                planned_at = planned_moment(own_rules, stay)
                name = names.get(employee_id, "")
                found.append(OpenQuestion(employee_id, name, stay.entered_at, stay.left_at, sighting, planned_at))
    return tuple(sorted(found, key=lambda one: (one.entered_at is None, one.entered_at or one.left_at)))


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
    day, spans = rules.day_of(at), []
    for count in (-1, 0):
        of_day = rules.plans.planned(rules.employee_id, day + timedelta(days=count)) or ()
        spans += [span for span in of_day if count == 0 or span[1] > at]
    return union(spans)


class Questions:
    """Any thread may call it; raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_months(self, months: Iterable[PersonMonth]) -> tuple[OpenQuestion, ...]:
        """Return the open questions of people's months, missing exits with a proposal."""
        found = []
        for month in months:
            for stay in month.questions:
                proposal = None
                if stay.entered_at is not None and stay.left_at is None:
                    with self._database.reading() as session:
                        began_at = stay.entered_at
                        proposal = last_sighting(session, month.person.id, began_at, began_at + AT_ONCE)
                found.append(
                    OpenQuestion(month.person.id, month.person.full_name, stay.entered_at, stay.left_at, proposal)
                )
        return tuple(found)

    def requests(self) -> tuple[CorrectionRequest, ...]:
        """Return what employees asked to have corrected and nobody has answered, the oldest first."""
        with self._database.reading() as session:
            return list_requests(session)

    def answer(self, request_id: int) -> None:
        """Mark a request as answered. Raises InvalidInput for one that is not open."""
        with self._database.transaction() as session:
            if not answer_request(session, request_id, current_actor()):
                raise InvalidInput(f"request {request_id} is not open; `kiosk questions --month` lists those that are")
            audit_log.append(session, current_actor(), "request_answer", f"request:{request_id}")
