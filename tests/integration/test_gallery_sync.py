"""The gallery in memory follows the database, whoever changes it, and outlives the database's absence."""

from __future__ import annotations

import logging
import os
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import psycopg2
import pytest
from sqlalchemy import make_url, text

from db import migrations
from db.session import Database, make_engine
from kiosk.core.clock import SystemClock
from kiosk.core.worker import Worker
from kiosk.domain.types import Embedding
from kiosk.recognition.gallery_sync import GallerySync
from support.database_rows import MODEL, OTHER_MODEL, add_person, enroll, face
from support.postgres_server import OwnServer

PATIENCE_S = 60.0
Follow = Callable[..., GallerySync]


@pytest.fixture(autouse=True)
def every_line(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "kiosk")


@pytest.fixture
def copy_path(tmp_path: Path) -> Path:
    return tmp_path / "gallery.npz"


@pytest.fixture
def follow(copy_path: Path) -> Iterator[Follow]:
    """Start following a database by its URL, in a thread and with a pool of its own as in the kiosk."""
    with ExitStack() as started:

        def start(url: str, model_version: str = MODEL) -> GallerySync:
            database = started.enter_context(closing(Database(make_engine(url))))
            gallery_sync = GallerySync(database, model_version, copy_path, SystemClock())
            gallery_sync.load()
            worker = Worker("gallery", gallery_sync.step, cleanup=gallery_sync.close)
            started.callback(worker.stop, PATIENCE_S)
            worker.start()
            return gallery_sync

        yield start


@pytest.fixture
def server_url(own_postgres_server: OwnServer) -> str:
    url = own_postgres_server.create_database()
    with closing(Database(make_engine(url))) as database:
        migrations.upgrade(database)
    return url


def wait_until(condition: Callable[[], bool], what: str) -> None:
    ends_s = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < ends_s, f"waited in vain for: {what}"
        time.sleep(0.01)


def people(gallery_sync: GallerySync) -> set[int]:
    """Who is found by one of the faces 0 to 9; a person of two is as like each as their mean is: 0.71."""
    probes = [Embedding(face(seed), MODEL) for seed in range(10)]
    best = [gallery_sync.gallery.search(probe, 1) for probe in probes]
    return {found[0].employee_id for found in best if found and found[0].similarity > 0.6}


def messages(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.message for record in caplog.records if record.message.startswith("gallery.")]


def test_changes_of_every_kind_are_followed(database: Database, database_url: str, follow: Follow) -> None:
    anna, boris = add_person(database, "Anna"), add_person(database, "Boris")
    enroll(database, anna, 1, 2)
    gallery_sync = follow(database_url)
    assert (people(gallery_sync), gallery_sync.name_of(anna), gallery_sync.name_of(999)) == ({anna}, "Anna", None)
    before = gallery_sync.gallery

    enroll(database, boris, 3)
    wait_until(lambda: people(gallery_sync) == {anna, boris}, "a new template")
    assert before.person_count == 1, "a gallery in use never changes"
    for statement, expected in {
        f"UPDATE employees SET is_active = false WHERE id = {anna}": {boris},
        f"UPDATE employees SET is_active = true WHERE id = {anna}": {anna, boris},
        f"DELETE FROM embeddings WHERE employee_id = {boris}": {anna},
    }.items():
        with database.transaction() as session:
            session.execute(text(statement))
        wait_until(lambda wanted=expected: people(gallery_sync) == wanted, statement)
    with database.transaction() as session:
        session.execute(text(f"UPDATE employees SET full_name = 'Anna B' WHERE id = {anna}"))
    wait_until(lambda: gallery_sync.name_of(anna) == "Anna B", "a new name")
    for called in ("'Anya'", "NULL"):
        with database.transaction() as session:
            session.execute(text(f"UPDATE employees SET called = {called} WHERE id = {anna}"))
        wanted = None if called == "NULL" else called.strip("'")
        wait_until(lambda name=wanted: gallery_sync.called_name_of(anna) == name, f"called {called}")
    status = gallery_sync.status
    assert (status.person_count, status.template_count, status.away_since_at) == (1, 2, None)


def test_changes_by_other_programs_are_followed(database: Database, database_url: str, follow: Follow) -> None:
    anna = add_person(database)
    enroll(database, anna, 1)
    gallery_sync = follow(database_url)
    url = make_url(database_url)
    delete = "DELETE FROM embeddings"
    if url.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(str(url.database))) as file, file:
            file.execute(delete)
    else:
        with closing(psycopg2.connect(url.render_as_string(hide_password=False))) as server, server:
            server.cursor().execute(delete)
    wait_until(lambda: gallery_sync.gallery.template_count == 0, "a deletion by plain SQL")


