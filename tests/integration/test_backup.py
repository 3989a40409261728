"""What a backup gives back: everything, on any database, but those who have been erased since."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from db import migrations
from db.attendance_log import DatabaseAttendanceLog
from db.consents import record_consent
from db.database_dump import is_empty
from db.session import Database
from kiosk.attendance.journal import FILE_NAME as JOURNAL
from kiosk.attendance.journal import Journal
from kiosk.config.settings import Settings
from kiosk.errors import ConfigurationError
from kiosk.security import audit_verification
from kiosk.security.audit_heads import read_head
from kiosk.security.audit_verification import KnownHead
from support.backed_up_office import Office
from support.builders import event
from support.database_rows import add_person, enroll
from support.fakes import MORNING
from support.filled_database import contents, fill
from support.postgres_server import OwnServer, PostgresServer

KINDS = ("sqlite", "postgresql")


def without_audit(database: Database) -> dict[str, object]:
    return {name: rows for name, rows in contents(database).items() if not name.startswith("audit")}


@pytest.mark.parametrize("to", KINDS)
def test_everything_comes_back_on_an_empty_device(
    office: Office, to: str, make_office: Callable[[str, str], Office]
) -> None:
    (office.data_dir / "calibration.toml").write_text("people = 1\n", encoding="utf-8")
    made = office.back_up()
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert office.backup_file(made.path).verify() == made.manifest

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


def test_the_devices_own_role_may_do_all_of_it(
    postgres_server: PostgresServer, tmp_path: Path, open_database: Callable[[str], Database]
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
