"""kill -9 at random moments: every event that was announced is in the database, once.

The short form kills 20 times on SQLite and 6 times while a PostgreSQL server is crashed and stopped as well; with
KIOSK_LONG_FAULTS=1 it is 100 and 30 times.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from db import migrations
from db.attendance_log import DatabaseAttendanceLog
from db.session import Database, make_engine
from support.office_traffic import enroll, run_and_kill

LONG = os.environ.get("KIOSK_LONG_FAULTS") == "1"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("KIOSK_")}
    settings = {"DATA_DIR": str(tmp_path / "data"), "COOLDOWN_S": "0", "UNKNOWN_COOLDOWN_S": "0", "SNAPSHOTS": "false"}
    return own | {f"KIOSK_{name}": value for name, value in settings.items()}


def kiosk(environment: dict[str, str], *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kiosk", *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)


def written(url: str) -> list[str]:
    with closing(Database(make_engine(url))) as database:
        return [str(entry.trace_id) for entry in DatabaseAttendanceLog(database).history()]


def finish(environment: dict[str, str], clip: Path) -> None:
    """Let the kiosk bring what the journal still holds into the database, and end by itself."""
    last = kiosk(environment, "run", "--headless", "--for", "1", "--source", clip)
    assert last.returncode == 0, last.stderr


def check(environment: dict[str, str], last_reported: set[str], url: str, least: int) -> None:
    """Demand that every event is written once, and that the database is whole."""
    rows = written(url)
    print(f"{len(last_reported)} events announced, {len(rows)} rows, {len(rows) - len(set(rows))} double")  # noqa: T201
    assert len(last_reported) >= least, "so few events prove nothing"
    assert last_reported <= set(rows)
    assert len(rows) == len(set(rows))
    with closing(Database(make_engine(url))) as database, database.reading() as session:
        if database.engine.dialect.name == "sqlite":
            assert session.scalars(text("PRAGMA integrity_check")).all() == ["ok"]
    for command in (("db", "check"), ("audit", "verify")):
        checked = kiosk(environment, *command)
        assert checked.returncode == 0, checked.stderr


def test_no_announced_event_is_lost_when_the_kiosk_is_killed(environment, busy_clip: Path, tmp_path: Path):
    enroll(environment)
    moments, kills = random.Random(1), 100 if LONG else 20  # noqa: S311
    last_reported = set().union(*(run_and_kill(environment, busy_clip, moments.uniform(0, 1.5)) for _ in range(kills)))
    finish(environment, busy_clip)
    check(environment, last_reported, f"sqlite:///{tmp_path / 'data' / 'kiosk.db'}", least=kills)


def test_no_announced_event_is_lost_when_the_server_is_killed_as_well(
    environment, busy_clip: Path, own_postgres_server
):
    url = own_postgres_server.create_database()
    environment["KIOSK_DATABASE_URL"] = url
    with closing(Database(make_engine(url))) as database:
        migrations.upgrade(database)
    enroll(environment)
    moments, last_reported = random.Random(2), set()  # noqa: S311
    for kill in range(30 if LONG else 6):
        if kill % 3 == 1:
            own_postgres_server.stop(signal.SIGQUIT)  # a crash: the kiosk starts with the database away
        last_reported |= run_and_kill(environment, busy_clip, moments.uniform(0.2, 1.5))
        if kill % 3 == 1:
            own_postgres_server.start()
    finish(environment, busy_clip)
    check(environment, last_reported, url, least=6)
