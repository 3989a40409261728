"""Erasing a face and exporting a person: what is found afterwards on disk, in the database and in running galleries."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from sqlalchemy import insert, select, text, update

from db import audit_log
from db.attendance_log import DatabaseAttendanceLog
from db.base import Base
from db.consents import consents_of, record_consent
from db.copy_database import copy_database
from db.embedder_switches import add_visit, insert_switch, open_switch
from db.models import EmployeeRow
from db.session import Database
from db.tables import CredentialRow
from db.templates import templates_of
from kiosk.core.context import acting_as
from kiosk.core.storage import SnapshotStore
from kiosk.domain.embedder_switch import CertainVisit
from kiosk.domain.types import Embedding
from kiosk.employees.erase import Eraser
from kiosk.employees.export import Exporter
from kiosk.employees.results import Erasure
from kiosk.errors import EmployeeNotFound, StorageError
from kiosk.recognition import gallery_cache
from kiosk.recognition.gallery_sync import GallerySync
from kiosk.security import audit_verification
from kiosk.vision.jpeg import encode_jpeg
from support.builders import event
from support.database_rows import MODEL, add_person, enroll, face
from support.fakes import MORNING, FakeClock

OpenDatabase = Callable[[str], Database]
SEEDS = (1, 2, 3)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """The folder that a SQLite database of the test lies in, too."""
    return tmp_path


@pytest.fixture
def store(data_dir: Path) -> SnapshotStore:
    return SnapshotStore(data_dir, ZoneInfo("Europe/Moscow"), encode_jpeg)


@pytest.fixture
def eraser(database: Database, store: SnapshotStore) -> Eraser:
    return Eraser(database, store, store.data_dir / gallery_cache.FILE_NAME, "door")


def enroll_demo_people(database: Database, store: SnapshotStore, *seeds: int, days: int = 3) -> int:
    """Enroll somebody with a consent, a portrait, a snapshot a day and a visit that waits; return their number."""
    person = add_person(database)
    enroll(database, person, *seeds)
    portrait = store.data_dir / "portraits" / f"{person}.jpg"
    portrait.parent.mkdir(exist_ok=True)
    portrait.write_bytes(encode_jpeg(picture(100 + person)))
    with database.transaction() as session:
        record_consent(session, person, "1", "cli:anna")
        switch = open_switch(session) or insert_switch(session, ("old", MODEL), ("new", "new@1"))
        waits = Embedding(face(200 + person), "new@1")
        add_visit(session, switch.id, CertainVisit(person, MORNING.date(), waits, 0.75, 0.9))
        session.execute(
            update(EmployeeRow).where(EmployeeRow.id == person).values(photo_path=f"portraits/{person}.jpg")
        )
    events = [event(person, at=MORNING + timedelta(days=day)) for day in range(days)]
    DatabaseAttendanceLog(database).record(
        [replace(e, photo_path=store.save(picture(person), e.occurred_at, e.trace_id)) for e in events]
    )
    return person


def picture(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 255, (64, 64, 3), dtype=np.uint8)


def everything_in(database: Database) -> Iterator[str]:
    with database.reading() as session:
        for table in Base.metadata.sorted_tables:
            yield from (repr(tuple(row)) for row in session.execute(select(table)))


def traces(data_dir: Path, *needles: bytes) -> list[str]:
    """Return the files under a folder that hold one of these bytes."""
    files = [path for path in data_dir.rglob("*") if path.is_file() and not path.is_symlink()]
    return [path.name for path in files if any(needle in path.read_bytes() for needle in needles)]


def faces_of(person: int, *seeds: int) -> list[bytes]:
    """Return what must not be found: templates as both databases keep them, and pictures."""
    templates = [face(seed).astype(order).tobytes()[:64] for seed in (*seeds, 200 + person) for order in ("<f4", ">f4")]
    pictures = [encode_jpeg(picture(seed))[1500:1700] for seed in (person, 100 + person)]
    return templates + pictures


def test_nothing_of_the_face_is_found_afterwards(
    database: Database, store: SnapshotStore, eraser: Eraser, data_dir: Path
) -> None:
    anna, boris = enroll_demo_people(database, store, *SEEDS), enroll_demo_people(database, store, 7)
    with closing(GallerySync(database, MODEL, data_dir / gallery_cache.FILE_NAME, FakeClock())) as gallery_sync:
        gallery_sync.load()
        assert gallery_sync.gallery.person_count == 2
        needles = faces_of(anna, *SEEDS)
        assert len(traces(data_dir, *needles)) >= 5, "portrait, snapshots and the gallery's copy are there to be found"

        with acting_as("cli:anna"):
            erasure = eraser.erase(anna)
        assert (erasure.templates, erasure.snapshots, erasure.consents) == (3, 3, 1)
        gallery_sync.load()
        assert {candidate.employee_id for candidate in gallery_sync.gallery.search(Embedding(face(1), MODEL), 5)} == {
            boris
        }
        assert traces(data_dir, *needles) == []
        assert traces(data_dir, *faces_of(boris, 7)), "the other person's are there"

    with database.reading() as session:
        assert templates_of(session, anna) == ()
        assert [consent.revoked_at is None for consent in consents_of(session, anna)] == [False]
        proof = audit_log.entries(session, subject=f"employee:{anna}")[-1]
        assert (proof.actor, proof.action) == ("cli:anna", "erase")
        assert json.loads(proof.details) == {"templates": 3, "snapshots": 3, "consents": 1, "portrait": True}
        assert not audit_verification.verify(session).faults
    history = DatabaseAttendanceLog(database).history(employee_id=anna)
    assert len(history) == 3, "attendance stays"
    assert not any(entry.photo_path for entry in history)
    assert not any(f"portraits/{anna}.jpg" in row for row in everything_in(database))


def test_what_was_kept_of_an_overwritten_database_goes_too(
    sqlite_url: str, open_database: OpenDatabase, store: SnapshotStore, data_dir: Path
) -> None:
    database, kept = open_database(sqlite_url), data_dir / "kiosk.db-wal.replaced"
    anna = enroll_demo_people(database, store, *SEEDS)
    kept.write_bytes(face(1).tobytes())
    Eraser(database, store, data_dir / gallery_cache.FILE_NAME, "door", data_dir / "backups").erase(anna)
    assert not kept.exists()


def probe():
    from kiosk.domain.types import Embedding

    return Embedding(face(1), MODEL)


def test_postgresql_keeps_no_template_in_its_tables_files(
    postgresql_url: str, open_database: OpenDatabase, store: SnapshotStore
) -> None:
    database = open_database(postgresql_url)
    anna = enroll_demo_people(database, store, *SEEDS)
    enroll_demo_people(database, store, 7, 8)
    needles = [face(seed).tobytes()[:64] for seed in SEEDS]
    with database.transaction() as session:
        session.execute(text("ANALYZE embeddings"))  # as the server does by itself; it remembers some of the values

    def found() -> list[str]:
        with database.transaction() as session:
            session.execute(text("CHECKPOINT"))
        with database.reading() as session:
            folder = session.execute(text("SHOW data_directory")).scalar_one()
            own = session.execute(text("SELECT oid FROM pg_database WHERE datname = current_database()")).scalar_one()
        return traces(Path(folder) / "base" / str(own), *needles)

    try:
        before = found()
    except (PermissionError, StorageError):
        pytest.skip("the server's files are not for us to read")
    if not before:
        pytest.skip("the server runs on another machine")
    erasure = Eraser(database, store, store.data_dir / gallery_cache.FILE_NAME, "door").erase(anna)
    assert found() == []
    assert any("write-ahead log" in sentence for sentence in erasure.remains)


def test_sqlite_file_that_was_copied_to_a_server_is_pointed_out(
    sqlite_url: str, empty_postgresql_url: str, open_database: OpenDatabase, store: SnapshotStore, data_dir: Path
) -> None:
    source, target = open_database(sqlite_url), open_database(empty_postgresql_url)
    anna = enroll_demo_people(source, store, *SEEDS)
    copy_database(source, target, lambda *_: None)
    erasure = Eraser(target, store, data_dir / gallery_cache.FILE_NAME, "door").erase(anna)
    assert any("kiosk.db is not in use" in sentence for sentence in erasure.remains)


def test_snapshots_of_another_device_are_left_to_it(
    postgresql_url: str, open_database: OpenDatabase, store: SnapshotStore, tmp_path: Path
) -> None:
    database = open_database(postgresql_url)
    anna = enroll_demo_people(database, store, 1)
    here = replace(store, data_dir=tmp_path / "here")
    erasure = Eraser(database, here, here.data_dir / gallery_cache.FILE_NAME, "office").erase(anna)
    assert erasure.snapshots == 0
    assert any("deleted by their device" in sentence and "door" in sentence for sentence in erasure.remains)
    assert all(entry.photo_path for entry in DatabaseAttendanceLog(database).history(employee_id=anna))


def test_path_that_leads_out_of_the_folders_is_not_followed(
    database: Database, store: SnapshotStore, eraser: Eraser, data_dir: Path
) -> None:
    anna = enroll_demo_people(database, store, 1, days=1)
    outside = data_dir / "letter.jpg"
    outside.write_text("not a face", encoding="utf-8")
    with database.transaction() as session:
        session.execute(text("UPDATE employees SET photo_path = 'portraits/../letter.jpg'"))
        session.execute(text("UPDATE attendance_log SET photo_path = '../letter.jpg'"))
    erasure = eraser.erase(anna)
    assert outside.exists()
    assert any("outside" in sentence for sentence in erasure.remains)


def test_snapshot_that_cannot_be_deleted_is_named_and_the_rest_goes(
    database: Database, store: SnapshotStore, eraser: Eraser
) -> None:
    anna = enroll_demo_people(database, store, 1)
    path = store.data_dir / (DatabaseAttendanceLog(database).history()[0].photo_path or "")
    path.unlink()
    path.mkdir()  # even root cannot unlink a folder
    erasure = eraser.erase(anna)
    assert erasure.snapshots == 2
    assert any(path.name in sentence for sentence in erasure.remains)
    assert [bool(entry.photo_path) for entry in DatabaseAttendanceLog(database).history()] == [True, False, False]


def test_nobody_cannot_be_erased_nor_exported(database: Database, eraser: Eraser, tmp_path: Path) -> None:
    with pytest.raises(EmployeeNotFound):
        eraser.erase(17)
    with pytest.raises(EmployeeNotFound):
        Exporter(database, tmp_path).export(17, tmp_path / "nobody.zip")
    assert not (tmp_path / "nobody.zip").exists()
    with database.reading() as session:
        assert audit_log.entries(session) == ()


def test_erasing_twice_is_harmless(database: Database, store: SnapshotStore, eraser: Eraser) -> None:
    anna = enroll_demo_people(database, store, 1)
    eraser.erase(anna)
    again = eraser.erase(anna)
    assert replace(again, remains=()) == Erasure(anna, 0, 0, 0, ())


def test_export_holds_all_that_is_stored(database: Database, store: SnapshotStore, data_dir: Path) -> None:
    anna, boris = enroll_demo_people(database, store, *SEEDS), enroll_demo_people(database, store, 7)
    with database.transaction() as session:
        secret = {"kind": "pin", "name": "4711", "employee_id": anna, "secret_hash": "scrypt$very-secret"}
        session.execute(insert(CredentialRow).values(**secret))
    path = data_dir / "anna.zip"
    exported = Exporter(database, data_dir).export(anna, path)
    assert (exported.pictures, exported.elsewhere) == (3, 0)
    assert path.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    tables = {name.removesuffix(".json"): json.loads(content[name]) for name in content if name.endswith(".json")}
    assert {name: len(rows) for name, rows in tables.items()} == {
        "employees": 1,
        "directory_accounts": 0,
        "consents": 1,
        "credentials": 1,
        "attendance_log": 3,
        "attendance_corrections": 0,
        "attendance_reasons": 0,
        "correction_requests": 0,
        "decision_records": 0,
        "sightings": 0,
        "visit_embeddings": 1,
        "schedule_assignments": 0,
        "absences": 0,
        "former_departments": 0,
        "audit_log": 1,
        "templates": 3,
    }
    for seed, stored in zip(SEEDS, tables["templates"], strict=True):
        assert np.array_equal(np.array(stored["vector"], dtype=np.float32), face(seed))
    pictures = [content[name] for name in content if re.match(r"(snapshots|portrait)/", name)]
    assert sorted(pictures) == sorted([encode_jpeg(picture(anna))] * 3 + [encode_jpeg(picture(100 + anna))])
    assert not any(b"very-secret" in part for part in content.values())
    assert not any(encode_jpeg(picture(boris)) == part for part in content.values())
    with pytest.raises(StorageError, match="--to"):
        Exporter(database, data_dir).export(anna, path)
