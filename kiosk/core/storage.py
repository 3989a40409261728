"""What lies on disk for a while: snapshots, in one folder for each day, and photographs while they are worked on."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from kiosk.core.file_locks import open_locked, try_lock
from kiosk.core.files import reason_of, replace_file
from kiosk.core.logger import log
from kiosk.domain.types import Image
from kiosk.errors import StorageError

SNAPSHOT_FOLDER = Path("static") / "debug_photos"
TEMPORARY_FOLDER = Path("tmp") / "photographs"
UPLOADS_FOLDER = Path("tmp") / "uploads"
TEMPORARY_TTL_S = 3600
BACKUP_SUFFIX = ".kiosk-backup"
# Below this the disk's last room belongs to the events.
MINIMUM_FREE_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SnapshotStore:
    """Writes `<data_dir>/static/debug_photos/YYYY-MM-DD/<trace id>.jpg`, readable by the kiosk's user alone.

    encode: makes a JPEG of a BGR uint8 image.
    """

    data_dir: Path
    zone: ZoneInfo
    encode: Callable[[Image], bytes]

    def save(self, image_bgr: Image, taken_at: datetime, trace_id: UUID) -> str | None:
        """Return the snapshot's path relative to data_dir, or None when the disk refused: an event goes on without."""
        relative = SNAPSHOT_FOLDER / f"{taken_at.astimezone(self.zone):%Y-%m-%d}" / f"{trace_id}.jpg"
        path = self.data_dir / relative
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if shutil.disk_usage(path.parent).free < MINIMUM_FREE_BYTES:
                log(logging.WARNING, "snapshot.skipped", trace_id=trace_id, reason="disk_nearly_full")
                return None
            replace_file(path, self.encode(image_bgr), durable=False)
        except OSError as error:
            log(logging.WARNING, "snapshot.failed", trace_id=trace_id, reason=reason_of(error))
            return None
        return relative.as_posix()

    def delete(self, relative_path: str) -> bool:
        """Delete one snapshot; whether there was one. Never anything outside the snapshots' folder. Raises OSError."""
        folder = (self.data_dir / SNAPSHOT_FOLDER).resolve()
        path = (self.data_dir / relative_path).resolve()
        if not path.is_relative_to(folder):
            return False
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        return True


@dataclass(frozen=True, slots=True)
class TemporaryPhotographs:
    """Photographs in `<data_dir>/tmp/photographs`, mode 600, each for as long as somebody works on it.

    Whoever holds one has locked its file, and the lock ends with the process however that ends: what nobody has locked
    is left over from a crash.
    """

    data_dir: Path

    @property
    def folder(self) -> Path:
        return self.data_dir / TEMPORARY_FOLDER

    @contextmanager
    def holding(self, content: bytes) -> Iterator[Path]:
        """Keep a photograph's bytes in a file until the block ends, in whatever way. Raises StorageError."""
        path = self.folder / f"{uuid4()}.photo"
        descriptor = -1
        try:
            try:
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                descriptor = open_locked(path)
                with os.fdopen(os.dup(descriptor), "wb") as file:
                    file.write(content)
            except OSError as error:
                raise StorageError(f"the photograph could not be kept in {self.folder}: {error.strerror}") from error
            yield path
        finally:
            _forget(path)
            if descriptor >= 0:
                os.close(descriptor)

    def sweep(self) -> int:
        """Delete what a crash has left behind, and, held or not, what is older than an hour; return how many."""
        try:
            paths = [entry for entry in self.folder.iterdir() if entry.suffix == ".photo"]
        except FileNotFoundError:
            return 0
        except OSError as error:
            log(logging.WARNING, "photograph.not_swept", reason=reason_of(error))
            return 0
        return sum(self._sweep_one(path) for path in paths)

    def _sweep_one(self, path: Path) -> bool:
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
            try:
                age_s = abs(time.time() - os.fstat(descriptor).st_mtime)  # from the future is as bad as old
                if age_s < TEMPORARY_TTL_S and not try_lock(descriptor):
                    return False
                path.unlink()
            finally:
                os.close(descriptor)
        except FileNotFoundError:
            return False
        except OSError as error:
            log(logging.WARNING, "photograph.not_swept", reason=reason_of(error))
            return False
        return True


@contextmanager
def temporary_files_in(data_dir: Path) -> Iterator[None]:
    """Let the process' nameless temporary files, uploads above all, lie in the data directory and not in /tmp.

    They have no name from the first byte on and end with the process. Raises StorageError.
    """
    folder, before = data_dir / UPLOADS_FOLDER, tempfile.tempdir
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"{folder} cannot be made: {error.strerror}; check owner and disk") from error
    tempfile.tempdir = str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before


def _forget(path: Path) -> None:
    with suppress(OSError):  # a snapshot is then purged by its age, a photograph swept
        path.unlink()
