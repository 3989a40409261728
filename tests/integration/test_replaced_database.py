"""A database that is moved, deleted or replaced while it is open: nothing is written that would be lost with it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from db import database_file, migrations
from db.attendance_log import DatabaseAttendanceLog
from db.change_listener import ChangeListener
from db.database_file import DatabaseFile, require_kiosk_file
from db.gallery_changes import CHANNEL
from db.integrity import check_integrity
from db.session import Database, make_engine
from db.time_limits import door_limits
from kiosk.attendance.database_writer import DatabaseWriter
from kiosk.attendance.journal import Journal
from kiosk.core.clock import SystemClock
from kiosk.errors import ConfigurationError, DatabaseReplaced
from support.builders import event, make_corrections
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


def overwrite(path: Path, by: Path) -> None:
    """By another process: were it opened and closed in this one, SQLite's locks on it would be gone."""
    subprocess.run(["dd", f"if={by}", f"of={path}", "status=none"], check=True)


def by_another_kiosks(path: Path) -> None:
    subprocess.run(["cp", path, away(path)], check=True)
    other = path.with_name("other.db")
    with closing(Database(make_engine(f"sqlite:///{other}"))) as database:
        migrations.upgrade(database)
        add_person(database)
    overwrite(path, other)


def by_noise(path: Path) -> None:
    subprocess.run(["cp", path, away(path)], check=True)
    overwrite(path, Path(sys.executable))


def cut_off(path: Path) -> None:
    subprocess.run(["cp", path, away(path)], check=True)
    subprocess.run(["truncate", "--size=0", path], check=True)


REPLACEMENTS: dict[str, Callable[[Path], object]] = {
    "moved": lambda path: path.rename(away(path)),
    "replaced by a copy": another,
    "replaced by an empty file": lambda path: (path.rename(away(path)), path.touch()),
    "replaced by a folder": a_folder,
    "overwritten by another kiosk's": by_another_kiosks,
    "overwritten by noise": by_noise,
    "cut off": cut_off,
}
IN_PLACE = (by_another_kiosks, by_noise, cut_off)


def put_back(path: Path, replaced: Callable[[Path], object]) -> None:
    if replaced in IN_PLACE:
        subprocess.run(["truncate", "--size=0", path], check=True)
        overwrite(path, away(path))
        return
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
    writer = DatabaseWriter(
        journal,
        DatabaseAttendanceLog(database),
        lambda _events: None,
        SystemClock(),
        make_corrections(database).take_back,
    )
    writer.step()

    replace(path)
    journal.append(event(anna))
    writer.step()
    assert writer.is_database_replaced
    assert writer.status.waiting == 1

    put_back(path, replace)
    while journal.pending_count:
        writer.step()
    assert not writer.is_database_replaced
    assert DatabaseAttendanceLog(database).count() == 1


def test_the_log_is_not_carried_into_the_file_that_overwrote_its_own(sqlite_url: str) -> None:
    path = Path(str(make_url(sqlite_url).database))
    log = path.with_name(f"{path.name}-wal")
    with closing(Database(make_engine(sqlite_url))) as database:
        add_person(database)
        by_another_kiosks(path)
        assert require_kiosk_file(path), "its own log, not yet this one's first page"
    assert path.read_bytes() == path.with_name("other.db").read_bytes()
    kept = log.with_name(f"{log.name}.replaced").stat()
    assert (kept.st_size > 0, kept.st_mode & 0o777) == (True, 0o600)
    with closing(Database(make_engine(sqlite_url))) as database:
        assert check_integrity(database, None).fault is None


def test_a_file_beside_the_log_of_another_one_is_refused(sqlite_url: str) -> None:
    path = Path(str(make_url(sqlite_url).database))
    with closing(Database(make_engine(sqlite_url))) as database:
        with database.transaction() as session:
            session.execute(text("CREATE TABLE growth (x)"))  # the first page is in the log
        by_another_kiosks(path)
        with pytest.raises(ConfigurationError, match="are of two databases"):
            require_kiosk_file(path)


def test_an_older_copy_of_itself_in_its_place_is_noticed(sqlite_url: str) -> None:
    path = Path(str(make_url(sqlite_url).database))
    with closing(Database(make_engine(sqlite_url))) as database:
        for name in ("anna", "berta"):
            add_person(database, name)
            with database.reading() as session:
                session.execute(text("PRAGMA wal_checkpoint(PASSIVE)"))
            with database.reading():  # as the door does every two seconds
                pass
            subprocess.run(["cp", path, path.with_name(f"{name}.db")], check=True)
        overwrite(path, path.with_name("anna.db"))
        with pytest.raises(DatabaseReplaced, match="was overwritten"), database.reading():
            pass
        overwrite(path, path.with_name("berta.db"))
        with database.reading() as session:
            assert session.scalar(text("SELECT count(*) FROM employees")) == 2


@pytest.mark.expects_errors
@pytest.mark.parametrize("suffix", ["-wal", "-shm"])
def test_a_log_that_is_deleted_under_way_takes_no_event_along(sqlite_url: str, tmp_path: Path, suffix: str) -> None:
    """What had been written to it is carried into the file when the kiosk stops, and the rest waits until it starts."""
    path = Path(str(make_url(sqlite_url).database))
    with closing(Journal(tmp_path / "events.journal")) as journal:
        with closing(Database(make_engine(sqlite_url))) as database:
            anna = add_person(database)
            writer = DatabaseWriter(
                journal,
                DatabaseAttendanceLog(database),
                lambda _events: None,
                SystemClock(),
                make_corrections(database).take_back,
            )
            writer.step()
            path.with_name(f"{path.name}{suffix}").unlink()
            journal.append(event(anna))
            writer.step()
            assert writer.is_database_replaced
            assert writer.status.waiting == 1
        with closing(Database(make_engine(sqlite_url))) as database:
            writer = DatabaseWriter(
                journal,
                DatabaseAttendanceLog(database),
                lambda _events: None,
                SystemClock(),
                make_corrections(database).take_back,
            )
            while journal.pending_count:
                writer.step()
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
        listener = ChangeListener(database, CHANNEL)
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


def test_a_file_into_which_the_log_is_just_carried_is_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a slow disk that may last: the file alone then lacks pages that its header counts, and nobody writes to it."""
    path = tmp_path / "kiosk.db"
    with closing(Database(make_engine(f"sqlite:///{path}"))) as database:
        migrations.upgrade(database)
    file = DatabaseFile(path)
    with closing(file.connect()):
        file.require_same()
        subprocess.run(["truncate", "--size=-80K", path], check=True)
        file.require_same()
        monkeypatch.setattr(database_file, "SETTLES_S", -1.0)
        with pytest.raises(DatabaseReplaced, match="overwritten"):
            file.require_same()
