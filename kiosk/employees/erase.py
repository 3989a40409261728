"""Erasure of a face: templates, portrait and snapshots are deleted, the entries and exits stay."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from db import audit_log
from db.consents import revoke_consents
from db.decision_records import delete_decision_records_about
from db.embedder_switches import delete_visits
from db.employee_queries import clear_portrait_path
from db.erasures import erase_texts
from db.record_changes import record_erasure
from db.secure_delete import scrub
from db.session import Database, Session, database_now
from db.sightings import delete_sightings_of
from db.snapshot_paths import Snapshot, clear_photo_paths, snapshots_of
from db.stored_answers import erase_answers
from db.templates import delete_templates
from kiosk.core.context import current_actor
from kiosk.core.erasure_list import FILE_NAME as ERASED_FILE
from kiosk.core.erasure_list import note_erased
from kiosk.core.logger import log
from kiosk.core.storage import BACKUP_SUFFIX, SnapshotStore
from kiosk.core.temp_dirs import sweep_temp_dirs
from kiosk.domain.erasure_leftovers import ErasureLeftover, LeftoverKind
from kiosk.employees import crud
from kiosk.employees.portraits import PORTRAIT_FOLDER
from kiosk.employees.results import Erasure
from kiosk.errors import EmployeeNotFound

SQLITE_FILE = "kiosk.db"


@dataclass(frozen=True, slots=True)
class _Rows:
    """What the database held of a person's face, now deleted."""

    templates: int
    consents: int
    portrait_path: str | None
    snapshots: tuple[Snapshot, ...]


