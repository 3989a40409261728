"""What the administrator does at the door about attendance: events, corrections, questions, months, who is in."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from kiosk.app.admin_journal import ACTOR, DAY, AdminJournal, AttendanceParts
from kiosk.attendance.corrections import Corrected, EventChanges
from kiosk.attendance.evacuation_export import write_pdf
from kiosk.attendance.questions import OpenQuestion
from kiosk.attendance.timesheet import month_of
from kiosk.core.context import acting_as
from kiosk.core.files import flush, free_path
from kiosk.domain.correction_requests import CorrectionRequest, RequestKind, RequestOutcome
from kiosk.domain.office_language import OfficeLanguage
from kiosk.domain.types import EventType
from kiosk.errors import StorageError
from kiosk.ui.evacuation.backend import PeopleIn, PersonIn
from kiosk.ui.events.backend import CorrectionDone, EventEdit
from kiosk.ui.questions.backend import EmployeeRequest, QuestionsFound, StayQuestion
from kiosk.ui.timesheets.backend import MonthState

# So many months are listed to be closed, the present one among them.
MONTHS_LISTED = 13
# A count of questions is at most so old; for thousands of people counting takes seconds.
COUNTED_EVERY_S = 60.0


class AdminAttendance(AdminJournal):
    """Fulfils the protocols of the screens of events, questions, months and the evacuation list.

    Any thread may call any method; all may block and raise StorageError.
    """

    def __init__(self, parts: AttendanceParts) -> None:
        super().__init__(parts)
        self._counting = threading.Lock()
        self._counted: tuple[float, int] | None = None

    def add_event(
        self, employee_id: int, event_type: EventType, at: datetime, reason: str, request_id: int | None
    ) -> CorrectionDone:
        done = self._done(self._parts.corrections.add(employee_id, event_type, at, ACTOR, reason))
        if request_id is not None:
            self.answer_request(request_id, RequestOutcome.ACCEPTED, reason)
        return done

    def change_event(self, trace_id: UUID, edit: EventEdit, reason: str) -> CorrectionDone:
        changes = EventChanges(edit.at, edit.event_type, edit.employee_id, edit.exit_reason)
        return self._done(self._parts.corrections.change(trace_id, changes, ACTOR, reason))

    def void_event(self, trace_id: UUID, reason: str) -> CorrectionDone:
        return self._done(self._parts.corrections.void(trace_id, ACTOR, reason))

    def undo_correction(self, correction_id: int, reason: str) -> CorrectionDone:
        return self._done(self._parts.corrections.undo(correction_id, ACTOR, reason))

    def questions(self) -> QuestionsFound:
        """Return what is open since the first of last month, closed months aside."""
        today = self._today()
        last_month, _ = month_of(today.replace(day=1) - DAY)
        closed = {month.span.month for month in self._parts.closed_months.listed()}
        found = [
            one
            for one in self._parts.questions.open_questions(last_month, today)
            if one.day.replace(day=1) not in closed
        ]
        names = {member.person.id: member.person.full_name for member in self.people()}
        requests = tuple(
            EmployeeRequest(asked, names.get(asked.employee_id, ""), _asked_about(asked, found))
            for asked in self._parts.questions.requests()
        )
        return QuestionsFound(tuple(_question(one) for one in found), requests)

    def question_count(self) -> int:
        with self._counting:
            now_s = self._parts.clock.monotonic_s()
            if self._counted is None or now_s - self._counted[0] > COUNTED_EVERY_S:
                self._counted = now_s, self.questions().count
            return self._counted[1]

    def answer_request(self, request_id: int, outcome: RequestOutcome, reason: str) -> None:
        self._parts.questions.answer(request_id, outcome, reason, ACTOR)
        self._counted = None

    def months(self) -> tuple[MonthState, ...]:
        """Return the last months, the present one first."""
        closed = {month.span.month: month for month in self._parts.closed_months.listed()}
        found, month = [], self._today().replace(day=1)
        present = month
        for _ in range(MONTHS_LISTED):
            one = closed.get(month)
            by, at = (None, None) if one is None else (one.closed_by, one.closed_at)
            found.append(MonthState(month, is_over=month < present, closed_by=by, closed_at=at))
            month = (month - DAY).replace(day=1)
        return tuple(found)

    def open_in(self, month: date) -> tuple[int, int]:
        """Return how many questions and requests of a month are open."""
        first, last = month_of(month)
        requests = (request for request in self._parts.questions.requests() if first <= request.day <= last)
        return len(self._parts.questions.open_questions(first, last)), sum(1 for _ in requests)

    def close_month(self, month: date, name: str) -> None:
        with acting_as(ACTOR):
            self._parts.closed_months.close(month, name)
        self._counted = None

    def reopen_month(self, month: date, name: str, reason: str) -> None:
        with acting_as(ACTOR):
            self._parts.closed_months.reopen(month, name, reason)
        self._counted = None

    def people_in(self) -> PeopleIn:
        found = self._parts.evacuation()
        people = (PersonIn(one.full_name, one.department, one.since_at, one.door) for one in found.people)
        return PeopleIn(tuple(people), found.as_of, found.is_copy)

    def save_evacuation_list(self, folder: Path, *, language: OfficeLanguage) -> Path:
        """Write who is in to a new PDF in a folder; return it once it is on the disk."""
        found, zone = self._parts.evacuation(), self._parts.rules.zone
        path = free_path(folder / f"evacuation-{found.as_of.astimezone(zone):%Y-%m-%d-%H%M}.pdf")
        try:
            write_pdf(found, zone, language, path)
        except OSError as error:
            raise StorageError(f"{path} cannot be written: {error.strerror}") from error
        flush(path)
        return path

    def _done(self, corrected: Corrected) -> CorrectionDone:
        self._counted = None
        self._parts.corrected()
        return CorrectionDone(corrected.correction_id, len(corrected.warnings))


def _asked_about(request: CorrectionRequest, found: Iterable[OpenQuestion]) -> StayQuestion | None:
    """Return the stay of the request's person and day that lacks what they miss."""
    missing = {RequestKind.EXIT_MISSING: EventType.EXIT, RequestKind.ENTRY_MISSING: EventType.ENTRY}
    of_day = (one for one in found if (one.employee_id, one.day) == (request.employee_id, request.day))
    wanted = missing.get(request.kind)
    return next((q for q in map(_question, of_day) if wanted is not None and q.missing is wanted), None)


def _question(found: OpenQuestion) -> StayQuestion:
    door = None if found.proposal is None else found.proposal.kiosk_id
    person = found.employee_id, found.full_name
    return StayQuestion(*person, found.doubt, found.trace_id, found.entered_at, found.left_at, found.proposed_at, door)
