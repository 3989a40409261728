"""Forgotten exits that the night sets to the end of the shift, on both databases."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from db.absences import Absence
from db.attendance_log import DatabaseAttendanceLog
from db.calendar_days import CalendarDay
from db.schedules import StoredSchedule
from db.session import Database
from db.sightings import delete_sightings, save_sightings
from kiosk.app.question_count import ask_questions
from kiosk.attendance.absence_store import AbsenceStore
from kiosk.attendance.automatic_exits import AutomaticExits
from kiosk.attendance.calendar_store import CalendarStore
from kiosk.attendance.closed_months import ClosedMonths
from kiosk.attendance.corrections import EventChanges
from kiosk.attendance.export import as_json
from kiosk.attendance.questions import OpenQuestion, Questions
from kiosk.attendance.schedule_store import ScheduleStore
from kiosk.attendance.stays import Doubt, StayRules
from kiosk.attendance.timesheet import Timesheets
from kiosk.attendance.timesheet_texts import word
from kiosk.attendance.work_calendar import HolidayConfig
from kiosk.domain.attendance_log import LogEntry
from kiosk.domain.corrections import ForgottenExit
from kiosk.domain.office_language import OfficeLanguage
from kiosk.domain.sightings import Sighting
from kiosk.domain.types import EventType
from kiosk.domain.work_calendar import AbsenceKind, DayKind
from kiosk.monitoring.question_report import FILE_NAME, read_report
from kiosk.security.audit_verification import verify
from support.builders import event, make_corrections, make_settings
from support.database_rows import add_person
from support.fakes import FakeClock

ZONE = ZoneInfo("Europe/Moscow")
STAYS = StayRules(timedelta(hours=16), time(0), ZONE)
FIRST, LAST = date(2026, 10, 1), date(2026, 11, 12)
IN, OUT = EventType.ENTRY, EventType.EXIT
OFFICE, NIGHT, SPLIT = "Mon-Fri 09:00-18:00", "Mon-Fri 22:00-06:00", "Mon-Fri 08:00-12:00 + 16:00-20:00"


def local(text: str) -> datetime:
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


class Office:
    def __init__(self, database: Database, plan: str | None = OFFICE, now: str = "11-12 03:00") -> None:
        self.database, self.anna, self.clock = database, add_person(database), FakeClock(local(now))
        if plan is not None:
            store = ScheduleStore(database)
            store.save(StoredSchedule("plan", plan, date(2026, 11, 9)), has_start=True)
            store.assign("plan", date(2026, 1, 1), None, None, None)
        self.corrections = make_corrections(database, self.clock.now())

    def write(self, *rows: tuple[EventType, str]) -> None:
        DatabaseAttendanceLog(self.database).record([event(self.anna, kind, local(at)) for kind, at in rows])

    def exits(self) -> AutomaticExits:
        sheets = Timesheets(self.database, STAYS, self.clock)
        return AutomaticExits(self.database, STAYS, sheets, "door", self.clock)

    def set(self) -> int:
        return self.exits().set(FIRST, LAST)

    def questions(self) -> tuple[OpenQuestion, ...]:
        return Questions(self.database, STAYS, self.clock).open_questions(FIRST, LAST)

    def automatic(self) -> list[LogEntry]:
        rows = DatabaseAttendanceLog(self.database).history()
        return [row for row in rows if row.is_automatic and not row.voided]


@pytest.mark.parametrize(
    ("plan", "rows", "set_at"),
    [
        pytest.param(OFFICE, [(IN, "11-10 09:03")], "11-10 18:00", id="office hours"),
        pytest.param(OFFICE, [(IN, "11-10 08:20")], "11-10 18:00", id="came early"),
        pytest.param(NIGHT, [(IN, "11-10 21:50")], "11-11 06:00", id="a night"),
        pytest.param(SPLIT, [(IN, "11-10 08:00"), (IN, "11-10 16:00"), (OUT, "11-10 20:00")], "11-10 12:00",
            id="the first part of a split shift"),
        pytest.param(OFFICE, [(IN, "11-10 09:00"), (IN, "11-10 13:00"), (OUT, "11-10 18:00")], None,
            id="came again before"),
        pytest.param(OFFICE, [(IN, "11-10 19:00")], None, id="after the shift"),
        pytest.param(OFFICE, [(IN, "11-08 09:00")], None, id="on a day off"),
        pytest.param(OFFICE, [(OUT, "11-10 18:00")], None, id="the entry is missing"),
        pytest.param(OFFICE, [(IN, "11-12 02:50")], None, id="may still last"),
        pytest.param("flexible 8:00 07:00-20:00", [(IN, "11-10 09:00")], None, id="hours that people choose"),
        pytest.param(None, [(IN, "11-10 09:00")], None, id="no schedule"),
    ],
)  # fmt: skip
def test_where_a_schedule_says_when_the_exit_is_set(
    database: Database, plan: str | None, rows: list[tuple[EventType, str]], set_at: str | None
) -> None:
    office = Office(database, plan)
    office.write(*rows)
    assert office.set() == (set_at is not None)
    assert [row.timestamp for row in office.automatic()] == ([] if set_at is None else [local(set_at)])
    assert office.set() == 0, "once is enough"


def test_holidays_and_absences_leave_it_open(database: Database) -> None:
    office = Office(database)
    CalendarStore(database, HolidayConfig()).set_all([CalendarDay(date(2026, 11, 10), DayKind.HOLIDAY, "")])
    ill = Absence(office.anna, AbsenceKind.SICK_LEAVE, date(2026, 11, 9), date(2026, 11, 9))
    AbsenceStore(database).add(ill)
    office.write((IN, "11-09 09:00"), (IN, "11-10 09:00"))
    assert office.set() == 0


def test_it_is_marked_everywhere_counts_and_stays_a_question(database: Database) -> None:
    office = Office(database)
    seen = Sighting(office.anna, "door", local("11-10 09:00"), local("11-10 17:40"))
    office.write((IN, "11-10 09:00"))
    with database.transaction() as session:
        save_sightings(session, [seen])
    office.set()
    (row,) = office.automatic()
    assert (row.corrected_by, row.corrections[0].reason.partition(";")[0]) == (
        "automatic", "nobody registered the exit",
    )  # fmt: skip
    with database.transaction() as session:
        assert delete_sightings(session, local("11-01 00:00")) == 0, "the proposal stays until somebody has said"
        assert verify(session).faults == ()
    (asked,) = office.questions()
    assert (asked.doubt, asked.left_at, asked.proposal, asked.trace_id) == (
        Doubt.EXIT_AUTOMATIC, local("11-10 18:00"), seen, row.trace_id,
    )  # fmt: skip
    sheets = Timesheets(database, STAYS, office.clock)
    (month,) = sheets.months(date(2026, 11, 10), date(2026, 11, 10))
    assert (month.days[0].worked, month.days[0].doubts) == (timedelta(hours=9), (Doubt.EXIT_AUTOMATIC,))
    assert (row.is_automatic, next(as_json([row], ZONE)).count(b'"is_automatic": true')) == (True, 1)
    assert word(Doubt.EXIT_AUTOMATIC, OfficeLanguage.RUSSIAN) == "уход поставлен автоматически"
    why = sheets.explained(office.anna, date(2026, 11, 10))
    assert any("automatic" in sentence for sentence in why)


def test_somebody_confirms_changes_or_undoes_it(database: Database) -> None:
    office = Office(database)
    office.write((IN, "11-06 09:00"), (IN, "11-09 09:00"), (IN, "11-10 09:00"))
    assert office.set() == 3
    friday, monday, tuesday = office.automatic()
    office.corrections.change(friday.trace_id, EventChanges(), "admin", "so it was")
    office.corrections.change(monday.trace_id, EventChanges(at=local("11-09 17:00")), "admin", "left earlier")
    office.corrections.undo(tuesday.corrections[0].id, "admin", "nobody knows")
    assert [(one.day.day, one.doubt) for one in office.questions()] == [(10, Doubt.EXIT_MISSING)]
    assert (office.set(), office.exits().take_back(FIRST, LAST)) == (0, 0), "what somebody undid stays undone"
    assert office.automatic() == []


@pytest.mark.parametrize("came", ["11-10 17:20", "11-10 18:45"], ids=["before", "after"])
def test_the_real_exit_wins_also_when_it_comes_late(database: Database, came: str) -> None:
    office = Office(database)
    office.write((IN, "11-10 09:00"))
    office.set()
    office.write((OUT, came))  # from the journal of a door that was away
    assert office.questions() == (), "at once, not only the night after"
    exits = office.exits()
    assert (exits.take_back(FIRST, LAST), exits.take_back(FIRST, LAST), exits.set(FIRST, LAST)) == (1, 0, 0)
    counting = [row for row in DatabaseAttendanceLog(database).history() if not row.voided]
    assert [row.timestamp for row in counting] == [local("11-10 09:00"), local(came)]


def test_two_doors_at_once_set_it_once(database: Database) -> None:
    office = Office(database)
    office.write((IN, "11-09 09:00"), (IN, "11-10 09:00"))
    start = threading.Barrier(3)

    def door(_: int) -> int:
        start.wait()
        return office.set()

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(door, range(3))) == 2
    assert len(office.automatic()) == 2


def test_a_closed_month_stays_as_it_is(database: Database) -> None:
    office = Office(database)
    office.write((IN, "10-20 09:00"))
    ClosedMonths(database, STAYS, office.clock).close(date(2026, 10, 1), "Anna Petrova")
    assert office.set() == 0


KINDS: dict[ForgottenExit, tuple[int, int]] = {ForgottenExit.OPEN: (1, 0), ForgottenExit.SHIFT_END: (0, 1)}


@pytest.mark.parametrize("kind", KINDS)
def test_the_night_counts_what_is_open(database: Database, tmp_path: Path, kind: ForgottenExit) -> None:
    office = Office(database)
    office.write((IN, "10-20 09:00"), (OUT, "11-03 18:00"), (IN, "11-10 09:00"))
    ClosedMonths(database, STAYS, office.clock).close(date(2026, 10, 1), "Anna Petrova")
    settings = make_settings(tmp_path, forgotten_exit=kind)
    report = ask_questions(settings, database, office.clock)
    assert (report.exits, report.automatic) == KINDS[kind]
    assert (report.entries, report.requests, report.oldest_at) == (1, 0, local("11-03 18:00"))
    assert read_report(tmp_path / FILE_NAME) == report == ask_questions(settings, database, office.clock)
