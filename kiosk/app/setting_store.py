"""Reads the settings with what the office has set in its database, and builds what changes them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from db.session import Database, make_engine, sqlite_path
from db.setting_changes import office_settings
from db.time_limits import door_limits
from kiosk.app.databases import require_own_database
from kiosk.app.storage import make_data_dir
from kiosk.config import office_copy, settings
from kiosk.config.setting_values import as_text
from kiosk.config.settings import Settings
from kiosk.errors import ConfigurationError, StorageError
from kiosk.settings.store import SettingStore

# A database that hangs must not keep a door from starting; it goes on with the copy.
LONGEST_WAIT_S = 2.0


def load_settings(**overrides: Any) -> Settings:
    """Read the settings, those of the office as the database has them now, or else as they were copied last.

    overrides: win over everything else; None for none. Raises ConfigurationError naming each fault.
    """
    loaded = settings.load_settings(**overrides)
    office = _read_office(loaded)
    if office is None or office == office_copy.load(loaded.data_dir):
        return loaded
    make_data_dir(loaded)
    office_copy.save(loaded.data_dir, office)
    return settings.load_settings(**overrides)


def build_setting_store(loaded: Settings, database: Database) -> SettingStore:
    """Return what changes the settings of this office and of this device."""
    return SettingStore(
        database,
        Settings.model_fields,
        data_dir=loaded.data_dir,
        kiosk_id=loaded.kiosk_id,
        read_values=lambda: _read_values(loaded.data_dir),
    )


def _read_values(data_dir: Path) -> Mapping[str, str]:
    present = settings.load_settings(data_dir=data_dir)
    return {name: as_text(getattr(present, name)) for name in Settings.model_fields}


def _read_office(loaded: Settings) -> Mapping[str, str] | None:
    """Return what the database has; None while it is away, or has no such table."""
    url = loaded.effective_database_url
    path = sqlite_path(url)
    if path is not None and not path.exists():
        return None
    limits = door_limits(min(loaded.database_timeout_s, LONGEST_WAIT_S))
    with suppress(StorageError, ConfigurationError):
        require_own_database(loaded)
        with closing(Database(make_engine(url, limits))) as database, database.reading() as session:
            return office_settings(session)
    return None
