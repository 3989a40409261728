"""The recorder's step against a database that comes and goes, and refuses."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from kiosk.attendance import database_writer as recorder_module
from kiosk.attendance.database_writer import LONGEST_PAUSE_S, REFRESH_EVERY_S, DatabaseWriter, RecorderStatus
from kiosk.attendance.journal import Journal
from kiosk.core.clock import SystemClock
from kiosk.core.worker import Worker
from kiosk.domain.types import AttendanceEvent
from kiosk.errors import ConfigurationError, RowRefused, StorageError
from support.builders import ANNA, BORIS, event
from support.fakes import MORNING, FakeAttendanceLog, FakeClock


class Desk:
    """Everything a recorder stands between."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.log = FakeAttendanceLog()
        self.clock = FakeClock()
        self.heard: list[tuple[AttendanceEvent, ...]] = []
        self.database_writer = DatabaseWriter(journal, self.log, self.hear, self.clock)

    def hear(self, latest: Iterable[AttendanceEvent]) -> None:
        self.heard.append(tuple(latest))

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
def desk(tmp_path: Path) -> Iterator[Desk]:
    journal = Journal(tmp_path / "events.journal")
    yield Desk(journal)
    journal.close()


@pytest.fixture(autouse=True)
def every_line(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "kiosk")


def lines(caplog: pytest.LogCaptureFixture, event_name: str) -> list[dict[str, object]]:
    return [getattr(record, "fields", {}) for record in caplog.records if record.message == event_name]


def test_events_come_into_the_database_in_order_and_in_batches(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder_module, "BATCH", 10)
    events = desk.append(35)
    desk.settle()
    assert list(desk.log.events.values()) == events
    assert desk.log.attempts == 4
    assert desk.database_writer.status == RecorderStatus(waiting=0, refused=0, away_since_at=None)


def test_an_outage_is_told_once_at_its_beginning_and_once_at_its_end(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.log.away = True
    events = desk.append(3)
    for _ in range(5):
        desk.database_writer.step()
        desk.clock.advance(LONGEST_PAUSE_S)
    assert desk.database_writer.status == RecorderStatus(waiting=3, refused=0, away_since_at=MORNING)
    desk.clock.set(MORNING - timedelta(days=1))
    desk.log.away = False
    desk.settle()
    assert list(desk.log.events.values()) == events
    assert desk.database_writer.status == RecorderStatus(waiting=0, refused=0, away_since_at=None)
    assert [line["waiting"] for line in lines(caplog, "database.away")] == [3]
    assert lines(caplog, "database.back") == [{"lasted_s": 5 * LONGEST_PAUSE_S, "waited": 3}]


def test_a_database_that_is_away_is_asked_ever_more_rarely(desk: Desk) -> None:
    desk.log.away = True
    desk.append(1)
    asked_at_s = []
    for _ in range(200):
        attempts = desk.log.attempts
        desk.journal.append(event(BORIS))  # new events do not hasten it, nor does the step wait for long
        desk.database_writer.step()
        if desk.log.attempts > attempts:
            asked_at_s.append(desk.clock.monotonic_s())
        desk.clock.advance(0.05)
    gaps = [later - earlier for earlier, later in pairwise(asked_at_s)]
    assert gaps == sorted(gaps)
    assert max(gaps) == pytest.approx(LONGEST_PAUSE_S, abs=0.06)


def test_tables_that_are_out_of_date_keep_events_waiting(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.append(1)

    def out_of_date(events: object) -> int:
        raise ConfigurationError("run: python -m kiosk db upgrade")

    monkeypatch.setattr(desk.log, "record", out_of_date)
    assert desk.database_writer.step()
    assert desk.database_writer.status.away_since_at is not None
    assert desk.journal.pending_count == 1


@pytest.mark.expects_errors
def test_a_row_that_is_refused_for_good_lets_the_others_pass(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    events = desk.append(10)
    bad = events[4]
    desk.log.refuse[bad.trace_id] = RowRefused("it breaks a constraint")
    desk.settle()
    assert list(desk.log.events.values()) == [one for one in events if one is not bad]
    assert desk.database_writer.status == RecorderStatus(waiting=0, refused=1, away_since_at=None)
    assert [line["trace_id"] for line in lines(caplog, "event.refused")] == [bad.trace_id]


@pytest.mark.expects_errors
def test_a_database_that_goes_away_among_refusals_loses_nothing(desk: Desk) -> None:
    events = desk.append(6)
    desk.log.refuse[events[1].trace_id] = RowRefused("it breaks a constraint")
    desk.log.refuse[events[3].trace_id] = StorageError("the database does not answer")
    desk.database_writer.step()
    assert desk.journal.pending(10) == tuple(events[3:])
    del desk.log.refuse[events[3].trace_id]
    desk.settle()
    assert list(desk.log.events.values()) == [events[0], *events[2:]]


def test_others_events_are_heard_of_while_nothing_waits(desk: Desk) -> None:
    desk.database_writer.step()
    assert desk.heard == [()]
    other = event(ANNA, kiosk_id="gate")
    desk.log.record([other])
    desk.clock.advance(REFRESH_EVERY_S)
    desk.database_writer.step()
    assert desk.heard[1:] == [(other,)]


def test_a_slow_answer_is_asked_for_less_often(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.log, "latest_events", lambda _until: desk.clock.advance(2.0) or ())
    desk.database_writer.refresh()
    monkeypatch.setattr(desk.journal, "wait", desk.clock.advance)
    began_s = desk.clock.monotonic_s()
    while len(desk.heard) < 2:
        desk.database_writer.step()
    assert desk.clock.monotonic_s() - began_s >= 2.0 / recorder_module.REFRESH_SHARE


def test_flush_waits_for_the_last_event(desk: Desk) -> None:
    desk.database_writer = DatabaseWriter(desk.journal, desk.log, desk.hear, SystemClock())
    worker = Worker("recorder", desk.database_writer.step)
    worker.start()
    events = desk.append(50)
    assert desk.database_writer.flush(30)
    assert list(desk.log.events.values()) == events
    desk.log.away = True
    desk.append(1)
    assert not desk.database_writer.flush(0.2)
    assert worker.stop(30)


def test_an_event_wakes_the_recorder(desk: Desk) -> None:
    desk.database_writer.refresh()
    writer = threading.Timer(0.05, desk.append, [1])
    writer.start()
    desk.database_writer.step()
    writer.join()
    assert desk.log.attempts == 0
    desk.database_writer.step()
    assert len(desk.log.events) == 1
