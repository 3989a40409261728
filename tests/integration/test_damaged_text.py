"""One name on SQLite that is no UTF-8: left out and named by number, while everything else goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from db import migrations
from db.attendance_log import DatabaseAttendanceLog
from db.copy_database import copy_database
from db.session import Database, make_engine
from db.text_decoder import damaged_rows
from kiosk.__main__ import app
from kiosk.app.doctor import build_examined_device
from kiosk.config.settings import load_settings
from kiosk.core.clock import SystemClock
from kiosk.doctor import data
from kiosk.doctor.findings import Level
from kiosk.recognition.gallery_sync import GallerySync
from support.api_client import Api
from support.builders import event
from support.database_rows import MODEL, add_person, enroll
from support.fakes import MORNING

pytestmark = pytest.mark.expects_errors
NO_TEXT = "CAST(x'77ce61' AS TEXT)"


def damage(database: Database, employee_id: int, column: str = "full_name") -> None:
    with database.transaction() as session:
        session.execute(text(f"UPDATE employees SET {column} = {NO_TEXT} WHERE id = {employee_id}"))


@pytest.fixture
def database() -> Iterator[Database]:
    """The kiosk's own, with Anna, somebody whose name is damaged, and Clara; all enrolled and registered once."""
    settings = load_settings()
    opened = Database(make_engine(settings.effective_database_url))
    with closing(opened):
        migrations.upgrade(opened)
        people = [add_person(opened, name) for name in ("Anna", "Boris", "Clara")]
        for person in people:
            enroll(opened, person, person)
        log = DatabaseAttendanceLog(opened)
        log.record([event(person, at=MORNING + timedelta(minutes=person)) for person in people])
        damage(opened, people[1])
        yield opened


def test_the_gallery_goes_on_without_and_names_the_row(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    gallery = GallerySync(database, MODEL, tmp_path / "gallery.npz", SystemClock())
    gallery.load()
    assert (gallery.gallery.person_count, gallery.status.away_since_at) == (2, None)
    assert [gallery.name_of(number) for number in (1, 2, 3)] == ["Anna", None, "Clara"]
    damaged = [record for record in caplog.records if record.message == "employee.damaged"]
    assert len(damaged) == 1


COMMANDS = {
    "list": ("employees", "list"),
    "search": ("employees", "list", "--search", "a"),
    "log": ("log", "--format", "csv"),
    "timesheet": ("timesheet", "--month", "2025-03"),
    "present": ("present",),
    "backup": ("backup",),
    "audit": ("audit", "verify"),
}


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_commands_go_on(command: tuple[str, ...]) -> None:
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0, done.output
    if command[:2] == ("employees", "list"):
        assert "Anna" in done.stdout
        assert "Clara" in done.stdout


def test_no_entry_is_lost_because_of_a_name(database: Database) -> None:
    entries = DatabaseAttendanceLog(database).history()
    assert [(entry.employee_id, entry.full_name) for entry in entries] == [(1, "Anna"), (2, None), (3, "Clara")]
    assert len(DatabaseAttendanceLog(database).latest_events(MORNING + timedelta(hours=1))) == 2


@pytest.mark.models
def test_the_doctor_finds_it_and_every_other_damaged_text(database: Database) -> None:
    with database.transaction() as session:
        session.execute(text(f"UPDATE attendance_log SET kiosk_id = {NO_TEXT} WHERE id = 3"))
    with database.reading() as session:
        assert list(damaged_rows(session)) == [("employees", 2), ("attendance_log", 3)]
    found = [one for one in data.database(build_examined_device(load_settings())) if one.subject == "texts"]
    assert [one.level for one in found] == [Level.WARNING, Level.WARNING]
    assert "row 2 of the table employees" in found[0].sentence
    assert DatabaseAttendanceLog(database).history()[2].kiosk_id == "w\ufffda"


def test_a_copy_on_postgresql_can_be_read(
    database: Database, empty_postgresql_url: str, open_database: Callable[[str], Database]
) -> None:
    target = open_database(empty_postgresql_url)
    copy_database(database, target, lambda _name, _done, _of: None)
    names = [entry.full_name for entry in DatabaseAttendanceLog(target).history()]
    assert names == ["Anna", "w\ufffda", "Clara"]


@pytest.mark.parametrize("column", ["full_name", "email", "department"])
def test_the_api_goes_on_without(api_on_sqlite: Api, database_of_api: Database, column: str) -> None:
    people = [api_on_sqlite.create(full_name=name, email=f"{name}@office.test") for name in ("anna", "boris", "clara")]
    damage(database_of_api, people[1]["id"], column)
    for query in ({}, {"search": "a"}, {"sort_by": "full_name"}):
        listed = api_on_sqlite.client.get("/api/v1/employees/", params=query, headers=api_on_sqlite.read)
        assert listed.status_code == 200, listed.text
        assert [person["full_name"] for person in listed.json()] == ["anna", "clara"]
        assert listed.headers["X-Total-Count"] == "2"
    one = api_on_sqlite.client.get(f"/api/v1/employees/{people[1]['id']}", headers=api_on_sqlite.read)
    assert one.status_code == 404
