"""What a backup gives back: everything, on any database, but those who have been erased since."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from db import migrations
from db.attendance_log import DatabaseAttendanceLog
from db.consents import record_consent
from db.database_dump import is_empty
from db.session import Database
from kiosk.app.backup import build_backup_creator, build_backup_dir, open_restorer
from kiosk.app.personal_data import build_eraser
from kiosk.app.storage import build_audit_anchor
from kiosk.attendance.journal import FILE_NAME as JOURNAL
from kiosk.attendance.journal import Journal
from kiosk.backup.archive import verify_archive
from kiosk.backup.create import CreatedBackup
from kiosk.backup.restore import RestoreResult
from kiosk.config.settings import Settings
from kiosk.core.context import acting_as
from kiosk.errors import ConfigurationError, StorageError
from kiosk.security import audit_verification
from kiosk.security.attendance_verification import verify_attendance
from kiosk.security.audit_heads import read_head
from kiosk.security.audit_verification import KnownHead
from support.builders import event
from support.database_rows import add_person, enroll
from support.fakes import MORNING
from support.file_size_limit import files_no_larger_than
from support.filled_database import contents, fill
from support.postgres_server import OwnServer, PostgresServer

KINDS = ("sqlite", "postgresql")
OpenDatabase = Callable[[str], Database]


def nothing(*_: object) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Office:
    """A device with its database and its data directory."""

    settings: Settings
    database: Database

    def back_up(self, folder: Path | None = None, keep: int = 14) -> CreatedBackup:
        return build_backup_creator(self.settings, self.database, folder).create(keep, nothing)

    def restore(self, path: Path) -> RestoreResult:
        with acting_as("cli:anna"), open_restorer(self.settings, self.database) as restorer:
            return restorer.restore(path, nothing)

    def erase(self, person: int) -> None:
        with acting_as("cli:anna"):
            build_eraser(self.settings, self.database).erase(person)

    @property
    def data_dir(self) -> Path:
        return self.settings.data_dir

    def templates(self) -> list[tuple[int, bytes]]:
        return [(row[1], row[2]) for row in contents(self.database)["embeddings"]]

    def fault(self) -> tuple[str, ...]:
        with self.database.reading() as session:
            anchor = build_audit_anchor(self.settings).read()
            known = [] if anchor is None else [KnownHead("the anchor", anchor)]
            verdict = audit_verification.verify(session, known)
            return (*verdict.faults, *verify_attendance(session).faults)


@pytest.fixture
def make_office(
    request: pytest.FixtureRequest, tmp_path: Path, open_database: OpenDatabase
) -> Callable[[str, str], Office]:
    def make(name: str, kind: str) -> Office:
        data_dir = tmp_path / name
        data_dir.mkdir()
        if kind == "sqlite":
            url = f"sqlite:///{data_dir / 'kiosk.db'}"
        else:
            server = request.getfixturevalue("postgres_server")
            url = server.create_database()
            request.addfinalizer(lambda: server.drop_database(url))
        settings = Settings(_env_file=None, data_dir=data_dir, database_url=url, timezone="Europe/Moscow")
        return Office(settings, open_database(url))

    return make


@pytest.fixture(params=KINDS)
def office(request: pytest.FixtureRequest, make_office: Callable[[str, str], Office]) -> Office:
    office = make_office("office", request.param)
    migrations.upgrade(office.database)
    fill(office.database)
    return office


def without_audit(database: Database) -> dict[str, object]:
    return {name: rows for name, rows in contents(database).items() if not name.startswith("audit")}


@pytest.mark.parametrize("to", KINDS)
def test_everything_comes_back_on_an_empty_device(
    office: Office, to: str, make_office: Callable[[str, str], Office]
) -> None:
    (office.data_dir / "calibration.toml").write_text("people = 1\n", encoding="utf-8")
    made = office.back_up()
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert verify_archive(made.path) == made.manifest

    empty = make_office("new", to)
    assert is_empty(empty.database)
    restored = empty.restore(made.path)
    assert without_audit(empty.database) == without_audit(office.database)
    before, after = contents(office.database)["audit_log"], contents(empty.database)["audit_log"]
    assert after[: len(before)] == before
    [restore_row] = after[len(before) :]
    assert restore_row[2:4] == ("cli:anna", "restore")
    assert json.loads(restore_row[5])["file"] == made.path.name
    assert restored.rows == {**made.manifest.rows, "audit_log": made.manifest.rows["audit_log"] + 1}
    assert empty.fault() == ()
    with empty.database.reading() as session:
        kept = KnownHead("the backup", read_head(made.manifest.audit_head))
        assert audit_verification.verify(session, [kept]).faults == (), "the log goes on from the backup's head"
    migrations.check(empty.database)
    assert (empty.data_dir / "calibration.toml").read_text(encoding="utf-8") == "people = 1\n"
    assert add_person(empty.database) > max(row[0] for row in contents(office.database)["employees"])
    assert list((office.data_dir / "tmp" / "work").iterdir()) == list((empty.data_dir / "tmp" / "work").iterdir()) == []


def test_who_was_erased_since_does_not_come_back(office: Office) -> None:
    anna, boris = add_person(office.database, "Vera"), add_person(office.database, "Gleb")
    enroll(office.database, anna, 11, 12)
    enroll(office.database, boris, 13)
    with office.database.transaction() as session:
        record_consent(session, anna, "1", "cli:anna")
        session.execute(text(f"UPDATE employees SET photo_path = 'portraits/{anna}.jpg' WHERE id = {anna}"))
    portrait = office.data_dir / "portraits" / f"{anna}.jpg"
    portrait.parent.mkdir()
    portrait.write_bytes(b"a face")
    made = office.back_up()
    office.erase(anna)
    enroll(office.database, boris, 14)
    enroll(office.database, anna, 15)  # she has changed her mind; that is after the backup, too

    restored = office.restore(made.path)
    assert restored.erased == (anna,)
    assert [person for person, _ in office.templates()].count(anna) == 0
    assert [person for person, _ in office.templates()].count(boris) == 1
    assert not portrait.exists()
    rows = contents(office.database)
    assert [row[4] is None for row in rows["consents"] if row[1] == anna] == [False]
    assert [row[4] for row in rows["employees"] if row[0] == anna] == [None]
    actions = [(row[3], row[4]) for row in rows["audit_log"]]
    assert actions[-2:] == [("erase", f"employee:{anna}"), ("restore", None)]
    assert office.fault() == ()

    enroll(office.database, anna, 16)  # enrolled anew after the erasure: a later backup keeps that
    later = office.back_up()
    assert office.restore(later.path).erased == ()
    assert [person for person, _ in office.templates()].count(anna) == 1


def test_erasure_is_known_on_another_device_from_the_backups_beside(
    office: Office, make_office: Callable[[str, str], Office]
) -> None:
    anna = add_person(office.database, "Vera")
    enroll(office.database, anna, 11)
    old = office.back_up()
    office.erase(anna)
    office.back_up()
    moved = office.data_dir.parent / "stick"
    shutil.copytree(old.path.parent, moved)
    (moved / "erased.list").unlink()
    assert make_office("new", "sqlite").restore(moved / old.path.name).erased == (anna,)
    alone = office.data_dir.parent / "alone"
    alone.mkdir()
    shutil.copy(old.path, alone)
    shutil.copy(office.data_dir / "erased.list", alone)
    assert make_office("third", "sqlite").restore(alone / old.path.name).erased == (anna,)


def test_events_that_wait_for_the_database_are_in_it(office: Office, make_office: Callable[[str, str], Office]) -> None:
    [known, *_] = [row[0] for row in contents(office.database)["employees"]]
    waiting, of_nobody = event(known, at=MORNING + timedelta(days=9)), event(4711)
    with closing(Journal(office.data_dir / JOURNAL)) as journal:
        journal.append(waiting)
        journal.append(of_nobody)
        made = office.back_up()  # as with a kiosk running
    assert made.manifest.waiting == 2
    new = make_office("new", "sqlite")
    assert new.restore(made.path).events == 1
    assert waiting.trace_id in {entry.trace_id for entry in DatabaseAttendanceLog(new.database).history()}
    with closing(Journal(new.data_dir / JOURNAL)) as journal:
        assert [kept.trace_id for kept in journal.pending(9)] == [of_nobody.trace_id]


def test_restore_is_refused_while_a_kiosk_runs(office: Office) -> None:
    made = office.back_up()
    before = contents(office.database)
    with (
        closing(Journal(office.data_dir / JOURNAL)),
        pytest.raises(ConfigurationError, match="Another kiosk is running"),
    ):
        office.restore(made.path)
    assert contents(office.database) == before


def damage_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0x40
    path.write_bytes(content)


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def rewritten(change: Callable[[dict[str, Any]], None]) -> Callable[[Path], None]:
    """Make another manifest for the same parts."""

    def rewrite(path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        manifest = json.loads(parts["manifest.json"])
        change(manifest)
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in (parts | {"manifest.json": json.dumps(manifest).encode()}).items():
                archive.writestr(name, content)

    return rewrite


SPOILT = {
    "a byte changed": (damage_byte, "is damaged"),
    "the end missing": (cut_off, "is damaged"),
    "an empty file": (empty, "is damaged"),
    "no backup at all": (lambda path: path.write_text("hello", encoding="utf-8"), "is damaged"),
    "no such file": (Path.unlink, "there is no"),
    "a part more": (rewritten(lambda m: m["parts"].update(x={"size_bytes": 0, "sha256": ""})), "is damaged"),
    "another count of rows": (rewritten(lambda m: m["rows"].update(employees=99)), "is damaged"),
    "a newer format": (rewritten(lambda m: m.update(format=2)), "newer version"),
    "newer tables": (rewritten(lambda m: m.update(revision="999_next")), "which is newer"),
}


@pytest.mark.parametrize(("spoil", "sentence"), SPOILT.values(), ids=SPOILT)
def test_file_that_cannot_be_restored_changes_nothing(
    make_office: Callable[[str, str], Office], spoil: Callable[[Path], None], sentence: str
) -> None:
    office = make_office("office", "sqlite")
    migrations.upgrade(office.database)
    fill(office.database)
    made = office.back_up()
    before = contents(office.database)
    spoil(made.path)
    with pytest.raises(ConfigurationError, match=sentence):
        office.restore(made.path)
    assert contents(office.database) == before


def test_older_tables_are_brought_up_to_date(make_office: Callable[[str, str], Office]) -> None:
    old = make_office("old", "sqlite")
    migrations.upgrade(old.database, "003_kiosk")
    with old.database.transaction() as session:
        session.execute(text("INSERT INTO employees (full_name, email) VALUES ('Anna', 'anna@office.test')"))
    made = old.back_up()
    assert made.manifest.revision == "003_kiosk"
    new = make_office("new", "sqlite")
    new.restore(made.path)
    migrations.check(new.database)
    assert [row[1] for row in contents(new.database)["employees"]] == ["Anna"]


def test_database_of_a_newer_version_is_replaced(office: Office) -> None:
    """A new version that has failed leaves its tables behind, and the old one takes its own back."""
    made = office.back_up()
    before = without_audit(office.database)
    with office.database.transaction() as session:
        session.execute(text("CREATE TABLE devices (id INTEGER PRIMARY KEY, employee_id INTEGER REFERENCES employees)"))
        session.execute(text("ALTER TABLE employees ADD COLUMN badge TEXT"))
        session.execute(text("UPDATE alembic_version SET version_num = '999_next'"))
    office.restore(made.path)
    migrations.check(office.database)
    assert without_audit(office.database) == before


def test_readers_notice_that_the_gallery_is_another(office: Office) -> None:
    made = office.back_up()

    def version() -> int:
        with office.database.reading() as session:
            return session.execute(text("SELECT version FROM gallery_changes")).scalar_one()

    before = version()
    office.restore(made.path)
    assert version() > before


def test_the_oldest_backups_go_and_others_files_stay(make_office: Callable[[str, str], Office]) -> None:
    office = make_office("office", "sqlite")
    migrations.upgrade(office.database)
    folder = office.data_dir / "backups"
    folder.mkdir()
    others = [
        folder / name for name in ("kiosk-2-20200101T000000Z.kiosk-backup", "notes.txt", "kiosk-1-x.kiosk-backup")
    ]
    for path in others:
        path.touch()
    left_over = folder / "kiosk-1-20200101T000000Z.kiosk-backup.new"
    left_over.touch()
    made = [office.back_up(keep=3) for _ in range(5)]
    left = build_backup_dir(office.settings).paths()
    assert left == tuple(one.path for one in made[-3:])
    assert [len(one.deleted) for one in made] == [0, 0, 0, 1, 1]
    assert all(path.exists() for path in others)
    assert not left_over.exists()


def test_the_newest_stays_although_the_clock_says_it_is_the_oldest(make_office: Callable[[str, str], Office]) -> None:
    office = make_office("office", "sqlite")
    migrations.upgrade(office.database)
    (office.data_dir / "backups").mkdir()
    for year in (2040, 2041):
        (office.data_dir / "backups" / f"kiosk-1-{year}0101T000000Z.kiosk-backup").touch()
    made = office.back_up(keep=1)
    assert build_backup_dir(office.settings).paths() == (made.path,)


def test_folder_that_cannot_be_made_is_named(office: Office) -> None:
    (office.data_dir / "file").touch()
    with pytest.raises(StorageError, match="cannot be made"):
        office.back_up(office.data_dir / "file" / "folder")


def test_snapshots_that_are_not_there_are_not_named(office: Office) -> None:
    kept = office.data_dir / "static" / "debug_photos" / "2025-01-01" / "a.jpg"
    kept.parent.mkdir(parents=True)
    kept.touch()
    [known, *_] = [row[0] for row in contents(office.database)["employees"]]
    here = replace(event(known), kiosk_id="kiosk-1", photo_path=str(kept.relative_to(office.data_dir)))
    gone = replace(event(known), kiosk_id="kiosk-1", photo_path="static/debug_photos/2025-01-01/b.jpg")
    DatabaseAttendanceLog(office.database).record([here, gone])
    office.restore(office.back_up().path)
    named = {entry.trace_id: entry.photo_path for entry in DatabaseAttendanceLog(office.database).history()}
    assert (named[here.trace_id], named[gone.trace_id]) == (here.photo_path, None)


def test_archive_that_the_disk_refuses_is_not_there(office: Office) -> None:
    (office.data_dir / "portraits").mkdir()
    (office.data_dir / "portraits" / "1.jpg").write_bytes(os.urandom(900_000))
    with files_no_larger_than(700_000), pytest.raises(StorageError, match="make room there, or name another folder"):
        office.back_up()
    assert list((office.data_dir / "backups").iterdir()) == []


def test_the_devices_own_role_may_do_all_of_it(
    postgres_server: PostgresServer, tmp_path: Path, open_database: OpenDatabase
) -> None:
    """As installed on a device: the role owns its database and is no superuser."""
    if not isinstance(postgres_server, OwnServer):
        pytest.skip("roles cannot be made on a server that is not the tests' own")
    url = postgres_server.create_owned_database()
    settings = Settings(_env_file=None, data_dir=tmp_path / "office", database_url=url, timezone="Europe/Moscow")
    office = Office(settings, open_database(url))
    migrations.upgrade(office.database)
    fill(office.database)
    vera = add_person(office.database, "Vera")
    enroll(office.database, vera, 11, 12)
    with office.database.transaction() as session:
        session.execute(text("ANALYZE embeddings"))
    made = office.back_up()
    office.erase(vera)
    with office.database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM pg_stats WHERE attname = 'vector'")).scalar_one() == 0
    assert office.restore(made.path).erased == (vera,)
    with office.database.transaction() as session:
        session.execute(text("CREATE TABLE devices (id INTEGER PRIMARY KEY, employee_id INTEGER REFERENCES employees)"))
        session.execute(text("UPDATE alembic_version SET version_num = '999_next'"))
    office.restore(made.path)
    migrations.check(office.database)
    assert office.fault() == ()
