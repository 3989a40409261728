"""A real broker, and what there is around a receiver that talks to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db.session import Database
from kiosk.receivers.port import ReceiverContext
from support.mosquitto import Mosquitto, running_broker
from support.mqtt_receivers import VERSIONS
from support.receiver_context import make_context


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Mosquitto]:
    with running_broker(tmp_path / "broker") as started:
        yield started


@pytest.fixture
def context(database_on_sqlite: Database, tmp_path: Path) -> ReceiverContext:
    return make_context(database_on_sqlite, tmp_path / "state")


@pytest.fixture
def database_on_sqlite(sqlite_url: str, open_database: Callable[[str], Database]) -> Database:
    return open_database(sqlite_url)
