"""Builds the device's claim on its name."""

from __future__ import annotations

import socket
from pathlib import Path

from db.device_claims import DeviceRun
from db.session import Database
from kiosk.app.mode import Mode, journal_path
from kiosk.config.settings import Settings
from kiosk.monitoring import device_identity
from kiosk.monitoring.device_claim import DeviceClaim, claim_name
from kiosk.monitoring.device_identity import read_or_make_identity


def identity_path(settings: Settings) -> Path:
    return settings.data_dir / device_identity.FILE_NAME


def build_device_claim(settings: Settings, database: Database, *, used_before: bool) -> DeviceClaim:
    """used_before: as in read_or_make_identity."""
    identity = read_or_make_identity(identity_path(settings), used_before=used_before)
    return DeviceClaim(database, settings.kiosk_id, identity)


def has_run(settings: Settings) -> bool:
    """Tell whether a kiosk has ever run on the data directory."""
    return journal_path(settings, Mode.DOOR).exists()


def claim_after_restore(settings: Settings, database: Database) -> None:
    """Give this device its name, whoever has it: what has been restored is this device's now. Raises StorageError."""
    identity = read_or_make_identity(identity_path(settings), used_before=False)
    run = DeviceRun(identity.device_id, None, socket.gethostname())
    claim_name(database, settings.kiosk_id, run, take_over=True, begins=True)
