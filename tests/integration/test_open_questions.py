"""The whole office's open questions, with what is proposed as their answers, on both databases."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from db.attendance_log import DatabaseAttendanceLog
from db.schedules import StoredSchedule
from db.session import Database
from db.sightings import save_sightings
from kiosk.app.question_count import ask_questions
from kiosk.attendance.office_attendance import OfficeAttendance
from kiosk.attendance.questions import OpenQuestion, open_questions
from kiosk.attendance.rules import Rules
from kiosk.attendance.schedule_store import ScheduleStore
from kiosk.attendance.stays import Doubt, StayRules
from kiosk.attendance.timesheet import Timesheets
from kiosk.attendance.work_calendar import HolidayConfig
from kiosk.domain.sightings import Sighting
from kiosk.domain.types import EventMode, EventType
from support.builders import event, make_corrections, make_settings
from support.database_rows import add_person
from support.fakes import FakeClock

ZONE = ZoneInfo("Europe/Moscow")
STAYS = StayRules(timedelta(hours=16), time(0), ZONE)
FIRST, LAST, NOW = date(2026, 11, 1), date(2026, 11, 12), datetime(2026, 11, 12, 20, tzinfo=ZONE)
SHIFT = "Mon-Fri 09:00-18:00"
NIGHT = "Mon-Fri 22:00-06:00"


def local(text: str) -> datetime:
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


def write(database: Database, employee_id: int, **rows: EventType) -> None:
    DatabaseAttendanceLog(database).record([event(employee_id, kind, local(at)) for at, kind in rows.items()])


def asked(database: Database) -> tuple[OpenQuestion, ...]:
    with database.reading() as session:
        return open_questions(session, STAYS, HolidayConfig(), FIRST, LAST, NOW)


@pytest.mark.parametrize(
    ("plan", "came", "seen", "proposed"),
    [
        pytest.param(None, "11-10 09:00", None, None, id="nothing is known"),
        pytest.param(SHIFT, "11-10 09:00", None, "11-10 18:00", id="the shift's end"),
        pytest.param(SHIFT, "11-10 08:20", None, "11-10 18:00", id="came early"),
        pytest.param(NIGHT, "11-10 22:00", None, "11-11 06:00", id="a night's end"),
        pytest.param(NIGHT, "11-11 01:00", None, "11-11 06:00", id="came late in the night"),
        pytest.param(SHIFT, "11-10 19:00", None, None, id="after the shift"),
        pytest.param("Mon-Fri 00:00-08:00", "11-09 23:50", None, "11-10 08:00", id="before a shift from midnight on"),
        pytest.param(SHIFT, "11-10 09:00", "11-10 17:41", "11-10 17:41", id="the last sighting comes first"),
    ],
)
def test_what_is_proposed_for_a_forgotten_exit(
    database: Database, plan: str | None, came: str, seen: str | None, proposed: str | None
) -> None:
    anna = add_person(database)
    if plan is not None:
        store = ScheduleStore(database)
        store.save(StoredSchedule("plan", plan, date(2026, 11, 9)), has_start=True)
        store.assign("plan", date(2026, 11, 1), None, None, None)
    write(database, anna, **{came: EventType.ENTRY})
    if seen is not None:
        with database.transaction() as session:
            save_sightings(session, [Sighting(anna, "door", local(came), local(seen))])
    (question,) = asked(database)
    assert (question.full_name, question.entered_at, question.left_at) == ("Anna", local(came), None)
    assert question.proposed_at == (None if proposed is None else local(proposed))


def test_forgotten_exits_come_first_and_what_is_right_is_not_asked(database: Database) -> None:
    anna, boris, clara = (add_person(database, name) for name in ("Anna", "Boris", "Clara"))
    write(database, anna, **{"11-03 18:00": EventType.EXIT, "11-05 09:00": EventType.ENTRY})
    write(database, boris, **{"11-04 09:00": EventType.ENTRY, "11-12 09:00": EventType.ENTRY})
    write(database, clara, **{"11-04 09:00": EventType.ENTRY, "11-04 18:00": EventType.EXIT})
    found = [(question.full_name, question.entered_at or question.left_at) for question in asked(database)]
    assert found == [("Boris", local("11-04 09:00")), ("Anna", local("11-05 09:00")), ("Anna", local("11-03 18:00"))]


def test_a_question_is_gone_once_it_is_answered_and_back_when_that_is_undone(database: Database) -> None:
    anna = add_person(database)
    write(database, anna, **{"11-10 09:00": EventType.ENTRY})
    corrections = make_corrections(database, NOW)
    made = corrections.add(anna, EventType.EXIT, local("11-10 18:00"), "admin", "forgotten")
    assert asked(database) == ()
    corrections.undo(made.correction_id, "admin", "it was not so")
    assert len(asked(database)) == 1


def test_timesheets_hours_and_the_list_ask_the_same(database: Database, tmp_path: Path) -> None:
    """Clara stayed in through her break; Nina's nights were written by an old rule; Boris forgot to leave."""
    clara, nina, boris, anna = (add_person(database, name) for name in ("Clara", "Nina", "Boris", "Anna"))
    store = ScheduleStore(database)
    store.save(
        StoredSchedule("lunch", "Mon-Fri 09:00-18:00 break 13:00-14:00 punched", date(2026, 1, 5)), has_start=True
    )
    store.assign("lunch", FIRST, None, clara, None)
    entry, exit_ = EventType.ENTRY, EventType.EXIT
    write(database, clara, **{"11-03 09:00": entry, "11-03 18:00": exit_})
    write(database, nina, **{"11-02 22:00": entry, "11-03 06:00": entry, "11-03 22:00": exit_, "11-04 06:00": entry})
    write(database, boris, **{"11-04 09:00": entry})
    write(database, anna, **{"11-04 09:00": entry, "11-04 18:00": exit_})
    found = asked(database)
    assert [(one.employee_id, one.day.day, one.doubt) for one in found] == [
        (nina, 2, Doubt.EXIT_MISSING), (nina, 4, Doubt.EXIT_MISSING), (boris, 4, Doubt.EXIT_MISSING),
        (nina, 3, Doubt.TYPES_TURNED), (clara, 3, Doubt.BREAK_MISSING),
    ]  # fmt: skip
    assert [one.proposed_at for one in found[3:]] == [None, None], "no one entry or exit answers these"
    rows = {row.trace_id: row.timestamp for row in DatabaseAttendanceLog(database).history()}
    assert [rows[one.trace_id] for one in found] == [one.began_at for one in found]
    sheets = Timesheets(database, STAYS, FakeClock(NOW)).months(FIRST, LAST)
    in_sheets = {(month.person.id, stay.began_at, stay.doubt) for month in sheets for stay in month.questions}
    assert in_sheets == {(one.employee_id, one.began_at, one.doubt) for one in found}
    office = OfficeAttendance(database, Rules(EventMode.TOGGLE, 300, STAYS), "door", FakeClock(NOW))
    complete = {(day.employee_id, day.day.day) for day in office.get_hours(local("11-01 00:00"), NOW) if day.complete}
    assert complete == {(anna, 4)}
    assert len(office.get_hours(local("11-03 00:00"), NOW, clara)) == 1
    counted = ask_questions(make_settings(tmp_path), database, FakeClock(NOW))
    assert (counted.exits, counted.turned, counted.breaks, counted.count) == (3, 1, 1, 5)
