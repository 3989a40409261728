"""Addresses of databases that cannot be used: a sentence each, and no part of a password in it."""

import traceback

import pytest
from sqlalchemy import text

from db.session import Database, make_engine
from kiosk.errors import ConfigurationError, KioskError, StorageError

REFUSED = {
    "no address": ("somewhere", ConfigurationError, "neither postgresql://"),
    "empty": ("", ConfigurationError, "neither postgresql://"),
    "another server": ("mysql://u:hunter2@127.0.0.1/kiosk", ConfigurationError, "neither postgresql://"),
    "unknown driver": ("nothing://u:hunter2@127.0.0.1/kiosk", ConfigurationError, "neither postgresql://"),
    "@ in the password": ("postgresql://u:hunter2@hunter2@127.0.0.1/kiosk", ConfigurationError, "%40"),
    "/ and @ in the password": ("postgresql://u:x@y/hunter2@127.0.0.1/kiosk", ConfigurationError, "%40"),
    "port is no number": ("postgresql://u:x@h:hunter2/kiosk", ConfigurationError, "neither postgresql://"),
    "in memory": ("sqlite://", ConfigurationError, "forget everything"),
    "in memory, named": ("sqlite:///:memory:", ConfigurationError, "forget everything"),
    "unknown option": ("postgresql://u:hunter2@127.0.0.1:1/kiosk?colour=red", ConfigurationError, "not understood"),
    "nobody listens": ("postgresql://u:hunter2@127.0.0.1:1/kiosk", StorageError, "check that the server runs"),
    "another driver": ("postgresql+psycopg://u:hunter2@127.0.0.1:1/kiosk", StorageError, "check that the server runs"),
    "no such socket": ("postgresql://u:hunter2@/kiosk?host=/nowhere", StorageError, "check that the server runs"),
    "folder cannot be made": (
        "sqlite:////proc/nowhere/kiosk.db",
        StorageError,
        "/proc/nowhere/kiosk.db cannot be made",
    ),
    "a folder": ("sqlite:////proc", StorageError, "the file cannot be opened"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_unusable_address_is_refused_without_its_password(name: str) -> None:
    url, kind, words = REFUSED[name]
    with pytest.raises(KioskError, match=words) as refused:
        _use(url)
    assert type(refused.value) is kind
    assert "\n" not in str(refused.value)
    assert "hunter2" not in str(refused.value)
    chain = traceback.format_exception(refused.value)
    assert "hunter2" not in "".join(line for line in chain if "Error" in line)


def _use(url: str) -> None:
    database = Database(make_engine(url))
    try:
        with database.transaction() as session:
            session.execute(text("SELECT 1"))
    finally:
        database.close()


@pytest.mark.parametrize(
    ("url", "description"),
    [
        ("postgresql://u:hunter2@db.office.local:5433/kiosk", "PostgreSQL kiosk on db.office.local"),
        ("postgresql://u:hunter2@/kiosk?host=/run/postgresql", "PostgreSQL kiosk on /run/postgresql"),
        ("postgresql:///kiosk", "PostgreSQL kiosk on the local socket"),
    ],
)
def test_description_names_the_database_without_password(url: str, description: str) -> None:
    assert Database(make_engine(url)).description == description
