"""Transactions on real databases, and what goes wrong with them."""

import sqlite3
import stat
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, insert, make_url, select, text, update
from sqlalchemy.exc import DBAPIError

import db.session
from db.models import AttendanceRow, EmployeeRow
from db.session import Database
from kiosk.domain.credentials import TokenScope
from kiosk.domain.types import EventType, Method
from kiosk.errors import ConfigurationError, RowRefused, StorageError
from support.database_rows import add_person

OpenDatabase = Callable[[str], Database]


def count(database: Database) -> int:
    with database.reading() as session:
        return session.execute(select(func.count()).select_from(EmployeeRow)).scalar_one()


def test_block_is_written_whole_or_not_at_all(database: Database) -> None:
    with pytest.raises(KeyError, match="in the middle"), database.transaction() as session:
        session.execute(insert(EmployeeRow).values(full_name="Anna", email="anna@office.test"))
        raise KeyError("in the middle")
    assert count(database) == 0
    mine = StorageError("mine")
    with pytest.raises(StorageError) as raised, database.transaction():
        raise mine
    assert raised.value is mine
    add_person(database)
    assert count(database) == 1


def test_wrong_statement_is_a_bug_and_not_a_storage_error(database: Database) -> None:
    with pytest.raises(DBAPIError), database.transaction() as session:
        session.execute(text("SELEKT 1"))


EVENT = "INSERT INTO attendance_log (timestamp, event_type, trace_id, method) VALUES"
CREDENTIAL = "INSERT INTO credentials (kind, name, secret_hash, employee_id, scope) VALUES"
AT = "'2025-03-03 09:00:00.000000'"
ID = "'00000000000000000000000000000001'"
REFUSED_ROWS = {
    "email taken": "INSERT INTO employees (full_name, email) VALUES ('Anna', 'anna@office.test')",
    "email not lower-case": "INSERT INTO employees (full_name, email) VALUES ('Anna', 'Clara@office.test')",
    "no email": "INSERT INTO employees (full_name) VALUES ('Anna')",
    "no name": "INSERT INTO employees (full_name, email) VALUES ('', 'x@office.test')",
    "name too long": f"INSERT INTO employees (full_name, email) VALUES ('{'x' * 201}', 'x@office.test')",
    "template of nobody": "INSERT INTO embeddings (employee_id, vector, model_version) VALUES (9, '{}', 'm')",
    "template without a vector": "INSERT INTO embeddings (employee_id, model_version) VALUES (1, 'm')",
    "event twice": f"{EVENT} ({AT}, 'entry', '00000000000000000000000000000007', 'face')",
    "event of another kind": f"{EVENT} ({AT}, 'lunch', {ID}, 'face')",
    "event without a time": f"{EVENT} (NULL, 'entry', {ID}, 'face')",
    "event by a guess": f"{EVENT} ({AT}, 'entry', {ID}, 'guess')",
    "correction of nothing": (
        "INSERT INTO attendance_corrections (attendance_id, action, author, reason) VALUES (9, 'void', 'a', 'b')"
    ),
    "correction of another kind": (
        "INSERT INTO attendance_corrections (attendance_id, action, author, reason) VALUES (1, 'edit', 'a', 'b')"
    ),
    "consent of nobody": "INSERT INTO consents (employee_id, text_version, recorded_by) VALUES (9, '1', 'a')",
    "PIN of nobody": f"{CREDENTIAL} ('pin', '1', 'h', NULL, NULL)",
    "token without a scope": f"{CREDENTIAL} ('token', 't', 'h', NULL, NULL)",
    "token of another scope": f"{CREDENTIAL} ('token', 't', 'h', NULL, 'all')",
    "second admin of a name": f"{CREDENTIAL} ('admin', 'root', 'h', NULL, NULL)",
    "second counter of changes": "INSERT INTO gallery_changes (id) VALUES (2)",
    "deletion of a person with a past": "DELETE FROM employees WHERE id = 1",
}


