"""Restores a backup: the database as it was, except for people who have been erased since."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from db import audit_log, migrations
from db.attendance_log import DatabaseAttendanceLog
from db.database_dump import load_into_postgresql, load_into_sqlite, opened_dump, row_counts
from db.erasures import ReplayedErasure, erased_by_audit, replay_erasures
from db.feed_epochs import begin_epoch
from db.receivers import list_receivers
from db.secure_delete import scrub
from db.session import Database, Session
from db.snapshot_paths import clear_photo_paths, snapshots_of_kiosk
from db.trigger_definitions import put_back
from kiosk.attendance.journal import Journal
from kiosk.attendance.journal_records import decode
from kiosk.backup.archive import (
    DATABASE,
    ERASED,
    FILES,
    JOURNAL,
    BackupFile,
    BackupManifest,
    files_in,
)
from kiosk.backup.backup_dir import read_erased_in
from kiosk.backup.create import DeviceFiles, Progress
from kiosk.core.context import current_actor
from kiosk.core.erasure_list import FILE_NAME as ERASED_FILE
from kiosk.core.erasure_list import Erased, decode_erased, merged, note_erased, read_erased
from kiosk.core.files import replace_file
from kiosk.core.logger import log
from kiosk.core.temp_dirs import temp_dir
from kiosk.domain.erasure_leftovers import LeftoverKind
from kiosk.errors import ConfigurationError, KioskError, RowRefused, StorageError
from kiosk.security import audit_anchor, audit_verification
from kiosk.security.audit_anchor import AuditAnchor


@dataclass(frozen=True, slots=True)
class RestoreResult:
    """What a restore did.

    Attributes:
        manifest: of the backup.
        rows: of each table, as restored.
        events: that had been waiting and are in the database now.
        erased: people whose faces were erased again.
        remains: a sentence for each thing that somebody has to see to.
    """

    manifest: BackupManifest
    rows: Mapping[str, int]
    events: int
    erased: tuple[int, ...]
    remains: tuple[str, ...]


class Restorer:
    """For one thread, while no kiosk runs on the data directory: the caller holds the journal."""

    def __init__(
        self,
        database: Database,
        journal: Journal,
        device: DeviceFiles,
        copies: tuple[Path, ...],
        backups: tuple[Path, ...],
    ) -> None:
        """Collaborators and places.

        Args:
            database: whose content is replaced.
            journal: of this device.
            device: what is restored beside the database.
            copies: files of the data directory that are made from the database, and deleted to be made again.
            backups: folders in which there may be lists of erased people.
        """
        self._database = database
        self._journal = journal
        self._device = device
        self._data_dir = device.data_dir
        self._copies = copies
        self._backups = backups

    def restore(self, backup: BackupFile, progress: Progress) -> RestoreResult:
        """Put a backup in the place of all that the database holds: all or nothing, also after a crash.

        Raises ConfigurationError for a file that is damaged or of a newer version, StorageError.
        """
        manifest = backup.verify()
        require_known(backup.path, manifest)
        erased = self._read_erased(backup)
        with temp_dir(self._data_dir) as folder:
            snapshot = folder / DATABASE
            backup.extract_part(DATABASE, snapshot)
            if row_counts(snapshot) != dict(manifest.rows):
                raise backup.damaged()
            events, replayed = self._prepare(snapshot, backup, manifest, erased)
            rows = row_counts(snapshot)
            self._save_erased(erased)
            self._put_files(backup, manifest)
            self._delete_copies()
            self._put_database(snapshot, progress)
        # What is always so with a server need not be said of every restore.
        left = [one for one in scrub(self._database) if one.kind is not LeftoverKind.SERVER_COPIES]
        remains = [*self._delete_portraits(replayed), *left, *self._paused_receivers()]
        AuditAnchor(self._data_dir / audit_anchor.FILE_NAME).renew(self._database)
        log(logging.INFO, "backup.restored", path=backup.path, rows=sum(rows.values()), erased=len(replayed))
        return RestoreResult(manifest, rows, events, tuple(one.employee_id for one in replayed), tuple(remains))

    def _prepare(
        self, snapshot: Path, backup: BackupFile, manifest: BackupManifest, erased: Erased
    ) -> tuple[int, tuple[ReplayedErasure, ...]]:
        """Bring the unpacked database up to date, and to what has happened since."""
        with opened_dump(snapshot) as database:
            migrations.upgrade(database)
            events = self._record_waiting(database, backup.read_part(JOURNAL))
            with database.transaction() as session:
                begin_epoch(session)  # in the backup already, so that no reader meets the old epoch with its rows
                put_back(session)  # a backup of SQLite lacks the triggers that its database lacked
                replayed = replay_erasures(session, erased, current_actor())
                self._clear_missing_snapshots(session)
                details: audit_log.Details = {
                    "file": backup.path.name,
                    "made_at": manifest.made_at.isoformat(),
                    "erased_again": len(replayed),
                    "replaced_audit_rows": self._audit_rows(),
                }
                audit_log.append(session, current_actor(), "restore", None, details)
            scrub(database)
        return events, replayed

    def _record_waiting(self, database: Database, content: bytes) -> int:
        """Write the events that had been waiting; one that the database refuses stays in this device's journal."""
        recorded, kept = 0, {event.trace_id for event in self._journal.events()}
        attendance = DatabaseAttendanceLog(database)
        for event in decode(content).events.values():
            try:
                recorded += attendance.record([event])
            except RowRefused:
                if event.trace_id not in kept:
                    self._journal.append(event)
        return recorded

    def _clear_missing_snapshots(self, session: Session) -> None:
        """Let this device's rows no longer name snapshots that are not on its disk: a backup holds none."""
        named = snapshots_of_kiosk(session, self._device.kiosk_id)
        clear_photo_paths(session, [one.trace_id for one in named if not (self._data_dir / one.photo_path).is_file()])

    def _audit_rows(self) -> int | None:
        """How long the log is that is being replaced; None when that cannot be told."""
        with suppress(KioskError), self._database.reading() as session:
            return audit_verification.verify(session).head.row_count
        return None

    def _read_erased(self, backup: BackupFile) -> Erased:
        lists: list[Erased] = [decode_erased(backup.read_part(ERASED)), read_erased(self._data_dir / ERASED_FILE)]
        lists += [read_erased_in(folder, backup.find_key) for folder in {backup.path.parent, *self._backups}]
        with suppress(KioskError), self._database.reading() as session:
            lists.append(erased_by_audit(session))
        return merged(*lists)

    def _save_erased(self, erased: Erased) -> None:
        list_path = self._data_dir / ERASED_FILE
        try:
            known = read_erased(list_path)
            note_erased(list_path, {i: at for i, at in erased.items() if known.get(i) != at})
        except OSError as error:
            raise StorageError(f"{list_path} cannot be written: {error.strerror}; make room on the disk") from error

    def _put_files(self, backup: BackupFile, manifest: BackupManifest) -> None:
        for name in files_in(manifest):
            relative = Path(name).relative_to(FILES)
            if not any(relative.is_relative_to(known) for known in self._device.files):
                continue  # of another version; or somebody wants a file written that is none of a backup's
            target = self._data_dir / relative
            try:
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                replace_file(target, backup.read_part(name))
            except OSError as error:
                raise StorageError(f"{target} cannot be written: {error.strerror}; make room on the disk") from error

    def _delete_copies(self) -> None:
        """Delete what is made from the database, and let the audit log's anchor forget: the log is another one now."""
        AuditAnchor(self._data_dir / audit_anchor.FILE_NAME).forget()
        for path in self._copies:
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise StorageError(f"{path} cannot be deleted: {error.strerror}; check its owner") from error

    def _put_database(self, snapshot: Path, progress: Progress) -> None:
        if self._database.engine.dialect.name == "sqlite":
            load_into_sqlite(snapshot, self._database, lambda done, total: progress("database", done, total))
        else:
            load_into_postgresql(snapshot, self._database, progress)

    def _paused_receivers(self) -> list[str]:
        """Say whom nothing is delivered to any more: the database that was backed up may still tell them."""
        with self._database.reading() as session:
            names = [one.name for one in list_receivers(session)]
        how = "nothing is told before: kiosk receivers resume NAME"
        return [f"to the receivers of changes ({', '.join(names)}) {how}"] if names else []

    def _delete_portraits(self, replayed: tuple[ReplayedErasure, ...]) -> list[str]:
        remains = []
        for one in replayed:
            if one.portrait_path is None:
                continue
            path = (self._data_dir / one.portrait_path).resolve()
            if not path.is_relative_to(self._data_dir.resolve()):
                continue
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                remains.append(f"{path} could not be deleted: {error.strerror}; delete it by hand")
        return remains


def require_known(path: Path, manifest: BackupManifest) -> None:
    """Raise ConfigurationError for tables that a newer version of the kiosk has made."""
    if manifest.revision not in migrations.REVISIONS:
        raise ConfigurationError(
            f"{path} holds tables of version {manifest.version} ({manifest.revision or 'unknown'}), which is newer; "
            "install that version first"
        )
