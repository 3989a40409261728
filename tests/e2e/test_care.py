"""Erasing, exporting, purging and auditing as they are typed, and an enrollment that is killed."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kiosk.core.storage import TemporaryPhotographs
from support import photographs

PERSON = ("--email", "barack@example.test", "--name", "Barack Obama")


def rows(data_dir: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(data_dir / "kiosk.db")) as connection:
        return connection.execute(query).fetchall()


def audited(data_dir: Path) -> list[tuple[Any, ...]]:
    return rows(data_dir, "SELECT action, subject FROM audit_log ORDER BY id")


def test_life_of_an_employee_is_audited_and_ends_with_an_erase(command, data_dir: Path, tmp_path: Path) -> None:
    enrolled = command("enroll", *PERSON, photographs.path("obama.jpg"), photographs.path("obama2.jpg"))
    assert enrolled.returncode == 0, enrolled.stderr
    assert "agreed to the consent text, version 1" in enrolled.stderr
    [(version, by, revoked_at)] = rows(data_dir, "SELECT text_version, recorded_by, revoked_at FROM consents")
    assert (version, revoked_at) == ("1", None)
    assert by.startswith("cli:")
    qualities = rows(data_dir, "SELECT quality_score FROM embeddings")
    assert len(qualities) == 2
    assert all(0 < quality <= 1 for (quality,) in qualities)

    for arguments in (
        ("employees", "update", "1", "--department", "Board"),
        ("employees", "deactivate", "1"),
        ("employees", "restore", "1"),
        ("employees", "export", "1", "--to", tmp_path / "one.zip"),
        ("employees", "erase", "1", "--yes"),
    ):
        done = command(*arguments)
        assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert "templates.json" in archive.namelist()
    assert rows(data_dir, "SELECT count(*) FROM embeddings") == [(0,)]
    assert audited(data_dir) == [
        (action, "employee:1") for action in ("enroll", "edit", "deactivate", "restore", "export", "erase")
    ]
    shown = command("audit", "show", "--newest", "2").stdout
    assert "erase" in shown
    assert by in shown
    assert "Obama" not in "".join(map(str, rows(data_dir, "SELECT * FROM audit_log")))
    assert "whole: 6 rows" in command("audit", "verify").stderr

    with closing(sqlite3.connect(data_dir / "kiosk.db")) as connection, connection:
        connection.execute("DROP TRIGGER audit_log_delete")
        connection.execute("DELETE FROM audit_log WHERE action = 'erase'")
        connection.execute("UPDATE audit_head SET row_count = 5, hash = (SELECT hash FROM audit_log WHERE id = 5)")
    found = command("audit", "verify")
    assert found.returncode == 2
    assert "cut off" in found.stderr
    assert "Traceback" not in found.stderr


def test_consent_text_is_shown_in_both_languages(command) -> None:
    assert "Version 1" in command("employees", "consent").stdout
    assert "Версия 1" in command("employees", "consent", "--language", "ru").stdout
    assert command("employees", "consent", "--language", "xx").returncode == 2


def test_purge_says_what_it_did(command, data_dir: Path) -> None:
    old = data_dir / "static" / "debug_photos" / "2020-01-01" / "old.jpg"
    old.parent.mkdir(parents=True)
    old.touch()
    dry = command("purge", "--dry-run")
    assert (dry.returncode, old.exists()) == (0, True)
    assert "Would be deleted: 1 snapshot(s)" in dry.stderr
    assert "Deleted: 1 snapshot(s)" in command("purge").stderr
    assert not old.parent.exists()


def test_made_up_office_moves_in_once_and_out_again(command, data_dir: Path) -> None:
    assert "5 people" in command("demo-data", "--people", "5", "--days", "7").stderr
    count = rows(data_dir, "SELECT count(*) FROM attendance_log")[0][0]
    assert 40 <= count <= 100
    assert "0 new entries" in command("demo-data", "--people", "5", "--days", "7").stderr
    assert command("present").returncode == 0
    assert command("demo-data", "--remove").returncode == 0
    assert rows(data_dir, "SELECT count(*) FROM attendance_log") == [(0,)]
    assert rows(data_dir, "SELECT count(*) FROM employees WHERE is_active") == [(0,)]


ENROLL = """
import sys
from pathlib import Path
from typing import Any
from kiosk.app.databases import open_database
from kiosk.app.enrollment import open_enrollment
from kiosk.core.storage import TemporaryPhotographs
from kiosk.employees.consent import CURRENT_VERSION, Consent
from kiosk.employees.enrollment import PhotoToEnroll
from kiosk.employees.store import EmployeeStore
from kiosk.config.settings import load_settings
from kiosk.core.photographs import read_photograph

settings = load_settings()
contents = [Path(name).read_bytes() for name in sys.argv[2:]]
with open_enrollment(settings) as enrollment, open_database(settings) as database:
    store = EmployeeStore(database)
    for number in range(1000):
        for person in store.list():
            store.deactivate(person.id)  # the same face may then come again under another address
        kept = TemporaryPhotographs(settings.data_dir)
        if number == 1:
            print("ready", flush=True)
        with kept.holding(contents[number % len(contents)]) as path:
            photograph = PhotoToEnroll(path.name, lambda: read_photograph(path))
            email = f"{sys.argv[1]}-{number}@example.test"
            enrollment.enroll(email, "Somebody", None, [photograph], Consent(CURRENT_VERSION))
"""
KILLS = int(os.environ.get("KIOSK_TEST_KILLS", "3"))


def test_killed_enrollment_leaves_nobody_in_half(
    command, data_dir: Path, environment: dict[str, str], subtests: pytest.Subtests
) -> None:
    """Twenty times with KIOSK_TEST_KILLS=20, at random moments within the work."""
    photos = [photographs.path(name) for name in ("obama.jpg", "biden.jpg", "astronaut.png")]
    assert command("db", "upgrade").returncode == 0
    moments = random.Random(0)  # noqa: S311
    environment = environment | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    for kill in range(KILLS):
        arguments = [sys.executable, "-c", ENROLL, str(kill), *map(str, photos)]
        with subprocess.Popen(arguments, env=environment, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            time.sleep(moments.uniform(0, 1))
            process.send_signal(signal.SIGKILL)
        assert command("purge").returncode == 0
        with subtests.test(f"kill {kill}"):
            assert list(TemporaryPhotographs(data_dir).folder.glob("*")) == []
            assert rows(data_dir, "PRAGMA integrity_check") == [("ok",)]
            halves = """
                SELECT e.id FROM employees e WHERE
                (SELECT count(*) FROM embeddings t WHERE t.employee_id = e.id) <> 1 OR
                (SELECT count(*) FROM consents c WHERE c.employee_id = e.id) <> 1 OR
                (SELECT count(*) FROM audit_log a WHERE a.subject = 'employee:' || e.id AND a.action = 'enroll') <> 1
            """
            assert rows(data_dir, halves) == []
            of_nobody = "SELECT id FROM embeddings WHERE employee_id NOT IN (SELECT id FROM employees)"
            assert rows(data_dir, of_nobody) == []
            assert command("audit", "verify").returncode == 0
    [(enrolled,)] = rows(data_dir, "SELECT count(*) FROM embeddings")
    assert enrolled, "some were enrolled before they were killed"
