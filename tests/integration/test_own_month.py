"""What people see of their own month, and ask for, from the tables on both databases."""

from __future__ import annotations

import time as clocks
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from db.attendance_log import DatabaseAttendanceLog
from db.correction_requests import list_requests
from db.schedules import StoredSchedule
from db.session import Database
from db.sightings import save_sightings
from kiosk.app.month import OwnMonths
from kiosk.attendance.questions import Questions
from kiosk.attendance.schedule_store import ScheduleStore
from kiosk.attendance.stays import Doubt, StayRules
from kiosk.attendance.timesheet import Timesheets
from kiosk.domain.correction_requests import RequestKind, RequestOutcome
from kiosk.domain.sightings import Sighting
from kiosk.domain.types import EventType
from kiosk.errors import EmployeeNotFound, InvalidInput, RequestAnswered, RequestNotFound
from kiosk.ui.entrance.backend import HoursToday
from support.builders import event
from support.database_rows import add_person
from support.fakes import FakeClock

ZONE, DAY = ZoneInfo("Europe/Moscow"), date(2026, 11, 10)
STAYS = StayRules(timedelta(hours=16), time(0), ZONE)
LONGEST_ANSWER_S = 0.1


def local(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


@pytest.fixture
def months(database: Database) -> OwnMonths:
    return OwnMonths(database, Timesheets(database, STAYS, FakeClock(local("2026-11-10 20:00"))), "door")


def write(database: Database, employee_id: int, *passages: str) -> None:
    rows = [
        event(employee_id, EventType.EXIT if number % 2 else EventType.ENTRY, local(at))
        for number, at in enumerate(passages)
    ]
    DatabaseAttendanceLog(database).record(rows)


def schedule(database: Database, plan: str) -> None:
    store = ScheduleStore(database)
    store.save(StoredSchedule("plan", plan, date(2026, 11, 9)), has_start=True)
    store.assign("plan", date(2026, 11, 1), None, None, None)


@pytest.mark.parametrize(
    ("plan", "passages", "hours"),
    [
        pytest.param(
            None, ("2026-11-10 09:00", "2026-11-10 18:30"), HoursToday(timedelta(hours=9.5)), id="no schedule",
        ),
        pytest.param(
            "Mon-Fri 09:00-18:00 break 13:00-14:00", ("2026-11-10 09:00", "2026-11-10 18:30"),
            HoursToday(timedelta(hours=8.5), timedelta(minutes=30)), id="overtime",
        ),
        pytest.param(
            "Mon-Fri 22:00-06:00", ("2026-11-09 22:00", "2026-11-10 06:00"),
            HoursToday(timedelta(hours=8), timedelta()), id="a night that ended today",
        ),
    ],
)  # fmt: skip
def test_the_hours_on_leaving(
    database: Database, months: OwnMonths, plan: str | None, passages: tuple[str, str], hours: HoursToday
) -> None:
    anna = add_person(database)
    if plan is not None:
        schedule(database, plan)
    write(database, anna, *passages)
    assert months.hours_until(anna, DAY) == hours
    assert months.hours_until(add_person(database, "Boris"), DAY) is None


def test_the_hours_are_there_before_anybody_waits(database: Database, months: OwnMonths) -> None:
    anna = add_person(database)
    schedule(database, "Mon-Fri 09:00-18:00")
    for number in range(200):
        add_person(database, f"Person {number}")
    write(database, anna, "2026-11-10 09:00", "2026-11-10 18:30")
    took = []
    for _ in range(5):
        began_s = clocks.perf_counter()
        months.hours_until(anna, DAY)
        took.append(clocks.perf_counter() - began_s)
    assert min(took) < LONGEST_ANSWER_S


def test_a_month_with_its_questions_and_what_was_asked(database: Database, months: OwnMonths) -> None:
    anna = add_person(database)
    schedule(database, "Mon-Fri 09:00-18:00")
    write(database, anna, "2026-11-09 09:00", "2026-11-09 18:00", "2026-11-10 09:00")
    months.ask_correction(anna, date(2026, 11, 6), RequestKind.OTHER, "I was on a trip")
    month = months.month_of(anna, DAY)
    told = {day.day.day: (day.worked / timedelta(hours=1), day.is_absent, day.is_asked) for day in month.days}
    assert told[9] == (9, False, False)
    assert told[6] == (0, True, True)
    assert (month.hours.worked, month.first) == (timedelta(hours=9), date(2026, 11, 1))
    with database.reading() as session:
        (asked,) = list_requests(session)
        assert (asked.employee_id, asked.text, asked.kiosk_id) == (anna, "I was on a trip", "door")


def test_the_administrator_finds_what_is_missing_with_a_proposal_and_what_was_asked(
    database: Database, months: OwnMonths
) -> None:
    anna = add_person(database)
    write(database, anna, "2026-11-09 09:00")
    seen = Sighting(anna, "door", local("2026-11-09 09:00"), local("2026-11-09 17:40"))
    with database.transaction() as session:
        save_sightings(session, [seen])
    months.ask_correction(anna, date(2026, 11, 9), RequestKind.EXIT_MISSING, "17:45")
    questions = Questions(database, STAYS, FakeClock(local("2026-11-10 20:00")))
    (open_question,) = questions.open_questions(date(2026, 11, 1), DAY)
    assert (open_question.entered_at, open_question.left_at) == (local("2026-11-09 09:00"), None)
    assert (open_question.doubt, open_question.day) == (Doubt.EXIT_MISSING, date(2026, 11, 9))
    assert open_question.proposal == seen
    (request,) = questions.requests()
    with pytest.raises(InvalidInput, match="a reason is needed"):
        questions.answer(request.id, RequestOutcome.REFUSED, " ")
    answered = questions.answer(request.id, RequestOutcome.REFUSED, "the door saw you at 17:40", "admin")
    assert (answered.outcome, answered.answer, answered.answered_by) == (
        "refused",
        "the door saw you at 17:40",
        "admin",
    )
    assert questions.requests() == ()
    assert questions.requests(anna, only_open=False) == (answered,)
    with pytest.raises(RequestAnswered, match="not open any more: admin"):
        questions.answer(request.id, RequestOutcome.ACCEPTED, "x")
    with pytest.raises(RequestNotFound):
        questions.answer(77, RequestOutcome.ACCEPTED, "x")


def test_whoever_asked_sees_why_it_was_refused(database: Database, months: OwnMonths) -> None:
    anna = add_person(database)
    write(database, anna, "2026-11-10 09:00", "2026-11-10 18:00")
    months.ask_correction(anna, DAY, RequestKind.WRONG_TIME, "I came at eight")
    questions = Questions(database, STAYS, FakeClock(local("2026-11-10 20:00")))
    (request,) = questions.requests()
    questions.answer(request.id, RequestOutcome.REFUSED, "the door saw you at nine", "admin")
    (day,) = months.month_of(anna, DAY).days
    assert (day.is_asked, day.refused_because) == (False, "the door saw you at nine")
    months.ask_correction(anna, DAY, RequestKind.WRONG_TIME, "ask Boris")
    (day,) = months.month_of(anna, DAY).days
    assert (day.is_asked, day.refused_because) == (True, None)


def test_what_is_asked_comes_in_the_order_in_which_it_matters(database: Database) -> None:
    anna, boris = add_person(database), add_person(database, "Boris")
    DatabaseAttendanceLog(database).record(
        [
            event(anna, EventType.EXIT, local("2026-11-03 18:00")),
            event(boris, EventType.ENTRY, local("2026-11-05 09:00")),
            event(anna, EventType.ENTRY, local("2026-11-04 09:00")),
            event(anna, EventType.ENTRY, local("2026-10-20 09:00")),
        ]
    )
    questions = Questions(database, STAYS, FakeClock(local("2026-11-10 20:00")))
    found = questions.open_questions(date(2026, 11, 1), DAY)
    assert [(one.employee_id, one.day.day, one.doubt) for one in found] == [
        (anna, 4, "exit_missing"), (boris, 5, "exit_missing"), (anna, 3, "entry_missing"),
    ]  # fmt: skip
    assert [one.day.day for one in questions.open_questions(date(2026, 11, 1), DAY, boris)] == [5]
    with pytest.raises(EmployeeNotFound):
        questions.open_questions(DAY, DAY, 77)
