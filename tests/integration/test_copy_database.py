"""Everything moves from one database to another, row for row and bit for bit, or nothing does."""

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from sqlalchemy import text

import db.copy_database
from db import migrations
from db.attendance_log import DatabaseAttendanceLog
from db.copy_database import copy_database
from db.session import Database
from kiosk.errors import ConfigurationError, StorageError
from kiosk.security import audit_verification
from support.builders import event
from support.database_rows import add_person
from support.filled_database import contents, fill

OpenDatabase = Callable[[str], Database]


@pytest.mark.parametrize("direction", ["SQLite to PostgreSQL", "PostgreSQL to SQLite"])
def test_everything_arrives(
    direction: str, request: pytest.FixtureRequest, open_database: OpenDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db.copy_database, "BATCH_ROWS", 100)
    kinds = (
        ("sqlite_url", "empty_postgresql_url")
        if direction.startswith("SQLite")
        else ("postgresql_url", "empty_sqlite_url")
    )
    source, target = (open_database(request.getfixturevalue(kind)) for kind in kinds)
    fill(source)
    steps: list[tuple[str, int, int]] = []
    copied = copy_database(source, target, lambda *step: steps.append(step))
    assert contents(target) == contents(source)
    assert {one.name: one.row_count for one in copied} == {name: len(rows) for name, rows in contents(source).items()}
    assert all(contents(source).values()), "a table without rows proves nothing"
    assert [step for step in steps if step[0] == "attendance_log"] == [
        ("attendance_log", done, 251) for done in (0, 100, 200, 251)
    ]
    migrations.check(target)
    with target.reading() as session:
        assert not audit_verification.verify(session).faults
    assert add_person(target) == max(row[0] for row in contents(source)["employees"]) + 1
    assert DatabaseAttendanceLog(target).record([event(2)]) == 1


def nothing(*_: object) -> None:
    """Progress that nobody watches."""


def test_target_that_is_not_empty_is_refused_and_kept(
    sqlite_url: str, postgresql_url: str, open_database: OpenDatabase
) -> None:
    source, target = open_database(sqlite_url), open_database(postgresql_url)
    fill(source)
    add_person(target)
    before = contents(target)
    with pytest.raises(ConfigurationError, match=r"is not empty \(employees, record_changes\)"):
        copy_database(source, target, nothing)
    assert contents(target) == before


def test_database_is_not_copied_to_itself(database: Database, database_url: str, open_database: OpenDatabase) -> None:
    add_person(database)
    with pytest.raises(ConfigurationError, match="to itself"):
        copy_database(database, open_database(database_url), nothing)


def test_source_that_is_out_of_date_is_refused(
    sqlite_url: str, empty_postgresql_url: str, open_database: OpenDatabase
) -> None:
    source, target = open_database(sqlite_url), open_database(empty_postgresql_url)
    migrations.downgrade(source)
    with pytest.raises(ConfigurationError, match="kiosk db upgrade"):
        copy_database(source, target, nothing)
    assert migrations.current(target) is None


DAMAGES = {
    "a torn vector": "UPDATE embeddings SET vector = x'00' WHERE id = 2",
    "a zero byte in a name": "UPDATE employees SET full_name = 'A' || char(0) || 'B' WHERE id = 2",
    "a day that there is not": "UPDATE attendance_log SET timestamp = '2025-02-30 00:00:00.000000' WHERE id = 170",
    "an event of nobody": "UPDATE attendance_log SET employee_id = 77 WHERE id = 170",
    "a number too large": "UPDATE credentials SET id = 5000000000",
}


@pytest.mark.parametrize("name", DAMAGES)
def test_row_that_cannot_be_copied_is_said_and_nothing_is(
    sqlite_url: str, postgresql_url: str, open_database: OpenDatabase, name: str
) -> None:
    source, target = open_database(sqlite_url), open_database(postgresql_url)
    fill(source)
    with closing(sqlite3.connect(str(source.engine.url.database))) as unchecked, unchecked:
        unchecked.execute(DAMAGES[name])
    with pytest.raises(StorageError):
        copy_database(source, target, nothing)
    assert not any(contents(target).values())


def test_copy_that_differs_is_found_and_taken_back(
    sqlite_url: str, postgresql_url: str, open_database: OpenDatabase
) -> None:
    source, target = open_database(sqlite_url), open_database(postgresql_url)
    fill(source)
    with target.transaction() as session:
        session.execute(
            text(
                "CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                " IF NEW.id = 3 THEN NEW.vector[5] := NEW.vector[5] + 0.000001; END IF; RETURN NEW; END $$"
            )
        )
        session.execute(
            text("CREATE TRIGGER meddle BEFORE INSERT ON embeddings FOR EACH ROW EXECUTE FUNCTION meddle()")
        )
    with pytest.raises(StorageError, match="row 3 of embeddings differs from its copy"):
        copy_database(source, target, nothing)
    assert not any(contents(target).values())


def test_row_that_is_lost_on_the_way_is_found(
    sqlite_url: str, postgresql_url: str, open_database: OpenDatabase
) -> None:
    source, target = open_database(sqlite_url), open_database(postgresql_url)
    fill(source)
    with target.transaction() as session:
        session.execute(text("CREATE RULE lose AS ON INSERT TO consents DO INSTEAD NOTHING"))
    with pytest.raises(StorageError, match="row 1 of consents differs from its copy"):
        copy_database(source, target, nothing)
    assert not any(contents(target).values())