def test_row_that_breaks_a_rule_is_refused(database: Database, subtests: pytest.Subtests) -> None:
    with database.transaction() as session:
        session.execute(text("INSERT INTO employees (full_name, email) VALUES ('Anna', 'anna@office.test')"))
        session.execute(
            text(
                "INSERT INTO attendance_log (employee_id, timestamp, event_type, trace_id)"
                f" VALUES (1, {AT}, 'entry', '00000000000000000000000000000007')"
            )
        )
        session.execute(text(f"{CREDENTIAL} ('admin', 'root', 'g', NULL, NULL)"))
    for name, statement in REFUSED_ROWS.items():
        with subtests.test(name), pytest.raises(RowRefused) as refused, database.transaction() as session:
            session.execute(text(statement))
        assert "anna@" not in str(refused.value)


def test_every_value_of_an_enumeration_is_taken(database: Database) -> None:
    events = [(event_type, method) for event_type in EventType for method in Method]
    with database.transaction() as session:
        for number, (event_type, method) in enumerate(events):
            session.execute(text(f"{EVENT} ({AT}, '{event_type}', '{number:032x}', '{method}')"))
        for scope in TokenScope:
            session.execute(text(f"{CREDENTIAL} ('token', '{scope}', 'hash of {scope}', NULL, '{scope}')"))
    with database.reading() as session:
        written = session.execute(select(AttendanceRow.event_type, AttendanceRow.method).order_by(AttendanceRow.id))
        assert [tuple(row) for row in written] == events


def test_name_of_a_revoked_token_is_free_again(database: Database) -> None:
    statement = f"{CREDENTIAL} ('token', 'gate', :hash, NULL, 'read')"
    with database.transaction() as session:
        session.execute(text(statement), {"hash": "1"})
        session.execute(text(f"UPDATE credentials SET revoked_at = {AT}"))
        session.execute(text(statement), {"hash": "2"})


def test_missing_tables_are_named_with_the_next_step(empty_database_url: str, open_database: OpenDatabase) -> None:
    with pytest.raises(ConfigurationError, match="missing or out of date; run: python -m kiosk db upgrade"):
        count(open_database(empty_database_url))


def test_missing_column_is_named_with_the_next_step(database: Database) -> None:
    with database.transaction() as session:
        session.execute(text("ALTER TABLE employees DROP COLUMN department"))
    with pytest.raises(ConfigurationError, match="out of date"), database.reading() as session:
        session.execute(select(EmployeeRow)).all()
    with pytest.raises(ConfigurationError, match="out of date"), database.transaction() as session:
        session.execute(insert(EmployeeRow).values(full_name="A", email="a@office.test", department="IT"))


def test_threads_that_read_and_then_write_lose_nothing(database: Database) -> None:
    anna = add_person(database)

    def add_one(_: int) -> None:
        with database.transaction() as session:
            row = select(EmployeeRow.department).where(EmployeeRow.id == anna).with_for_update()
            number = int(session.execute(row).scalar_one() or 0)
            session.execute(update(EmployeeRow).where(EmployeeRow.id == anna).values(department=str(number + 1)))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(add_one, range(40)))
    with database.reading() as session:
        assert session.execute(select(EmployeeRow.department)).scalar_one() == "40"


def test_reader_keeps_its_view_and_no_writer_waiting(database: Database) -> None:
    add_person(database)
    with database.reading() as session:
        before = session.execute(select(func.count()).select_from(EmployeeRow)).scalar_one()
        add_person(database)
        assert session.execute(select(func.count()).select_from(EmployeeRow)).scalar_one() == before == 1
    assert count(database) == 2


def test_pool_that_is_used_up_is_said(
    database_url: str, open_database: OpenDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db.session, "POOL_TIMEOUT_S", 0.05)
    database = open_database(database_url)
    release = threading.Event()

    def hold(held: threading.Barrier) -> None:
        with database.reading():
            held.wait()
            release.wait()

    held = threading.Barrier(database.pool_size + 1)
    with ThreadPoolExecutor(database.pool_size) as threads:
        holders = [threads.submit(hold, held) for _ in range(database.pool_size)]
        held.wait()
        with pytest.raises(StorageError, match="all connections are in use"):
            count(database)
        release.set()
        for holder in holders:
            holder.result()
    assert count(database) == 0


