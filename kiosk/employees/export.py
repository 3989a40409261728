"""A copy of all that is stored about one person, for that person."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from db import audit_log
from db.personal_data import rows_about
from db.session import Database
from db.snapshot_paths import snapshots_of
from db.templates import StoredTemplate, templates_of
from kiosk.core.context import current_actor
from kiosk.core.storage import SNAPSHOT_FOLDER
from kiosk.employees import consent, crud
from kiosk.employees.portraits import PORTRAIT_FOLDER
from kiosk.employees.results import PersonalDataExport
from kiosk.errors import EmployeeNotFound, StorageError

README = """What the attendance kiosk stores about you

employees.json, directory_accounts.json, consents.json, credentials.json, attendance_log.json,
attendance_corrections.json, absences.json, schedule_assignments.json, visit_embeddings.json, audit_log.json
    the rows of these tables that are about you; of passwords and PINs only that they exist
templates.json
    the numbers that describe your face, and which network made them; visit_embeddings.json lists visits whose numbers
    wait to be confirmed as yours
snapshots/, portrait/
    pictures of you that are kept on this device
consent/
    the words that you have agreed to
"""


class Exporter:
    """Writes exports of personal data. Any thread may call it."""

    def __init__(self, database: Database, data_dir: Path) -> None:
        self._database = database
        self._data_dir = data_dir

    def export(self, employee_id: int, path: Path) -> PersonalDataExport:
        """Write a zip to a new file; the audit log records the export.

        Raises EmployeeNotFound, StorageError also when the file exists already; no zip is left behind then.
        """
        with self._database.transaction() as session:
            if crud.find(session, employee_id) is None:
                raise EmployeeNotFound(employee_id)
            audit_log.append(session, current_actor(), "export", f"employee:{employee_id}")
        with self._database.reading() as session:
            tables = rows_about(session, employee_id)
            templates = templates_of(session, employee_id)
            pictures = [snapshot.photo_path for snapshot in snapshots_of(session, employee_id)]
        portrait = str(tables["employees"][0]["photo_path"] or "")
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StorageError(f"{path} cannot be written: {error.strerror}; name another file with --to") from error
        try:
            with os.fdopen(descriptor, "wb") as file:
                written = self._write(file, tables, templates, pictures, portrait)
        except BaseException as error:
            path.unlink(missing_ok=True)
            if isinstance(error, OSError):
                raise StorageError(f"{path} cannot be written: {error.strerror}; make room on the disk") from error
            raise
        return PersonalDataExport(path, written, len(pictures) - written)

    def _write(
        self,
        file: BinaryIO,
        tables: Mapping[str, object],
        templates: Sequence[StoredTemplate],
        pictures: Sequence[str],
        portrait: str,
    ) -> int:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("README.txt", README)
            for name, rows in tables.items():
                archive.writestr(f"{name}.json", _json(rows))
            archive.writestr("templates.json", _json([_said(template) for template in templates]))
            for text in consent.CONSENT_DIR.glob("*.md"):
                archive.write(text, f"consent/{text.name}")
            if portrait:
                self._add_picture(archive, PORTRAIT_FOLDER, portrait, "portrait")
            return sum(self._add_picture(archive, SNAPSHOT_FOLDER, picture, "snapshots") for picture in pictures)

    def _add_picture(self, archive: zipfile.ZipFile, folder: Path, relative_path: str, place: str) -> bool:
        """Add one picture; return whether it is on this disk, in the folder where it belongs."""
        path = (self._data_dir / relative_path).resolve()
        if not path.is_relative_to((self._data_dir / folder).resolve()):
            return False
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return False
        archive.writestr(f"{place}/{path.parent.name}-{path.name}", content, zipfile.ZIP_STORED)
        return True


def _said(template: StoredTemplate) -> dict[str, object]:
    return {
        "id": template.id,
        "model_version": template.model_version,
        "quality_score": template.quality_score,
        "created_at": template.created_at.isoformat(),
        "vector": template.vector.tolist(),
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
