"""The evacuation list: who is in, whatever the date, with the database and without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from db.attendance_log import DatabaseAttendanceLog
from db.session import Database
from kiosk.attendance.evacuation import (
    EvacuationCopy,
    EvacuationList,
    copied_list,
    evacuation_list,
)
from kiosk.attendance.evacuation_export import lines_of, write_pdf, write_text
from kiosk.attendance.stays import StayRules
from kiosk.domain.office_language import OfficeLanguage
from kiosk.domain.types import AttendanceEvent, EventType, Method
from kiosk.employees.schemas import EmployeeCreate
from kiosk.employees.store import EmployeeStore
from kiosk.errors import StorageError
from support.fakes import FakeClock

BERLIN = ZoneInfo("Europe/Berlin")
RULES = StayRules(timedelta(hours=16), time(), BERLIN)
MIDNIGHT = datetime(2026, 11, 28, 0, 1, tzinfo=BERLIN).astimezone(UTC)


def event(employee_id: int | None, kind: EventType, hours_ago: float, door: str = "front") -> AttendanceEvent:
    return AttendanceEvent(uuid4(), employee_id, kind, MIDNIGHT - timedelta(hours=hours_ago), None, door, Method.FACE)


@pytest.fixture
def office(database: Database) -> Iterator[Database]:
    """Anna and Clara are in since before midnight, Boris has left, Dora's exit was forgotten a day ago."""
    store = EmployeeStore(database)
    for name, department in (("Anna", "Works"), ("Boris", "Works"), ("Clara", None), ("Dora", "Accounts")):
        store.create(EmployeeCreate(full_name=name, department=department))
    entry, leaving = EventType.ENTRY, EventType.EXIT
    DatabaseAttendanceLog(database).record(
        [event(1, entry, 3), event(2, entry, 5), event(2, leaving, 1), event(3, entry, 2, "yard"), event(4, entry, 30)]
    )
    yield database


def told(found: EvacuationList) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(name, [(one.full_name, one.door) for one in people]) for name, people in found.departments()]


def test_who_is_in_a_minute_after_midnight_by_department(office: Database) -> None:
    found = evacuation_list(office, RULES, MIDNIGHT)
    assert told(found) == [("Works", [("Anna", "front")]), ("", [("Clara", "yard")])]
    lines = [line for _, line in lines_of(found, BERLIN, OfficeLanguage.ENGLISH)]
    assert lines == [
        "Who is in: 2, as of 2026-11-28 00:01",
        "Works: 1",
        "[ ] Anna (1), since 2026-11-27 21:01, last door front",
        "without a department: 1",
        "[ ] Clara (3), since 2026-11-27 22:01, last door yard",
    ]


def test_without_the_database_the_last_copy_and_the_journal_say_it(office: Database, tmp_path: Path) -> None:
    path = tmp_path / "evacuation.json"
    EvacuationCopy(office, RULES, path, FakeClock(MIDNIGHT)).follow()
    assert path.stat().st_mode & 0o777 == 0o600
    since = [event(2, EventType.ENTRY, -0.1), event(3, EventType.EXIT, -0.2), event(None, EventType.ENTRY, -0.2)]
    found = copied_list(path, [*since, event(1, EventType.ENTRY, -0.3, "yard")])
    assert told(found) == [("Works", [("Anna", "yard"), ("Boris", "front")])]
    assert found.is_copy
    assert "The database is away" in [line for _, line in lines_of(found, BERLIN, OfficeLanguage.ENGLISH)][1]


def test_copy_is_made_at_most_once_a_minute(office: Database, tmp_path: Path) -> None:
    path, clock = tmp_path / "evacuation.json", FakeClock(MIDNIGHT)
    copy = EvacuationCopy(office, RULES, path, clock)
    copy.follow()
    path.unlink()
    clock.advance(59)
    copy.follow()
    assert not path.exists()
    clock.advance(2)
    copy.follow()
    assert path.exists()


@pytest.mark.parametrize("content", [None, b"", b"0\n{}"], ids=["none", "empty", "damaged"])
def test_copy_that_cannot_be_believed_is_said(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "evacuation.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(StorageError, match="copy of who is in"):
        copied_list(path, ())


@pytest.mark.parametrize("language", list(OfficeLanguage))
def test_list_is_printed_as_text_and_pdf(office: Database, tmp_path: Path, language: OfficeLanguage) -> None:
    found = evacuation_list(office, RULES, MIDNIGHT)
    write_text(found, BERLIN, language, tmp_path / "list.txt")
    write_pdf(found, BERLIN, language, tmp_path / "list.pdf")
    assert (tmp_path / "list.txt").read_text(encoding="utf-8").count("[ ]") == 2
    assert (tmp_path / "list.pdf").read_bytes().startswith(b"%PDF")


def test_list_of_a_russian_office_is_in_russian(office: Database) -> None:
    found = replace(evacuation_list(office, RULES, MIDNIGHT), is_copy=True)
    assert [line for _, line in lines_of(found, BERLIN, OfficeLanguage.RUSSIAN)] == [
        "Сейчас в здании: 2, по состоянию на 28.11.2026 00:01",
        "База данных недоступна: последняя копия и то, что знает эта дверь; другие могли прийти или уйти.",
        "Works: 1",
        "[ ] Anna (1), с 27.11.2026 21:01, последняя дверь: front",
        "без отдела: 1",
        "[ ] Clara (3), с 27.11.2026 22:01, последняя дверь: yard",
    ]
