"""Triggers that somebody dropped, switched off or replaced are named, and put back by a command."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from db.attendance_log import DatabaseAttendanceLog
from db.session import Database, make_engine
from db.trigger_definitions import defined_triggers, put_back, trigger_faults
from kiosk.__main__ import app
from support.builders import event
from support.database_rows import add_person
from support.tampering import drop_triggers, run

OpenDatabase = Callable[[str], Database]
FORGED = {
    "sqlite": (
        "DROP TRIGGER attendance_inserted",
        "CREATE TRIGGER attendance_inserted AFTER INSERT ON attendance_log BEGIN SELECT 1; END",
    ),
    "postgresql": (
        "DROP TRIGGER attendance_inserted ON attendance_log",
        "CREATE TRIGGER attendance_inserted AFTER INSERT ON attendance_log FOR EACH ROW WHEN (false) "
        "EXECUTE FUNCTION kiosk_gallery_changed()",
    ),
}


def names(database: Database) -> list[str]:
    with database.reading() as session:
        return [fault.name for fault in trigger_faults(session)]


def test_the_files_hold_what_the_migrations_make(database: Database) -> None:
    """Otherwise: python -m db.trigger_definitions URL >db/triggers_KIND.sql, for a new database of each kind."""
    with database.reading() as session:
        assert trigger_faults(session) == ()
        kind = database.engine.dialect.name
        stored = {"sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"}.get(
            kind, "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal"
        )
        own = [name for name in defined_triggers(kind) if not name.endswith("()")]
        assert session.scalar(text(stored)) == len(own) > 15


def test_all_of_them_are_missed_and_put_back(database: Database) -> None:
    drop_triggers(database)
    missed = names(database)
    assert {"attendance_inserted", "attendance_altered", "reasons_append_only"} <= set(missed)
    run(database, "DELETE FROM gallery_changes")
    with database.transaction() as session:
        assert [fault.name for fault in put_back(session)] == [*missed, "gallery_changes"]
    assert names(database) == []
    add_person(database)
    DatabaseAttendanceLog(database).record([event(None)])
    with database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM attendance_changes")) == 1


def test_another_one_under_its_name_is_noticed(database: Database) -> None:
    run(database, *FORGED[database.engine.dialect.name])
    assert names(database) == ["attendance_inserted"]
    with database.transaction() as session:
        put_back(session)
    assert names(database) == []


@pytest.mark.parametrize(
    ("statement", "missed", "words"),
    [
        pytest.param(
            "ALTER TABLE attendance_log DISABLE TRIGGER attendance_inserted",
            "attendance_inserted",
            "switched off",
            id="off",
        ),
        pytest.param(
            "CREATE OR REPLACE FUNCTION kiosk_gallery_changed() RETURNS trigger LANGUAGE plpgsql"
            " AS 'BEGIN RETURN NEW; END'",
            "kiosk_gallery_changed()",
            "not what",
            id="function",
        ),
    ],
)
def test_on_postgresql_it_is_noticed_that(
    postgresql_url: str, open_database: OpenDatabase, statement: str, missed: str, words: str
) -> None:
    database = open_database(postgresql_url)
    run(database, statement)
    with database.transaction() as session:
        [fault] = trigger_faults(session)
        assert fault.name == missed
        assert words in fault.sentence
        put_back(session)
        assert trigger_faults(session) == ()


@pytest.mark.models
def test_commands_name_what_is_missing_and_put_it_back(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_DATABASE_URL", database_url)
    runner = CliRunner()
    assert runner.invoke(app, ["audit", "verify"]).exit_code == 0
    with closing(Database(make_engine(database_url))) as database:
        drop = {"sqlite": "DROP TRIGGER attendance_deleted"}.get(
            database.engine.dialect.name, "DROP TRIGGER attendance_altered ON attendance_log"
        )
        run(database, drop)
    for command in (["audit", "verify"], ["db", "check"], ["doctor"]):
        said = runner.invoke(app, command)
        assert said.exit_code in (1, 2), said.output
        said_plainly = " ".join((said.output + str(said.exception or "")).split())
        assert "of the table attendance_log is missing" in said_plainly, said_plainly
        assert "kiosk db upgrade" in said_plainly
    upgraded = runner.invoke(app, ["db", "upgrade"])
    assert "Put back" in upgraded.output, upgraded.output
    assert runner.invoke(app, ["audit", "verify"]).exit_code == 0
    assert "triggers_put_back" in runner.invoke(app, ["audit", "show"]).output
