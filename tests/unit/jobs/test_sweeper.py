"""Which snapshots go, which stay, and that nothing outside their folder is ever touched."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.storage import SNAPSHOT_FOLDER
from kiosk.jobs.sweeper import SnapshotSweeper, SweepResult

ZONE = ZoneInfo("Europe/Moscow")
NOW = datetime(2025, 3, 10, 3, 0, tzinfo=ZONE).astimezone(UTC)
WEEK = timedelta(days=7)


class Told(list[str]):
    """Remembers the names that it is told."""

    def __call__(self, names) -> None:
        self.extend(names)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def sweeper(tmp_path: Path) -> SnapshotSweeper:
    return SnapshotSweeper(tmp_path / "data", ZONE)


def snapshot(
    data_dir: Path, taken_at: datetime, folder: str | None = None, modified_at: datetime | None = None
) -> Path:
    """Lay a snapshot as the kiosk does, or as a wrong clock or a copy would."""
    name = folder or f"{taken_at.astimezone(ZONE):%Y-%m-%d}"
    path = data_dir / SNAPSHOT_FOLDER / name / f"{uuid4()}.jpg"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\xff\xd8picture")
    seconds = (modified_at or taken_at).timestamp()
    os.utime(path, (seconds, seconds))
    return path


AGES = {
    "just taken": (timedelta(0), False),
    "of yesterday": (timedelta(days=1), False),
    "a minute less than the limit": (WEEK - timedelta(minutes=1), False),
    "as old as the limit": (WEEK, True),
    "a month old": (timedelta(days=30), True),
}


@pytest.mark.parametrize("name", AGES)
def test_age_decides(sweeper: SnapshotSweeper, told: Told, name: str) -> None:
    age, goes = AGES[name]
    path = snapshot(sweeper.data_dir, NOW - age)
    would = sweeper.expire(NOW, WEEK, told, dry_run=True)
    assert path.exists()
    assert not told
    assert sweeper.expire(NOW, WEEK, told) == would == SweepResult(int(goes), 0)
    assert path.exists() is not goes
    assert told == ([path.name] if goes else [])
    assert path.parent.exists() is not goes, "an empty folder of a past day goes, too"


@given(age_h=st.integers(min_value=0, max_value=24 * 20), ttl_days=st.integers(min_value=1, max_value=7))
def test_any_age_against_any_limit(age_h: int, ttl_days: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = snapshot(Path(folder), NOW - timedelta(hours=age_h))
        SnapshotSweeper(Path(folder), ZONE).expire(NOW, timedelta(days=ttl_days), Told())
        assert path.exists() is (age_h < 24 * ttl_days)


WRONG_TIMES = {
    # name: folder's day, the file's own time, whether it goes
    "old folder copied today": ("2025-02-01", NOW, True),
    "today's folder with an old time": ("2025-03-10", NOW - timedelta(days=300), False),
    "future folder, taken long ago": ("2031-01-01", NOW - timedelta(days=9), True),
    "future folder, taken just now": ("2031-01-01", NOW, False),
    "no day that there is": ("2025-02-30", NOW - timedelta(days=30), False),
    "not a day": ("portraits", NOW - timedelta(days=30), False),
    "a day of another form": ("20250201", NOW - timedelta(days=30), False),
}


@pytest.mark.parametrize("name", WRONG_TIMES)
def test_times_that_do_not_fit(sweeper: SnapshotSweeper, told: Told, name: str) -> None:
    folder, modified_at, goes = WRONG_TIMES[name]
    path = snapshot(sweeper.data_dir, NOW, folder, modified_at)
    sweeper.expire(NOW, WEEK, told)
    assert path.exists() is not goes


def test_what_is_dated_in_the_future_lives_its_time_from_now_on(sweeper: SnapshotSweeper, told: Told) -> None:
    path = snapshot(sweeper.data_dir, datetime(2031, 1, 1, 12, tzinfo=UTC))
    sweeper.expire(NOW, WEEK, told)
    sweeper.expire(NOW + WEEK - timedelta(hours=1), WEEK, told)
    assert path.exists()
    sweeper.expire(NOW + WEEK, WEEK, told)
    assert not path.exists()


def test_folders_in_a_days_folder_are_swept_too(sweeper: SnapshotSweeper, told: Told) -> None:
    path = snapshot(sweeper.data_dir, NOW - timedelta(days=9))
    inner = path.parent / "door-2" / path.name
    inner.parent.mkdir()
    path.rename(inner)
    sweeper.expire(NOW, WEEK, told)
    assert not path.parent.exists()


def test_no_snapshots_yet(sweeper: SnapshotSweeper, told: Told) -> None:
    assert sweeper.expire(NOW, WEEK, told) == SweepResult(0, 0)
    assert sweeper.make_room(lambda: False, told) == SweepResult(0, 0)


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Path]:
    """A folder with old files in it that must be there after every test that uses it."""
    folder = tmp_path / "outside" / "2025-01-01"
    folder.mkdir(parents=True)
    precious = folder / "precious.jpg"
    precious.write_bytes(b"precious")
    os.utime(precious, (0, 0))
    yield folder
    assert precious.read_bytes() == b"precious"
    assert [path.name for path in folder.parent.rglob("*")] == ["2025-01-01", "precious.jpg"]


def test_link_to_a_file_is_left_alone(sweeper: SnapshotSweeper, told: Told, outside: Path) -> None:
    old = snapshot(sweeper.data_dir, NOW - timedelta(days=20))
    link = old.with_name("link.jpg")
    link.symlink_to(outside / "precious.jpg")
    assert sweeper.expire(NOW, WEEK, told) == SweepResult(1, 0)
    assert link.is_symlink()
    assert sweeper.make_room(lambda: False, told) == SweepResult(0, 0)
    assert link.is_symlink()


def test_day_that_is_a_link_is_left_alone_and_the_rest_goes(
    sweeper: SnapshotSweeper, told: Told, outside: Path
) -> None:
    old = snapshot(sweeper.data_dir, NOW - timedelta(days=20))
    (old.parent.parent / "2025-01-01").symlink_to(outside)
    assert sweeper.expire(NOW, WEEK, told) == SweepResult(1, 0)
    assert not old.exists()
    assert sweeper.make_room(lambda: False, told) == SweepResult(0, 0)


def test_link_to_a_folder_inside_a_day_is_left_alone(sweeper: SnapshotSweeper, told: Told, outside: Path) -> None:
    old = snapshot(sweeper.data_dir, NOW - timedelta(days=20))
    (old.parent / "inner").symlink_to(outside)
    assert sweeper.expire(NOW, WEEK, told) == SweepResult(1, 0)


@pytest.mark.parametrize("part", [1, 2], ids=["static", "debug_photos"])
def test_snapshots_folder_that_is_a_link_is_not_followed(
    sweeper: SnapshotSweeper, told: Told, outside: Path, part: int
) -> None:
    place = sweeper.data_dir.joinpath(*SNAPSHOT_FOLDER.parts[:part])
    place.parent.mkdir(parents=True)
    place.symlink_to(outside.parent)
    if part == 1:
        (outside.parent / "debug_photos").symlink_to(outside.parent)
    assert sweeper.expire(NOW, WEEK, told) == SweepResult(0, 0)
    if part == 1:
        (outside.parent / "debug_photos").unlink()


def test_data_directory_behind_a_link_is_the_offices_choice(tmp_path: Path, told: Told) -> None:
    old = snapshot(tmp_path / "disk", NOW - timedelta(days=20))
    (tmp_path / "data").symlink_to(tmp_path / "disk")
    assert SnapshotSweeper(tmp_path / "data", ZONE).expire(NOW, WEEK, told) == SweepResult(1, 0)
    assert not old.exists()


def test_file_that_vanishes_meanwhile_is_no_fault(sweeper: SnapshotSweeper) -> None:
    paths = [snapshot(sweeper.data_dir, NOW - timedelta(days=20)) for _ in range(1200)]

    def others_delete(_names) -> None:
        shutil.rmtree(sweeper.data_dir / SNAPSHOT_FOLDER, ignore_errors=True)

    swept = sweeper.expire(NOW, WEEK, others_delete)
    assert swept == SweepResult(500, 0)
    assert not any(path.exists() for path in paths)


def test_read_only_file_goes(sweeper: SnapshotSweeper, told: Told) -> None:
    path = snapshot(sweeper.data_dir, NOW - timedelta(days=20))
    path.chmod(0o400)
    assert sweeper.expire(NOW, WEEK, told) == SweepResult(1, 0)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Let the block run as a user who may not do everything; somebody who is not root is one already."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_folder_that_may_not_be_written_to_is_reported_and_the_rest_goes(
    told: Told, caplog: pytest.LogCaptureFixture
) -> None:
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        locked, free = (snapshot(Path(folder), NOW - timedelta(days=days)) for days in (20, 19))
        Path(folder).chmod(0o755)
        for path in Path(folder).rglob("*"):
            path.chmod(0o777 if path.is_dir() else 0o666)
        locked.parent.chmod(0o555)
        with as_nobody():
            assert SnapshotSweeper(Path(folder), ZONE).expire(NOW, WEEK, told) == SweepResult(1, 1)
        assert [locked.exists(), free.exists()] == [True, False]
        assert "snapshot.not_deleted" in caplog.text
        locked.parent.chmod(0o755)


def test_oldest_go_first_until_there_is_room(sweeper: SnapshotSweeper, told: Told) -> None:
    paths = [snapshot(sweeper.data_dir, NOW - timedelta(hours=hours)) for hours in (5, 50, 1, 30, 3)]
    gone = lambda: sum(not path.exists() for path in paths)  # noqa: E731
    assert sweeper.make_room(lambda: gone() >= 3, told) == SweepResult(3, 0)
    assert [path.exists() for path in paths] == [False, False, True, False, True]
    assert told == [paths[1].name, paths[3].name, paths[0].name]


def test_stop_leaves_the_rest_for_another_time(sweeper: SnapshotSweeper, told: Told) -> None:
    paths = [snapshot(sweeper.data_dir, NOW - timedelta(days=20)) for _ in range(30)]
    asked = iter(range(1000))
    stopped = SnapshotSweeper(sweeper.data_dir, ZONE, stopping=lambda: next(asked) >= 10)
    deleted = stopped.expire(NOW, WEEK, told).deleted
    assert 0 < deleted < 30
    assert sum(path.exists() for path in paths) == 30 - deleted
    assert sweeper.expire(NOW, WEEK, told).deleted == 30 - deleted
