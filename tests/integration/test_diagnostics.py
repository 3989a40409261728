"""What stands behind the diagnostics: readings, a backup with its progress, and a report that names nobody."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import text

from db import migrations
from db.session import Database
from kiosk.app.diagnostics import Diagnostics, RunningKiosk
from kiosk.app.doctor import write_device_report
from kiosk.app.models import LoadedModels
from kiosk.config.settings import Settings
from kiosk.core.logger import log
from kiosk.core.power import PowerAccess, PowerAction
from kiosk.core.recent_errors import keep_recent_errors
from kiosk.errors import PowerRefused, StorageError
from support.backed_up_office import Office
from support.filled_database import fill

pytestmark = pytest.mark.models


@pytest.fixture
def office(make_office: Callable[[str, str], Office]) -> Office:
    """On SQLite, for none of this depends on the database."""
    made = make_office("office", "sqlite")
    migrations.upgrade(made.database)
    fill(made.database)
    return made


@pytest.fixture
def diagnostics(office: Office, loaded_models: LoadedModels, monkeypatch: pytest.MonkeyPatch) -> Diagnostics:
    """On a machine without a message bus."""
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={office.settings.data_dir}/no-bus")
    return Diagnostics(office.settings, office.database, loaded_models.embedder, RunningKiosk())


def names_of(database: Database) -> list[str]:
    with database.reading() as session:
        rows = session.execute(text("SELECT full_name, email FROM employees")).all()
    return [word for full_name, email in rows for word in (full_name, email) if word]


def test_the_report_names_nobody_and_holds_no_secret(office: Office, tmp_path: Path):
    private = {
        "office_name": "North Yard",
        "office_responsible": "Mary Swan",
        "source": "rtsp://admin:open-sesame@192.0.2.7/door",
    }
    settings = office.settings.model_copy(update=private)
    settings.model_fields_set.update(private)
    with keep_recent_errors() as errors:
        log(logging.WARNING, "camera.lost", source="0")
        path = write_device_report(settings, tmp_path, errors.latest)
    with ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert set(parts) == {"README.txt", "doctor.json", "settings.txt", "status.json", "machine.json", "errors.txt"}
    assert "camera.lost source=0" in parts["errors.txt"] and '"subject": "database"' in parts["doctor.json"]
    everything = "\n".join(parts.values())
    hidden = [*names_of(office.database), *private.values(), "open-sesame", str(Path.home())]
    assert len(hidden) > 5
    assert [word for word in hidden if word in everything] == []
    assert "cooldown_s = 300" in parts["settings.txt"]


def test_a_folder_that_is_gone_is_said_and_leaves_nothing(office: Office, tmp_path: Path):
    with pytest.raises(StorageError, match="cannot be written"):
        write_device_report(office.settings, tmp_path / "pulled-out")


def test_a_backup_is_made_and_says_how_far_it_is(diagnostics: Diagnostics, office: Office):
    assert diagnostics.device_state().backed_up_at is None
    steps: list[tuple[str, int, int]] = []
    path = diagnostics.back_up(lambda what, done, total: steps.append((what, done, total)))
    assert office.backup_file(path).verify().rows["employees"] > 0
    assert {what for what, _, _ in steps} >= {"packing"}
    assert all(0 <= done <= total for _, done, total in steps)
    assert diagnostics.device_state().backed_up_at is not None


def test_the_state_of_a_device_that_nobody_watches(diagnostics: Diagnostics):
    state = diagnostics.device_state()
    assert (state.restart, state.switch_off) == (PowerAccess.ABSENT, PowerAccess.ABSENT)
    assert (state.recognition.people, state.recognition.one_stranger_in, state.camera.status) == (0, None, None)
    assert state.machine.free_disk_bytes


def test_who_switches_the_device_off_stands_in_the_audit_log(diagnostics: Diagnostics, office: Office):
    with pytest.raises(PowerRefused):
        diagnostics.request_power(PowerAction.SWITCH_OFF)
    with office.database.reading() as session:
        query = "SELECT actor, details FROM audit_log WHERE action = 'power'"
        ((actor, details),) = session.execute(text(query)).all()
    assert actor == "admin" and "switch_off" in str(details)


def test_a_camera_s_password_is_not_shown(office: Office, loaded_models: LoadedModels):
    settings: Settings = office.settings.model_copy(update={"source": "rtsp://admin:open-sesame@192.0.2.7/door"})
    state = Diagnostics(settings, office.database, loaded_models.embedder, RunningKiosk()).device_state()
    assert state.camera.address == "rtsp://192.0.2.7/door"
