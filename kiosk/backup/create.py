"""Creates backups: everything that an empty device needs to be the same again, except the snapshots."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from db import audit_log, migrations
from db.database_dump import audit_head, row_counts, write_dump
from db.erasures import erased_by_audit
from db.session import Database
from kiosk.attendance.journal import read_unrecorded
from kiosk.attendance.journal_records import encode_contents
from kiosk.backup.archive import DATABASE, ERASED, FILES, FORMAT, JOURNAL, BackupManifest
from kiosk.backup.archive_writer import write_archive
from kiosk.backup.backup_dir import BackupDirectory
from kiosk.core.erasure_list import FILE_NAME as ERASED_FILE
from kiosk.core.erasure_list import Erased, encode_erased, merged, read_erased
from kiosk.core.logger import log
from kiosk.core.temp_dirs import temp_dir
from kiosk.domain.ports import Clock
from kiosk.security.audit_heads import write_head
from kiosk.security.audit_recorder import AuditRecorder

Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with what is worked on, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class DeviceFiles:
    """What a backup is made of, beside the database.

    Attributes:
        data_dir: of the kiosk.
        journal_path: of the events.
        files: the data directory's files and folders that are kept, relative to it.
        kiosk_id: of the device.
        version: of the program.
    """

    data_dir: Path
    journal_path: Path
    files: tuple[str, ...]
    kiosk_id: str
    version: str


@dataclass(frozen=True, slots=True)
class CreatedBackup:
    """A new backup.

    Attributes:
        path: of the file.
        manifest: what it holds.
        deleted: older backups that were deleted.
        key_id: of the office's key that sealed it; None when it is not sealed.
    """

    path: Path
    manifest: BackupManifest
    deleted: tuple[Path, ...]
    key_id: str | None


class BackupCreator:
    """For one thread; the kiosk may run meanwhile."""

    def __init__(self, database: Database, device: DeviceFiles, backup_dir: BackupDirectory, clock: Clock) -> None:
        self._database = database
        self._device = device
        self._backup_dir = backup_dir
        self._clock = clock

    def create(self, keep: int, progress: Progress) -> CreatedBackup:
        """Write a backup and delete the oldest, so that keep are left. Raises StorageError, ConfigurationError."""
        key = self._backup_dir.keys.current()
        self._backup_dir.create()
        made_at = self._clock.now()
        path = self._backup_dir.new_path(made_at)
        if migrations.current(self._database) == migrations.HEAD:
            AuditRecorder(self._database).record("backup", None, {"file": path.name})
        # The journal first: an event that reaches the database in between is then in both, and counts once.
        waiting = read_unrecorded(self._device.journal_path)
        with temp_dir(self._device.data_dir) as folder:
            snapshot = folder / DATABASE
            write_dump(self._database, snapshot, progress)
            erased = self._read_erased()
            manifest = BackupManifest(
                format=FORMAT,
                made_at=made_at,
                version=self._device.version,
                kiosk_id=self._device.kiosk_id,
                database=self._database.engine.dialect.name,
                revision=migrations.current(self._database) or "",
                rows=(rows := row_counts(snapshot)),
                audit_rows=rows.get(audit_log.TABLE_NAME, 0),
                audit_head=write_head(audit_head(snapshot) or audit_log.EMPTY_LOG),
                waiting=len(waiting.events),
                erased=len(erased),
            )
            parts: dict[str, Path | bytes] = {
                DATABASE: snapshot,
                ERASED: encode_erased(erased),
                JOURNAL: encode_contents(waiting),
                **self._files(),
            }
            manifest = write_archive(path, manifest, parts, key, lambda done, total: progress("packing", done, total))
        deleted = self._backup_dir.rotate(keep, path)
        log(logging.INFO, "backup.made", path=path, rows=sum(manifest.rows.values()), deleted=len(deleted))
        return CreatedBackup(path, manifest, deleted, None if key is None else key.id)

    def _read_erased(self) -> Erased:
        noted = read_erased(self._device.data_dir / ERASED_FILE)
        if migrations.current(self._database) != migrations.HEAD:
            return noted
        with self._database.reading() as session:
            return merged(noted, erased_by_audit(session))

    def _files(self) -> dict[str, Path | bytes]:
        """Return the parts for files that are there; a portrait may be erased at any moment, hence its content."""
        found: dict[str, Path | bytes] = {}
        for name in self._device.files:
            place = self._device.data_dir / name
            for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
                if path.is_file() and not path.is_symlink():
                    relative = path.relative_to(self._device.data_dir).as_posix()
                    found[f"{FILES}/{relative}"] = path.read_bytes()
        return found
