"""What every test stands on: settings of its own, a quiet log, and real databases."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy import make_url

from db import migrations
from db.session import Database, make_engine
from kiosk.config.paths import PROJECT_DIR
from kiosk.config.setting_faults import PREFIX
from kiosk.config.settings import Settings
from kiosk.core.logger import NAME as LOGGER
from kiosk.vision.model_store import ModelStore
from support import marks, resource_use
from support.migrated_databases import MigratedDatabases
from support.postgres_server import OwnServer, PostgresServer, running_server

hypothesis.settings.register_profile("kiosk", deadline=None)  # a busy machine is slow, not wrong
hypothesis.settings.load_profile("kiosk")

SERVER_URL = os.environ.get("KIOSK_TEST_DATABASE_URL")
KINDS = ("sqlite", "postgresql")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    marks.mark_and_sort(items)


@pytest.fixture(autouse=True)
def resources_are_marked(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that uses models, or a unit test that starts processes, has the mark by which it can be left out."""
    resource_use.forget()
    yield
    if complaint := resource_use.complaint(request.node):
        pytest.fail(complaint, pytrace=False)


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither the developer's .env nor their environment reaches a test, and no test their data."""
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.setitem(Settings.model_config, "env_file", None)
    monkeypatch.setenv("KIOSK_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture(autouse=True)
def own_log() -> Iterator[None]:
    """Every line reaches pytest, whatever commands were run before, in whatever test or fixture of whatever scope."""
    _untouched_log()
    yield
    _untouched_log()


def _untouched_log() -> None:
    logger = logging.getLogger(LOGGER)
    logger.handlers[:], logger.propagate, logger.disabled = [], True, False
    logger.setLevel(logging.NOTSET)  # which also forgets what the logger remembers of its levels
    logging.disable(logging.NOTSET)


@pytest.fixture(autouse=True)
def unexpected_errors(request: pytest.FixtureRequest) -> Iterator[None]:
    """A log line of level ERROR fails the test, unless it is marked expects_errors."""
    errors = _ErrorLines()
    logging.getLogger().addHandler(errors)
    yield
    logging.getLogger().removeHandler(errors)
    if errors.lines and request.node.get_closest_marker("expects_errors") is None:
        pytest.fail("unexpected error in the log: " + "; ".join(errors.lines), pytrace=False)


class _ErrorLines(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """The server named in KIOSK_TEST_DATABASE_URL, or one that is started for this run."""
    if SERVER_URL is not None:
        yield PostgresServer(SERVER_URL, disposable=False)
        return
    try:
        with running_server() as server:
            yield server
    except RuntimeError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="module")
def own_postgres_server() -> Iterator[OwnServer]:
    """A server of this module's tests alone, which stop it and start it again."""
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_databases(postgres_server: PostgresServer) -> Iterator[MigratedDatabases]:
    """PostgreSQL databases with all tables and no rows, for one test after another."""
    template = postgres_server.create_database()
    _migrate(template)
    databases = MigratedDatabases(postgres_server, str(make_url(template).database))
    yield databases
    databases.close()
    postgres_server.drop_database(template)


@pytest.fixture(scope="session")
def model_store() -> ModelStore:
    """The installed models."""
    return ModelStore(PROJECT_DIR / "models", Path("/nonexistent"))


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all tables and no rows, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "kiosk.db"
    _migrate(f"sqlite:///{path}")
    return path


def _migrate(url: str) -> None:
    with closing(Database(make_engine(url))) as database:
        migrations.upgrade(database)


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """A SQLite database of this test alone, migrated."""
    path = tmp_path / "kiosk.db"
    shutil.copy2(migrated_sqlite, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(migrated_databases: MigratedDatabases) -> Iterator[str]:
    """A PostgreSQL database of this test alone, migrated."""
    url = migrated_databases.lend()
    yield url
    migrated_databases.take_back(url)


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'empty' / 'kiosk.db'}"


@pytest.fixture
def empty_postgresql_url(postgres_server: PostgresServer) -> Iterator[str]:
    url = postgres_server.create_database()
    yield url
    postgres_server.drop_database(url)


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest) -> str:
    """The test runs on each kind of database, migrated and empty."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=KINDS)
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """The test runs on each kind of database, without any table."""
    return str(request.getfixturevalue(f"empty_{request.param}_url"))


@pytest.fixture
def open_database() -> Iterator[Callable[[str], Database]]:
    """Open databases by their URL, and close them after the test."""
    with ExitStack() as opened:
        yield lambda url: opened.enter_context(closing(Database(make_engine(url))))


@pytest.fixture
def database(database_url: str, open_database: Callable[[str], Database]) -> Database:
    """The test runs on each kind of database, migrated and open."""
    return open_database(database_url)
