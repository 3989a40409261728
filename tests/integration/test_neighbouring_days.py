"""Days beside those that everybody thinks of, from rows to the timesheet on both databases; worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from db.absences import Absence
from db.attendance_log import DatabaseAttendanceLog
from db.calendar_days import CalendarDay
from db.schedules import StoredSchedule
from db.session import Database
from kiosk.attendance.absence_store import AbsenceStore
from kiosk.attendance.calendar_store import CalendarStore
from kiosk.attendance.schedule_store import ScheduleStore
from kiosk.attendance.stays import StayRules
from kiosk.attendance.timesheet import Timesheets
from kiosk.attendance.timesheet_files import hours_text
from kiosk.attendance.work_calendar import HolidayConfig
from kiosk.domain.types import AttendanceEvent, EventType, Method
from kiosk.domain.work_calendar import AbsenceKind, DayKind
from support.database_rows import add_person
from support.fakes import FakeClock

BERLIN = ZoneInfo("Europe/Berlin")
RULES = StayRules(timedelta(hours=16), time(0), BERLIN)
FIGURES = ("worked", "night", "late", "left_early", "overtime", "overtime_paid", "core_missed", "balance")
OFFICE = "Mon-Fri 08:00-17:00 break 12:00-13:00"
NIGHTS = "Mon-Fri 22:00-06:00"
HALF_A_DAY = "half a day away with the office's knowledge"


@dataclass(frozen=True)
class Case:
    """One person's rows, and what is right about some of their days.

    Attributes:
        plan: None for nobody's.
        rows: local times in turn of entry and exit, with `door-2` or `+` for the hour's second time where it matters.
        days: the figures that are not nothing, by day.
        questions: how many there are.
    """

    plan: str | None
    rows: tuple[str, ...]
    days: Mapping[str, Mapping[str, str]]
    questions: int = 0
    rules: Mapping[str, float] = field(default_factory=dict)


CASES = {
    "a shift begins in the hour that is left out": Case(
        "02:30-10:30", ("2026-03-29 03:30", "2026-03-29 10:30"), {"2026-03-29": {"worked": "7:00", "night": "2:30"}}
    ),
    "a shift ends in the hour that is left out": Case(
        "22:00-02:30", ("2026-03-28 22:00", "2026-03-29 03:30"), {"2026-03-28": {"worked": "4:30", "night": "4:30"}}
    ),
    "a shift begins in the hour that comes twice": Case(
        "02:30-10:30", ("2026-10-25 02:30", "2026-10-25 10:30"), {"2026-10-25": {"worked": "9:00", "night": "4:30"}}
    ),
    "somebody comes when the hour comes again": Case(
        "02:30-10:30",
        ("2026-10-25 02:30+", "2026-10-25 10:30"),
        {"2026-10-25": {"worked": "8:00", "night": "3:30", "late": "1:00"}},
    ),
    "a duty on the night of the spring": Case(
        "08:00-08:00 break 13:00-14:00 break 20:00-21:00",
        ("2026-03-28 07:55", "2026-03-29 08:10"),
        {"2026-03-28": {"worked": "21:00", "night": "7:00"}},
        rules={"grace": 15},
    ),
    "a leap day": Case(OFFICE, ("2024-02-29 08:00", "2024-02-29 17:00"), {"2024-02-29": {"worked": "8:00"}}),
    "a duty out of a leap day": Case(
        "08:00-08:00", ("2024-02-29 08:00", "2024-03-01 08:00"), {"2024-02-29": {"worked": "24:00", "night": "8:00"}}
    ),
    "a shift ends at the month's last midnight": Case(
        "Mon 16:00-00:00",
        ("2026-08-31 15:55", "2026-09-01 00:05"),
        {"2026-08-31": {"worked": "8:00", "night": "2:00"}, "2026-09-01": {}},
        rules={"grace": 15},
    ),
    "a shift begins at the month's first midnight": Case(
        "Tue 00:00-08:00",
        ("2026-08-31 23:50", "2026-09-01 08:00"),
        {"2026-08-31": {}, "2026-09-01": {"worked": "8:00", "night": "6:00"}},
    ),
    "somebody comes after midnight to the evening's shift": Case(
        NIGHTS, ("2026-11-03 00:30", "2026-11-03 06:00"),
        {"2026-11-02": {"worked": "5:30", "night": "5:30", "late": "2:30"}, "2026-11-03": {}},
    ),
    "a break outside after midnight": Case(
        NIGHTS, ("2026-11-02 22:00", "2026-11-03 01:50", "2026-11-03 02:20", "2026-11-03 06:00"),
        {"2026-11-02": {"worked": "7:30", "night": "7:30"}, "2026-11-03": {}},
    ),
    "a night into a holiday": Case(
        NIGHTS, ("2026-12-24 22:00", "2026-12-25 06:00"), {"2026-12-24": {"worked": "8:00", "night": "8:00"}}
    ),
    "the night of a holiday": Case(
        NIGHTS,
        ("2026-12-25 22:00", "2026-12-26 06:00"),
        {"2026-12-25": {"night": "8:00", "overtime": "8:00", "overtime_paid": "8:00"}},
    ),
    "a night out of the year": Case(
        NIGHTS, ("2026-12-31 22:00", "2027-01-01 06:00"), {"2026-12-31": {"worked": "8:00", "night": "8:00"}}
    ),
    HALF_A_DAY: Case(
        OFFICE, ("2026-11-12 08:00", "2026-11-12 12:00"), {"2026-11-12": {"worked": "4:00"}}
    ),
    "no plan": Case(
        None, ("2026-11-02 22:00", "2026-11-03 06:00"), {"2026-11-02": {"worked": "8:00", "night": "8:00"}}
    ),
    "no plan, and longer than a stay may last": Case(
        None, ("2026-11-02 08:00", "2026-11-03 00:30"), {"2026-11-02": {}, "2026-11-03": {}}, questions=2
    ),
    "two doors whose clocks differ by a minute and a half": Case(
        OFFICE,
        ("2026-11-02 08:00", "entry 2026-11-02 08:01:30 door-2", "exit 2026-11-02 16:58:30 door-2", "2026-11-02 17:00"),
        {"2026-11-02": {"worked": "8:00"}},
    ),
    "a night out of the month": Case(
        "22:00-06:00",
        ("2026-10-31 22:00", "2026-11-01 06:00"),
        {"2026-10-31": {"worked": "8:00", "night": "8:00"}, "2026-11-01": {}},
    ),
    "within the grace to the minute": Case(
        OFFICE, ("2026-11-02 08:15", "2026-11-02 16:45"), {"2026-11-02": {"worked": "7:30"}}, rules={"grace": 15}
    ),
    "a minute past the grace": Case(
        OFFICE,
        ("2026-11-02 08:16", "2026-11-02 16:44"),
        {"2026-11-02": {"worked": "7:28", "late": "0:16", "left_early": "0:16"}},
        rules={"grace": 15},
    ),
    "overtime begins past the grace": Case(
        OFFICE,
        ("2026-11-02 08:00", "2026-11-02 17:15", "2026-11-03 08:00", "2026-11-03 17:16"),
        {"2026-11-02": {"worked": "8:00"},
         "2026-11-03": {"worked": "8:00", "overtime": "0:16", "overtime_paid": "0:24"}},
        rules={"grace": 15, "factor": 1.5},
    ),
    "out for a part of the unpaid break": Case(
        OFFICE,
        ("2026-11-02 08:00", "2026-11-02 12:30", "2026-11-02 12:40", "2026-11-02 17:00"),
        {"2026-11-02": {"worked": "8:00"}},
    ),
    "out for longer than the unpaid break": Case(
        OFFICE,
        ("2026-11-02 08:00", "2026-11-02 11:30", "2026-11-02 13:30", "2026-11-02 17:00"),
        {"2026-11-02": {"worked": "7:00"}},
    ),
    "longer than anybody stays": Case(
        OFFICE,
        ("2026-11-02 08:00", "2026-11-02 22:30"),
        {"2026-11-02": {"worked": "8:00", "night": "0:30", "overtime": "5:30", "overtime_paid": "5:30"}},
    ),
    "flexible hours up to the unpaid break and a minute more": Case(
        "Mon-Fri flexible 8:00 06:00-22:00 unpaid 0:30",
        ("2026-11-02 10:00", "2026-11-02 16:00", "2026-11-03 10:00", "2026-11-03 16:01"),
        {"2026-11-02": {"worked": "6:00", "balance": "-2:00"}, "2026-11-03": {"worked": "5:31", "balance": "-2:29"}},
    ),
    "before the window, and gone before the core's end": Case(
        "Mon-Fri flexible 8:00 06:00-22:00 core 11:00-15:00 unpaid 0:30",
        ("2026-11-02 05:30", "2026-11-02 14:30"),
        {"2026-11-02": {"worked": "8:00", "core_missed": "0:30"}},
    ),
    "the first part of a split shift alone": Case(
        "Mon-Fri 08:00-12:00+16:00-20:00", ("2026-11-02 08:00", "2026-11-02 12:00"), {"2026-11-02": {"worked": "4:00"}}
    ),
    "through the gap of a split shift, as if both passages had been forgotten": Case(
        "Mon-Fri 08:00-12:00+16:00-20:00", ("2026-11-02 08:00", "2026-11-02 20:00"), {"2026-11-02": {}}, questions=2
    ),
    "rounded down": Case(
        OFFICE, ("2026-11-02 08:00", "2026-11-02 16:53"), {"2026-11-02": {"worked": "7:45", "left_early": "0:07"}},
        rules={"rounding": 15},
    ),
    "an evening that reaches into the night": Case(
        "Mon-Fri 14:00-23:00", ("2026-11-02 14:00", "2026-11-02 23:00"),
        {"2026-11-02": {"worked": "9:00", "night": "1:00"}},
    ),
    "a Sunday's night before a Monday": Case(
        OFFICE,
        ("2026-11-01 23:00", "2026-11-02 02:00", "2026-11-02 08:00", "2026-11-02 17:00"),
        {"2026-11-01": {"night": "3:00", "overtime": "3:00", "overtime_paid": "3:00"},
         "2026-11-02": {"worked": "8:00"}},
    ),
}  # fmt: skip


def moment(text: str) -> datetime:
    """`2026-11-02 08:00[:00][+]`: local; + for the second time."""
    again = text.endswith("+")
    return datetime.fromisoformat(text.rstrip("+")).replace(tzinfo=BERLIN, fold=int(again)).astimezone(UTC)


def events_of(person: int, rows: tuple[str, ...]) -> list[AttendanceEvent]:
    events, kind = [], EventType.EXIT
    for row in rows:
        if row.startswith(("entry ", "exit ")):
            name, _, rest = row.partition(" ")
            at, _, door = rest.rpartition(" ")
            this = EventType(name)
        else:
            kind, at, door = kind.opposite, row, "door-1"
            this = kind
        events.append(AttendanceEvent(uuid4(), person, this, moment(at), None, door, Method.MANUAL))
    return events


def test_each_day_is_right_to_the_minute(database: Database) -> None:
    store, people = ScheduleStore(database), {}
    for name, case in CASES.items():
        people[add_person(database, name)] = case
    CalendarStore(database, HolidayConfig()).set_all([CalendarDay(date(2026, 12, 25), DayKind.HOLIDAY, "Christmas")])
    for number, case in people.items():
        if case.plan is not None:
            rules = case.rules
            stored = StoredSchedule(
                f"plan {number}", case.plan, date(2024, 1, 1), int(rules.get("grace", 0)),
                int(rules.get("rounding", 1)), rules.get("factor", 1.0),
            )  # fmt: skip
            store.save(stored, has_start=True)
            store.assign(stored.name, date(2024, 1, 1), None, number, None)
        DatabaseAttendanceLog(database).record(events_of(number, case.rows))
    half = next(
        number for number, case in people.items() if case is CASES["half a day away with the office's knowledge"]
    )
    AbsenceStore(database).add(Absence(half, AbsenceKind.OTHER, date(2026, 11, 12), date(2026, 11, 12)))
    sheets = Timesheets(
        database, StayRules(timedelta(hours=16), time(0), BERLIN), FakeClock(moment("2027-01-05 12:00"))
    )
    found: dict[str, tuple[Mapping[str, Mapping[str, str]], int]] = {}
    questions = dict.fromkeys(people, 0)
    days: dict[int, dict[str, dict[str, str]]] = {number: {} for number in people}
    for first, last in (((2024, 2, 1), (2024, 3, 31)), ((2026, 3, 1), (2026, 3, 31)), ((2026, 8, 1), (2026, 12, 31))):
        for month in sheets.months(date(*first), date(*last)):
            questions[month.person.id] += len(month.questions)
            for account in month.days:
                told = {name: hours_text(getattr(account, name)) for name in FIGURES if getattr(account, name)}
                days[month.person.id][f"{account.day}"] = told
    for number, case in people.items():
        name = next(name for name, one in CASES.items() if one is case)
        found[name] = {day: days[number].get(day, {}) for day in case.days}, questions[number]
    assert found == {name: (case.days, case.questions) for name, case in CASES.items()}


def test_a_schedule_that_changes_during_a_night_holds_for_the_evening(database: Database) -> None:
    person, store = add_person(database), ScheduleStore(database)
    for name, plan, since, until in (("nights", NIGHTS, 1, 13), ("office", OFFICE, 14, None)):
        store.save(StoredSchedule(name, plan, date(2024, 1, 1)), has_start=True)
        last = None if until is None else date(2026, 11, until)
        store.assign(name, date(2026, 11, since), last, person, None)
    rows = ("2026-11-13 22:00", "2026-11-14 06:00", "2026-11-16 08:00", "2026-11-16 17:00")
    DatabaseAttendanceLog(database).record(events_of(person, rows))
    sheets = Timesheets(
        database, StayRules(timedelta(hours=16), time(0), BERLIN), FakeClock(moment("2026-12-01 12:00"))
    )
    (month,) = sheets.months(date(2026, 11, 13), date(2026, 11, 16))
    assert [(day.day.day, hours_text(day.worked)) for day in month.days] == [(13, "8:00"), (16, "8:00")]
    assert not month.questions
