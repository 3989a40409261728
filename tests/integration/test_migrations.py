"""Migrations up and down with data in the tables, by the program and by plain Alembic, alone and in a race."""

import os
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import DBAPIError

from db import migrations
from db.models import EmbeddingRow
from db.session import Database
from kiosk.config.paths import PROJECT_DIR
from kiosk.errors import ConfigurationError
from support.database_rows import enroll, face, void

OpenDatabase = Callable[[str], Database]
PEOPLE = "SELECT id, full_name, email, department, photo_path, is_active, created_at, updated_at FROM employees"
EVENTS = (
    "SELECT id, employee_id, timestamp, event_type, confidence, trace_id, photo_path FROM attendance_log ORDER BY id"
)


def rows(database: Database, query: str) -> list[tuple[Any, ...]]:
    with database.reading() as session:
        return [tuple(row) for row in session.execute(text(query))]


def run(database: Database, *statements: str) -> None:
    with database.transaction() as session:
        for statement in statements:
            session.execute(text(statement))


def tables(database: Database) -> set[str]:
    with database.reading() as session:
        return set(inspect(session.connection()).get_table_names())


FIRST_ROWS = (
    "INSERT INTO employees (full_name, email, department) VALUES ('Анна', 'a@x.test', 'IT'), ('B', 'b@x.test', NULL)",
    "DELETE FROM employees WHERE id = 2",
    "INSERT INTO attendance_log (employee_id, timestamp, event_type, confidence, trace_id, photo_path) VALUES "
    "(1, '2025-03-03 09:00:00.000001', 'entry', 0.1, '00000000000000000000000000000001', 'a.jpg'), "
    "(NULL, '2025-03-03 10:00:00.000000', 'exit', NULL, '00000000000000000000000000000002', NULL)",
)


def test_what_the_tables_hold_goes_up_down_and_up_again(empty_database_url: str, open_database: OpenDatabase) -> None:
    database = open_database(empty_database_url)
    assert migrations.current(database) is None
    migrations.upgrade(database, "001_initial")
    run(database, *FIRST_ROWS)
    people, events = rows(database, PEOPLE), rows(database, EVENTS)
    assert [len(people), len(events)] == [1, 2]

    migrations.upgrade(database)
    migrations.check(database)
    assert rows(database, "SELECT DISTINCT kiosk_id, method FROM attendance_log") == [("kiosk-1", "face")]
    enroll(database, 1, 7)
    void(database, 2)
    for revision in reversed(migrations.REVISIONS[:-1]):
        migrations.downgrade(database)
        assert migrations.current(database) == revision
        assert rows(database, PEOPLE) == people
        assert rows(database, EVENTS) == events
    assert tables(database) == {"employees", "embeddings", "attendance_log", "alembic_version"}

    migrations.upgrade(database)
    migrations.check(database)
    assert rows(database, PEOPLE) == people
    assert rows(database, EVENTS) == events
    with database.reading() as session:
        assert session.execute(select(EmbeddingRow.vector)).scalar_one().tobytes() == face(7).tobytes()
    run(database, "INSERT INTO employees (full_name, email) VALUES ('C', 'c@x.test')")
    assert rows(database, "SELECT max(id) FROM employees") == [(3,)], "an id is never given twice"

    migrations.downgrade(database, "base")
    assert tables(database) <= {"alembic_version", "sqlite_sequence"}
    migrations.upgrade(database)
    migrations.check(database)


TRIGGERS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
    " UNION ALL SELECT oid::regprocedure::text, pg_get_functiondef(oid) FROM pg_proc"
    " WHERE pronamespace = 'public'::regnamespace",
}


def triggers(database: Database) -> dict[str, str]:
    """Return what defines each trigger, and on PostgreSQL each function that it calls, by name."""
    return dict(rows(database, TRIGGERS[database.engine.dialect.name]))


def test_triggers_are_the_same_at_a_revision_whichever_way_it_was_reached(
    empty_database_url: str, open_database: OpenDatabase
) -> None:
    database = open_database(empty_database_url)
    steps_up = [(revision, *_step(database, migrations.upgrade, revision)) for revision in migrations.REVISIONS]
    assert [names for _, names, _ in steps_up if names], "there are triggers"
    for (_, before, _), (revision, after, _) in pairwise(steps_up):
        assert before <= after, f"{revision} loses triggers; a table that SQLite copies leaves its own behind"

    downwards = ["base", *migrations.REVISIONS[:-1]]
    steps_down = [(revision, *_step(database, migrations.downgrade, revision)) for revision in reversed(downwards)]
    assert steps_down[::-1] == [("base", set(), {}), *steps_up[:-1]]
    assert [(revision, *_step(database, migrations.upgrade, revision)) for revision in migrations.REVISIONS] == steps_up


def _step(
    database: Database, migrate: Callable[[Database, str], None], revision: str
) -> tuple[set[str], dict[str, str]]:
    migrate(database, revision)
    assert migrations.current(database) == (None if revision == "base" else revision)
    found = triggers(database)
    return set(found), found