def test_closed_database_opens_again_by_itself(database: Database) -> None:
    add_person(database)
    database.close()
    database.close()
    assert count(database) == 1


def test_server_that_dropped_all_connections_is_not_noticed(postgresql_url: str, open_database: OpenDatabase) -> None:
    database, other = open_database(postgresql_url), open_database(postgresql_url)
    add_person(database)
    with other.transaction() as session:
        session.execute(
            text(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    assert count(database) == 1


def test_connection_lost_in_a_transaction_is_a_storage_error(postgresql_url: str, open_database: OpenDatabase) -> None:
    database = open_database(postgresql_url)
    with pytest.raises(StorageError, match="kiosk_test_"), database.transaction() as session:
        session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))


def test_user_without_a_right_is_told(postgresql_url: str, open_database: OpenDatabase) -> None:
    role = make_url(postgresql_url).database
    owner = open_database(postgresql_url)
    with owner.transaction() as session:
        session.execute(text(f"CREATE ROLE {role} LOGIN"))
    try:
        stranger = open_database(make_url(postgresql_url).set(username=role).render_as_string(hide_password=False))
        with pytest.raises(ConfigurationError, match="permission denied for table employees"):
            count(stranger)
    finally:
        with owner.transaction() as session:
            session.execute(text(f"DROP ROLE {role}"))


def test_file_of_sqlite_is_its_owners_alone(tmp_path: Path, open_database: OpenDatabase) -> None:
    path = tmp_path / "house" / "data" / "kiosk.db"
    database = open_database(f"sqlite:///{path}")
    with database.transaction() as session:
        session.execute(text("CREATE TABLE faces (id INTEGER)"))
        modes = {file.name: stat.filemode(file.stat().st_mode) for file in path.parent.iterdir()}
    assert modes == {name: "-rw-------" for name in ("kiosk.db", "kiosk.db-wal", "kiosk.db-shm")}
    assert stat.filemode(path.parent.stat().st_mode) == "drwx------"


def test_sqlite_is_durable_and_checks_references(sqlite_url: str, open_database: OpenDatabase) -> None:
    with open_database(sqlite_url).reading() as session:
        found = {
            pragma: session.execute(text(f"PRAGMA {pragma}")).scalar_one()
            for pragma in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_locked_file_is_said(sqlite_url: str, open_database: OpenDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db.session, "SQLITE_PRAGMAS", ("busy_timeout=20",))
    database = open_database(sqlite_url)
    with closing(sqlite3.connect(str(make_url(sqlite_url).database))) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="another program keeps it locked"):
            add_person(database)
    add_person(database)


def test_full_disk_is_said_and_leaves_what_was_there(
    sqlite_url: str, open_database: OpenDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    # SQLite reports its own limit of pages as it does a full disk.
    monkeypatch.setattr(db.session, "SQLITE_PRAGMAS", (*db.session.SQLITE_PRAGMAS, "max_page_count=1"))
    database = open_database(sqlite_url)
    add_person(database, "Boris")
    with pytest.raises(StorageError, match="the disk is full; make room"), database.transaction() as session:
        session.execute(insert(EmployeeRow).values(full_name="A", email="a@office.test", department="x" * 100_000))
    assert count(database) == 1


def test_damaged_file_is_said(tmp_path: Path, open_database: OpenDatabase) -> None:
    path = tmp_path / "kiosk.db"
    path.write_bytes(b"something else altogether" * 400)
    with pytest.raises(StorageError, match="damaged or of another kind"):
        count(open_database(f"sqlite:///{path}"))


def test_file_that_cannot_be_written_is_said(
    sqlite_url: str, open_database: OpenDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db.session, "SQLITE_PRAGMAS", ("query_only=ON",))  # what a read-only file system answers
    with pytest.raises(StorageError, match="it cannot be written to"):
        add_person(open_database(sqlite_url))
