"""Builds what keeps files in the data directory."""

from __future__ import annotations

from pathlib import Path

from kiosk.attendance import journal
from kiosk.config.settings import Settings
from kiosk.core import erasure_list
from kiosk.core.storage import SnapshotStore
from kiosk.employees.portraits import Portraits
from kiosk.errors import ConfigurationError
from kiosk.jobs import clock_watch
from kiosk.recognition import gallery_cache
from kiosk.security import audit_anchor
from kiosk.security.audit_anchor import AuditAnchor
from kiosk.vision.jpeg import encode_jpeg


def make_data_dir(settings: Settings) -> None:
    """Make the data directory if it is missing, for the kiosk's user alone. Raises ConfigurationError."""
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(
            f"the data directory {settings.data_dir} cannot be made: {error.strerror}; set KIOSK_DATA_DIR"
        ) from error


def build_snapshot_store(settings: Settings) -> SnapshotStore:
    return SnapshotStore(settings.data_dir, settings.zone, encode_jpeg)


def build_portraits(settings: Settings) -> Portraits:
    return Portraits(settings.data_dir, encode_jpeg)


def traces_of_use(settings: Settings) -> tuple[Path, ...]:
    """Return the paths of files that a new device does not have; they are there once it has been used."""
    names = audit_anchor.FILE_NAME, erasure_list.FILE_NAME, gallery_cache.FILE_NAME
    return tuple(settings.data_dir / name for name in names)


def build_audit_anchor(settings: Settings) -> AuditAnchor:
    """Return the audit log's anchor: the length and hash that this device last saw."""
    used = ("kiosk.db", journal.FILE_NAME, gallery_cache.FILE_NAME, erasure_list.FILE_NAME, clock_watch.FILE_NAME)
    return AuditAnchor(settings.data_dir / audit_anchor.FILE_NAME, (settings.data_dir / name for name in used))
