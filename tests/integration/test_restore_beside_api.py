"""The HTTP API goes on while a backup is restored under it, and answers with what was restored."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.session import Database
from kiosk.app.backup import build_backup_creator, build_key_store, open_restorer
from kiosk.app.models import LoadedModels
from kiosk.backup.archive import BackupFile
from kiosk.config.settings import Settings
from kiosk.core.context import acting_as
from support.api_client import Api, opened_api
from support.builders import make_settings

EMPLOYEES = "/api/v1/employees"


def nothing(*_: object) -> None:
    """Progress that nobody watches."""


def back_up(settings: Settings, database: Database) -> Path:
    return build_backup_creator(settings, database).create(9, nothing).path


def restore(settings: Settings, database: Database, path: Path) -> None:
    with acting_as("cli:anna"), open_restorer(settings, database) as restorer:
        restorer.restore(BackupFile(path, build_key_store(settings).find), nothing)


def names(api: Api) -> list[str]:
    return [person["full_name"] for person in api.client.get(f"{EMPLOYEES}/", headers=api.read).json()]


@pytest.mark.parametrize("photograph", ["obama2.jpg"])
def test_it_answers_with_what_was_restored(
    database: Database, database_url: str, loaded_models: LoadedModels, tmp_path: Path, photograph: str
) -> None:
    settings = make_settings(tmp_path / "data", database_url=database_url)
    with opened_api(settings, loaded_models, database) as api:
        first = api.enroll("obama.jpg", full_name="First", email="first@office.test").json()["employee"]
        backup = back_up(settings, database)
        assert api.client.post(f"{EMPLOYEES}/{first['id']}/erase", headers=api.write).status_code == 200
        second = api.enroll("obama.jpg", full_name="Second", email="second@office.test").json()["employee"]
        assert api.detect(photograph).json()["employee_id"] == second["id"]
        later = back_up(settings, database)

        restore(settings, database, backup)
        assert names(api) == ["First"]
        assert api.detect(photograph).json()["status"] == "unknown", "who was erased is not recognised"

        restore(settings, database, later)
        assert names(api) == ["First", "Second"]
        assert api.detect(photograph).json()["employee_id"] == second["id"]
        third = api.create(full_name="Third", email="third@office.test")
        assert third["id"] > second["id"]
