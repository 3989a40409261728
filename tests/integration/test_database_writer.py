"""Events on their way into real databases that refuse, vanish, and come back."""

from __future__ import annotations

import logging
import random
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from db import migrations
from db.attendance_log import DatabaseAttendanceLog
from db.models import AttendanceRow
from db.session import Database, make_engine
from kiosk.app.attendance_config import build_attendance_config
from kiosk.app.mode import Mode
from kiosk.attendance.database_writer import DatabaseWriter
from kiosk.attendance.event_registrar import EventRegistrar
from kiosk.attendance.journal import Journal
from kiosk.core.clock import SystemClock
from kiosk.core.storage import SnapshotStore
from kiosk.core.worker import Worker
from kiosk.domain.registration import AlreadyRegistered, Registered
from kiosk.domain.types import AttendanceEvent, EventType
from support.builders import STRANGER, event, make_corrections, make_settings, match
from support.database_rows import add_person, void
from support.fakes import MORNING, FakeClock
from support.postgres_server import OwnServer

PATIENCE_S = 120.0


class Kiosk:
    """One run of the event path: a new one over the same folder is the process started again."""

    def __init__(self, database: Database, data_dir: Path) -> None:
        chosen = make_settings(data_dir)
        self.journal = Journal(data_dir / "events.journal")
        self.service = EventRegistrar(
            build_attendance_config(chosen, Mode.DOOR), self.journal, SnapshotStore(data_dir, chosen.zone, bytes)
        )
        self.database_writer = DatabaseWriter(
            self.journal,
            DatabaseAttendanceLog(database),
            self.service.update_from_database,
            SystemClock(),
            make_corrections(database).take_back,
        )
        self._worker = Worker("recorder", self.database_writer.step)

    def start(self) -> Kiosk:
        self._worker.start()
        return self

    def close(self) -> None:
        assert self._worker.stop(PATIENCE_S)
        self.journal.close()

    def wait_until_recorded(self) -> None:
        ends_s = time.monotonic() + PATIENCE_S
        while self.journal.pending_count:
            assert time.monotonic() < ends_s, f"still waiting: {self.database_writer.status}"
            time.sleep(0.02)


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def rows(database: Database) -> list[AttendanceEvent]:
    """What the database holds, in the order of its coming there."""
    recorded = {entry.trace_id: entry for entry in DatabaseAttendanceLog(database).history()}
    with database.reading() as session:
        in_order = session.scalars(select(AttendanceRow.trace_id).order_by(AttendanceRow.id)).all()
    return [
        AttendanceEvent(
            trace_id=entry.trace_id,
            employee_id=entry.employee_id,
            event_type=entry.event_type,
            occurred_at=entry.timestamp,
            confidence=entry.confidence,
            kiosk_id=entry.kiosk_id,
            method=entry.method,
            photo_path=entry.photo_path,
        )
        for entry in (recorded[trace_id] for trace_id in in_order)
    ]


def test_every_event_stands_in_the_database_once_also_when_it_is_sent_again(database: Database, tmp_path: Path) -> None:
    people = [add_person(database) for _ in range(3)]
    events = [event(person, at=MORNING + timedelta(minutes=m)) for m in range(40) for person in [*people, None]]
    journal = Journal(tmp_path / "events.journal")
    for one in events:
        journal.append(one)
    before_the_notes = (tmp_path / "events.journal").read_bytes()
    journal.close()
    for _ in range(2):
        (tmp_path / "events.journal").write_bytes(before_the_notes)  # the notes of what was recorded are lost
        with closing(Kiosk(database, tmp_path).start()) as kiosk:
            assert kiosk.database_writer.flush(PATIENCE_S)
        assert rows(database) == events


