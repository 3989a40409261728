"""The cooldown runs from when somebody was last seen, also over a restart and between doors."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from db.attendance_log import DatabaseAttendanceLog
from db.correction_requests import add_request, answer_request, list_requests
from db.session import Database, make_engine
from db.sightings import delete_sightings, last_sighting, list_sightings
from kiosk.app.attendance_config import build_attendance_config
from kiosk.app.mode import Mode
from kiosk.app.storage import build_snapshot_store
from kiosk.attendance.event_registrar import EventRegistrar
from kiosk.attendance.journal import Journal
from kiosk.attendance.sighting_sync import SightingSync
from kiosk.domain.correction_requests import RequestKind, RequestOutcome
from kiosk.domain.registration import AlreadyRegistered, Registered, RegistrationOutcome
from kiosk.domain.types import AttendanceEvent, EventType
from kiosk.errors import StorageError
from support.builders import event, make_settings, match
from support.database_rows import add_person
from support.fakes import MORNING, FakeClock


class Door:
    """A door; the log is written by hand with record()."""

    def __init__(self, database: Database, folder: Path, clock: FakeClock, name: str = "door") -> None:
        folder.mkdir(exist_ok=True)
        settings = make_settings(folder, kiosk_id=name)
        self.journal, self._database, self.clock = Journal(folder / "events.journal"), database, clock
        config = build_attendance_config(settings, Mode.DOOR)
        self.registrar = EventRegistrar(config, self.journal, build_snapshot_store(settings))
        self.sync = SightingSync(database, self.registrar, clock)

    def look(self, employee_id: int, seconds: float = 0) -> RegistrationOutcome:
        """A new track of somebody, who then stays in view so long."""
        outcome = self.registrar.register(match(employee_id), self.clock.now(), self.clock.monotonic_s())
        self.stay(employee_id, seconds)
        return outcome

    def stay(self, employee_id: int, seconds: float) -> None:
        for _ in range(int(seconds // 10)):
            self.registrar.saw(employee_id, self.clock.now(), self.clock.monotonic_s())
            self.clock.advance(10)
        self.registrar.saw(employee_id, self.clock.now(), self.clock.monotonic_s())

    def record(self) -> None:
        log = DatabaseAttendanceLog(self._database)
        log.record(self.journal.pending(100))
        self.journal.mark_recorded([one.trace_id for one in self.journal.pending(100)])
        self.registrar.update_from_database(log.latest_events(self.clock.now()))
        self.sync.follow()

    def restarted(self, folder: Path, database: Database) -> Door:
        self.journal.close()
        door = Door(database, folder, FakeClock(self.clock.now(), 5.0))
        door.record()
        return door


@pytest.fixture
def anna(database: Database) -> int:
    return add_person(database, "Anna")


@pytest.fixture
def door(database: Database, tmp_path: Path) -> Door:
    return Door(database, tmp_path / "door", FakeClock())


def registered(outcome: RegistrationOutcome) -> AttendanceEvent:
    assert isinstance(outcome, Registered)
    return outcome.event


def test_whoever_stays_in_view_makes_one_event(door: Door, anna: int) -> None:
    entry = registered(door.look(anna, 660))
    door.clock.advance(2)  # a hand before the face
    assert door.look(anna, 600) == AlreadyRegistered(entry)
    door.clock.advance(299)
    assert door.look(anna) == AlreadyRegistered(entry)
    door.clock.advance(301)
    assert registered(door.look(anna)).event_type is EventType.EXIT


def test_whoever_stays_in_view_can_leave_by_the_button_and_by_pin(door: Door, anna: int) -> None:
    entry = registered(door.look(anna, 660))
    left = registered(door.registrar.register_opposite(entry, door.clock.now(), door.clock.monotonic_s()))
    assert (left.event_type, left.method.value) == (EventType.EXIT, "manual")
    again = door.registrar.register_opposite(entry, door.clock.now(), door.clock.monotonic_s())
    assert again == AlreadyRegistered(left), "a second press does nothing"
    door.stay(anna, 900)
    assert door.look(anna) == AlreadyRegistered(left), "who still chats after leaving does not come back"
    back = door.registrar.register_pin(anna, door.clock.now(), door.clock.monotonic_s())
    assert registered(back).event_type is EventType.ENTRY


def test_a_sighting_says_nothing_once_its_event_does_not_count(door: Door, anna: int) -> None:
    door.look(anna, 600)
    door.registrar.update_from_database([event(anna, EventType.EXIT, MORNING - timedelta(hours=14))])
    door.journal.mark_recorded([one.trace_id for one in door.journal.pending(9)])
    door.registrar.update_from_database([event(anna, EventType.EXIT, MORNING - timedelta(hours=14))])
    assert registered(door.look(anna)).event_type is EventType.ENTRY


def test_a_restart_and_another_door_know_the_last_sighting(
    database: Database, door: Door, anna: int, tmp_path: Path
) -> None:
    entry = registered(door.look(anna, 900))
    door.record()
    gate = Door(database, tmp_path / "gate", door.clock, "gate")
    gate.record()
    assert gate.look(anna) == AlreadyRegistered(entry)
    assert door.restarted(tmp_path / "door", database).look(anna) == AlreadyRegistered(entry)


def kept(database: Database) -> list[tuple[str, datetime]]:
    with database.reading() as session:
        return [(one.kiosk_id, one.seen_at) for one in list_sightings(session, MORNING - timedelta(days=99))]


def test_sightings_are_kept_until_the_exit_is_written(database: Database, door: Door, anna: int) -> None:
    entry = registered(door.look(anna, 600))
    door.record()
    assert kept(database) == [("door", MORNING + timedelta(seconds=600))]
    with database.reading() as session:
        found = last_sighting(session, anna, entry.occurred_at, door.clock.now())
        assert found is not None and found.seen_at == MORNING + timedelta(seconds=600)
    door.clock.advance(3600)
    registered(door.look(anna, 60))
    door.record()
    assert kept(database) == []


def test_the_sighting_of_a_forgotten_exit_stays_until_it_is_too_old(database: Database, door: Door, anna: int) -> None:
    door.look(anna, 600)
    door.record()
    door.clock.advance(24 * 3600)
    assert registered(door.look(anna, 60)).event_type is EventType.ENTRY
    door.record()
    assert len(kept(database)) == 2
    with database.transaction() as session:
        assert delete_sightings(session, door.clock.now() - timedelta(hours=1)) == 1
    assert [seen_at for _, seen_at in kept(database)] == [door.clock.now()]


def test_the_database_that_was_away_gets_the_sighting_afterwards(database: Database, door: Door, anna: int) -> None:
    door.look(anna, 600)
    away = SightingSync(Database(make_engine("postgresql://nobody@127.0.0.1:1/none")), door.registrar, door.clock)
    with pytest.raises(StorageError):
        away.follow()
    door.record()
    assert len(kept(database)) == 1


def test_a_sighting_of_somebody_who_is_not_in_the_database_holds_nothing_up(database: Database, door: Door) -> None:
    door.look(999, 600)
    door.sync.follow()
    assert (kept(database), door.registrar.unsaved_sightings()) == ([], ())


def test_a_request_is_open_until_it_is_answered(database: Database, anna: int) -> None:
    with database.transaction() as session:
        number = add_request(session, anna, MORNING.date(), RequestKind.OTHER, text="I was there", kiosk_id="door")
        (asked,) = list_requests(session, anna)
        assert (asked.id, asked.text, asked.kind, asked.answered_at) == (number, "I was there", "other", None)
        yes = RequestOutcome.ACCEPTED
        assert answer_request(session, number, "admin", yes, "so it was")
        assert not answer_request(session, number, "boss", yes, "again")
        assert list_requests(session) == ()
        (answered,) = list_requests(session, only_open=False)
        assert (answered.answered_by, answered.employee_id) == ("admin", anna)
