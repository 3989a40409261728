"""Somebody is enrolled, seen at the running door, and erased: then nothing of their face is left anywhere."""

from __future__ import annotations

import io
import sqlite3
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import psycopg2
import pytest
import requests

from support import photographs
from support.kiosk_process import FRAME_RATE_HZ, PATIENCE_S, Lines, frames_of_somebody, serve

TABLES = ("employees", "embeddings", "attendance_log", "consents", "audit_log", "credentials", "gallery_changes")
SAMPLE_BYTES = 48
"""So many bytes of a template, or out of the middle of a picture, are found by chance nowhere."""


@pytest.fixture(params=["sqlite", "postgresql"])
def environment(request: pytest.FixtureRequest, environment: dict[str, str]) -> dict[str, str]:
    if request.param == "postgresql":
        environment["KIOSK_DATABASE_URL"] = request.getfixturevalue("postgresql_url")
    return environment | {"KIOSK_REPLAY_FPS": str(FRAME_RATE_HZ), "KIOSK_KEEP_PORTRAIT": "true"}


@pytest.fixture
def url(environment: dict[str, str], data_dir: Path) -> str:
    return environment.get("KIOSK_DATABASE_URL", f"sqlite:///{data_dir / 'kiosk.db'}")


def connected(url: str) -> closing[Any]:
    return closing(
        sqlite3.connect(url.removeprefix("sqlite:///")) if url.startswith("sqlite") else psycopg2.connect(url)
    )


def rows(url: str, query: str) -> list[tuple[Any, ...]]:
    with connected(url) as connection, closing(connection.cursor()) as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def templates(url: str, employee_id: int) -> list[np.ndarray]:
    found = rows(url, f"SELECT vector FROM embeddings WHERE employee_id = {employee_id}")
    return [np.frombuffer(v, "<f4") if isinstance(v, bytes) else np.array(v, "<f4") for (v,) in found]


def needles(url: str, employee_id: int, data_dir: Path) -> list[bytes]:
    """Return bytes of a person's templates, as both databases write them, of their portrait and their snapshots."""
    vectors = [
        t.astype(order).tobytes()[:SAMPLE_BYTES] for t in templates(url, employee_id) for order in ("<f4", ">f4")
    ]
    pictures = [*(data_dir / "portraits").glob("*.jpg"), *(data_dir / "static").rglob("*.jpg")]
    middles = [(content := path.read_bytes())[len(content) // 2 :][:SAMPLE_BYTES] for path in pictures]
    assert vectors
    assert len(middles) >= 2, "a portrait and a snapshot"
    return vectors + middles


def files_with(folder: Path, wanted: list[bytes]) -> list[str]:
    """Return the files under a folder that hold one of these, what is packed in backups among them."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            contents = [path.read_bytes()]
            if path.suffix == ".kiosk-backup":
                with zipfile.ZipFile(io.BytesIO(contents[0])) as archive:
                    contents += [archive.read(name) for name in archive.namelist()]
            if any(needle in content for content in contents for needle in wanted):
                found.append(path.relative_to(folder).as_posix())
    return sorted(found)


def server_files(url: str) -> Path | None:
    """Return the folder of the database's tables on this machine, None for SQLite."""
    if url.startswith("sqlite"):
        return None
    with connected(url) as connection, closing(connection.cursor()) as cursor:
        connection.autocommit = True
        cursor.execute("CHECKPOINT")
    [(folder, own)] = rows(
        url, "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = current_database()"
    )
    return Path(folder) / "base" / str(own)


def wait_until(is_so: Callable[[], bool]) -> None:
    ends_s = time.monotonic() + PATIENCE_S
    while not is_so() and time.monotonic() < ends_s:
        time.sleep(0.2)
    assert is_so()


@pytest.fixture
def door(started, tmp_path: Path) -> Iterator[Lines]:
    process = started("run", "--headless", "--json", "--source", frames_of_somebody(tmp_path / "door"))
    yield Lines(process.stdout)


def test_nothing_is_left(kiosk, started, url: str, data_dir: Path, door: Lines) -> None:
    headers = {"Authorization": f"Bearer {kiosk('token', 'create', '--scope', 'write').stdout.strip()}"}
    people = f"{serve(started)}/api/v1/employees"
    form = {"full_name": "Barack Obama", "email": "obama@office.test", "consent_version": "1"}
    photos = [("photos", (name, photographs.path(name).read_bytes())) for name in ("obama.jpg", "obama3.jpg")]
    answer = requests.post(f"{people}/enroll", headers=headers, data=form, files=photos, timeout=60)
    assert answer.status_code == 201, answer.text
    number = answer.json()["employee"]["id"]
    door.wait_for(lambda line: line["kind"] == "event" and line["employee_id"] == number)
    wait_until(lambda: bool(rows(url, f"SELECT 1 FROM attendance_log WHERE employee_id = {number}")))
    backup = Path(kiosk("backup").stdout.strip())
    wanted = needles(url, number, data_dir)
    before = files_with(data_dir, wanted)
    assert {"gallery.npz", f"portraits/{number}.jpg", f"backups/{backup.name}"} <= set(before)
    if (base := server_files(url)) is not None:
        assert files_with(base, wanted)

    erased = requests.post(f"{people}/{number}/erase", headers=headers, timeout=60)
    assert erased.status_code == 200, erased.text
    assert erased.json()["templates"] == 2
    assert any("backups" in sentence for sentence in erased.json()["remains"])
    wait_until(
        lambda: not files_with(data_dir / "static", wanted)
    )  # what the door wrote meanwhile goes within a minute
    door.wait_for(lambda line: line["kind"] == "decision" and line["employee_id"] is None)
    assert files_with(data_dir, wanted) == [f"backups/{backup.name}"], "the backup from before, until it is rotated out"
    if (base := server_files(url)) is not None:
        assert files_with(base, wanted) == []
    for table in TABLES:
        said = repr(
            [
                tuple(bytes(v) if isinstance(v, memoryview) else v for v in row)
                for row in rows(url, f"SELECT * FROM {table}")
            ]
        )
        assert not any(repr(needle)[2:-1] in said for needle in wanted)
        assert "jpg" not in said
    assert rows(url, f"SELECT count(*) FROM attendance_log WHERE employee_id = {number}") != [(0,)]
    newer = Path(kiosk("backup", "--keep", "1").stdout.strip())
    assert files_with(data_dir, wanted) == [], "rotated out"
    assert newer.exists()
