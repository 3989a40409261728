"""The parts of a device that the doctor checks; kiosk.app.doctor builds it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kiosk.backup.backup_dir import BackupDirectory
from kiosk.capture.source_factory import CameraConfig
from kiosk.domain.decision import Decider
from kiosk.domain.liveness import LivenessMode
from kiosk.domain.ports import Embedder
from kiosk.security.audit_anchor import AuditAnchor
from kiosk.vision.model_store import ModelStore


@dataclass(frozen=True, slots=True)
class ExaminedDevice:
    """The parts of one device.

    Attributes:
        data_dir: folder that the kiosk writes into.
        private_paths: files and folders that nobody else on this machine may read; those that are there.
        journal_path: journal of events that wait for the database.
        status_path: file in which the running kiosk says how it is.
        audit_anchor: what this device remembers of the audit log.
        purge_path: file that keeps when the last purge was made.
        backups: folder of this device's backups.
        open_model_store: reads the models' catalogues; raises ConfigurationError.
        model_ids: returns those of the detector and the embedder in use; raises ConfigurationError.
        default_embedder: id of the embedder that new devices use; None when somebody has chosen one.
        database_url: SQLAlchemy's, password included.
        database_path: SQLite's file, None for a server.
        traces: files that only a device has that was used before.
        kiosk_id: the device's name.
        identity_path: file with the device's identity.
        load_embedder: raises ConfigurationError.
        build_decider: makes the rule by which an embedder's faces are told apart.
        configured_embedder: id of the embedder that the settings name; None where they name none.
        uses_visits: whether templates of a new embedder are made from visits.
        old_template_days: days in which a finished change of the embedder has a way back.
        source: camera, stream, file or folder that the kiosk looks at.
        source_is_set: whether somebody has named it; else it is the first camera that there is.
        camera: how cameras are opened.
        liveness: what is done about photographs that are shown to the camera.
        api_alone: whether no kiosk is to run on this machine.
    """

    data_dir: Path
    private_paths: tuple[Path, ...]
    journal_path: Path
    status_path: Path
    audit_anchor: AuditAnchor
    purge_path: Path
    backups: BackupDirectory
    open_model_store: Callable[[], ModelStore]
    model_ids: Callable[[], tuple[str, str]]
    default_embedder: str | None
    database_url: str
    database_path: Path | None
    traces: tuple[Path, ...]
    kiosk_id: str
    identity_path: Path
    load_embedder: Callable[[], Embedder]
    build_decider: Callable[[Embedder], Decider]
    configured_embedder: str | None
    uses_visits: bool
    old_template_days: int
    source: str
    source_is_set: bool
    camera: CameraConfig
    liveness: LivenessMode
    api_alone: bool = False
