"""The file of a backup: a zip with a SQLite database in it, whatever kind of database it was made from.

    manifest.json    what the backup is, and the SHA-256 of each of the other parts
    kiosk.db         all tables, as SQLite
    erased.list      who had been erased by then (kiosk.core.erasure_list)
    events.journal   events that were waiting for the database (kiosk.attendance.journal_records)
    files/…          calibration, choices and portraits, by their paths in the data directory

Once the device has a recovery key, the whole zip is sealed by the office's key (kiosk.core.sealed_file). A file appears
under its name whole or not at all.
"""

from __future__ import annotations

import hashlib
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from kiosk.core.files import replacing
from kiosk.core.sealed_file import SealDamaged, SealedReader, read_header
from kiosk.errors import ConfigurationError, StorageError
from kiosk.security.office_key import OfficeKey, SealHeader, read_seal_header

FORMAT = 1
MANIFEST, DATABASE, ERASED, JOURNAL, FILES = "manifest.json", "kiosk.db", "erased.list", "events.journal", "files"
CHUNK_BYTES = 1 << 20
LONGEST_MANIFEST_BYTES = 1 << 20
DAMAGE = zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, SealDamaged


class ArchivePart(BaseModel):
    """One file within a backup.

    Attributes:
        size_bytes: of the file.
        sha256: of the file.
    """

    model_config = ConfigDict(frozen=True)

    size_bytes: int
    sha256: str


class BackupManifest(BaseModel):
    """What a backup holds.

    Attributes:
        format: of the archive.
        made_at: aware.
        version: of the program that made it.
        kiosk_id: of the device.
        database: "sqlite" or "postgresql", what it was made from.
        revision: of its tables.
        rows: how many each table has.
        audit_rows: how far the audit log had come.
        audit_head: its head, as `kiosk audit verify --head` takes it; empty in older backups.
        waiting: events in its journal.
        erased: people in its list.
        parts: the files, by name.
    """

    model_config = ConfigDict(frozen=True)

    format: int
    made_at: AwareDatetime
    version: str
    kiosk_id: str
    database: str
    revision: str
    rows: Mapping[str, int]
    audit_rows: int
    audit_head: str = ""
    waiting: int
    erased: int
    parts: Mapping[str, ArchivePart] = {}


@dataclass(frozen=True, slots=True)
class BackupFile:
    """A backup, sealed or not, as it is read.

    Every method raises ConfigurationError for a file that is damaged, sealed by a key that this device does not have,
    or of a newer version, and StorageError when it or the keys cannot be read.

    Attributes:
        path: of the file.
        find_key: returns one of the office's keys by its id, None when this device does not have it.
    """

    path: Path
    find_key: Callable[[str], OfficeKey | None]

    def read_manifest(self) -> BackupManifest:
        """Return the manifest without reading the rest."""
        with self._opened() as archive:
            return self._manifest(archive)

    def verify(self) -> BackupManifest:
        """Read all of the backup and return its manifest."""
        with self._opened() as archive:
            manifest = self._manifest(archive)
            if sorted(archive.namelist()) != sorted([MANIFEST, *manifest.parts]):
                raise self.damaged()
            for name, part in manifest.parts.items():
                with archive.open(name) as content:
                    if _measure_part(content) != part:
                        raise self.damaged()
        return manifest

    def read_part(self, name: str) -> bytes:
        with self._opened() as archive:
            return archive.read(name)

    def extract_part(self, name: str, target: Path) -> None:
        """Write one part to a file, mode 600."""
        with self._opened() as archive, archive.open(name) as content:
            try:
                with replacing(target, durable=False) as file:
                    shutil.copyfileobj(content, file, CHUNK_BYTES)
            except OSError as error:
                raise StorageError(f"{target} cannot be written: {error.strerror}; make room on the disk") from error

    def damaged(self) -> ConfigurationError:
        return ConfigurationError(
            f"{self.path} is damaged; take another backup: `kiosk backup --list` shows those there are"
        )

    def seal_header(self) -> SealHeader | None:
        """Return by which key it is sealed; None when it is not."""
        with self._faults_in_words(), self.path.open("rb") as file:
            header = read_header(file)
            return None if header is None else read_seal_header(header)

    @contextmanager
    def _opened(self) -> Iterator[zipfile.ZipFile]:
        with self._faults_in_words(), self.path.open("rb") as file:
            header = read_header(file)
            content = file if header is None else self._unsealed(file, header)
            with zipfile.ZipFile(content) as archive:
                yield archive

    def _unsealed(self, file: BinaryIO, header: bytes) -> SealedReader:
        sealed = read_seal_header(header)
        key = self.find_key(sealed.key_id)
        if key is None:
            raise ConfigurationError(
                f"{self.path} was sealed by keys that this device does not have; run, with the words of the recovery "
                f"key: kiosk keys recover {self.path}"
            )
        return SealedReader(file, key.file_key(sealed), header)

    @contextmanager
    def _faults_in_words(self) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError as error:
            raise ConfigurationError(
                f"there is no {self.path}; `kiosk backup --list` shows the backups there are"
            ) from error
        except DAMAGE as error:
            raise self.damaged() from error
        except OSError as error:
            raise StorageError(f"{self.path} cannot be read: {error.strerror}; check its owner and the disk") from error

    def _manifest(self, archive: zipfile.ZipFile) -> BackupManifest:
        if archive.getinfo(MANIFEST).file_size > LONGEST_MANIFEST_BYTES:
            raise self.damaged()
        said = archive.read(MANIFEST)
        try:
            manifest = BackupManifest.model_validate_json(said)
        except ValidationError as error:
            raise ConfigurationError(
                f"{self.path} is no backup that this version understands; was it made by a newer one?"
            ) from error
        if manifest.format > FORMAT:
            raise ConfigurationError(
                f"{self.path} was made by a newer version of the kiosk ({manifest.version}); install that one first"
            )
        return manifest


def files_in(manifest: BackupManifest) -> tuple[str, ...]:
    """Return the parts that are files of the data directory; none that would lie outside of it."""
    paths = (PurePosixPath(name) for name in manifest.parts)
    return tuple(path.as_posix() for path in paths if path.parts[0] == FILES and ".." not in path.parts)


def _measure_part(content: IO[bytes]) -> ArchivePart:
    digest, size = hashlib.sha256(), 0
    while chunk := content.read(CHUNK_BYTES):
        digest.update(chunk)
        size += len(chunk)
    return ArchivePart(size_bytes=size, sha256=digest.hexdigest())
