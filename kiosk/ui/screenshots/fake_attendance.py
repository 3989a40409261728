"""A fake backend of the screens about attendance: what the database would say is set by hand."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from kiosk.attendance.explained_event import ExplainedEvent
from kiosk.attendance.stays import Doubt
from kiosk.core.progress import Progress
from kiosk.domain.attendance_log import LogEntry, LogKind
from kiosk.domain.correction_requests import CorrectionRequest, RequestKind, RequestOutcome
from kiosk.domain.corrections import CorrectionAction, OriginalRow, RowCorrection
from kiosk.domain.decision_record import DecisionRecord
from kiosk.domain.office_language import OfficeLanguage
from kiosk.domain.types import EventType, Image, Method
from kiosk.employees.results import EmployeeSummary
from kiosk.employees.schemas import Employee
from kiosk.errors import KioskError
from kiosk.ui.evacuation.backend import PeopleIn, PersonIn
from kiosk.ui.events.backend import (
    CorrectionDone,
    EventEdit,
    JournalEvents,
    JournalQuery,
    JournalSpan,
)
from kiosk.ui.questions.backend import EmployeeRequest, QuestionsFound, StayQuestion
from kiosk.ui.timesheets.backend import MonthState

NOW = datetime(2026, 11, 27, 15, 15, tzinfo=UTC)
TODAY, DOOR = NOW.date(), "kiosk-1"
_TYPES = tuple(EventType)


class FakeAttendanceBackend:
    """An AttendanceBackend that answers what was set.

    Attributes:
        words: of an employee's request and of the reason of a correction, in the language of the scene.
        closed_by: who closed the month that is shown; None while it is open.
        is_copy: the database is away, and the evacuation list a copy.
        refuses: raised by everything; None for nothing.
        snapshots: pictures of events, by whose they are.
        saves_rows: how many rows saving the journal takes, a hundredth of a second each.
        corrections_refuse: raised by everything that corrects; None for nothing.
    """

    def __init__(self, staff: Callable[[], tuple[Employee, ...]]) -> None:
        """staff: returns the employees."""
        self._staff = staff
        self.words = ("I left at a quarter past six", "Forgot to look at the camera")
        self.closed_by: str | None = None
        self.is_copy = False
        self.refuses: KioskError | None = None
        self.corrections_refuse: KioskError | None = None
        self.is_empty = False
        self.snapshots: dict[int | None, Image] = {}
        self.saves_rows = 0

    @property
    def events(self) -> list[LogEntry]:
        """The day's events, the latest first."""
        people: list[Employee | None] = [*self._staff(), None]
        return [] if self.is_empty else [self._event(person, place) for place, person in enumerate(people)]

    def events_of(self, query: JournalQuery, most: int, /) -> JournalEvents:
        self._work()
        found = [event for event in self.events if query.employee_id in (None, event.employee_id)]
        if query.kind is LogKind.UNKNOWN:
            found = [event for event in found if event.employee_id is None]
        if query.span is not JournalSpan.DAY:
            found += [replace(one, timestamp=one.timestamp - timedelta(days=1, minutes=47)) for one in found]
        first, last = query.span.around(query.day or TODAY)
        return JournalEvents(first, last, tuple(found[:most]), TODAY, self.closed_by)

    def departments(self) -> tuple[str, ...]:
        self._work()
        return tuple(sorted({person.department for person in self._staff() if person.department}))

    def snapshot(self, entry: LogEntry, _side_px: int, /) -> Image | None:
        return self.snapshots.get(entry.employee_id)

    def save_events(
        self, _query: JournalQuery, folder: Path, progress: Progress, /, *, language: OfficeLanguage
    ) -> Path:
        self._work()
        assert language in OfficeLanguage  # noqa: S101  the name of the file does not depend on it
        for done in range(self.saves_rows):
            progress.tell(done, 2 * self.saves_rows)
            time.sleep(0.01)
        return folder / "journal-2026-11-27.xlsx"

    def explain_event(self, trace_id: UUID, /, *, language: OfficeLanguage) -> tuple[str, ...]:
        self._work()
        known = trace_id.int <= len(self._staff())
        first, second, *_ = self._staff()
        record = DecisionRecord(
            model_version="sface",
            person_count=48,
            threshold=0.47,
            threshold_fmr=1e-5,
            target_fpir=0.001,
            minimum_margin=0.05,
            sample_count=6,
            qualities=(0.94, 0.91, 0.88),
            first_id=first.id,
            first_similarity=0.71 if known else 0.38,
            second_id=second.id,
            second_similarity=0.29,
            template_id=55,
            template_similarity=0.78 if known else 0.41,
            similarity_without_template=0.66 if known else 0.35,
            reasons=() if known else ("below_threshold",),
            refused_count=0 if known else 9,
            refused_reasons=() if known else ("too_dark", "too_blurred"),
            liveness="live" if known else "attack",
            liveness_reasons=() if known else ("moves_with_surround",),
            liveness_co_motion=0.0 if known else 0.41,
            liveness_motions=5,
            liveness_seen_s=1.2,
        )
        names, zone = {person.id: person.full_name for person in self._staff()}, ZoneInfo("Europe/Moscow")
        entry = next(event for event in self.events if event.trace_id == trace_id)
        return ExplainedEvent(entry, record, names, NOW - timedelta(days=90)).sentences(zone, language)

    def people(self) -> tuple[EmployeeSummary, ...]:
        self._work()
        return tuple(EmployeeSummary(person, 5) for person in self._staff())

    def add_event(
        self, _employee_id: int, _event_type: EventType, _at: datetime, _reason: str, _request_id: int | None, /
    ) -> CorrectionDone:
        return self._correct()

    def change_event(self, _trace_id: UUID, _edit: EventEdit, _reason: str, /) -> CorrectionDone:
        return self._correct()

    def void_event(self, _trace_id: UUID, _reason: str, /) -> CorrectionDone:
        return self._correct()

    def undo_correction(self, _correction_id: int, _reason: str, /) -> CorrectionDone:
        return self._correct()

    def questions(self) -> QuestionsFound:
        self._work()
        if self.is_empty or len(self._staff()) < 4:
            return QuestionsFound((), ())
        first, second, third, fourth, *_ = self._staff()
        came_at, left_at = NOW - timedelta(days=1, hours=9, minutes=12), NOW - timedelta(days=3, hours=-2)
        stays = (
            _asked(first, Doubt.EXIT_MISSING, came_at - timedelta(days=2), None),
            _asked(second, Doubt.EXIT_MISSING, came_at, None, came_at + timedelta(hours=9.3), DOOR),
            _asked(third, Doubt.EXIT_MISSING, came_at, None, came_at + timedelta(hours=9, minutes=6)),
            _asked(fourth, Doubt.ENTRY_MISSING, None, left_at, left_at - timedelta(hours=9)),
            _asked(first, Doubt.EXIT_AUTOMATIC, came_at - timedelta(days=4), came_at - timedelta(days=3.6)),
            _asked(second, Doubt.TYPES_TURNED, came_at - timedelta(days=5), came_at - timedelta(days=4.4)),
            _asked(third, Doubt.BREAK_MISSING, came_at - timedelta(days=6), came_at - timedelta(days=5.6)),
        )
        asked = CorrectionRequest(7, second.id, TODAY - timedelta(days=1), RequestKind.EXIT_MISSING, "", DOOR, NOW)
        wrong = CorrectionRequest(
            8, fourth.id, TODAY - timedelta(days=2), RequestKind.WRONG_TIME, self.words[0], DOOR, NOW
        )
        requests = EmployeeRequest(asked, second.full_name, stays[1]), EmployeeRequest(wrong, fourth.full_name)
        return QuestionsFound(stays, requests)

    def question_count(self) -> int:
        return self.questions().count

    def answer_request(self, _request_id: int, _outcome: RequestOutcome, _reason: str, /) -> None:
        self._work()

    def months(self) -> tuple[MonthState, ...]:
        self._work()
        first = (TODAY.replace(day=1), date(2026, 10, 1), date(2026, 9, 1), date(2026, 8, 1), date(2026, 7, 1))
        name = next((person.full_name for person in self._staff()), "")
        closed = (MonthState(month, True, name, NOW - timedelta(days=50 * place)) for place, month in enumerate(first))
        return (MonthState(first[0], False), MonthState(first[1], True), *tuple(closed)[2:])

    def open_in(self, _month: date, /) -> tuple[int, int]:
        self._work()
        return (0, 0) if self.is_empty else (4, 2)

    def close_month(self, _month: date, _name: str, /) -> None:
        self._work()

    def reopen_month(self, _month: date, _name: str, _reason: str, /) -> None:
        self._work()

    def people_in(self) -> PeopleIn:
        self._work()
        staff = () if self.is_empty else self._staff()
        people = [
            PersonIn(one.full_name, one.department, NOW - timedelta(hours=1 + 5 * place), f"kiosk-{1 + place % 2}")
            for place, one in enumerate(staff)
        ]
        people.sort(key=lambda one: (one.department is None, one.department or "", one.full_name))
        return PeopleIn(tuple(people), NOW, self.is_copy)

    def save_evacuation_list(self, folder: Path, /, *, language: OfficeLanguage) -> Path:
        self._work()
        assert language in OfficeLanguage  # noqa: S101  the name of the file does not depend on it
        return folder / "evacuation-2026-11-27-1815.pdf"

    def _event(self, person: Employee | None, place: int) -> LogEntry:
        method = Method.PIN if person is not None and place % 4 == 1 else Method.FACE
        at, kind = NOW - timedelta(minutes=7 * place), _TYPES[(place + 1) % len(_TYPES)]
        corrections: tuple[RowCorrection, ...] = ()
        if place == 2:
            corrections = (RowCorrection(3, CorrectionAction.VOID, "admin", self.words[1], NOW),)
        elif place == 4 and person is not None:
            original = OriginalRow(UUID(int=90), person.id, at - timedelta(minutes=55), kind)
            corrections = (
                RowCorrection(5, CorrectionAction.ADD, "admin", self.words[1], NOW, part_of=4, original=original),
            )
            method = Method.MANUAL
        return LogEntry(
            trace_id=UUID(int=place + 1),
            employee_id=None if person is None else person.id,
            full_name=None if person is None else person.full_name,
            timestamp=at,
            event_type=kind,
            confidence=0.71 if method is Method.FACE else None,
            method=method,
            kiosk_id=DOOR,
            voided=place == 2,
            photo_path="kept" if (None if person is None else person.id) in self.snapshots else None,
            reason="break" if place == 4 else None,
            corrections=corrections,
        )

    def _correct(self) -> CorrectionDone:
        self._work()
        if self.corrections_refuse is not None:
            raise self.corrections_refuse
        return CorrectionDone(9)

    def _work(self) -> None:
        if self.refuses is not None:
            raise self.refuses


def _asked(  # noqa: PLR0917  whose stay, and what is known of it
    person: Employee,
    doubt: Doubt,
    came_at: datetime | None,
    left_at: datetime | None,
    proposed_at: datetime | None = None,
    door: str | None = None,
) -> StayQuestion:
    return StayQuestion(person.id, person.full_name, doubt, UUID(int=1), came_at, left_at, proposed_at, door)
