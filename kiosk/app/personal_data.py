"""Builds what erases and exports a person's data."""

from __future__ import annotations

from db.session import Database
from kiosk.app.storage import build_snapshot_store
from kiosk.config.settings import Settings
from kiosk.employees.erase import Eraser
from kiosk.employees.export import Exporter
from kiosk.recognition import gallery_cache


def build_eraser(settings: Settings, database: Database) -> Eraser:
    copy = settings.data_dir / gallery_cache.FILE_NAME
    return Eraser(database, build_snapshot_store(settings), copy, settings.kiosk_id, settings.effective_backup_dir)


def build_exporter(settings: Settings, database: Database) -> Exporter:
    return Exporter(database, settings.data_dir)
