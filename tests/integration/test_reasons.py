"""Reasons for exits: from the door or the API to the log and to the day's account, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from db.attendance_log import DatabaseAttendanceLog
from db.copy_database import copy_database
from db.schedules import StoredSchedule
from db.session import Database
from kiosk.app.attendance_config import build_attendance_config
from kiosk.app.mode import Mode
from kiosk.app.storage import build_snapshot_store
from kiosk.attendance.database_writer import DatabaseWriter
from kiosk.attendance.event_registrar import EventRegistrar
from kiosk.attendance.journal import Journal
from kiosk.attendance.office_attendance import OfficeAttendance
from kiosk.attendance.rules import Rules
from kiosk.attendance.schedule_store import ScheduleStore
from kiosk.attendance.stays import StayRules
from kiosk.attendance.timesheet import Timesheets
from kiosk.attendance.timesheet_files import hours_text
from kiosk.domain.registration import Registered
from kiosk.domain.types import AttendanceEvent, EventMode, EventType
from kiosk.errors import InvalidInput, StorageError
from support.builders import event, make_corrections, make_settings
from support.database_rows import add_person
from support.fakes import FakeClock

ZONE, DAY = ZoneInfo("Europe/Moscow"), date(2025, 3, 3)
STAYS = StayRules(timedelta(hours=16), time(0), ZONE)
ENTRY, EXIT = EventType.ENTRY, EventType.EXIT


def local(text: str) -> datetime:
    return datetime.combine(DAY, time.fromisoformat(text), ZONE)


class Door:
    """A door with its journal; write() moves what waits into the database."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.journal = Journal(folder / "events.journal")
        settings = make_settings(folder)
        config = build_attendance_config(settings, Mode.DOOR)
        self.registrar = EventRegistrar(config, self.journal, build_snapshot_store(settings))
        log, clock = DatabaseAttendanceLog(database), FakeClock(local("18:00"))
        self.writer = DatabaseWriter(
            self.journal, log, self.registrar.update_from_database, clock, make_corrections(database).take_back
        )

    def write(self) -> None:
        while self.journal.pending_count:
            self.writer.step()

    def pass_at(self, at: datetime, employee_id: int) -> AttendanceEvent:
        outcome = self.registrar.register_pin(employee_id, at, at.timestamp())
        assert isinstance(outcome, Registered)
        return outcome.event


def reasons(database: Database) -> list[str | None]:
    return [entry.reason for entry in DatabaseAttendanceLog(database).history()]


@pytest.mark.parametrize("is_recorded", [False, True], ids=["exit still waits", "exit is in the database"])
def test_a_reason_that_is_given_after_the_exit_reaches_the_log(
    database: Database, tmp_path: Path, is_recorded: bool
) -> None:
    door, anna = Door(database, tmp_path), add_person(database)
    door.pass_at(local("09:00"), anna)
    leaving = door.pass_at(local("13:00"), anna)
    if is_recorded:
        door.write()
    outcome = door.registrar.give_reason(leaving, "break")
    assert isinstance(outcome, Registered) and outcome.event.reason == "break"
    door.journal.close()
    again = Door(database, tmp_path)  # a restart loses nothing
    again.write()
    assert reasons(database) == [None, "break"]
    assert again.pass_at(local("13:20"), anna).event_type is ENTRY
    again.write()
    assert reasons(database) == [None, "break", None]


def test_the_first_reason_stands_however_often_it_is_written(database: Database) -> None:
    anna, log = add_person(database), DatabaseAttendanceLog(database)
    leaving = event(anna, EXIT, reason="break")
    for one in (leaving, leaving, event(anna, EXIT, trace_id=leaving.trace_id, reason="personal")):
        log.record([one])
    assert reasons(database) == ["break"]
    (last,) = log.latest_events(leaving.occurred_at)
    assert last.reason == "break"


def test_other_systems_give_a_reason_with_the_exit(database: Database) -> None:
    anna, clock = add_person(database), FakeClock(local("09:00"))
    desk = OfficeAttendance(database, Rules(EventMode.TOGGLE, 300, STAYS), "api", clock, ("break",))
    with pytest.raises(InvalidInput, match="goes with an exit"):
        desk.register(anna, reason="break")
    desk.register(anna)
    clock.advance(3600)
    with pytest.raises(InvalidInput, match="there are: break"):
        desk.register(anna, EXIT, "holiday")
    assert desk.register(anna, reason="break").reason == "break"
    assert reasons(database) == [None, "break"]