class Eraser:
    """Erases people's faces from the database and from this device. Any thread may call it.

    Args:
        database: of the office.
        snapshots: of this device.
        gallery_copy: file of the cached gallery; a running kiosk writes it again without the person.
        kiosk_id: of this device, whose snapshots are on this disk.
        backup_dir: where backups are kept, which still hold the templates.
    """

    def __init__(
        self,
        database: Database,
        snapshots: SnapshotStore,
        gallery_copy: Path,
        kiosk_id: str,
        backup_dir: Path | None = None,
    ) -> None:
        self._database = database
        self._snapshots = snapshots
        self._data_dir = snapshots.data_dir
        self._gallery_copy = gallery_copy
        self._kiosk_id = kiosk_id
        self._backup_dir = backup_dir

    def erase(self, employee_id: int) -> Erasure:
        """Erase a person's face and withdraw their consent; the audit row in the same transaction is the proof.

        The person and their attendance stay. Running kiosks notice the change of the gallery and delete what is on
        their own disks. Raises EmployeeNotFound, StorageError.
        """
        with self._database.transaction() as session:
            rows = _delete_rows(session, employee_id)
            delete_sightings_of(session, employee_id)
            delete_decision_records_about(session, employee_id)
            details: audit_log.Details = {
                "templates": rows.templates,
                "snapshots": len(rows.snapshots),
                "consents": rows.consents,
                "portrait": rows.portrait_path is not None,
            }
            audit_log.append(session, current_actor(), "erase", f"employee:{employee_id}", details)
            remains = self._note(session, employee_id)
            record_erasure(session, employee_id)
        remains += [*self._delete_copies(), *self._delete_portrait(rows.portrait_path)]
        deleted, kept = self._delete_snapshots(rows.snapshots)
        remains += [*kept, *scrub(self._database), *self._unused_database(), *self._backups()]
        log(logging.INFO, "employee.erased", employee_id=employee_id, templates=rows.templates, snapshots=deleted)
        return Erasure(employee_id, rows.templates, deleted, rows.consents, tuple(remains))

    def _note(self, session: Session, employee_id: int) -> list[ErasureLeftover]:
        """Record the erasure outside the database before it is done: restoring an older backup checks that list."""
        erased = {employee_id: database_now(session)}
        remains = []
        for folder in (self._data_dir, *self._backup_folder()):
            try:
                note_erased(folder / ERASED_FILE, erased)
            except OSError as error:
                why = f"{folder / ERASED_FILE} could not be written: {error.strerror}; make a backup soon"
                remains.append(ErasureLeftover(LeftoverKind.LIST_OF_ERASED, why, folder / ERASED_FILE))
        return remains

    def _backup_folder(self) -> tuple[Path, ...]:
        return (self._backup_dir,) if self._backup_dir is not None and self._backup_dir.is_dir() else ()

    def _backups(self) -> list[ErasureLeftover]:
        why = "the backups in {} hold the templates until newer ones have replaced them; a restore leaves them out"
        return [
            ErasureLeftover(LeftoverKind.BACKUPS, why.format(folder), folder)
            for folder in self._backup_folder()
            if any(folder.glob(f"*{BACKUP_SUFFIX}"))
        ]

    def _delete_snapshots(self, snapshots: Iterable[Snapshot]) -> tuple[int, list[ErasureLeftover]]:
        """Delete the files on this disk and clear their paths in the rows; return how many, and what is left."""
        gone: list[UUID] = []
        elsewhere: set[str] = set()
        remains: list[ErasureLeftover] = []
        for snapshot in snapshots:
            try:
                if self._snapshots.delete(snapshot.photo_path) or self._is_mine(snapshot):
                    gone.append(snapshot.trace_id)
                else:
                    elsewhere.add(snapshot.kiosk_id)
            except OSError as error:
                remains.append(_undeleted(LeftoverKind.SNAPSHOT, snapshot.photo_path, error))
        with self._database.transaction() as session:
            clear_photo_paths(session, gone)
        if elsewhere:
            names = ", ".join(sorted(elsewhere))
            why = f"snapshots that are not on this disk are deleted by their device, when it runs: {names}"
            remains.append(ErasureLeftover(LeftoverKind.OTHER_DEVICES, why, names))
        return len(gone), remains

    def _delete_portrait(self, relative_path: str | None) -> list[ErasureLeftover]:
        if relative_path is None:
            return []
        folder = (self._data_dir / PORTRAIT_FOLDER).resolve()
        path = (self._data_dir / relative_path).resolve()
        if not path.is_relative_to(folder):
            why = f"the portrait {relative_path} lies outside {folder}; delete it by hand"
            return [ErasureLeftover(LeftoverKind.PORTRAIT, why, relative_path)]
        return _delete_file(path)

    def _delete_copies(self) -> list[ErasureLeftover]:
        sweep_temp_dirs(self._data_dir)
        half_written = self._gallery_copy.with_name(f"{self._gallery_copy.name}.new")
        return [*_delete_file(self._gallery_copy), *_delete_file(half_written)]

    def _is_mine(self, snapshot: Snapshot) -> bool:
        return snapshot.kiosk_id == self._kiosk_id or self._database.engine.dialect.name == "sqlite"

    def _unused_database(self) -> list[ErasureLeftover]:
        """Return the SQLite file that was copied to a server and not deleted: it still holds everybody."""
        unused = self._data_dir / SQLITE_FILE
        if self._database.engine.dialect.name == "sqlite" or not unused.exists():
            return []
        why = f"{unused} is not in use and holds an older copy of everybody; delete it when it is no longer needed"
        return [ErasureLeftover(LeftoverKind.OLD_DATABASE, why, unused)]


def _delete_rows(session: Session, employee_id: int) -> _Rows:
    person = crud.find(session, employee_id)
    if person is None:
        raise EmployeeNotFound(employee_id)
    snapshots = snapshots_of(session, employee_id)
    templates, consents = delete_templates(session, employee_id), revoke_consents(session, employee_id)
    delete_visits(session, employee_id)  # after the templates, whose rows a door locks while it stores a visit
    erase_answers(session, employee_id)
    erase_texts(session, employee_id)
    if person.photo_path is not None:
        clear_portrait_path(session, employee_id)
    return _Rows(templates, consents, person.photo_path, snapshots)


def _delete_file(path: Path) -> list[ErasureLeftover]:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        return [_undeleted(LeftoverKind.FILE, path, error)]
    return []


def _undeleted(kind: LeftoverKind, path: object, error: OSError) -> ErasureLeftover:
    return ErasureLeftover(kind, f"{path} could not be deleted: {error.strerror}; delete it by hand", path)
