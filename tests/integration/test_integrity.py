"""Bytes that a disk lost inside the database are found by the doctor, and never become the only backup."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url, select, text

from db.attendance_log import DatabaseAttendanceLog
from db.database_dump import write_dump
from db.integrity import check_integrity
from db.models import AttendanceRow
from db.session import Database, make_engine
from db.text_decoder import unreadable_rows
from kiosk.errors import StorageError
from support.builders import event
from support.database_rows import add_person
from support.postgres_server import OwnServer
from support.tampering import tamper

OpenDatabase = Callable[[str], Database]
NOISE = bytes(range(1, 41))
PLACES = {
    "the header of a table's page": ("attendance_log", 0),
    "a table's page among its cells": ("attendance_log", 8),
    "an index": ("ix_attendance_log_timestamp", 0),
    "an index's cells": ("ix_attendance_log_timestamp", 3000),
}


def overwritten(path: Path, table: str, offset: int) -> None:
    """Overwrite 40 bytes in the first page of a table or index, while nobody has the file open."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [(root,)] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchall()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    content = bytearray(path.read_bytes())
    begin = (root - 1) * size + offset
    content[begin : begin + len(NOISE)] = NOISE
    path.write_bytes(content)


@pytest.mark.parametrize(("table", "offset"), PLACES.values(), ids=PLACES)
def test_overwritten_bytes_are_found_and_not_backed_up(
    sqlite_url: str, tmp_path: Path, table: str, offset: int
) -> None:
    with closing(Database(make_engine(sqlite_url))) as database:
        anna = add_person(database)
        DatabaseAttendanceLog(database).record([event(anna) for _ in range(40)])
        assert check_integrity(database, 10).fault is None
    overwritten(Path(str(make_url(sqlite_url).database)), table, offset)
    with closing(Database(make_engine(sqlite_url))) as database:
        assert check_integrity(database, 10).fault is not None
        with pytest.raises(StorageError, match=r"is damaged .*kiosk restore FILE; older backups are kept"):
            write_dump(database, tmp_path / "dump.db", lambda *_: None)
    assert not (tmp_path / "dump.db").exists()


def test_a_check_that_takes_too_long_says_so(database: Database) -> None:
    with database.transaction() as session:
        if database.engine.dialect.name == "sqlite":
            numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) "
        else:
            numbers = "WITH n AS (SELECT generate_series(1, 20000) AS i) "
        people = "INSERT INTO employees (full_name, email) "
        session.execute(text(f"{people}{numbers}SELECT 'Anna', i || '@office.test' FROM n"))
    found = check_integrity(database, within_s=0.001)
    assert found.fault is None
    assert not found.is_finished
    assert check_integrity(database, within_s=None).is_finished


def test_a_page_that_postgresql_cannot_read_is_named(own_postgres_server: OwnServer) -> None:
    url = own_postgres_server.create_owned_database()
    with closing(Database(make_engine(url))) as database:
        with database.transaction() as session:
            session.execute(text("CREATE TABLE employees AS SELECT generate_series(1, 100) AS id"))
        assert check_integrity(database, 10).fault is None
        with database.reading() as session:
            path = own_postgres_server.data_dir / str(session.scalar(text("SELECT pg_relation_filepath('employees')")))
    own_postgres_server.stop()
    path.write_bytes(NOISE + path.read_bytes()[len(NOISE) :])
    own_postgres_server.start()
    with closing(Database(make_engine(url))) as database:
        assert "invalid page" in str(check_integrity(database, 10).fault)


def test_a_time_that_is_none_is_named_and_met_with_a_sentence(sqlite_url: str) -> None:
    with closing(Database(make_engine(sqlite_url))) as database:
        anna = add_person(database)
        DatabaseAttendanceLog(database).record([event(anna)])
        tamper(database, "UPDATE attendance_log SET timestamp = '2O26-03-02'")
        with database.reading() as session:
            assert list(unreadable_rows(session)) == [("attendance_log", 1)]
        refused = pytest.raises(StorageError, match="a row holds a value that is damaged; kiosk doctor names it")
        with refused, database.reading() as session:
            session.scalars(select(AttendanceRow.timestamp)).all()