@pytest.mark.parametrize("statement", ["UPDATE attendance_reasons SET reason = 'x'", "DELETE FROM attendance_reasons"])
def test_reasons_are_append_only(database: Database, statement: str) -> None:
    DatabaseAttendanceLog(database).record([event(add_person(database), EXIT, reason="break")])
    with pytest.raises((StorageError, DatabaseError), match="append-only"), database.transaction() as session:
        session.execute(text(statement))


def test_a_reason_is_a_change_of_the_attendance(database: Database) -> None:
    anna, log = add_person(database), DatabaseAttendanceLog(database)
    leaving = event(anna, EXIT)
    log.record([leaving])
    log.record([event(anna, EXIT, trace_id=leaving.trace_id, reason="break")])
    with database.reading() as session:
        kinds = session.execute(text("SELECT kind FROM attendance_changes ORDER BY id")).scalars().all()
    assert kinds == ["insert", "correction"]


def test_a_copy_of_the_database_holds_the_reasons(
    database: Database, open_database: Callable[[str], Database], tmp_path: Path
) -> None:
    DatabaseAttendanceLog(database).record([event(add_person(database), EXIT, reason="break")])
    copy = open_database(f"sqlite:///{tmp_path}/copy.db")
    copy_database(database, copy, lambda *_: None)
    assert reasons(copy) == ["break"]


@pytest.mark.parametrize(
    ("plan", "worked"),
    [
        pytest.param(None, "8:40", id="no schedule: the time there"),
        pytest.param("09:00-18:00", "8:40", id="nothing is paid"),
        pytest.param("09:00-18:00 paid break 0:15", "8:55", id="a quarter of an hour is paid"),
        pytest.param("09:00-18:00 paid break", "9:00", id="all of it is paid"),
        pytest.param("09:00-18:00 paid personal", "8:40", id="another reason is paid"),
        pytest.param("09:00-18:00 break 13:00-14:00 paid break", "8:00", id="what the plan deducts is not paid"),
        pytest.param("flexible 8:00 06:00-22:00 paid break 0:10", "8:50", id="flexible hours"),
    ],
)
def test_a_reason_in_the_days_account(database: Database, plan: str | None, worked: str) -> None:
    """In 09:00, out for a break 13:00, in 13:20, out 18:00: present 8:40, break 0:20."""
    anna = add_person(database)
    if plan is not None:
        store = ScheduleStore(database)
        store.save(StoredSchedule("plan", plan, DAY), has_start=True)
        store.assign("plan", DAY, None, None, None)
    passages = ((ENTRY, "09:00", None), (EXIT, "13:00", "break"), (ENTRY, "13:20", None), (EXIT, "18:00", None))
    rows = [event(anna, kind, local(at), reason=why) for kind, at, why in passages]
    DatabaseAttendanceLog(database).record(rows)
    (month,) = Timesheets(database, STAYS, FakeClock(local("20:00"))).months(DAY, DAY)
    (day,) = month.days
    assert (hours_text(day.present), hours_text(day.worked), hours_text(day.away)) == ("8:40", worked, "0:20")
    assert day.away_by_reason == (("break", timedelta(minutes=20)),)
    assert day.late == day.left_early == timedelta()


def test_whoever_does_not_come_back_from_a_paid_trip_worked_until_the_planned_end(database: Database) -> None:
    anna, store = add_person(database), ScheduleStore(database)
    store.save(StoredSchedule("plan", "09:00-18:00 paid business", DAY), has_start=True)
    store.assign("plan", DAY, None, None, None)
    rows = [event(anna, ENTRY, local("09:00")), event(anna, EXIT, local("15:00"), reason="business")]
    DatabaseAttendanceLog(database).record(rows)
    (month,) = Timesheets(database, STAYS, FakeClock(local("20:00"))).months(DAY, DAY)
    (day,) = month.days
    assert (hours_text(day.worked), hours_text(day.present), hours_text(day.left_early)) == ("9:00", "6:00", "0:00")
