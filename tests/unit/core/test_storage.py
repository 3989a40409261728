"""Snapshots and photographs on disk: for the kiosk's user alone, and gone when they should be."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from kiosk.core.storage import SNAPSHOT_FOLDER, TEMPORARY_TTL_S, SnapshotStore, TemporaryPhotographs
from kiosk.errors import StorageError
from support.fakes import MORNING

PICTURE = np.zeros((4, 4, 3), dtype=np.uint8)


@pytest.fixture
def photographs(tmp_path: Path) -> TemporaryPhotographs:
    return TemporaryPhotographs(tmp_path / "data")


@pytest.fixture
def store(tmp_path: Path) -> SnapshotStore:
    return SnapshotStore(tmp_path / "data", ZoneInfo("Europe/Moscow"), lambda image: image.tobytes())


def left(photographs: TemporaryPhotographs) -> list[Path]:
    return list(photographs.folder.glob("*")) if photographs.folder.exists() else []


def test_snapshot_is_the_users_alone_and_lies_in_its_days_folder(store: SnapshotStore) -> None:
    trace_id = uuid4()
    relative = store.save(PICTURE, MORNING, trace_id)
    assert relative == f"static/debug_photos/2025-03-03/{trace_id}.jpg"
    path = store.data_dir / relative
    assert [path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777] == [0o600, 0o700]
    assert store.delete(relative)
    assert not path.exists()
    assert not store.delete(relative), "harmless a second time"


@pytest.mark.parametrize("path", ["../letter", "/etc/hostname", "static/debug_photos/../../letter", "letter", ""])
def test_nothing_outside_the_snapshots_is_deleted(store: SnapshotStore, path: str) -> None:
    store.save(PICTURE, MORNING, uuid4())
    letters = [store.data_dir / "letter", store.data_dir.parent / "letter"]
    for letter in letters:
        letter.touch()
    assert not store.delete(path)
    assert all(letter.exists() for letter in letters)


def test_snapshot_behind_a_link_is_not_deleted(store: SnapshotStore, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.jpg").touch()
    (store.data_dir / SNAPSHOT_FOLDER).mkdir(parents=True)
    (store.data_dir / SNAPSHOT_FOLDER / "2025-03-03").symlink_to(outside)
    assert not store.delete("static/debug_photos/2025-03-03/a.jpg")
    assert (outside / "a.jpg").exists()


def test_disk_that_refuses_costs_the_snapshot_alone(store: SnapshotStore, caplog: pytest.LogCaptureFixture) -> None:
    store.data_dir.mkdir()
    (store.data_dir / "static").touch()
    assert store.save(PICTURE, MORNING, uuid4()) is None
    assert "snapshot.failed" in caplog.text


def test_photograph_is_there_while_it_is_worked_on(photographs: TemporaryPhotographs) -> None:
    with photographs.holding(b"one") as one, photographs.holding(b"two") as two:
        assert [one.read_bytes(), two.read_bytes()] == [b"one", b"two"]
        assert one.stat().st_mode & 0o777 == 0o600
        assert photographs.folder.stat().st_mode & 0o777 == 0o700
        assert photographs.sweep() == 0, "somebody works on them"
        assert one.exists()
    assert left(photographs) == []


def test_photograph_goes_when_the_work_fails(photographs: TemporaryPhotographs) -> None:
    with pytest.raises(KeyError), photographs.holding(b"one"):
        raise KeyError
    assert left(photographs) == []


def test_photograph_held_for_too_long_goes(photographs: TemporaryPhotographs) -> None:
    with photographs.holding(b"one") as path:
        long_ago_s = time.time() - TEMPORARY_TTL_S - 1
        os.utime(path, (long_ago_s, long_ago_s))
        assert photographs.sweep() == 1
        assert not path.exists()
    assert photographs.sweep() == 0


def test_what_is_no_photograph_is_left(photographs: TemporaryPhotographs, tmp_path: Path) -> None:
    assert photographs.sweep() == 0
    photographs.folder.mkdir(parents=True)
    outside = tmp_path / "outside.photo"
    outside.touch()
    (photographs.folder / "link.photo").symlink_to(outside)
    (photographs.folder / "notes.txt").touch()
    (photographs.folder / "folder.photo").mkdir()
    assert photographs.sweep() == 0
    assert outside.exists()
    assert len(left(photographs)) == 3


def test_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(StorageError, match="could not be kept"), TemporaryPhotographs(tmp_path / "data").holding(b"x"):
        pytest.fail("nothing can be worked on")


def _hold_forever(data_dir: Path, ready) -> None:
    with TemporaryPhotographs(data_dir).holding(b"left behind"):
        ready.set()
        signal.pause()


def test_what_a_killed_process_left_is_swept_at_once(photographs: TemporaryPhotographs) -> None:
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    process = context.Process(target=_hold_forever, args=(photographs.data_dir, ready))
    process.start()
    assert ready.wait(30)
    assert photographs.sweep() == 0, "it is alive"
    process.kill()
    process.join()
    assert len(left(photographs)) == 1
    assert photographs.sweep() == 1
    assert left(photographs) == []
