"""What the database itself sees to, also for plain SQL: the gallery's counter, and rows that nobody may change."""

import select as sockets
from collections.abc import Callable
from contextlib import closing

import psycopg2
import pytest
from sqlalchemy import make_url, text

from db.attendance_log import DatabaseAttendanceLog
from db.gallery_changes import CHANNEL, gallery_version
from db.session import Database
from kiosk.errors import ConfigurationError, StorageError
from support.database_rows import add_person, enroll, void

OpenDatabase = Callable[[str], Database]

CHANGES = {
    "a template added": (
        "INSERT INTO embeddings (employee_id, vector, model_version) SELECT 1, vector, 'm' FROM embeddings",
        True,
    ),
    "a template changed": ("UPDATE embeddings SET model_version = 'other' WHERE id = 1", True),
    "a template deleted": ("DELETE FROM embeddings WHERE id = 1", True),
    "a person deactivated": ("UPDATE employees SET is_active = false WHERE id = 1", True),
    "a person restored": ("UPDATE employees SET is_active = true WHERE id = 1", True),
    "a person without templates deleted": ("DELETE FROM employees WHERE id = 2", True),
    "a person with templates deleted": ("DELETE FROM employees WHERE id = 1", True),
    "a person renamed": ("UPDATE employees SET full_name = 'Clara' WHERE id = 3", True),
    "a person moved to a department": ("UPDATE employees SET department = 'IT', full_name = full_name", False),
    "a person added": ("INSERT INTO employees (full_name, email) VALUES ('Dora', 'dora@office.test')", False),
    "no template deleted": ("DELETE FROM embeddings WHERE id = 999", False),
    "an event": ("DELETE FROM attendance_log", False),
}


def version(database: Database) -> int:
    with database.reading() as session:
        return gallery_version(session)


def run(database: Database, *statements: str) -> None:
    with database.transaction() as session:
        for statement in statements:
            session.execute(text(statement))


def test_gallery_version_rises_with_what_matters_to_it(database: Database, subtests: pytest.Subtests) -> None:
    anna, _, _ = add_person(database), add_person(database), add_person(database)
    assert version(database) == 0
    enroll(database, anna, 1, 2, 3)
    for name, (statement, matters) in CHANGES.items():
        before = version(database)
        run(database, statement)
        with subtests.test(name):
            assert (version(database) > before) is matters


def test_change_that_is_taken_back_does_not_count(database: Database) -> None:
    anna = add_person(database)
    enroll(database, anna, 1)
    before = version(database)
    with pytest.raises(KeyError), database.transaction() as session:
        session.execute(text("DELETE FROM embeddings"))
        raise KeyError
    assert version(database) == before
    enroll(database, anna, 2)
    assert version(database) > before


def test_lost_counter_is_said_with_the_way_out(database: Database) -> None:
    run(database, "DELETE FROM gallery_changes")
    with pytest.raises(ConfigurationError, match="INSERT INTO gallery_changes"):
        version(database)


def test_truncating_templates_counts(postgresql_url: str, open_database: OpenDatabase) -> None:
    database = open_database(postgresql_url)
    run(database, "TRUNCATE embeddings")
    assert version(database) == 1


def test_each_transaction_notifies_once_and_after_its_commit(postgresql_url: str, open_database: OpenDatabase) -> None:
    database = open_database(postgresql_url)
    anna = add_person(database)
    with closing(psycopg2.connect(make_url(postgresql_url).render_as_string(hide_password=False))) as listener:
        listener.autocommit = True
        listener.cursor().execute(f"LISTEN {CHANNEL}")
        for _ in range(2):
            enroll(database, anna, *range(20))
            run(database, "UPDATE employees SET department = 'IT'")
        run(database, "DELETE FROM embeddings", "UPDATE employees SET is_active = false")
        while len(listener.notifies) < 3:
            assert sockets.select([listener], [], [], 10)[0], "no notification came"
            listener.poll()
        assert [notified.payload for notified in listener.notifies] == ["1", "2", "3"]
    assert version(database) == 3


def test_people_and_templates_changed_in_either_order_do_not_block_one_another(
    postgresql_url: str, open_database: OpenDatabase
) -> None:
    database = open_database(postgresql_url)
    anna, boris = add_person(database), add_person(database)
    with database.transaction() as first:
        first.execute(text("INSERT INTO embeddings (employee_id, vector, model_version) VALUES (1, '{1}', 'm')"))
        run(database, "SET LOCAL lock_timeout = '2s'", f"UPDATE employees SET is_active = false WHERE id = {boris}")
        first.execute(text(f"UPDATE employees SET is_active = false WHERE id IN ({anna}, {boris})"))
    assert version(database) == 2


REFUSED_CHANGES = {
    "audit row changed": "UPDATE audit_log SET actor = 'b'",
    "audit row deleted": "DELETE FROM audit_log",
    "correction changed": "UPDATE attendance_corrections SET reason = 'b'",
    "correction deleted": "DELETE FROM attendance_corrections",
}


def test_audit_and_corrections_are_append_only(database: Database, subtests: pytest.Subtests) -> None:
    run(
        database,
        "INSERT INTO audit_log (actor, action, previous_hash, hash) VALUES ('a', 'b', '0', '1')",
        "INSERT INTO attendance_log (timestamp, event_type, trace_id)"
        " VALUES ('2025-03-03 09:00:00.000000', 'entry', '00000000000000000000000000000001')",
    )
    void(database, 1)
    for name, statement in REFUSED_CHANGES.items():
        with subtests.test(name), pytest.raises(StorageError, match="append-only"):
            run(database, statement)
    run(database, "DELETE FROM attendance_log")
    with database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM attendance_corrections")).scalar_one() == 0
    assert DatabaseAttendanceLog(database).history() == ()
