"""The whole purge on both databases: files, rows and templates, also when something is out of order."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from sqlalchemy import text

from db import audit_log
from db.attendance_log import DatabaseAttendanceLog
from db.consents import record_consent
from db.session import Database
from db.templates import templates_of
from kiosk.app.personal_data import build_eraser
from kiosk.app.storage import build_snapshot_store
from kiosk.config.settings import Settings
from kiosk.core.clock import Boot
from kiosk.core.storage import SNAPSHOT_FOLDER, SnapshotStore, TemporaryPhotographs
from kiosk.jobs import purge as purging
from kiosk.jobs.clock_watch import FILE_NAME, ClockWatch
from kiosk.jobs.purge import Purge, PurgeReport
from kiosk.jobs.sweeper import SnapshotSweeper
from support.builders import event, make_settings
from support.database_rows import add_person, enroll
from support.fakes import MORNING, FakeClock

OpenDatabase = Callable[[str], Database]
NOW = MORNING + timedelta(days=40)
PICTURE = np.zeros((8, 8, 3), dtype=np.uint8)


@pytest.fixture
def office(tmp_path: Path) -> Settings:
    return make_settings(tmp_path / "data")


@pytest.fixture
def store(office: Settings) -> SnapshotStore:
    return build_snapshot_store(office)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOW)


@pytest.fixture
def purge(database: Database, office: Settings, clock: FakeClock) -> Purge:
    return make_purge(database, office, clock)


def make_purge(database: Database, office: Settings, clock: FakeClock, ttl_days: int = 7) -> Purge:
    return Purge(
        database=database,
        store=build_snapshot_store(office),
        sweeper=SnapshotSweeper(office.data_dir, office.zone),
        photographs=TemporaryPhotographs(office.data_dir),
        erase=build_eraser(office, database).erase,
        kiosk_id=office.kiosk_id,
        snapshot_ttl=timedelta(days=ttl_days),
        inactive_templates_ttl=timedelta(days=30),
        decision_records_ttl=timedelta(days=7),
        clock=clock,
        watch=ClockWatch(office.data_dir / FILE_NAME, clock.now, lambda: Boot("1", clock.monotonic_s())),
    )


def log_days(database: Database, store: SnapshotStore, *days_old: int, kiosk_id: str = "door") -> list[Path]:
    """Write events with snapshots so many days before now; return the snapshots."""
    person = add_person(database)
    enroll(database, person, person)
    with database.transaction() as session:
        record_consent(session, person, "1", "cli:anna")
    events = [event(person, at=NOW - timedelta(days=days, minutes=1), kiosk_id=kiosk_id) for days in days_old]
    photos = [store.save(PICTURE, e.occurred_at, e.trace_id) for e in events]
    log = DatabaseAttendanceLog(database)
    log.record([replace(e, photo_path=photo) for e, photo in zip(events, photos, strict=True)])
    paths = [store.data_dir / str(photo) for photo in photos]
    for path, e in zip(paths, events, strict=True):
        touch(path, e.occurred_at)
    return paths


def touch(path: Path, at: datetime) -> None:
    os.utime(path, (at.timestamp(), at.timestamp()))


def rows_with_photo(database: Database) -> list[bool]:
    return [entry.photo_path is not None for entry in DatabaseAttendanceLog(database).history()]


def test_old_snapshots_go_with_their_rows_paths(
    database: Database, purge: Purge, store: SnapshotStore, office: Settings
) -> None:
    paths = log_days(database, store, 30, 8, 7, 6, 0)
    dry = purge.run(dry_run=True)
    assert (dry.snapshots, all(path.exists() for path in paths)) == (3, True)
    assert rows_with_photo(database) == [True] * 5
    assert purge.run() == PurgeReport(3, 0, 3, (), ())
    assert [path.exists() for path in paths] == [False, False, False, True, True]
    assert rows_with_photo(database) == [False, False, False, True, True]
    assert purge.run() == PurgeReport(0, 0, 0, (), ())
    days = sorted(path.name for path in (office.data_dir / SNAPSHOT_FOLDER).iterdir())
    assert days == sorted({path.parent.name for path in paths[3:]})


def test_rows_of_a_shared_database_are_each_devices_own(
    database: Database, store: SnapshotStore, office: Settings, clock: FakeClock
) -> None:
    log_days(database, store, 3)
    elsewhere = replace(store, data_dir=store.data_dir / "elsewhere")
    others = log_days(database, elsewhere, 9, 4, kiosk_id="back door")
    make_purge(database, office, clock, ttl_days=2).run()
    assert all(path.exists() for path in others)
    by_kiosk = {
        (e.kiosk_id, (NOW - e.timestamp).days): bool(e.photo_path) for e in DatabaseAttendanceLog(database).history()
    }
    assert by_kiosk == {("door", 3): False, ("back door", 9): False, ("back door", 4): True}


def test_photographs_left_behind_go(purge: Purge, office: Settings) -> None:
    folder = TemporaryPhotographs(office.data_dir).folder
    folder.mkdir(parents=True)
    (folder / "left.photo").write_bytes(b"face")
    assert purge.run().photographs == 1
    assert list(folder.iterdir()) == []


def test_what_was_kept_of_an_overwritten_database_goes_after_a_week(
    sqlite_url: str, open_database: OpenDatabase, office: Settings, clock: FakeClock
) -> None:
    database = open_database(sqlite_url)
    assert database.file_path is not None
    kept = database.file_path.with_name("kiosk.db-wal.replaced")
    kept.write_bytes(b"faces")
    for age, is_there in ((timedelta(days=6, hours=23), True), (timedelta(days=7, minutes=1), False)):
        os.utime(kept, times=((NOW - age).timestamp(),) * 2)
        make_purge(database, office, clock).run(dry_run=True)
        assert kept.exists()
        make_purge(database, office, clock).run()
        assert kept.exists() is is_there


def test_templates_of_people_long_inactive_are_erased(database: Database, purge: Purge, clock: FakeClock) -> None:
    active, inactive = add_person(database), add_person(database)
    for person in (active, inactive):
        enroll(database, person, person)
    with database.transaction() as session:
        session.execute(text(f"UPDATE employees SET is_active = false WHERE id = {inactive}"))
    deactivated_at = datetime.now(UTC)  # by plain SQL, of which a trigger takes the time
    clock.set(deactivated_at + timedelta(days=29))
    assert purge.run(trust_clock=True).people == ()
    clock.set(deactivated_at + timedelta(days=30, minutes=1))
    assert purge.run(dry_run=True, trust_clock=True).people == (inactive,)
    assert purge.run(trust_clock=True).people == (inactive,)
    with database.reading() as session:
        assert [len(templates_of(session, person)) for person in (active, inactive)] == [1, 0]
        proof = audit_log.entries(session)[-1]
    assert (proof.actor, proof.action, proof.subject) == ("purge", "erase", f"employee:{inactive}")
    assert purge.run(trust_clock=True).people == ()


def test_snapshots_of_people_erased_elsewhere_go(database: Database, purge: Purge, store: SnapshotStore) -> None:
    erased, other = log_days(database, store, 1), log_days(database, store, 1)
    with database.transaction() as session:
        session.execute(text("DELETE FROM embeddings WHERE employee_id = 1"))
    purge.tidy_up()
    assert erased[0].exists(), "without templates, but the consent holds: a new photograph is on its way"
    with database.transaction() as session:
        session.execute(text("UPDATE consents SET revoked_at = '2025-03-03 00:00:00.000000' WHERE employee_id = 1"))
    purge.tidy_up()
    assert [erased[0].exists(), other[0].exists()] == [False, True]
    assert rows_with_photo(database) == [False, True]


def test_clock_that_jumped_deletes_nothing_fresh(
    database: Database, purge: Purge, store: SnapshotStore, clock: FakeClock
) -> None:
    purge.run()
    paths = log_days(database, store, 0, 1)
    clock.advance(600)
    clock.set(NOW + timedelta(days=365))
    report = purge.run()
    assert report.snapshots == 0
    assert any("clock has jumped" in fault for fault in report.faults)
    purge.expire_snapshots()
    assert all(path.exists() for path in paths)
    clock.advance(60)
    clock.set(NOW + timedelta(minutes=11))
    assert all(path.exists() for path in paths)
    clock.advance(7 * 3600)
    assert purge.run().snapshots == 0
    assert all(path.exists() for path in paths)
    assert purge.run(trust_clock=True).faults == ()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_files_go_while_the_database_is_away_and_rows_follow(
    database: Database, office: Settings, store: SnapshotStore, clock: FakeClock, open_database: OpenDatabase
) -> None:
    paths = log_days(database, store, 20, 1)
    away = open_database("postgresql://nobody@127.0.0.1:1/nothing")
    report = make_purge(away, office, clock).run()
    assert report.snapshots == 1
    assert report.faults
    assert [path.exists() for path in paths] == [False, True]
    assert rows_with_photo(database) == [True, True]
    clock.advance(3600)
    assert make_purge(database, office, clock).run() == PurgeReport(0, 0, 1, (), ())
    assert rows_with_photo(database) == [False, True]


def test_disk_that_gets_low_costs_the_oldest_snapshots(
    database: Database, purge: Purge, store: SnapshotStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = log_days(database, store, 3, 2, 1)

    def usage(_path: Path) -> SimpleNamespace:
        left = sum(path.exists() for path in paths)
        return SimpleNamespace(free=purging.ENOUGH_FREE_BYTES - 1 if left > 1 else purging.ENOUGH_FREE_BYTES)

    monkeypatch.setattr("shutil.disk_usage", usage)
    purge.tidy_up()
    assert [path.exists() for path in paths] == [False, False, True]
    assert rows_with_photo(database) == [False, False, True]
