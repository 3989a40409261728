"""The recorder's step against a database that comes and goes, and refuses."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest

from kiosk.attendance import database_writer as database_writer_module
from kiosk.attendance.database_writer import LONGEST_PAUSE_S, READ_EVERY_S, DatabaseWriter, DatabaseWriterStatus
from kiosk.attendance.journal import Journal
from kiosk.core.clock import SystemClock
from kiosk.core.worker import Worker
from kiosk.domain.types import AttendanceEvent, EventVoid
from kiosk.errors import ConfigurationError, EventRefused, RowRefused, StorageError
from support.builders import ANNA, BORIS, event
from support.fakes import MORNING, FakeAttendanceLog, FakeClock


class WriterSetup:
    """Everything a recorder stands between."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.log = FakeAttendanceLog()
        self.clock = FakeClock()
        self.received: list[tuple[AttendanceEvent, ...]] = []
        self.voids: list[tuple[UUID, str, str]] = []
        self.closed: set[UUID] = set()
        self.database_writer = DatabaseWriter(journal, self.log, self.receive, self.clock, self.take_back)

    def take_back(self, trace_id: UUID, author: str, reason: str) -> None:
        if trace_id in self.closed:
            raise EventRefused("the month is closed")
        assert trace_id in self.log.events
        self.voids.append((trace_id, author, reason))

    def receive(self, latest: Iterable[AttendanceEvent]) -> None:
        self.received.append(tuple(latest))

    def append(self, count: int) -> list[AttendanceEvent]:
        events = [event(1 + i % 5, at=MORNING + timedelta(seconds=i)) for i in range(count)]
        for one in events:
            self.journal.append(one)
        return events

    def settle(self) -> None:
        """Step until nothing waits; pauses pass at once."""
        for _ in range(100):
            if not self.journal.pending_count:
                return
            self.database_writer.step()
            self.clock.advance(LONGEST_PAUSE_S)
        pytest.fail("events go on waiting")


@pytest.fixture
def setup(tmp_path: Path) -> Iterator[WriterSetup]:
    journal = Journal(tmp_path / "events.journal")
    yield WriterSetup(journal)
    journal.close()


@pytest.fixture(autouse=True)
def every_line(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "kiosk")


def lines(caplog: pytest.LogCaptureFixture, event_name: str) -> list[dict[str, object]]:
    return [getattr(record, "fields", {}) for record in caplog.records if record.message == event_name]


def test_events_come_into_the_database_in_order_and_in_batches(
    setup: WriterSetup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_writer_module, "BATCH_SIZE", 10)
    events = setup.append(35)
    setup.settle()
    assert list(setup.log.events.values()) == events
    assert setup.log.attempts == 4
    assert setup.database_writer.status == DatabaseWriterStatus(waiting=0, refused=0, away_since_at=None)


def test_an_outage_is_told_once_at_its_beginning_and_once_at_its_end(
    setup: WriterSetup, caplog: pytest.LogCaptureFixture
) -> None:
    setup.log.away = True
    events = setup.append(3)
    for _ in range(5):
        setup.database_writer.step()
        setup.clock.advance(LONGEST_PAUSE_S)
    assert setup.database_writer.status == DatabaseWriterStatus(waiting=3, refused=0, away_since_at=MORNING)
    setup.clock.set(MORNING - timedelta(days=1))
    setup.log.away = False
    setup.settle()
    assert list(setup.log.events.values()) == events
    assert setup.database_writer.status == DatabaseWriterStatus(waiting=0, refused=0, away_since_at=None)
    assert [line["waiting"] for line in lines(caplog, "database.away")] == [3]
    assert lines(caplog, "database.back") == [{"lasted_s": 5 * LONGEST_PAUSE_S, "waited": 3}]


def test_a_database_that_is_away_is_asked_ever_more_rarely(setup: WriterSetup) -> None:
    setup.log.away = True
    setup.append(1)
    asked_at_s = []
    for _ in range(200):
        attempts = setup.log.attempts
        setup.journal.append(event(BORIS))  # new events do not hasten it, nor does the step wait for long
        setup.database_writer.step()
        if setup.log.attempts > attempts:
            asked_at_s.append(setup.clock.monotonic_s())
        setup.clock.advance(0.05)
    gaps = [later - earlier for earlier, later in pairwise(asked_at_s)]
    assert gaps == sorted(gaps)
    assert max(gaps) == pytest.approx(LONGEST_PAUSE_S, abs=0.06)


