"""A database that is moved, deleted or replaced while it is open: nothing is written that would be lost with it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from db.attendance_log import DatabaseAttendanceLog
from db.gallery_changes import GalleryChangeListener
from db.session import Database, make_engine
from db.time_limits import door_limits
from kiosk.attendance.database_writer import DatabaseWriter
from kiosk.attendance.journal import Journal
from kiosk.core.clock import SystemClock
from kiosk.errors import DatabaseReplaced
from support.builders import event
from support.database_rows import add_person
from support.postgres_server import OwnServer


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


def away(path: Path) -> Path:
    return path.with_name("moved.db")


def another(path: Path) -> None:
    """Put a copy in the file's place, as somebody does who restores one by hand."""
    path.rename(away(path))
    shutil.copy2(away(path), path)


def a_folder(path: Path) -> None:
    path.rename(away(path))
    path.mkdir()


REPLACEMENTS: dict[str, Callable[[Path], object]] = {
    "moved": lambda path: path.rename(away(path)),
    "replaced by a copy": another,
    "replaced by an empty file": lambda path: (path.rename(away(path)), path.touch()),
    "replaced by a folder": a_folder,
}


def put_back(path: Path) -> None:
    if path.is_dir():
        path.rmdir()
    away(path).replace(path)


@pytest.mark.expects_errors
@pytest.mark.parametrize("replace", REPLACEMENTS.values(), ids=REPLACEMENTS)
def test_events_stay_in_the_journal_until_the_right_file_is_back(
    sqlite_url: str, tmp_path: Path, stack: ExitStack, replace: Callable[[Path], object]
) -> None:
    path = Path(str(make_url(sqlite_url).database))
    database = stack.enter_context(closing(Database(make_engine(sqlite_url))))
    anna = add_person(database)
    journal = stack.enter_context(closing(Journal(tmp_path / "events.journal")))
    writer = DatabaseWriter(journal, DatabaseAttendanceLog(database), lambda _events: None, SystemClock())
    writer.step()

    replace(path)
    journal.append(event(anna))
    writer.step()
    assert writer.is_database_replaced
    assert writer.status.waiting == 1

    put_back(path)
    while journal.pending_count:
        writer.step()
    assert not writer.is_database_replaced
    assert DatabaseAttendanceLog(database).count() == 1


def test_a_file_that_goes_within_a_transaction_takes_no_row_along(sqlite_url: str, tmp_path: Path) -> None:
    path = Path(str(make_url(sqlite_url).database))
    with closing(Database(make_engine(sqlite_url))) as database:
        with pytest.raises(DatabaseReplaced, match="is gone"), database.transaction() as session:
            session.execute(text("INSERT INTO employees (full_name, email) VALUES ('Anna', 'anna@office.test')"))
            path.rename(away(path))
        away(path).rename(path)
        with database.reading() as session:
            assert session.scalar(text("SELECT count(*) FROM employees")) == 0


def test_no_connection_makes_a_file_anew(sqlite_url: str) -> None:
    path = Path(str(make_url(sqlite_url).database))
    with closing(Database(make_engine(sqlite_url))) as database, database.reading():
        path.rename(away(path))
        with pytest.raises(DatabaseReplaced), database.reading():  # on a second connection
            pass
        assert not path.exists()
        away(path).rename(path)


def test_another_database_behind_the_same_address_is_noticed(own_postgres_server: OwnServer) -> None:
    url, other_url = own_postgres_server.create_owned_database(), own_postgres_server.create_owned_database()
    name, other_name = make_url(url).database, make_url(other_url).database
    with closing(Database(make_engine(url, door_limits(5)))) as database:
        listener = GalleryChangeListener(database)
        with database.reading():
            pass
        database.close()
        for old, new in ((name, "kept"), (other_name, name)):
            own_postgres_server.rename_database(str(old), str(new), owner=str(name))
        for _ in range(2):
            with pytest.raises(DatabaseReplaced, match="another database answers"), database.reading():
                pass
        with pytest.raises(DatabaseReplaced):
            listener.wait(0.1)
        for old, new in ((name, other_name), ("kept", name)):
            own_postgres_server.rename_database(str(old), str(new), owner=str(name))
        with database.reading():
            pass
