"""What the tests of the API share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db import migrations
from db.session import Database
from kiosk.app.models import LoadedModels, open_models
from kiosk.config.settings import Settings
from support.api_client import Api, opened_api
from support.backed_up_office import Office
from support.builders import make_settings
from support.filled_database import fill
from support.scim_directory import Directory


@pytest.fixture(scope="session")
def loaded_models(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LoadedModels]:
    """The real networks, loaded once."""
    data_dir: Path = tmp_path_factory.mktemp("loaded_models")
    with open_models(Settings(_env_file=None, data_dir=data_dir)) as opened:
        yield opened


@pytest.fixture
def api(database_url: str, database: Database, loaded_models: LoadedModels, tmp_path: Path) -> Iterator[Api]:
    settings = make_settings(tmp_path / "data", database_url=database_url, api_requests_per_minute=100_000)
    with opened_api(settings, loaded_models, database) as opened:
        yield opened


@pytest.fixture
def database_of_api(sqlite_url: str, open_database: Callable[[str], Database]) -> Database:
    return open_database(sqlite_url)


@pytest.fixture
def api_on_sqlite(
    sqlite_url: str, database_of_api: Database, loaded_models: LoadedModels, tmp_path: Path
) -> Iterator[Api]:
    """For what does not depend on the database."""
    settings = make_settings(tmp_path / "data", database_url=sqlite_url, api_requests_per_minute=100_000)
    with opened_api(settings, loaded_models, database_of_api) as opened:
        yield opened


@pytest.fixture
def make_office(
    request: pytest.FixtureRequest, tmp_path: Path, open_database: Callable[[str], Database]
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


@pytest.fixture(params=("sqlite", "postgresql"))
def office(request: pytest.FixtureRequest, make_office: Callable[[str, str], Office]) -> Office:
    office = make_office("office", request.param)
    migrations.upgrade(office.database)
    fill(office.database)
    return office


@pytest.fixture
def directory(database: Database) -> Directory:
    return Directory(database)


@pytest.fixture
def scim_people(directory: Directory) -> Directory:
    """Anna, Boris and Vera, who has no address."""
    directory.create()
    directory.create(
        userName="boris", externalId="2", displayName="Борис Годунов", active=False, emails=[{"value": "b@office.test"}]
    )
    directory.create(userName="vera", externalId="3", displayName="Vera Pavlovna", emails=[])
    return directory