def test_tables_that_are_out_of_date_keep_events_waiting(setup: WriterSetup, monkeypatch: pytest.MonkeyPatch) -> None:
    setup.append(1)

    def out_of_date(events: object) -> int:
        raise ConfigurationError("run: python -m kiosk db upgrade")

    monkeypatch.setattr(setup.log, "record", out_of_date)
    assert setup.database_writer.step()
    assert setup.database_writer.status.away_since_at is not None
    assert setup.journal.pending_count == 1


@pytest.mark.expects_errors
def test_a_row_that_is_refused_for_good_lets_the_others_pass(
    setup: WriterSetup, caplog: pytest.LogCaptureFixture
) -> None:
    events = setup.append(10)
    bad = events[4]
    setup.log.refuse[bad.trace_id] = RowRefused("it breaks a constraint")
    setup.settle()
    assert list(setup.log.events.values()) == [one for one in events if one is not bad]
    assert setup.database_writer.status == DatabaseWriterStatus(waiting=0, refused=1, away_since_at=None)
    assert [line["trace_id"] for line in lines(caplog, "event.refused")] == [bad.trace_id]


@pytest.mark.expects_errors
def test_a_database_that_goes_away_among_refusals_loses_nothing(setup: WriterSetup) -> None:
    events = setup.append(6)
    setup.log.refuse[events[1].trace_id] = RowRefused("it breaks a constraint")
    setup.log.refuse[events[3].trace_id] = StorageError("the database does not answer")
    setup.database_writer.step()
    assert setup.journal.pending(10) == tuple(events[3:])
    del setup.log.refuse[events[3].trace_id]
    setup.settle()
    assert list(setup.log.events.values()) == [events[0], *events[2:]]


def test_others_events_are_read_while_nothing_waits(setup: WriterSetup) -> None:
    setup.database_writer.step()
    assert setup.received == [()]
    other = event(ANNA, kiosk_id="gate")
    setup.log.record([other])
    setup.clock.advance(READ_EVERY_S)
    setup.database_writer.step()
    assert setup.received[1:] == [(other,)]


def test_a_slow_answer_is_asked_for_less_often(setup: WriterSetup, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup.log, "latest_events", lambda _until: setup.clock.advance(2.0) or ())
    setup.database_writer.read_latest_events()
    monkeypatch.setattr(setup.journal, "wait", setup.clock.advance)
    began_s = setup.clock.monotonic_s()
    while len(setup.received) < 2:
        setup.database_writer.step()
    assert setup.clock.monotonic_s() - began_s >= 2.0 / database_writer_module.READ_SHARE


def test_flush_waits_for_the_last_event(setup: WriterSetup) -> None:
    setup.database_writer = DatabaseWriter(setup.journal, setup.log, setup.receive, SystemClock(), setup.take_back)
    worker = Worker("recorder", setup.database_writer.step)
    worker.start()
    events = setup.append(50)
    assert setup.database_writer.flush(30)
    assert list(setup.log.events.values()) == events
    setup.log.away = True
    setup.append(1)
    assert not setup.database_writer.flush(0.2)
    assert worker.stop(30)


def test_an_event_wakes_the_recorder(setup: WriterSetup) -> None:
    setup.database_writer.read_latest_events()
    writer = threading.Timer(0.05, setup.append, [1])
    writer.start()
    setup.database_writer.step()
    writer.join()
    assert setup.log.attempts == 0
    setup.database_writer.step()
    assert len(setup.log.events) == 1


VOID = EventVoid("kiosk:door", "not me")


def test_what_was_taken_back_in_an_outage_is_voided_when_the_database_is_back(setup: WriterSetup) -> None:
    first, second = setup.append(2)
    setup.log.away = True
    setup.database_writer.step()
    setup.journal.append(replace(first, void=VOID))
    assert setup.voids == []
    setup.log.away = False
    setup.settle()
    assert list(setup.log.events) == [first.trace_id, second.trace_id]
    assert setup.voids == [(first.trace_id, "kiosk:door", "not me")]


def test_what_was_taken_back_after_it_was_recorded_waits_again(setup: WriterSetup) -> None:
    (first,) = setup.append(1)
    setup.settle()
    setup.journal.append(replace(first, void=VOID))
    assert setup.database_writer.waiting_count == 1
    setup.settle()
    assert [trace_id for trace_id, *_ in setup.voids] == [first.trace_id]
    assert setup.journal.events() == ()


@pytest.mark.expects_errors
def test_a_void_of_a_closed_month_holds_up_nothing(setup: WriterSetup) -> None:
    first, second = setup.append(2)
    setup.closed.add(first.trace_id)
    setup.journal.append(replace(first, void=VOID))
    setup.settle()
    assert list(setup.log.events) == [first.trace_id, second.trace_id]
    assert setup.database_writer.status.refused == 1
