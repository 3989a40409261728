"""Backup and restore as a technician types them, on both databases, with a month of data."""

from __future__ import annotations

import io
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from db import copy_database
from db.session import Database, make_engine
from support.file_size_limit import files_no_larger_than

Command = Callable[..., "subprocess.CompletedProcess[str]"]
KILLS = int(os.environ.get("KIOSK_TEST_KILLS", "2"))


@pytest.fixture(params=["sqlite", "postgresql"])
def urls(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str]:
    """Databases of the old device and of the new one."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'data' / 'kiosk.db'}", f"sqlite:///{tmp_path / 'new' / 'kiosk.db'}"
    return request.getfixturevalue("postgresql_url"), request.getfixturevalue("empty_postgresql_url")


@pytest.fixture
def environment(environment: dict[str, str], urls: tuple[str, str]) -> dict[str, str]:
    return environment | {"KIOSK_DATABASE_URL": urls[0]}


@pytest.fixture
def move(monkeypatch: pytest.MonkeyPatch, urls: tuple[str, str], tmp_path: Path) -> Callable[[], None]:
    """Go over to the new device."""

    def go() -> None:
        monkeypatch.setenv("KIOSK_DATA_DIR", str(tmp_path / "new"))
        monkeypatch.setenv("KIOSK_DATABASE_URL", urls[1])

    return go


def counts(url: str) -> dict[str, int]:
    with closing(Database(make_engine(url))) as database, database.reading() as session:
        return {t.name: session.execute(select(func.count()).select_from(t)).scalar_one() for t in copy_database.TABLES}


def month(command: Command) -> None:
    fill(command, "--people", "25", "--days", "30")


def week(command: Command) -> None:
    fill(command, "--people", "5", "--days", "7")


def fill(command: Command, *arguments: str) -> None:
    assert command("db", "upgrade").returncode == 0
    assert command("demo-data", "--templates", *arguments).returncode == 0


def backed_up(command: Command, *arguments: str | Path) -> Path:
    made = command("backup", *arguments)
    assert made.returncode == 0, made.stderr
    [path] = made.stdout.splitlines()
    return Path(path)


def test_a_month_moves_to_a_new_device_but_for_who_was_erased(
    command: Command, move: Callable[[], None], urls: tuple[str, str], tmp_path: Path
) -> None:
    month(command)
    stick = tmp_path / "stick"
    path = backed_up(command, stick)
    assert "is whole" in command("backup", "--verify", path).stderr
    assert path.name.partition("Z")[0] in command("backup", stick, "--list").stdout.replace("\n", "")
    before = counts(urls[0])
    assert before["attendance_log"] > 1000
    assert before["embeddings"] == 25
    assert command("employees", "erase", "7", "--yes").returncode == 0
    backed_up(command, stick)  # the newer one knows of the erasure

    move()
    done = command("restore", path)
    assert done.returncode == 0, done.stderr
    assert "Erased again, for they were erased after the backup: 7" in done.stderr
    after = counts(urls[1])
    extra = {"embeddings": -1, "record_changes": 1, "audit_log": 2}  # of one person; the erasure and the restore
    assert after == {name: count + extra.get(name, 0) for name, count in before.items()}
    assert command("audit", "verify").returncode == 0
    assert "restore" in command("audit", "show", "--newest", "1").stdout


def test_what_is_there_is_replaced_after_a_question_and_kept(
    command: Command, urls: tuple[str, str], data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    week(command)
    path = backed_up(command)
    assert command("employees", "deactivate", "1").returncode == 0
    monkeypatch.setattr(sys, "stdin", io.StringIO("n\n"))
    asked = command("restore", path)
    assert asked.returncode == 1
    assert "Replace all that" in asked.stderr
    assert len(list((data_dir / "backups").iterdir())) == 1
    done = command("restore", path, "--yes")
    assert done.returncode == 0, done.stderr
    assert "What was there is in" in done.stderr
    assert "│" not in done.stderr
    with closing(Database(make_engine(urls[0]))) as database, database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM employees WHERE is_active")).scalar_one() == 5
    [safety] = [one for one in (data_dir / "backups").glob("*.kiosk-backup") if one != path]
    assert command("restore", safety, "--yes").returncode == 0
    with closing(Database(make_engine(urls[0]))) as database, database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM employees WHERE is_active")).scalar_one() == 4


def test_mistakes_end_in_a_sentence(command: Command, tmp_path: Path) -> None:
    assert command("db", "upgrade").returncode == 0
    for arguments, sentence in (
        (("restore", tmp_path / "nothing"), "there is no"),
        (("restore", __file__), "is damaged"),
        (("backup", "--verify", __file__), "is damaged"),
        (("backup", "/proc/nothing"), "cannot be made"),
    ):
        done = command(*arguments)
        assert (done.returncode, sentence in done.stderr) == (2, True), done.stderr
        assert "Traceback" not in done.stderr


def test_disk_that_refuses_leaves_no_half_backup(command: Command, data_dir: Path) -> None:
    week(command)
    with files_no_larger_than(40 * 1024):
        done = command("backup")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert re.search(r"make room|disk", done.stderr), done.stderr
    assert list((data_dir / "backups").iterdir()) == list((data_dir / "tmp" / "work").iterdir()) == []


RESTORE = """
import sys
from pathlib import Path
from kiosk.app.backup import open_restorer
from kiosk.app.databases import open_database_as_it_is
from kiosk.config.settings import load_settings

