"""A month of snapshots is purged while the door goes on recognising: in bounded memory, and nothing but what is due.

The short form has 3,000 snapshots, the long one (KIOSK_LONG_FAULTS=1) 100,000; both print their figures.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from db import migrations
from db.attendance_log import DatabaseAttendanceLog
from db.models import AttendanceRow
from db.session import Database, make_engine
from kiosk.bench.frames import frame_with_people
from kiosk.core.opencv import cv2
from kiosk.core.storage import SNAPSHOT_FOLDER
from kiosk.jobs.clock_watch import last_purge_at
from kiosk.monitoring.status import KioskStatus, read_status
from support import photographs
from support.builders import event
from support.database_rows import add_person, enroll

LONG = os.environ.get("KIOSK_LONG_FAULTS") == "1"
SNAPSHOTS = 100_000 if LONG else 3_000
DAYS = 30
KEPT_DAYS = 7
ZONE = ZoneInfo("Europe/Moscow")
FRAME_RATE_HZ = 10
PATIENCE_S = 900 if LONG else 120
MOST_MEMORY_MB = 64
"""What the purge may add to the running kiosk, however many files there are."""


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgresql_url"))
    return f"sqlite:///{tmp_path / 'data' / 'kiosk.db'}"


@dataclass(frozen=True)
class Month:
    """The snapshots that are due, and those that are not."""

    due: list[Path]
    fresh: list[Path]


def fill(database: Database, data_dir: Path) -> Month:
    """Write a month of attendance rows with a snapshot each; the events of one day lie a minute apart."""
    person = add_person(database)
    enroll(database, person, 1)
    log, now, month = DatabaseAttendanceLog(database), datetime.now(UTC), Month([], [])
    picture = photographs.path("obama.jpg").read_bytes()[:1024]
    each_day = SNAPSHOTS // DAYS
    for day in range(DAYS):
        newest = now - timedelta(days=day, hours=1)
        events = []
        for number in range(each_day):
            at = newest - timedelta(seconds=number * 80_000 / each_day)
            one = event(person, at=at, kiosk_id="kiosk-1")
            relative = SNAPSHOT_FOLDER / f"{at.astimezone(ZONE):%Y-%m-%d}" / f"{one.trace_id}.jpg"
            path = data_dir / relative
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(picture)
            os.utime(path, (at.timestamp(), at.timestamp()))
            (month.due if now - at > timedelta(days=KEPT_DAYS) else month.fresh).append(path)
            events.append(replace(one, photo_path=relative.as_posix()))
        log.record(events)
    return month


def point_outside(data_dir: Path, outside: Path) -> list[Path]:
    """Lay links from old days to things that are nobody's snapshots; return those things."""
    (outside / "folder").mkdir(parents=True)
    things = [outside / "letter.jpg", outside / "folder" / "diary.jpg"]
    long_ago = (datetime.now(UTC) - timedelta(days=20)).timestamp()
    for path in things:
        path.write_text("not a snapshot", encoding="utf-8")
        os.utime(path, (long_ago, long_ago))
    day = next(iter(sorted((data_dir / SNAPSHOT_FOLDER).iterdir())))
    (day / "letter.jpg").symlink_to(things[0])
    (day / "folder").symlink_to(outside / "folder")
    (data_dir / SNAPSHOT_FOLDER / "2020-01-01").symlink_to(outside / "folder")
    return things


@pytest.fixture
def door(tmp_path: Path) -> Path:
    """A folder of frames in which two people stand for longer than the test lasts."""
    folder = tmp_path / "door"
    folder.mkdir()
    first = folder / "000000.jpg"
    assert cv2.imwrite(str(first), frame_with_people((("obama3.jpg", 0.0),)))
    for number in range(1, PATIENCE_S * FRAME_RATE_HZ):
        os.link(first, folder / f"{number:06}.jpg")
    return folder


@pytest.fixture
def started(tmp_path: Path, database_url: str, door: Path) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("KIOSK_")}
    own |= {"KIOSK_DATA_DIR": str(tmp_path / "data"), "KIOSK_TIMEZONE": str(ZONE), "KIOSK_COOLDOWN_S": "100000"}
    own |= {"KIOSK_REPLAY_FPS": str(FRAME_RATE_HZ), "KIOSK_DATABASE_URL": database_url}
    processes: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "kiosk", "run", "--headless", "--source", str(door)]
        processes.append(subprocess.Popen(command, env=own, stderr=subprocess.PIPE, text=True))
        return processes[-1]

    yield start
    for process in processes:
        process.kill()
        process.communicate()


def memory_mb(process_id: int) -> float:
    for line in Path(f"/proc/{process_id}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    raise AssertionError("the kiosk has ended")


def wait_for(path: Path, is_meant: Callable[[KioskStatus], bool], watch: Callable[[], Any]) -> KioskStatus:
    ends_s = time.monotonic() + PATIENCE_S
    while time.monotonic() < ends_s:
        watch()
        status = read_status(path)
        if status is not None and is_meant(status):
            return status
        time.sleep(0.1)
    raise AssertionError("it takes too long")


def test_month_is_purged_while_the_door_goes_on(
    tmp_path: Path, database_url: str, started: Callable[[], subprocess.Popen[str]], record_property: Any
) -> None:
    data_dir, purged = tmp_path / "data", tmp_path / "data" / "purge.json"
    data_dir.mkdir()
    with closing(Database(make_engine(database_url))) as database:
        migrations.upgrade(database)
        month = fill(database, data_dir)
        outside = point_outside(data_dir, tmp_path / "outside")
        kiosk = started()
        peaks = [0.0]

        def watch() -> None:
            peaks.append(memory_mb(kiosk.pid))

        before = wait_for(data_dir / "status.json", lambda status: status.frames.processed > 0, watch)
        first_mb = peaks[-1]
        during = wait_for(data_dir / "status.json", lambda _: last_purge_at(purged) is not None, watch)
        after = wait_for(data_dir / "status.json", lambda status: status.running_s > during.running_s + 10, watch)

        kiosk.terminate()
        _, said = kiosk.communicate(timeout=60)
        assert kiosk.returncode == 0, said

        assert not [path for path in month.due if path.exists()]
        assert all(path.exists() for path in month.fresh)
        assert all(path.read_text(encoding="utf-8") == "not a snapshot" for path in outside)
        with database.reading() as session:
            named = session.execute(select(func.count()).where(AttendanceRow.photo_path.is_not(None))).scalar_one()
        assert len(month.fresh) <= named <= len(month.fresh) + 5, "the door may have added its own meanwhile"
    figures = {
        "snapshots": SNAPSHOTS,
        "purged": len(month.due),
        "purge_s": round((_logged_at(said, "purge.done") - _logged_at(said, "gallery.loaded")).total_seconds(), 1),
        "memory_added_mb": round(max(peaks) - first_mb, 1),
        "fps_during": round(_rate(before, during), 1) if during.running_s > before.running_s else None,
        "fps_after": round(_rate(during, after), 1),
        "p95_ms": after.latency.p95_ms,
    }
    for name, value in figures.items():
        record_property(name, value)
    sys.stdout.write(f"{figures}\n")
    assert max(peaks) - first_mb < MOST_MEMORY_MB
    assert after.frames.processed > before.frames.processed


def _rate(before: KioskStatus, after: KioskStatus) -> float:
    return (after.frames.processed - before.frames.processed) / (after.running_s - before.running_s)


def _logged_at(said: str, event: str) -> datetime:
    return next(datetime.fromisoformat(line.split()[0]) for line in said.splitlines() if f" {event} " in line)
