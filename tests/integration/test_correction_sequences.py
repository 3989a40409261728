"""Corrections in any order: nothing is lost, each is undone again, and of two at once one wins."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.attendance_log import DatabaseAttendanceLog
from db.session import Database
from kiosk.attendance.corrections import Corrected, Corrections, EventChanges
from kiosk.attendance.log_schemas import EntryResponse
from kiosk.domain.attendance_log import LogEntry
from kiosk.domain.types import AttendanceEvent, EventType
from kiosk.errors import CorrectionNotFound, EventRefused, InvalidInput
from support.builders import event, make_corrections
from support.database_rows import add_person
from support.fakes import MORNING

BY = "cli:anna"
KINDS = ("add", "void", "move", "retype", "assign", "undo")
STEPS = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 9)), min_size=1, max_size=6)
SLOW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Office:
    """An office of two people and an unknown visitor, and a model of what counts that shares no code with it."""

    def __init__(self, database: Database) -> None:
        self.log, self.corrections = DatabaseAttendanceLog(database), make_corrections(database)
        self.anna, self.boris = add_person(database), add_person(database, "Boris")
        self.registered = [
            event(self.anna, EventType.ENTRY, MORNING),
            event(self.anna, EventType.EXIT, MORNING + timedelta(hours=8)),
            event(None, EventType.ENTRY, MORNING + timedelta(hours=1)),
        ]
        self.log.record(self.registered)
        self.counting = {made.trace_id for made in self.registered}
        self.undoable: list[tuple[int, set[UUID], set[UUID]]] = []
        self.added = 0

    def step(self, kind: str, choice: int) -> None:
        if kind == "undo":
            self._undo()
            return
        if kind == "add":
            self.added += 1
            at = MORNING + timedelta(minutes=self.added)
            self._applied(self.corrections.add(self.anna, EventType.ENTRY, at, BY, "forgot"), gone=None)
            return
        rows = sorted(self.counting, key=str)
        if not rows:
            return
        trace_id = rows[choice % len(rows)]
        if kind == "void":
            self.corrections.void(trace_id, BY, "not there")
            made = self.corrections.listed()[-1].correction.id
            self.undoable.append((made, {trace_id}, set()))
            self.counting.discard(trace_id)
        else:
            self._applied(self.corrections.change(trace_id, self._changes(kind, trace_id), BY, "wrong"), gone=trace_id)

    def entries(self) -> dict[UUID, LogEntry]:
        return {entry.trace_id: entry for entry in self.log.history() if entry.kiosk_id == "door"}

    def _changes(self, kind: str, trace_id: UUID) -> EventChanges:
        row = self.entries()[trace_id]
        self.added += 1
        if kind == "move":
            return EventChanges(at=row.timestamp + timedelta(seconds=self.added))
        if kind == "retype":
            return EventChanges(event_type=row.event_type.opposite, at=row.timestamp + timedelta(seconds=self.added))
        return EventChanges(employee_id=self.anna if row.employee_id == self.boris else self.boris)

    def _applied(self, corrected: Corrected, gone: UUID | None) -> None:
        assert corrected.event is not None
        removed, added = set() if gone is None else {gone}, {corrected.event.trace_id}
        self.undoable.append((corrected.correction_id, removed, added))
        self.counting = self.counting - removed | added

    def _undo(self) -> None:
        if self.undoable:
            made, removed, added = self.undoable.pop()
            undone = self.corrections.undo(made, BY, "was right")
            self.counting = self.counting - added | removed
            redo = self.corrections.undo(undone.correction_id, BY, "was wrong after all")
            self.corrections.undo(redo.correction_id, BY, "was right")


@given(steps=STEPS)
@SLOW
def test_nothing_is_lost_and_all_is_undone_again(database: Database, steps: list[tuple[str, int]]) -> None:
    office = Office(database)
    known: dict[UUID, tuple[object, ...]] = {}
    for kind, choice in steps:
        office.step(kind, choice)
        entries = office.entries()
        facts: dict[UUID, tuple[object, ...]] = {
            i: (e.employee_id, e.timestamp, e.event_type, e.kiosk_id) for i, e in entries.items()
        }
        assert known.items() <= facts.items(), "a row was changed or lost"
        known = facts
        own = {i: e for i, e in entries.items() if e.employee_id in (office.anna, office.boris) or i in office.counting}
        assert {i for i, e in own.items() if not e.voided} == office.counting
        for person in (office.anna, office.boris):
            rows = [e for e in own.values() if e.employee_id == person and not e.voided]
            latest = [e for e in office.log.latest_events(MORNING + timedelta(days=9)) if e.employee_id == person]
            assert {e.trace_id for e in latest} == {e.trace_id for e in rows[-1:]}, "SQL and the rule disagree"
    while office.undoable:
        office.step("undo", 0)
    assert office.counting == {made.trace_id for made in office.registered}
    assert {i for i, e in office.entries().items() if not e.voided} & known.keys() >= office.counting


@pytest.fixture
def corrections(database: Database) -> Corrections:
    return make_corrections(database)


@pytest.fixture
def exit_(database: Database) -> AttendanceEvent:
    made = event(add_person(database), EventType.EXIT, MORNING)
    DatabaseAttendanceLog(database).record([made])
    return made


RIVALS: dict[str, Callable[[Corrections, UUID, int], object]] = {
    "void": lambda all_, trace_id, _: all_.void(trace_id, BY, "not there"),
    "turn": lambda all_, trace_id, _: all_.turn(trace_id, BY, "an entry"),
    "change": lambda all_, trace_id, number: all_.change(
        trace_id, EventChanges(at=MORNING + timedelta(minutes=number)), BY, "wrong time"
    ),
}


@pytest.mark.parametrize("kind", RIVALS)
def test_of_corrections_of_one_row_at_once_one_wins(database: Database, exit_: AttendanceEvent, kind: str) -> None:
    start = threading.Barrier(4)

    def rival(number: int) -> str:
        start.wait()
        try:
            RIVALS[kind](make_corrections(database), exit_.trace_id, number)
        except EventRefused as refused:
            return str(refused)
        return "won"

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(rival, range(1, 5)))
    assert answers == ["this event does not count any more; another correction came first"] * 3 + ["won"]
    assert sum(not entry.voided for entry in DatabaseAttendanceLog(database).history()) == (kind != "void")


def test_of_two_who_undo_one_correction_at_once_one_wins(database: Database, exit_: AttendanceEvent) -> None:
    made = make_corrections(database).void(exit_.trace_id, BY, "not there").correction_id
    start = threading.Barrier(2)

    def rival(_: int) -> str:
        start.wait()
        try:
            make_corrections(database).undo(made, BY, "was there")
        except EventRefused as refused:
            return str(refused)
        return "won"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(rival, range(2)))
    assert answers == [f"correction {made} was undone already, by correction {made + 1}", "won"]


def test_a_changed_event_is_shown_beside_the_original(
    database: Database, corrections: Corrections, exit_: AttendanceEvent
) -> None:
    first = corrections.change(exit_.trace_id, EventChanges(at=MORNING + timedelta(hours=1)), BY, "left later").event
    assert first is not None
    second = corrections.change(first.trace_id, EventChanges(event_type=EventType.ENTRY), BY, "came").event
    assert second is not None
    (counts,) = (entry for entry in DatabaseAttendanceLog(database).history() if not entry.voided)
    assert (counts.trace_id, counts.timestamp) == (second.trace_id, MORNING + timedelta(hours=1))
    assert counts.original is not None
    assert (counts.original.trace_id, counts.original.timestamp) == (exit_.trace_id, MORNING)
    assert (counts.method, counts.confidence, counts.corrected_by) == ("manual", None, BY)
    answer = EntryResponse.model_validate(counts)
    assert answer.corrected_by == BY
    assert answer.original is not None
    assert (answer.original.trace_id, answer.original.timestamp) == (exit_.trace_id, MORNING)


def test_an_earlier_correction_is_not_undone_before_the_later_one(
    database: Database, corrections: Corrections, exit_: AttendanceEvent
) -> None:
    first = corrections.change(exit_.trace_id, EventChanges(at=MORNING + timedelta(hours=1)), BY, "left later")
    assert first.event is not None
    second = corrections.void(first.event.trace_id, BY, "never there")
    with pytest.raises(EventRefused, match=f"{first.correction_id} was followed by correction {second.correction_id}"):
        corrections.undo(first.correction_id, BY, "was right")
    corrections.undo(second.correction_id, BY, "was there")
    with pytest.raises(EventRefused, match=f"{second.correction_id} was undone already"):
        corrections.undo(second.correction_id, BY, "was there")
    corrections.undo(first.correction_id, BY, "was right")
    (counts,) = (entry for entry in DatabaseAttendanceLog(database).history() if not entry.voided)
    assert counts.trace_id == exit_.trace_id


def person_of(made: AttendanceEvent) -> int:
    assert made.employee_id is not None
    return made.employee_id


LATER = MORNING + timedelta(days=100)
IMPOSSIBLE: dict[str, tuple[type[Exception], str, Callable[[Corrections, AttendanceEvent], object]]] = {
    "in the future": (
        InvalidInput,
        "is in the future",
        lambda all_, made: all_.add(person_of(made), EventType.EXIT, LATER, BY, "x"),
    ),
    "moved to the future": (
        InvalidInput,
        "is in the future",
        lambda all_, made: all_.change(made.trace_id, EventChanges(at=LATER), BY, "x"),
    ),
    "before the person was there": (
        InvalidInput,
        "before the person was added on 2020-01-01",
        lambda all_, made: all_.add(person_of(made), EventType.EXIT, datetime(1999, 1, 1).astimezone(), BY, "x"),
    ),
    "the same again": (
        EventRefused,
        "this person's exit of 2025-03-03 12:00 is there already",
        lambda all_, made: all_.add(person_of(made), EventType.EXIT, MORNING, BY, "x"),
    ),
    "no change": (
        InvalidInput,
        "changes nothing",
        lambda all_, made: all_.change(made.trace_id, EventChanges(at=MORNING), BY, "x"),
    ),
    "no reason": (InvalidInput, "a reason is needed", lambda all_, made: all_.void(made.trace_id, BY, " ")),
    "a reason without end": (InvalidInput, "at most 500", lambda all_, made: all_.void(made.trace_id, BY, "x" * 501)),
    "no such correction": (CorrectionNotFound, "no correction 99", lambda all_, _: all_.undo(99, BY, "x")),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_what_cannot_be_is_refused_with_a_sentence(
    database: Database, corrections: Corrections, exit_: AttendanceEvent, name: str
) -> None:
    kind, sentence, correct = IMPOSSIBLE[name]
    with pytest.raises(kind, match=sentence):
        correct(corrections, exit_)
    (entry,) = DatabaseAttendanceLog(database).history()
    assert entry.corrections == ()


def test_an_entry_after_an_entry_is_taken_with_a_warning(corrections: Corrections, exit_: AttendanceEvent) -> None:
    before = MORNING - timedelta(hours=2)
    assert corrections.add(person_of(exit_), EventType.ENTRY, before, BY, "forgot").warnings == ()
    again = corrections.add(person_of(exit_), EventType.ENTRY, before + timedelta(hours=1), BY, "forgot")
    assert again.warnings == ("the entry of 2025-03-03 10:00 has no exit now",)
