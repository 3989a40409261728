"""What the tests of the API share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db.session import Database
from kiosk.app.models import LoadedModels, open_models
from kiosk.config.settings import Settings
from support.api_client import Api, opened_api
from support.builders import make_settings


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
