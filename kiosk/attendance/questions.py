"""What somebody has to say before hours are right: stays that are doubtful, and what employees ask for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from db import audit_log
from db.correction_requests import answer_request, find_request, list_requests
from db.employee_queries import person_names, require_employee
from db.passages import PassageRow, passages_by_person
from db.session import Database, Session
from db.sightings import list_sightings
from kiosk.attendance.correction_authors import required_reason
from kiosk.attendance.day_stays import rows_since, stays_by_day
from kiosk.attendance.intervals import Intervals, union
from kiosk.attendance.planned_days import read_planned_days
from kiosk.attendance.stays import Doubt, Stay, StayRules
from kiosk.attendance.work_calendar import HolidayConfig
from kiosk.core.context import current_actor
from kiosk.domain.correction_requests import CorrectionRequest, RequestOutcome
from kiosk.domain.ports import Clock
from kiosk.domain.sightings import Sighting
from kiosk.domain.types import EventType
from kiosk.errors import RequestAnswered, RequestNotFound

ORDER = (
    Doubt.EXIT_MISSING, Doubt.ENTRY_MISSING, Doubt.EXIT_AUTOMATIC, Doubt.TYPES_TURNED, Doubt.BREAK_MISSING,
)  # fmt: skip
"""What is asked first."""

ONE_ROW = (Doubt.EXIT_MISSING, Doubt.ENTRY_MISSING, Doubt.EXIT_AUTOMATIC)
"""One entry or exit answers these."""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A stay of which somebody has to say how it was.

    Attributes:
        day: the office day that the stay belongs to.
        doubt: what is not known.
        trace_id: of the stay's entry; of its exit where the entry is missing, or where the kiosk set the exit.
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
    session: Session,
    rules: StayRules,
    holidays: HolidayConfig,
    first: date,
    last: date,
    now: datetime,
    employee_id: int | None = None,
) -> tuple[OpenQuestion, ...]:
    """Return what is not known of the stays of the office days from first to last, within the caller's transaction.

    Forgotten exits come first, then forgotten entries, exits that the kiosk set, stays that look turned around, and
    breaks that nobody punched; of each, the oldest first. rules, holidays: the office's. employee_id: None for all.
    """
    asked = read_planned_days(session, rules.zone, holidays, first, last)
    rules = replace(rules, plans=asked.plans)
    names = {person.id: person.full_name for person in person_names(session)}
    since = rows_since(rules, asked, first, names if employee_id is None else [employee_id])
    until = rules.day_start_at(last + timedelta(days=1)) + rules.reach
    sightings = list_sightings(session, rules.day_start_at(first), employee_id)
    seen = {(one.employee_id, one.stay_began_at): one for one in sightings}
    found: list[OpenQuestion] = []
    for number, passages in passages_by_person(session, since, until, employee_id):
        for day, stays in stays_by_day(passages, number, rules, asked, now).items():
            if not first <= day <= last:
                continue
            for stay in stays:
                if stay.doubt is None or not stay.is_question:
                    continue
                is_of_one = stay.doubt in ONE_ROW
                sighting = seen.get((number, stay.began_at)) if is_of_one and stay.entered_at else None
                planned_at = planned_moment(rules.of(number), stay) if is_of_one else None
                found.append(
                    OpenQuestion(
                        number,
                        names.get(number, ""),
                        day,
                        stay.doubt,
                        _trace_id(stay, passages),
                        *stay.moments,
                        sighting,
                        planned_at,
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


def _trace_id(stay: Stay, passages: Iterable[PassageRow]) -> UUID:
    """Return the row that is to be looked at first."""
    of_exit = stay.entered_at is None or stay.doubt is Doubt.EXIT_AUTOMATIC
    known = (EventType.EXIT, stay.left_at) if of_exit else (EventType.ENTRY, stay.entered_at)
    return next(row.trace_id for row in passages if (row.event_type, row.timestamp) == known)


class Questions:
    """Any thread may call any method; all raise StorageError. rules, holidays: the office's."""

    def __init__(
        self, database: Database, rules: StayRules, clock: Clock, holidays: HolidayConfig | None = None
    ) -> None:
        self._database, self._rules, self._clock = database, rules, clock
        self._holidays = holidays or HolidayConfig()

    def open_questions(self, first: date, last: date, employee_id: int | None = None) -> tuple[OpenQuestion, ...]:
        """As the function open_questions, until now. Raises EmployeeNotFound."""
        with self._database.reading() as session:
            if employee_id is not None:
                require_employee(session, employee_id)
            return open_questions(session, self._rules, self._holidays, first, last, self._clock.now(), employee_id)

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
