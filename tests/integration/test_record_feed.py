"""The feeds of people and of schedules: every change once, in the order of the commits, and ids alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from db.copy_database import copy_database
from db.record_changes import latest_record_change, record_changes_after
from db.session import Database
from kiosk.app.personal_data import build_eraser
from kiosk.domain.record_changes import RecordSubject
from kiosk.employees.schemas import EmployeeCreate, EmployeeUpdate
from kiosk.employees.store import EmployeeStore
from support.api_client import Api, problem
from support.builders import make_settings
from support.database_rows import add_person

SCHEDULE = "INSERT INTO schedules (name, plan, starts_on) VALUES ('Day', 'Mon-Fri 09:00-18:00', '2024-01-01')"
ASSIGNMENT = (
    "INSERT INTO schedule_assignments (schedule_id, employee_id, valid_from, recorded_by) "
    "VALUES (1, 1, '2024-01-01', 'sql')"
)
ABSENCE = (
    "INSERT INTO absences (employee_id, kind, first_day, last_day, recorded_by) "
    "VALUES (1, 'vacation', '2024-01-01', '2024-01-02', 'sql')"
)
CALENDAR_DAY = "INSERT INTO calendar_days (day, kind, recorded_by) VALUES ('2024-01-01', 'holiday', 'sql')"


def told(database: Database, after: int = 0) -> list[tuple[str, str, int]]:
    with database.reading() as session:
        changes = record_changes_after(session, after, 100, list(RecordSubject))
    assert [change.number for change in changes] == sorted({change.number for change in changes})
    return [(change.subject, change.kind, change.subject_id) for change in changes]


def run(database: Database, *statements: str) -> None:
    with database.transaction() as session:
        for statement in statements:
            session.execute(text(statement))


def test_people_are_told_of_whatever_happens_to_them(database: Database, tmp_path: Path) -> None:
    store = EmployeeStore(database)
    store.create(EmployeeCreate(full_name="Anna"))
    store.update(1, EmployeeUpdate(department="Legal"))
    store.update(1, EmployeeUpdate(department="Legal"))
    store.deactivate(1)
    settings = make_settings(tmp_path / "data", database_url=str(database.engine.url))
    build_eraser(settings, database).erase(1)
    run(database, "DELETE FROM employees")
    kinds = [kind for _, kind, _ in told(database)]
    assert [kind for at, kind in enumerate(kinds) if at == 0 or kinds[at - 1] != kind] == [
        "insert", "alteration", "erasure", "deletion",
    ]  # fmt: skip
    assert {number for *_, number in told(database)} == {1}


def test_schedules_and_what_goes_with_them(database: Database) -> None:
    add_person(database)
    with database.reading() as session:
        before = latest_record_change(session)
    for statement in (SCHEDULE, ASSIGNMENT, ABSENCE, CALENDAR_DAY, "UPDATE schedules SET grace_minutes = 5"):
        run(database, statement)
    assert told(database, before) == [
        ("schedule", "insert", 1), ("assignment", "insert", 1), ("absence", "insert", 1),
        ("calendar_day", "insert", 1), ("schedule", "alteration", 1),
    ]  # fmt: skip
    run(database, "DELETE FROM schedules")
    assert sorted(told(database, before)[5:]) == [("assignment", "deletion", 1), ("schedule", "deletion", 1)]


def test_a_change_that_was_not_committed_is_none(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction() as session:
        session.execute(text(SCHEDULE))
        raise ZeroDivisionError
    assert told(database) == []


@pytest.mark.postgres
def test_numbers_are_given_in_the_order_of_the_commits(
    postgresql_url: str, open_database: Callable[[str], Database]
) -> None:
    """The first to write is the last to commit; its number must not appear behind one that was read already."""
    database = open_database(postgresql_url)
    with database.transaction() as first:
        first.execute(text(SCHEDULE))
        run(database, CALENDAR_DAY)
        assert told(database) == [("calendar_day", "insert", 1)]
    assert told(database) == [("calendar_day", "insert", 1), ("schedule", "insert", 1)]


def test_a_copy_has_the_same_changes_and_no_others(
    database: Database, tmp_path: Path, open_database: Callable[[str], Database]
) -> None:
    add_person(database)
    run(database, SCHEDULE)
    copy = open_database(f"sqlite:///{tmp_path / 'copy.db'}")
    copy_database(database, copy, lambda *_: None)
    assert told(copy) == told(database)
    run(copy, CALENDAR_DAY)
    assert told(copy)[-1] == ("calendar_day", "insert", 1)


def test_nothing_of_the_people_stands_in_the_feed(database: Database) -> None:
    add_person(database)
    with database.reading() as session:
        row = session.execute(text("SELECT * FROM record_changes")).mappings().first()
    assert row is not None and set(row) == {"id", "at", "subject", "kind", "subject_id"}


def test_a_client_goes_on_where_it_was(api_on_sqlite: Api) -> None:
    api = api_on_sqlite
    api.create()
    first = api.client.get("/api/v1/employees/changes", headers=api.read)
    assert [(one["kind"], one["employee_id"]) for one in first.json()] == [("insert", 1)]
    place = {"after": first.headers["X-Next"], "epoch": first.headers["X-Epoch"]}
    assert api.client.get("/api/v1/employees/changes", params=place, headers=api.read).json() == []
    absence = {"employee_id": 1, "kind": "vacation", "first_day": "2026-01-01", "last_day": "2026-01-02"}
    assert api.client.post("/api/v1/absences", json=absence, headers=api.write).status_code == 201
    nothing = api.client.get("/api/v1/employees/changes", params=place, headers=api.read)
    assert nothing.json() == [] and int(nothing.headers["X-Next"]) > int(place["after"])
    schedules = api.client.get("/api/v1/schedules/changes", params=place, headers=api.read).json()
    assert [(one["subject"], one["kind"], one["subject_id"]) for one in schedules] == [("absence", "insert", 1)]
    other = "00000000-0000-0000-0000-000000000000"
    for wrong in ({"after": "1000000000"}, {"after": "1", "epoch": other}):
        answer = api.client.get("/api/v1/employees/changes", params=wrong, headers=api.read)
        problem(answer, 410, "feed_begins_anew")
        assert answer.headers["X-Next"] == "0" and answer.headers["X-Epoch"] == place["epoch"]
    assert api.client.get("/api/v1/employees/changes", headers=api.scim).status_code == 403