settings = load_settings()
with (
    open_database_as_it_is(settings) as database,
    open_restorer(settings, database) as restorer,
):
    print("ready", flush=True)
    while True:
        restorer.restore(Path(sys.argv[1]), lambda *_: None)
"""
BACK_UP = """
from kiosk.app.backup import build_backup_creator
from kiosk.app.databases import open_database
from kiosk.config.settings import load_settings

settings = load_settings()
with open_database(settings) as database:
    print("ready", flush=True)
    while True:
        build_backup_creator(settings, database).create(3, lambda *_: None)
"""


@pytest.fixture
def kill(environment: dict[str, str]) -> Callable[..., None]:
    """Run a program and kill it at a random moment of its work."""
    moments = random.Random(0)  # noqa: S311

    def run(program: str, *arguments: str | Path) -> None:
        python_path = os.pathsep.join(path for path in sys.path if path)
        command = [sys.executable, "-c", program, *map(str, arguments)]
        own = environment | {"PYTHONPATH": python_path}
        with subprocess.Popen(command, env=own, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            time.sleep(moments.uniform(0, 1.5))
            process.send_signal(signal.SIGKILL)

    return run


def test_killed_restore_leaves_all_or_nothing(
    command: Command, kill: Callable[..., None], urls: tuple[str, str], data_dir: Path
) -> None:
    week(command)
    path = backed_up(command)
    of_backup = counts(urls[0])["attendance_log"]
    assert command("demo-data", "--remove").returncode == 0
    states = []
    for _ in range(KILLS):
        kill(RESTORE, path)
        found = counts(urls[0])
        states.append(found["attendance_log"])
        assert found["attendance_log"] in (0, of_backup)
        assert command("audit", "verify").returncode == 0
        done = command("restore", path, "--yes", "--no-safety-backup")
        assert done.returncode == 0, done.stderr
        assert list((data_dir / "tmp" / "work").iterdir()) == []
        assert command("demo-data", "--remove").returncode == 0


def test_killed_backup_leaves_whole_ones_alone(command: Command, kill: Callable[..., None], data_dir: Path) -> None:
    week(command)
    for _ in range(KILLS):
        kill(BACK_UP)
        for path in (data_dir / "backups").glob("*.kiosk-backup"):
            assert command("backup", "--verify", path).returncode == 0
    backed_up(command)
    assert not list((data_dir / "backups").glob("*.new"))
    assert list((data_dir / "tmp" / "work").iterdir()) == []
