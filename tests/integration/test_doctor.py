"""The doctor looks without touching, and says what to do next."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from db import audit_log, migrations
from db.session import Database, make_engine
from kiosk.app.backup import build_backup_creator, build_key_store
from kiosk.app.databases import open_database
from kiosk.app.doctor import build_examined_device
from kiosk.attendance.journal import FILE_NAME, Journal
from kiosk.backup.backup_dir import TIME_FORMAT
from kiosk.config.settings import Settings
from kiosk.doctor.examination import CHECKS, examine
from kiosk.doctor.findings import Finding, Level
from kiosk.doctor.liveness import liveness
from kiosk.domain.liveness import LivenessMode
from kiosk.monitoring.status import LivenessReport
from kiosk.security.admin_password import AdminPassword
from kiosk.security.recovery_key import make_recovery_key
from support.builders import event, make_settings
from support.database_rows import add_person, enroll
from support.kiosk_status import status

pytestmark = pytest.mark.models


def found(settings: Settings) -> dict[str, Finding]:
    """Return the worst finding on each subject."""
    order = [Level.OK, Level.WARNING, Level.FAILED]
    findings = sorted(examine(build_examined_device(settings)), key=lambda finding: order.index(finding.level))
    assert all(finding.next_step for finding in findings if finding.level is not Level.OK)
    return {finding.subject: finding for finding in findings}


def test_new_device_lacks_things_and_nothing_but_the_password_has_failed(tmp_path: Path) -> None:
    seen = found(make_settings(tmp_path / "data"))
    assert {subject for subject, _, _ in CHECKS} - {"permissions", "directory"} <= seen.keys(), "no directory is asked"
    assert [subject for subject, finding in seen.items() if finding.level is Level.FAILED] == ["password"]
    assert not (tmp_path / "data").exists(), "it only looks"


def test_well_kept_device(database: Database, database_url: str, tmp_path: Path) -> None:
    settings = make_settings(tmp_path / "data", database_url=database_url)
    settings.data_dir.mkdir(mode=0o700)
    build_key_store(settings).use_recovery_key(make_recovery_key())
    build_backup_creator(settings, database).create(3, lambda *_: None)
    assert "kiosk admin set-password" in str(found(settings)["password"].next_step)
    AdminPassword(database).choose("right-password")
    seen = found(settings)
    for subject in (
        "password",
        "data directory",
        "disk",
        "permissions",
        "models",
        "database",
        "tables",
        "journal",
        "backup",
        "keys",
    ):
        assert seen[subject].level is Level.OK, seen[subject]
    assert "nobody is enrolled" in seen["templates"].sentence
    enroll(database, add_person(database), 1, model_version="another")
    assert "kiosk enroll" in str(found(settings)["templates"].next_step)


def test_tables_of_other_versions(
    empty_database_url: str, open_database: Callable[[str], Database], tmp_path: Path
) -> None:
    settings = make_settings(tmp_path / "data", database_url=empty_database_url)
    assert "db upgrade" in str(found(settings)["tables"].next_step)
    database = open_database(empty_database_url)
    migrations.upgrade(database)
    with database.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '999_next'"))
    newer = found(settings)["tables"]
    assert newer.level is Level.FAILED
    assert "newer version" in newer.sentence


def test_what_is_left_of_an_overwritten_database_is_named(tmp_path: Path) -> None:
    settings = make_settings(tmp_path / "data")
    with open_database(settings):
        pass
    assert "replaced log" not in found(settings)
    (settings.data_dir / "kiosk.db-wal.replaced").write_bytes(b"faces")
    finding = found(settings)["replaced log"]
    assert (finding.level, "deleted after a week" in finding.sentence) == (Level.WARNING, True)


def test_anchor_that_was_removed_or_does_not_fit_is_a_fault(tmp_path: Path) -> None:
    settings = make_settings(tmp_path / "data")
    with open_database(settings) as database, database.transaction() as session:
        audit_log.append(session, "cli:anna", "edit")
    assert found(settings)["audit log"].level is Level.OK
    anchor = settings.data_dir / "audit.head"
    for content, words in ((f"1 {'0' * 64}", "cut off or exchanged"), ("", "damaged")):
        anchor.write_text(content and f"{content}\n", encoding="ascii")
        assert found(settings)["audit log"].level is Level.FAILED
        assert words in found(settings)["audit log"].sentence
    anchor.unlink()
    assert "is missing" in found(settings)["audit log"].sentence
    assert not anchor.exists(), "it only looks"


def test_older_file_is_left_as_it_is(tmp_path: Path) -> None:
    settings = make_settings(tmp_path / "data")
    with closing(Database(make_engine(f"sqlite:///{settings.data_dir / 'kiosk.db'}"))) as database:
        migrations.upgrade(database, "002_add_indexes")
        assert found(settings)["tables"].level is Level.WARNING
        assert migrations.current(database) == "002_add_indexes"


def test_database_that_is_away(tmp_path: Path) -> None:
    seen = found(make_settings(tmp_path / "data", database_url="postgresql://kiosk:secret@127.0.0.1:1/kiosk"))
    assert seen["database"].level is Level.FAILED
    assert "secret" not in seen["database"].sentence


def test_what_others_may_read_and_what_waits(tmp_path: Path) -> None:
    settings = make_settings(tmp_path / "data")
    settings.data_dir.mkdir(mode=0o755)
    with closing(Journal(settings.data_dir / FILE_NAME)) as journal:
        journal.append(event())
        seen = found(settings)
    assert "chmod" in str(seen["permissions"].next_step)
    assert "1 event(s) wait" in seen["journal"].sentence


def test_old_backup_is_pointed_out(tmp_path: Path) -> None:
    settings = make_settings(tmp_path / "data")
    settings.effective_backup_dir.mkdir(parents=True)
    made_at = datetime.now(UTC) - timedelta(days=5)
    (settings.effective_backup_dir / f"door-{made_at:{TIME_FORMAT}}.kiosk-backup").touch(mode=0o600)
    assert "5 days ago" in found(settings)["backup"].sentence


def test_source_that_cannot_be_opened(tmp_path: Path) -> None:
    camera = found(make_settings(tmp_path / "data", source="http://127.0.0.1:1/stream"))["camera"]
    assert camera.level is Level.FAILED


def test_what_is_done_about_photographs_and_what_was_seen_is_said(tmp_path: Path) -> None:
    settings = make_settings(tmp_path, liveness=LivenessMode.OFF)
    assert found(settings)["liveness"].next_step == "set KIOSK_LIVENESS=watch"
    watching = make_settings(tmp_path, liveness=LivenessMode.WATCH)
    assert found(watching)["liveness"].level is Level.OK
    seen = LivenessReport(mode="watch", visits={"live": 7, "attack": 2}, furniture=1)
    settings.status_path.write_text(status(liveness=seen).model_dump_json(), encoding="utf-8")
    sentences = [finding.sentence for finding in liveness(build_examined_device(watching))]
    assert "of 9 visits since the start 7 looked live, 2 like a picture, 0 were too short" in sentences[0]
    assert "a face before the camera did not change for minutes" in sentences[1]
