"""Writes the file of a backup (kiosk.backup.archive)."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import BinaryIO, TypeAlias

from kiosk.backup.archive import CHUNK_BYTES, MANIFEST, ArchivePart, BackupFile, BackupManifest
from kiosk.core.file_locks import try_lock
from kiosk.core.files import half_written_path, reason_of, replacing
from kiosk.core.sealed_file import SealedWriter
from kiosk.errors import StorageError
from kiosk.security.office_key import OfficeKey

Progress: TypeAlias = Callable[[int, int], None]
"""Called with how many bytes are done and how many there are."""


def write_archive(
    path: Path, manifest: BackupManifest, parts: Mapping[str, Path | bytes], key: OfficeKey | None, progress: Progress
) -> BackupManifest:
    """Write a new file, mode 600, and read it again; return the manifest with its parts.

    It is sealed by the key, unless that is None. Raises StorageError when the disk refuses, and then there is no file.
    """
    try:
        with replacing(path) as file:
            if key is None:
                whole = _write_parts(file, manifest, parts, progress)
            else:
                file_key, header = key.new_file_key()
                with closing(SealedWriter(file, file_key, header.model_dump_json().encode())) as sealed:
                    whole = _write_parts(sealed, manifest, parts, progress)
            file.flush()
            BackupFile(half_written_path(path), lambda _: key).verify()
    except OSError as error:
        raise StorageError(
            f"the backup could not be written to {path.parent}: {reason_of(error)}; make room there, or name another "
            "folder"
        ) from error
    return whole


def sweep_half_written(folder: Path) -> None:
    """Delete what backups that were killed have left in a folder."""
    for path in folder.glob(half_written_path(Path("*")).name):
        with suppress(OSError), path.open("rb") as file:
            if try_lock(file.fileno()):  # whoever still writes holds the lock
                path.unlink()


def _write_parts(
    file: BinaryIO | SealedWriter, manifest: BackupManifest, parts: Mapping[str, Path | bytes], progress: Progress
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
