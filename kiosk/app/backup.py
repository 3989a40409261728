"""Builds what makes backups and restores them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path

from db.session import Database
from kiosk.attendance import journal
from kiosk.attendance.journal import Journal
from kiosk.backup.backup_dir import BackupDirectory
from kiosk.backup.create import BackupCreator, DeviceFiles
from kiosk.backup.restore import Restorer
from kiosk.config import first_run_config
from kiosk.config.settings import Settings
from kiosk.core.clock import SystemClock
from kiosk.employees.portraits import PORTRAIT_FOLDER
from kiosk.recognition import calibration, gallery_cache
from kiosk.security.key_store import KeyStore


def build_backup_dir(settings: Settings, folder: Path | None = None) -> BackupDirectory:
    folder = (folder or settings.effective_backup_dir).absolute()
    return BackupDirectory(folder, settings.kiosk_id, build_key_store(settings))


def build_key_store(settings: Settings) -> KeyStore:
    return KeyStore(settings.effective_key_dir, SystemClock())


def build_backup_creator(settings: Settings, database: Database, folder: Path | None = None) -> BackupCreator:
    return BackupCreator(database, _device_files(settings), build_backup_dir(settings, folder), SystemClock())


@contextmanager
def open_restorer(settings: Settings, database: Database) -> Iterator[Restorer]:
    """Build the restorer; until it is closed, no kiosk can start on the data directory.

    Raises ConfigurationError when one runs.
    """
    with closing(Journal(_device_files(settings).journal_path)) as events:
        copies = (settings.data_dir / gallery_cache.FILE_NAME,)
        yield Restorer(database, events, _device_files(settings), copies, (settings.effective_backup_dir,))


def _device_files(settings: Settings) -> DeviceFiles:
    return DeviceFiles(
        data_dir=settings.data_dir,
        journal_path=settings.data_dir / journal.FILE_NAME,
        files=(calibration.FILE_NAME, first_run_config.FILE_NAME, PORTRAIT_FOLDER.as_posix()),
        kiosk_id=settings.kiosk_id,
        version=version("face-attendance-kiosk"),
    )
