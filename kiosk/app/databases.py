"""Opens the database of the settings: for one command, for a kiosk that may start without it, or as it is."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

from db import migrations
from db.database_file import require_kiosk_file, require_own_file
from db.session import Database, make_engine, sqlite_path
from db.time_limits import COMMAND_LIMITS, LONG_LIMITS, TimeLimits, door_limits
from kiosk.app.storage import build_audit_anchor, make_data_dir, traces_of_use
from kiosk.config.settings import Settings
from kiosk.core.logger import log
from kiosk.errors import StorageError


def limits_at_door(settings: Settings) -> TimeLimits:
    """Return the limits of those connections that people at the door wait for."""
    return door_limits(settings.database_timeout_s)


@contextmanager
def open_database(settings: Settings, limits: TimeLimits = COMMAND_LIMITS) -> Iterator[Database]:
    """Open the database for one command; on closing, the audit log's anchor is updated.

    limits: how long its connections wait. SQLite's tables are migrated automatically, PostgreSQL's only by `kiosk db
    upgrade`. Raises ConfigurationError when the tables are not up to date, StorageError when the database is away.
    """
    with closing(_connect(settings, limits)) as database:
        yield database
        with suppress(StorageError):  # a doubtful anchor is for `kiosk audit verify` to tell
            build_audit_anchor(settings).update(database)


@contextmanager
def open_database_or_wait(settings: Settings, limits: TimeLimits) -> Iterator[Database]:
    """Open the database, also while it does not answer: the kiosk starts without it and keeps trying.

    limits: how long its connections wait. Raises ConfigurationError when the tables are not up to date.
    """
    try:
        database = _connect(settings, limits)
    except StorageError as error:
        log(logging.WARNING, "database.away_at_start", reason=error)
        if sqlite_path(settings.effective_database_url) is None:  # beside a missing file it would be a trace of use
            with suppress(StorageError):
                build_audit_anchor(settings).begin(None)
        database = Database(make_engine(settings.effective_database_url, limits))
    with closing(database):
        yield database


@contextmanager
def open_database_as_it_is(settings: Settings) -> Iterator[Database]:
    """Open the database, for long work; its tables may be missing or of another version.

    Raises ConfigurationError for a SQLite file that is damaged or another program's, which must not be written over.
    """
    make_data_dir(settings)
    if (path := sqlite_path(settings.effective_database_url)) is not None:
        require_kiosk_file(path)
    with closing(Database(make_engine(settings.effective_database_url, LONG_LIMITS))) as database:
        yield database


def require_own_database(settings: Settings) -> None:
    """Raise ConfigurationError when SQLite's file is gone or none of this device's; a server is not looked at."""
    if (path := sqlite_path(settings.effective_database_url)) is not None:
        require_own_file(path, traces_of_use(settings))


def _connect(settings: Settings, limits: TimeLimits) -> Database:
    require_own_database(settings)
    database = Database(make_engine(settings.effective_database_url, limits))
    try:
        if settings.database_url is None:
            migrations.upgrade(database)
        else:
            migrations.require_head(database)
        with suppress(StorageError):  # a new device's anchor is there before its first row
            build_audit_anchor(settings).begin(database)
    except BaseException:
        database.close()
        raise
    return database