def test_only_templates_of_the_model_in_use_are_taken(database: Database, database_url: str, follow: Follow) -> None:
    anna, boris = add_person(database), add_person(database)
    enroll(database, anna, 1)
    enroll(database, boris, 2, model_version=OTHER_MODEL)
    assert people(follow(database_url)) == {anna}


def test_a_person_who_is_taken_out_is_out_of_the_copy_on_disk(
    database: Database, database_url: str, follow: Follow, copy_path: Path
) -> None:
    anna = add_person(database, "Wiped")
    enroll(database, anna, 1)
    gallery_sync = follow(database_url)
    vector = face(1).tobytes()
    assert vector in copy_path.read_bytes()
    with database.transaction() as session:
        session.execute(text("UPDATE employees SET is_active = false"))
    wait_until(lambda: gallery_sync.gallery.template_count == 0, "a deactivation")
    wait_until(lambda: vector not in copy_path.read_bytes(), "the copy without her")
    assert "Wiped".encode("utf-32-le") not in copy_path.read_bytes()


def test_a_server_that_crashes_and_returns(
    own_postgres_server: OwnServer, server_url: str, follow: Follow, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(Database(make_engine(server_url))) as database:
        anna, boris = add_person(database), add_person(database)
        enroll(database, anna, 1)
        gallery_sync = follow(server_url)
        own_postgres_server.stop(signal.SIGQUIT)
        try:
            wait_until(lambda: gallery_sync.status.away_since_at is not None, "the outage to be noticed")
            assert people(gallery_sync) == {anna}
        finally:
            own_postgres_server.start()
        enroll(database, boris, 2)
        wait_until(lambda: people(gallery_sync) == {anna, boris}, "a change after the server's return")
        wait_until(lambda: gallery_sync.status.away_since_at is None, "the end of the outage")
        with database.transaction() as session:
            session.execute(text(f"UPDATE employees SET is_active = false WHERE id = {anna}"))
        wait_until(lambda: people(gallery_sync) == {boris}, "another change")
    told = messages(caplog)
    assert told.count("gallery.not_following") == told.count("gallery.following") >= 1, "each outage is told once"


def test_a_start_without_the_database_uses_the_last_good_copy(
    own_postgres_server: OwnServer, server_url: str, follow: Follow
) -> None:
    with closing(Database(make_engine(server_url))) as database:
        anna, boris = add_person(database, "Anna"), add_person(database)
        enroll(database, anna, 1)
        follow(server_url)
        own_postgres_server.stop()
        try:
            gallery_sync = follow(server_url)
            assert (people(gallery_sync), gallery_sync.name_of(anna)) == ({anna}, "Anna")
            assert gallery_sync.status.away_since_at is not None
            other_model = follow(server_url, OTHER_MODEL)
            assert other_model.gallery.template_count == 0
        finally:
            own_postgres_server.start()
        enroll(database, boris, 2)
        wait_until(lambda: people(gallery_sync) == {anna, boris}, "the database's gallery")


def test_a_lost_connection_of_the_listener_alone_costs_no_change(
    server_url: str, follow: Follow, caplog: pytest.LogCaptureFixture
) -> None:
    cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = :name"
    name = {"name": make_url(server_url).database}
    with closing(Database(make_engine(server_url))) as database:
        anna, boris = add_person(database), add_person(database)
        enroll(database, anna, 1)
        gallery_sync = follow(server_url)

        def cuts() -> int:
            with database.transaction() as session:
                return int(session.execute(text(cut), name).scalar_one())

        wait_until(lambda: cuts() == 1, "the listener to be there")
        enroll(database, boris, 2)
        wait_until(lambda: people(gallery_sync) == {anna, boris}, "the change")
        wait_until(lambda: cuts() == 1, "the listener to be there again")


def test_following_leaks_nothing(database: Database, database_url: str, copy_path: Path) -> None:
    add_person(database)
    open_files = []
    for _ in range(4):  # SQLite keeps one file open after the first, while another connection locks it
        with closing(Database(make_engine(database_url))) as own:
            gallery_sync = GallerySync(own, MODEL, copy_path, SystemClock())
            gallery_sync.load()
            gallery_sync.step()
            gallery_sync.close()
        open_files.append(len(os.listdir("/proc/self/fd")))  # noqa: PTH208
    assert max(open_files[2:]) <= open_files[1]
