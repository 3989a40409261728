"""Builds what delivers changes of the attendance to receivers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.feed import FeedSignal
from db.session import Database
from db.time_limits import SERVICE_LIMITS
from kiosk.app.attendance_config import build_stay_rules
from kiosk.app.databases import open_database_or_wait
from kiosk.app.device_claim import has_run, identity_path
from kiosk.app.health import build_device_probe
from kiosk.app.storage import make_data_dir
from kiosk.config.settings import Settings
from kiosk.core.clock import SystemClock
from kiosk.core.file_locks import try_lock
from kiosk.core.files import reason_of
from kiosk.errors import ConfigurationError
from kiosk.monitoring.device_identity import read_or_make_identity
from kiosk.receivers import local_receivers
from kiosk.receivers.administration import ReceiverAdministration
from kiosk.receivers.deliverer import Deliverer
from kiosk.receivers.factory import ReceiverFactory
from kiosk.receivers.local_receivers import LocalReceivers
from kiosk.receivers.outbox import Outbox

LOCK_FILE = "deliver.lock"


def local_receivers_of(settings: Settings) -> LocalReceivers:
    return LocalReceivers(settings.data_dir / local_receivers.FOLDER)


def build_receiver_administration(settings: Settings, database: Database) -> ReceiverAdministration:
    return ReceiverAdministration(database, _build_factory(settings, database))


@contextmanager
def open_deliverer(settings: Settings) -> Iterator[Deliverer]:
    """Open what delivers from this data directory, also while the database is away.

    Raises ConfigurationError when another process does already, or the tables are not up to date.
    """
    make_data_dir(settings)
    with _only_one(settings.data_dir / LOCK_FILE), open_database_or_wait(settings, SERVICE_LIMITS) as database:
        identity = read_or_make_identity(identity_path(settings), used_before=has_run(settings))
        outbox = Outbox(database, identity.device_id)
        yield Deliverer(outbox, FeedSignal(database), _build_factory(settings, database), SystemClock())


def _build_factory(settings: Settings, database: Database) -> ReceiverFactory:
    return ReceiverFactory(
        local=local_receivers_of(settings),
        database=database,
        kiosk_id=settings.kiosk_id,
        stays=build_stay_rules(settings),
        clock=SystemClock(),
        probe_health=build_device_probe(settings).probe,
    )


@contextmanager
def _only_one(path: Path) -> Iterator[None]:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise ConfigurationError(f"{path}: {reason_of(error)}; check its owner and the disk") from error
    try:
        if not try_lock(descriptor):
            raise ConfigurationError("`kiosk deliver` runs on this data directory already")
        yield
    finally:
        os.close(descriptor)
