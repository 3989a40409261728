"""A device whose SQLite file is gone or none of its own is not taken for a new one."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest

from kiosk.app.databases import (
    limits_at_door,
    open_database,
    open_database_as_it_is,
    open_database_or_wait,
)
from kiosk.app.doctor import build_examined_device
from kiosk.app.setup import is_new
from kiosk.cli.database import upgrade
from kiosk.config.settings import Settings
from kiosk.doctor import data
from kiosk.doctor.findings import Level
from kiosk.errors import ConfigurationError
from support.builders import make_settings

OpenDatabase = Callable[[Settings], AbstractContextManager[object]]
TRACES = ("audit.head", "erased.list", "gallery.npz")


def without_tables(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")


def nothing(_path: Path) -> None:
    """Leave the file missing."""


LOST: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (nothing, "is missing, but this device has been used"),
    "empty": (Path.touch, "is empty, but this device has been used"),
    "without tables": (without_tables, "is empty, but this device has been used"),
    "a folder": (Path.mkdir, "is a folder; move it away"),
    "text": (lambda path: path.write_text("no database " * 100), "is no SQLite database, or damaged; move it away"),
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = make_settings(tmp_path / "data")
    made.data_dir.mkdir(exist_ok=True)
    return made


@pytest.mark.parametrize("trace", TRACES)
@pytest.mark.parametrize(("lose", "sentence"), LOST.values(), ids=LOST)
def test_a_used_device_without_its_database_is_refused_with_the_way_back(
    settings: Settings, lose: Callable[[Path], object], sentence: str, trace: str
) -> None:
    path = settings.data_dir / "kiosk.db"
    lose(path)
    there, kept = path.exists(), settings.data_dir / trace
    kept.write_bytes(b"what is left")
    for opened in (
        lambda: open_database(settings).__enter__(),
        lambda: open_database_or_wait(settings, limits_at_door(settings)).__enter__(),
        lambda: is_new(settings),
        upgrade,
    ):
        with pytest.raises(ConfigurationError, match=sentence) as refused:
            opened()
        assert "kiosk restore FILE" in str(refused.value)
    (finding,) = data.database(build_examined_device(settings))
    assert (finding.level, sentence in finding.sentence) == (Level.FAILED, True)
    assert kept.read_bytes() == b"what is left"
    assert path.exists() is there


@pytest.mark.parametrize("lose", ["missing", "empty", "without tables"])
def test_a_new_device_needs_no_set_up(settings: Settings, lose: str) -> None:
    LOST[lose][0](settings.data_dir / "kiosk.db")
    with open_database(settings):
        pass
    with open_database(settings):
        pass


@pytest.mark.parametrize("opened", [open_database, open_database_as_it_is], ids=["a command", "a restore"])
def test_the_database_of_another_program_is_left_as_it_is(settings: Settings, opened: OpenDatabase) -> None:
    """On a new device, too: it may have been put there by mistake, and is somebody's."""
    path = settings.data_dir / "kiosk.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE bookmarks (title)")
    stored = path.read_bytes()
    with pytest.raises(ConfigurationError, match="is a SQLite database of another program; move it away"):
        opened(settings).__enter__()
    assert path.read_bytes() == stored


def test_a_link_to_a_disk_that_is_not_mounted_is_no_new_device(settings: Settings) -> None:
    (settings.data_dir / "kiosk.db").symlink_to(settings.data_dir / "disk" / "kiosk.db")
    with pytest.raises(ConfigurationError, match=r"is a link to .* mount the disk"):
        open_database(settings).__enter__()


@pytest.mark.models
@pytest.mark.parametrize("begins_with", [b"", b"no database " * 100], ids=["half of it", "what was before"])
def test_a_file_that_is_just_being_put_back_is_not_called_broken(settings: Settings, begins_with: bytes) -> None:
    with open_database(settings):
        pass
    path = settings.data_dir / "kiosk.db"
    pieces, content = 6, path.read_bytes()
    first = len(content) // pieces

    def put_back() -> None:
        with path.open("r+b") as file:
            for begin in range(0, len(content), first):
                file.write(content[begin : begin + first])
                file.flush()
                time.sleep(0.1)

    path.write_bytes(begins_with or content[:first])
    copying = threading.Thread(target=put_back)
    copying.start()
    findings = {finding.subject: finding for finding in data.database(build_examined_device(settings))}
    copying.join()
    assert [findings[subject].level for subject in ("database", "damage", "tables")] == [Level.OK] * 3
