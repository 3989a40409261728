"""The file of a backup: a zip with a SQLite database in it, whatever kind of database it was made from.

    manifest.json    what the backup is, and the SHA-256 of each of the other parts
    kiosk.db         all tables, as SQLite
    erased.list      who had been erased by then (kiosk.core.erasure_list)
    events.journal   events that were waiting for the database (kiosk.attendance.journal_records)
    files/…          calibration, choices and portraits, by their paths in the data directory

A file appears under its name whole or not at all.
"""

from __future__ import annotations

import hashlib
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import IO, TypeAlias

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from kiosk.core.file_locks import try_lock
from kiosk.core.files import half_written_path, reason_of, replacing
from kiosk.errors import ConfigurationError, StorageError

FORMAT = 1
MANIFEST, DATABASE, ERASED, JOURNAL, FILES = "manifest.json", "kiosk.db", "erased.list", "events.journal", "files"
CHUNK_BYTES = 1 << 20
LONGEST_MANIFEST_BYTES = 1 << 20

Progress: TypeAlias = Callable[[int, int], None]
"""Called with how many bytes are done and how many there are."""


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


def write_archive(
    path: Path, manifest: BackupManifest, parts: Mapping[str, Path | bytes], progress: Progress
) -> BackupManifest:
    """Write a new file, mode 600, and read it again; return the manifest with its parts.

    Raises StorageError when the disk refuses, and then there is no file.
    """
    try:
        with replacing(path) as file:
            whole = _write_parts(file, manifest, parts, progress)
            file.flush()
            verify_archive(half_written_path(path))
    except OSError as error:
        raise StorageError(
            f"the backup could not be written to {path.parent}: {reason_of(error)}; make room there, or name another "
            "folder"
        ) from error
    return whole


def read_manifest(path: Path) -> BackupManifest:
    """Return a backup's manifest without reading the rest. Raises ConfigurationError, StorageError."""
    with _open_archive(path) as archive:
        return _manifest(path, archive)


def verify_archive(path: Path) -> BackupManifest:
    """Read all of a backup and return its manifest. Raises ConfigurationError when it is damaged, StorageError."""
    with _open_archive(path) as archive:
        manifest = _manifest(path, archive)
        if sorted(archive.namelist()) != sorted([MANIFEST, *manifest.parts]):
            raise damaged_archive(path)
        for name, part in manifest.parts.items():
            with archive.open(name) as content:
                if _measure_part(content) != part:
                    raise damaged_archive(path)
    return manifest


def read_part(path: Path, name: str) -> bytes:
    with _open_archive(path) as archive:
        return archive.read(name)


def extract_part(path: Path, name: str, target: Path) -> None:
    """Write one part to a file, mode 600. Raises ConfigurationError, StorageError."""
    with _open_archive(path) as archive, archive.open(name) as content:
        try:
            with replacing(target, durable=False) as file:
                shutil.copyfileobj(content, file, CHUNK_BYTES)
        except OSError as error:
            raise StorageError(f"{target} cannot be written: {error.strerror}; make room on the disk") from error


def files_in(manifest: BackupManifest) -> tuple[str, ...]:
    """Return the parts that are files of the data directory; none that would lie outside of it."""
    paths = (PurePosixPath(name) for name in manifest.parts)
    return tuple(path.as_posix() for path in paths if path.parts[0] == FILES and ".." not in path.parts)


def damaged_archive(path: Path) -> ConfigurationError:
    return ConfigurationError(f"{path} is damaged; take another backup: `kiosk backup --list` shows those there are")


def sweep_half_written(folder: Path) -> None:
    """Delete what backups that were killed have left in a folder."""
    for path in folder.glob(half_written_path(Path("*")).name):
        with suppress(OSError), path.open("rb") as file:
            if try_lock(file.fileno()):  # whoever still writes holds the lock
                path.unlink()


def _write_parts(
    file: IO[bytes], manifest: BackupManifest, parts: Mapping[str, Path | bytes], progress: Progress
) -> BackupManifest:
    total = sum(len(part) if isinstance(part, bytes) else part.stat().st_size for part in parts.values())
    written: dict[str, ArchivePart] = {}
    done = 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            digest, size = hashlib.sha256(), 0
            with archive.open(name, "w", force_zip64=True) as target:
                for chunk in _chunks(content):
                    target.write(chunk)
                    digest.update(chunk)
                    size += len(chunk)
                    progress(done + size, total)
            done += size
            written[name] = ArchivePart(size_bytes=size, sha256=digest.hexdigest())
        whole = manifest.model_copy(update={"parts": written})
        archive.writestr(MANIFEST, whole.model_dump_json(indent=1))
    return whole


def _chunks(content: Path | bytes) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    with content.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


@contextmanager
def _open_archive(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except FileNotFoundError as error:
        raise ConfigurationError(f"there is no {path}; `kiosk backup --list` shows the backups there are") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError) as error:
        raise damaged_archive(path) from error
    except OSError as error:
        raise StorageError(f"{path} cannot be read: {error.strerror}; check its owner and the disk") from error


def _manifest(path: Path, archive: zipfile.ZipFile) -> BackupManifest:
    if archive.getinfo(MANIFEST).file_size > LONGEST_MANIFEST_BYTES:
        raise damaged_archive(path)
    said = archive.read(MANIFEST)
    try:
        manifest = BackupManifest.model_validate_json(said)
    except ValidationError as error:
        raise ConfigurationError(
            f"{path} is no backup that this version understands; was it made by a newer one?"
        ) from error
    if manifest.format > FORMAT:
        raise ConfigurationError(
            f"{path} was made by a newer version of the kiosk ({manifest.version}); install that one first"
        )
    return manifest


def _measure_part(content: IO[bytes]) -> ArchivePart:
    digest, size = hashlib.sha256(), 0
    while chunk := content.read(CHUNK_BYTES):
        digest.update(chunk)
        size += len(chunk)
    return ArchivePart(size_bytes=size, sha256=digest.hexdigest())
