"""The nightly pull from a real OpenLDAP, and what the doctor says of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from db import audit_log
from db.session import Database
from kiosk.app.directory_pull import pull_directory
from kiosk.app.doctor import build_examined_device
from kiosk.config.settings import Settings
from kiosk.doctor.directory import directory
from kiosk.doctor.findings import Level
from kiosk.employees.pull_report import FILE_NAME
from kiosk.employees.store import EmployeeStore
from support.builders import make_settings
from support.certificates import Authority
from support.ldap_server import BASE, PASSWORD, LdapServer, inetorg, ldap_server

ALL = [inetorg(f"p{number}", f"Person {number}", employeeNumber=str(number)) for number in range(10)]


@pytest.fixture
def settings(sqlite_url: str, tmp_path: Path) -> Settings:
    (tmp_path / "data").mkdir()
    return make_settings(
        tmp_path / "data",
        database_url=sqlite_url,
        directory_file=tmp_path / "ldap.toml",
        directory_deactivate_missing=True,
    )


@pytest.fixture
def database(sqlite_url: str, open_database: Callable[[str], Database]) -> Database:
    return open_database(sqlite_url)


def point_at(settings: Settings, server: LdapServer) -> None:
    assert settings.directory_file is not None
    settings.directory_file.touch(0o600)
    settings.directory_file.write_text(
        f'uri = "{server.ldaps}"\nkind = "openldap"\nbase = "{BASE}"\nbind_dn = "cn=kiosk,{BASE}"\n'
        f'password = "{PASSWORD}"\nca_file = "{server.ca_file}"\n'
    )


def told(settings: Settings) -> tuple[Level, str]:
    (finding,) = directory(build_examined_device(settings))
    return finding.level, finding.sentence


def test_people_come_at_night_and_never_leave_in_crowds(
    settings: Settings, database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with ldap_server(tmp_path / "all", *ALL) as server:
        point_at(settings, server)
        pull_directory(settings, database)
    assert len(EmployeeStore(database).list()) == 10
    assert told(settings) == (Level.OK, "last night 10 people were changed, 0 could not be taken, and 0 are not in the "
        "directory any more and were left as they are")  # fmt: skip
    with database.reading() as session:
        assert {row.actor for row in audit_log.entries(session) if row.action == "create"} == {"directory"}
    with ldap_server(tmp_path / "seven", *ALL[:7]) as server:
        point_at(settings, server)
        pull_directory(settings, database)
    assert all(person.is_active for person in EmployeeStore(database).list())
    level, sentence = told(settings)
    assert level is Level.WARNING
    assert sentence.startswith("last night nobody was changed: 3 of 10 people would be deactivated, more than 20%")
    assert "directory.not_pulled" in caplog.text and "Person" not in caplog.text and PASSWORD not in caplog.text


def test_a_directory_that_is_away_changes_nobody(settings: Settings, database: Database, tmp_path: Path) -> None:
    ca_file = Authority(tmp_path).ca
    point_at(settings, LdapServer("ldap://localhost:1", "ldaps://localhost:1", ca_file))
    pull_directory(settings, database)
    level, sentence = told(settings)
    assert level is Level.WARNING and sentence.startswith("last night nobody was changed")
    assert EmployeeStore(database).list() == ()


def test_without_the_setting_nothing_is_asked_and_nothing_said(settings: Settings, database: Database) -> None:
    (settings.data_dir / FILE_NAME).write_text('{"at": "2026-11-27T00:00:00Z"}')
    off = settings.model_copy(update={"directory_file": None})
    assert pull_directory(off, database) is None
    assert list(directory(build_examined_device(off))) == []
