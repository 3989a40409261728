"""A device whose backups are made and restored."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from db.session import Database
from kiosk.app.backup import build_backup_creator, build_key_store, open_restorer
from kiosk.app.personal_data import build_eraser
from kiosk.app.storage import build_audit_anchor
from kiosk.backup.archive import BackupFile
from kiosk.backup.create import CreatedBackup
from kiosk.backup.restore import RestoreResult
from kiosk.config.settings import Settings
from kiosk.core.context import acting_as
from kiosk.security import audit_verification
from kiosk.security.attendance_verification import verify_attendance
from kiosk.security.audit_verification import KnownHead
from support.filled_database import contents


def nothing(*_: object) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Office:
    """A device with its database and its data directory."""

    settings: Settings
    database: Database

    def back_up(self, folder: Path | None = None, keep: int = 14) -> CreatedBackup:
        return build_backup_creator(self.settings, self.database, folder).create(keep, nothing)

    def restore(self, path: Path) -> RestoreResult:
        with acting_as("cli:anna"), open_restorer(self.settings, self.database) as restorer:
            return restorer.restore(self.backup_file(path), nothing)

    def backup_file(self, path: Path) -> BackupFile:
        """Return a backup as this device reads it."""
        return BackupFile(path, build_key_store(self.settings).find)

    def erase(self, person: int) -> None:
        with acting_as("cli:anna"):
            build_eraser(self.settings, self.database).erase(person)

    @property
    def data_dir(self) -> Path:
        return self.settings.data_dir

    def templates(self) -> list[tuple[int, bytes]]:
        return [(row[1], row[2]) for row in contents(self.database)["embeddings"]]

    def fault(self) -> tuple[str, ...]:
        with self.database.reading() as session:
            anchor = build_audit_anchor(self.settings).read()
            known = [] if anchor is None else [KnownHead("the anchor", anchor)]
            verdict = audit_verification.verify(session, known)
            return (*verdict.faults, *verify_attendance(session).faults)
