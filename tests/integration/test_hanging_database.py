"""A database that hangs is away: the door learns of it in time, keeps its events, and writes them afterwards."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from pathlib import Path

import psycopg2
import pytest
from sqlalchemy import make_url, text

from db import migrations
from db.attendance_log import DatabaseAttendanceLog
from db.change_listener import ChangeListener
from db.gallery_changes import CHANNEL
from db.session import Database, make_engine
from db.time_limits import LONG_LIMITS, SERVER_FIRST_S, door_limits
from kiosk.attendance.database_writer import DatabaseWriter
from kiosk.attendance.journal import Journal
from kiosk.core.clock import SystemClock
from kiosk.core.worker import Worker
from kiosk.errors import StatementTimeout, StorageError
from kiosk.recognition.gallery_sync import GallerySync
from support.builders import event, make_corrections
from support.database_rows import add_person
from support.fakes import MORNING
from support.postgres_server import OwnServer

TIMEOUT_S = 0.3
# Looking whether a connection still lives, making a new one; and a busy machine.
LONGEST_S = 2 * (TIMEOUT_S + SERVER_FIRST_S) + 3
PATIENCE_S = 20.0

Hang = Callable[[], AbstractContextManager[None]]


@contextmanager
def tables_locked(url: str) -> Iterator[None]:
    with closing(psycopg2.connect(url)) as other, other.cursor() as cursor:
        cursor.execute("LOCK TABLE attendance_log, employees, gallery_changes IN ACCESS EXCLUSIVE MODE")
        yield


@contextmanager
def file_locked(url: str) -> Iterator[None]:
    path = make_url(url).database
    with closing(sqlite3.connect(str(path), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield


@pytest.fixture(params=["PostgreSQL, tables locked", "PostgreSQL, frozen", "SQLite, file locked"])
def hanging(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Hang]:
    """The URL of a migrated database, and what makes it hang."""
    if request.param.startswith("SQLite"):
        url = str(request.getfixturevalue("sqlite_url"))
        return url, lambda: file_locked(url)
    server: OwnServer = request.getfixturevalue("own_postgres_server")
    url = server.create_database()
    with closing(Database(make_engine(url))) as database:
        migrations.upgrade(database)
    return url, server.frozen if "frozen" in request.param else lambda: tables_locked(url)


@contextmanager
def opened(url: str) -> Iterator[Database]:
    with closing(Database(make_engine(url, door_limits(TIMEOUT_S)))) as database:
        yield database


def test_the_door_hears_in_time_that_it_is_away_and_it_comes_back(hanging: tuple[str, Hang]) -> None:
    url, hang = hanging
    with opened(url) as database:
        anna = add_person(database)
        attendance = DatabaseAttendanceLog(database)
        attendance.record([event(anna)])
        with hang():
            for _ in range(2):  # on a connection that was there, and on a new one
                began_s = time.monotonic()
                with pytest.raises(StorageError):
                    attendance.record([event(anna, at=MORNING.replace(minute=30))])
                assert time.monotonic() - began_s < LONGEST_S
        assert attendance.record([event(anna, at=MORNING.replace(minute=45))]) == 1


@pytest.mark.slow
def test_no_thread_counts_as_stuck_meanwhile_and_the_events_are_written_after(
    hanging: tuple[str, Hang], tmp_path: Path
) -> None:
    url, hang = hanging
    clock = SystemClock()
    with ExitStack() as stack:
        database = stack.enter_context(opened(url))
        anna = add_person(database)
        journal = stack.enter_context(closing(Journal(tmp_path / "events.journal")))
        writer = DatabaseWriter(
            journal, DatabaseAttendanceLog(database), lambda _events: None, clock, make_corrections(database).take_back
        )
        gallery = GallerySync(database, "model", tmp_path / "gallery.npz", clock)
        workers = Worker("recorder", writer.step), Worker("gallery", gallery.step, cleanup=gallery.close)
        for worker in workers:
            worker.start()
            stack.callback(worker.stop, PATIENCE_S)
        silent_s = 0.0
        with hang():
            until_s = time.monotonic() + 3 * TIMEOUT_S + SERVER_FIRST_S
            number = 0
            while time.monotonic() < until_s or not writer.is_database_away:
                assert time.monotonic() < until_s + LONGEST_S, "nobody noticed that the database is away"
                if number < 10:
                    journal.append(event(anna, at=MORNING.replace(minute=number)))
                    number += 1
                beats = [worker.beat_s for worker in workers]
                silent_s = max([silent_s, *(clock.monotonic_s() - beat_s for beat_s in beats if beat_s is not None)])
                time.sleep(0.02)
            assert writer.status.waiting == 10
        until_s = time.monotonic() + PATIENCE_S
        while journal.pending_count:
            assert time.monotonic() < until_s
            time.sleep(0.02)
        assert silent_s < 3  # the steps themselves; waiting for the database is none of it
        assert DatabaseAttendanceLog(database).count() == 10


def test_who_listens_for_changes_hears_that_the_server_is_frozen(own_postgres_server: OwnServer) -> None:
    with opened(own_postgres_server.create_database()) as database, own_postgres_server.frozen():
        began_s = time.monotonic()
        with pytest.raises(StorageError):
            ChangeListener(database, CHANNEL).wait(1)
        assert time.monotonic() - began_s < LONGEST_S


def test_long_work_waits_longer_than_the_door(postgresql_url: str, open_database: Callable[[str], Database]) -> None:
    with opened(postgresql_url) as database, pytest.raises(StorageError, match="did not answer in time"):
        _sleep(database)
    with closing(Database(make_engine(postgresql_url, LONG_LIMITS))) as database:
        _sleep(database)


def test_a_statement_that_takes_too_long_is_given_up_and_leaves_nothing(database_url: str) -> None:
    numbers = "SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000"
    with opened(database_url) as database:
        migrations.upgrade(database)
        began_s = time.monotonic()
        with pytest.raises(StatementTimeout, match="did not answer in time"), database.transaction() as session:
            session.execute(text("INSERT INTO schedules (name, plan, starts_on) VALUES ('x', 'x', '2026-01-05')"))
            session.execute(text(f"WITH RECURSIVE n(i) AS ({numbers}) SELECT max(i) FROM n"))
        assert time.monotonic() - began_s < LONGEST_S
        with database.reading() as session:
            time.sleep(2 * TIMEOUT_S)  # a transaction may last longer than a statement
            assert session.scalar(text("SELECT count(*) FROM schedules")) == 0


def test_options_in_the_address_are_kept(postgresql_url: str) -> None:
    url = make_url(postgresql_url).update_query_dict({"options": "-c work_mem=5MB"}).render_as_string(False)
    with opened(url) as database, database.reading() as session:
        assert session.scalar(text("SHOW work_mem")) == "5MB"
        assert session.scalar(text("SHOW statement_timeout")) == "300ms"


def _sleep(database: Database) -> None:
    with database.reading() as session:
        session.execute(text(f"SELECT pg_sleep({3 * TIMEOUT_S})"))