def test_passwords_and_pins_outlive_that_attempts_are_counted_elsewhere(
    empty_database_url: str, open_database: OpenDatabase
) -> None:
    database = open_database(empty_database_url)
    migrations.upgrade(database, "006_attendance_changes")
    run(
        database,
        "INSERT INTO credentials (kind, name, secret_hash, failed_attempts, locked_until) "
        "VALUES ('admin', 'admin', 'hash', 9, '2099-01-01 00:00:00.000000')",
    )
    migrations.upgrade(database)
    assert rows(database, "SELECT kind, name, secret_hash FROM credentials") == [("admin", "admin", "hash")]
    migrations.downgrade(database, "006_attendance_changes")
    assert rows(database, "SELECT secret_hash, failed_attempts, locked_until FROM credentials") == [("hash", 0, None)]


def test_drift_from_the_models_is_found(database: Database) -> None:
    migrations.check(database)
    run(database, "ALTER TABLE employees ADD COLUMN shoe_size INTEGER")
    with pytest.raises(ConfigurationError, match="shoe_size"):
        migrations.check(database)


def test_missing_index_is_found(database: Database) -> None:
    run(database, "DROP INDEX ix_attendance_log_timestamp")
    with pytest.raises(ConfigurationError, match="ix_attendance_log_timestamp"):
        migrations.check(database)


def test_migration_that_fails_leaves_nothing_behind(empty_database_url: str, open_database: OpenDatabase) -> None:
    database = open_database(empty_database_url)
    run(database, "CREATE TABLE consents (mine INTEGER)")
    with pytest.raises(DBAPIError):
        migrations.upgrade(database)
    assert migrations.current(database) is None
    assert tables(database) == {"consents"}
    run(database, "DROP TABLE consents")
    migrations.upgrade(database)
    migrations.check(database)


STANDS_AT = {
    "nothing": (None, "has no tables yet; run: python -m kiosk db upgrade"),
    "an older revision": (
        "001_initial",
        f"stands at 001_initial and {migrations.HEAD} is needed; run: python -m kiosk db upgrade",
    ),
    "a newer revision": ("999_future", "a newer version of the kiosk made; install that one"),
}


@pytest.mark.parametrize("name", STANDS_AT)
def test_database_that_is_not_up_to_date_is_told_what_to_do(
    sqlite_url: str, empty_sqlite_url: str, open_database: OpenDatabase, name: str
) -> None:
    revision, words = STANDS_AT[name]
    database = open_database(sqlite_url if revision else empty_sqlite_url)
    if revision:
        run(database, f"UPDATE alembic_version SET version_num = '{revision}'")
    with pytest.raises(ConfigurationError, match=words):
        migrations.require_head(database)


def test_unknown_revision_is_refused(database: Database) -> None:
    with pytest.raises(ConfigurationError, match="Can't locate revision identified by '7'"):
        migrations.upgrade(database, "7")
    with pytest.raises(ConfigurationError, match="Can't locate revision identified by '7'"):
        migrations.downgrade(database, "7")
    assert migrations.current(database) == migrations.HEAD


def test_program_knows_the_revisions_by_heart() -> None:
    scripts = ScriptDirectory.from_config(Config(PROJECT_DIR / "alembic.ini"))
    assert tuple(script.revision for script in reversed(list(scripts.walk_revisions()))) == migrations.REVISIONS
    assert not (PROJECT_DIR / "alembic" / "__init__.py").exists(), "it would hide the library"


def test_plain_alembic_commands_do_the_same(empty_database_url: str, open_database: OpenDatabase) -> None:
    database = open_database(empty_database_url)
    alembic(empty_database_url, "upgrade", "head")
    assert migrations.current(database) == migrations.HEAD
    assert "No new upgrade operations detected" in alembic(empty_database_url, "check")


def test_plain_alembic_goes_down_and_shows_sql(postgresql_url: str, open_database: OpenDatabase) -> None:
    database = open_database(postgresql_url)
    alembic(postgresql_url, "downgrade", "-1")
    assert migrations.current(database) == migrations.REVISIONS[-2]
    assert "CREATE TABLE gallery_changes" in alembic(postgresql_url, "upgrade", "base:head", "--sql")
    assert migrations.current(database) == migrations.REVISIONS[-2]


def test_plain_alembic_says_what_is_wrong_with_the_settings() -> None:
    failed = _alembic("mysql://root:hunter2@localhost/x", "current")
    assert failed.returncode != 0
    assert "neither postgresql://" in failed.stderr
    assert "hunter2" not in failed.stderr + failed.stdout


def alembic(url: str, *arguments: str) -> str:
    done = _alembic(url, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _alembic(url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).with_name("alembic"), *arguments],
        cwd=PROJECT_DIR,
        env={**os.environ, "KIOSK_DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )


UPGRADE = """
import sys
from db import migrations
from db.session import Database, make_engine
database = Database(make_engine(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
migrations.upgrade(database)
"""


def test_processes_that_upgrade_at_once_wait_for_one_another(
    empty_database_url: str, open_database: OpenDatabase
) -> None:
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", UPGRADE, empty_database_url],
            cwd=PROJECT_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    ends = [racer.communicate() for racer in racers]
    assert [(racer.returncode, stderr) for racer, (_, stderr) in zip(racers, ends, strict=True)] == [(0, "")] * 3
    migrations.check(open_database(empty_database_url))