@pytest.mark.expects_errors
def test_events_of_somebody_deleted_are_set_aside_and_the_others_recorded(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    anna, gone = add_person(database), add_person(database)
    with database.transaction() as session:
        session.execute(text(f"DELETE FROM employees WHERE id = {gone}"))
    events = [event(person, at=MORNING + timedelta(minutes=m)) for m in range(5) for person in (anna, gone, None)]
    with closing(Kiosk(database, tmp_path)) as kiosk:
        for one in events:
            kiosk.journal.append(one)
        kiosk.start()
        assert kiosk.database_writer.flush(PATIENCE_S)
        assert kiosk.database_writer.status.refused == 5
    assert rows(database) == [one for one in events if one.employee_id != gone]
    refused = [record for record in caplog.records if record.message == "event.refused"]
    assert len(refused) == 5


def test_what_the_office_voids_does_not_count_at_the_door(database: Database, tmp_path: Path, clock: FakeClock) -> None:
    anna = add_person(database)
    with closing(Kiosk(database, tmp_path)) as kiosk:
        entry = kiosk.service.register(match(anna), clock.now(), clock.monotonic_s())
        kiosk.database_writer.step()
        clock.advance(10)
        assert isinstance(kiosk.service.register(match(anna), clock.now(), clock.monotonic_s()), AlreadyRegistered)
        with database.reading() as session:
            row_id = session.scalars(select(AttendanceRow.id)).one()
        void(database, row_id)
        kiosk.database_writer.read_latest_events()
        again = kiosk.service.register(match(anna), clock.now(), clock.monotonic_s())
        assert isinstance(entry, Registered)
        assert isinstance(again, Registered)
        assert again.event.event_type is EventType.ENTRY


def test_an_entry_at_another_door_is_an_exit_here(database: Database, tmp_path: Path, clock: FakeClock) -> None:
    anna = add_person(database)
    other_door = event(anna, at=MORNING - timedelta(hours=1), kiosk_id="gate")
    DatabaseAttendanceLog(database).record([other_door])
    with closing(Kiosk(database, tmp_path)) as kiosk:
        kiosk.database_writer.read_latest_events()
        outcome = kiosk.service.register(match(anna), clock.now(), clock.monotonic_s())
        assert isinstance(outcome, Registered)
        assert outcome.event.event_type is EventType.EXIT


@pytest.mark.slow
def test_database_away_for_5000_events_with_restarts_in_the_middle(
    own_postgres_server: OwnServer,
    tmp_path: Path,
    stack: ExitStack,
    clock: FakeClock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """All are there afterwards, once, in order, and what was an entry and what an exit was right all along."""
    caplog.set_level(logging.INFO, "kiosk")
    database = stack.enter_context(closing(Database(make_engine(own_postgres_server.create_database()))))
    migrations.upgrade(database)
    people = [add_person(database) for _ in range(60)]
    last_reported: list[AttendanceEvent] = []
    chance = random.Random(3)  # noqa: S311

    def let_people_pass(kiosk: Kiosk, count: int) -> None:
        until = len(last_reported) + count
        while len(last_reported) < until:
            clock.advance(chance.uniform(5, 120))
            decision = STRANGER if chance.random() < 0.05 else match(chance.choice(people))
            outcome = kiosk.service.register(decision, clock.now(), clock.monotonic_s())
            if isinstance(outcome, Registered):
                last_reported.append(outcome.event)

    with closing(Kiosk(database, tmp_path).start()) as kiosk:
        let_people_pass(kiosk, 200)
        own_postgres_server.stop(signal.SIGQUIT)
        let_people_pass(kiosk, 2000)
        assert 2000 <= kiosk.database_writer.status.waiting <= 2200
    with closing(Kiosk(database, tmp_path).start()) as kiosk:
        let_people_pass(kiosk, 2000)
    with closing(Kiosk(database, tmp_path).start()) as kiosk:
        assert kiosk.database_writer.status.waiting >= 4000
        let_people_pass(kiosk, 500)
        own_postgres_server.start()
        let_people_pass(kiosk, 500)
        kiosk.wait_until_recorded()
        let_people_pass(kiosk, 50)
        kiosk.wait_until_recorded()

    assert rows(database) == last_reported
    assert_types_are_right(last_reported)
    told = [record.message for record in caplog.records if record.message.startswith("database.")]
    assert told == ["database.away"] * 2 + ["database.away", "database.back"]


def assert_types_are_right(events: list[AttendanceEvent]) -> None:
    """By hand: people come and go in turn, but where an exit was forgotten; visitors only enter; none too soon."""
    inside: dict[int | None, datetime] = {}
    last_at: dict[int | None, datetime] = {}
    for one in events:
        entered_at = inside.pop(one.employee_id, None)
        may_be_in = entered_at is not None and one.occurred_at - entered_at <= timedelta(hours=16)
        is_entry = one.event_type is EventType.ENTRY
        assert is_entry is (one.employee_id is None or not may_be_in)
        if is_entry and one.employee_id is not None:
            inside[one.employee_id] = one.occurred_at
        cooldown_s = 60 if one.employee_id is None else 300
        before_at = last_at.get(one.employee_id, MORNING - timedelta(days=1))
        assert (one.occurred_at - before_at).total_seconds() >= cooldown_s - 1e-3
        last_at[one.employee_id] = one.occurred_at
    assert len(last_at) > 50
