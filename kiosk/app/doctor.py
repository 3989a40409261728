"""Names the parts of this device that `kiosk doctor` looks at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from functools import partial
from pathlib import Path

from kiosk.app.backup import build_backup_dir
from kiosk.app.camera import build_camera_config
from kiosk.app.decision import build_decider
from kiosk.app.device_claim import identity_path
from kiosk.app.mode import Mode, journal_path
from kiosk.app.models import build_model_store, embedder_in_use, load_embedder
from kiosk.app.storage import build_audit_anchor, traces_of_use
from kiosk.config.device_settings import DEFAULT_EMBEDDER
from kiosk.config.origins import origins
from kiosk.config.paths import ENV_FILE
from kiosk.config.setting_values import as_text
from kiosk.config.settings import Settings
from kiosk.core.clock import SystemClock
from kiosk.core.recent_errors import LoggedError
from kiosk.doctor.device import ExaminedDevice
from kiosk.doctor.report import write_report
from kiosk.jobs import clock_watch
from kiosk.monitoring.machine_readings import read_machine

PRIVATE_FILES = (
    "kiosk.db",
    "device.id",
    "events.journal",
    "gallery.npz",
    "status.json",
    "erased.list",
    "door_calibration.json",
    "receivers",
)


def build_examined_device(settings: Settings) -> ExaminedDevice:
    """Nothing is opened before a check needs it."""
    return ExaminedDevice(
        data_dir=settings.data_dir,
        private_paths=_private_paths(settings),
        journal_path=journal_path(settings, Mode.DOOR),
        status_path=settings.status_path,
        audit_anchor=build_audit_anchor(settings),
        purge_path=settings.data_dir / clock_watch.FILE_NAME,
        backups=build_backup_dir(settings),
        open_model_store=partial(build_model_store, settings),
        model_ids=lambda: (settings.detector, embedder_in_use(settings)),
        default_embedder=DEFAULT_EMBEDDER if settings.embedder is None else None,
        database_url=settings.effective_database_url,
        database_path=settings.data_dir / "kiosk.db" if settings.database_url is None else None,
        traces=traces_of_use(settings),
        kiosk_id=settings.kiosk_id,
        identity_path=identity_path(settings),
        load_embedder=partial(load_embedder, settings),
        build_decider=partial(build_decider, settings),
        configured_embedder=settings.embedder,
        uses_visits=settings.templates_from_visits,
        old_template_days=settings.old_template_days,
        source=settings.source,
        source_is_set="source" in settings.model_fields_set,
        camera=build_camera_config(settings),
        liveness=settings.liveness,
        api_alone=settings.api_alone,
    )


def write_device_report(settings: Settings, folder: Path, errors: Iterable[LoggedError] = ()) -> Path:
    """Write the report without names and faces into a folder. errors: of this process. Raises StorageError."""
    return write_report(
        folder,
        SystemClock().now(),
        device=build_examined_device(settings),
        settings=_setting_lines(settings),
        machine=read_machine(settings.data_dir),
        errors=errors,
    )


def _setting_lines(settings: Settings) -> Iterator[str]:
    """Yield a line a setting; a text may be somebody's name or an address with a password, and is not written."""
    decided = origins(settings.data_dir)
    for name, field in Settings.model_fields.items():
        value = getattr(settings, name)
        is_plain = value is None or isinstance(value, bool | int | float | Enum)
        yield f"{name} = {as_text(value) if is_plain or value == field.default else '(set)'}  [{decided[name]}]"


def _private_paths(settings: Settings) -> tuple[Path, ...]:
    named = (settings.data_dir / name for name in PRIVATE_FILES)
    key = () if settings.api_key is None else (settings.api_key,)
    return settings.data_dir, *named, settings.effective_backup_dir, settings.effective_key_dir, ENV_FILE, *key
