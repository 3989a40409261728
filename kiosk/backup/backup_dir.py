"""The directory of a device's backups: their names, which there are, and their rotation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kiosk.backup.archive import ERASED, BackupFile, BackupManifest
from kiosk.backup.archive_writer import sweep_half_written
from kiosk.core.erasure_list import FILE_NAME as ERASED_FILE
from kiosk.core.erasure_list import Erased, decode_erased, merged, read_erased
from kiosk.core.storage import BACKUP_SUFFIX
from kiosk.errors import KioskError, StorageError
from kiosk.security.key_store import KeyStore
from kiosk.security.office_key import OfficeKey

SUFFIX = BACKUP_SUFFIX
TIME_FORMAT = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class StoredBackup:
    """One backup in the directory.

    Attributes:
        path: of the file.
        manifest: None when the backup is damaged or of a newer version.
        fault: what is wrong with it, as a sentence.
    """

    path: Path
    manifest: BackupManifest | None
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class BackupDirectory:
    """The backups of one device.

    Attributes:
        folder: created when it is needed.
        kiosk_id: of the device; other devices' backups in the folder are left alone.
        keys: of the device.
    """

    folder: Path
    kiosk_id: str
    keys: KeyStore

    def create(self) -> None:
        """Create the folder, for the kiosk's user alone, and clean up after backups that were killed."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(
                f"the backups' folder {self.folder} cannot be made: {error.strerror}; name another one, "
                "or set KIOSK_BACKUP_DIR"
            ) from error
        sweep_half_written(self.folder)

    def new_path(self, made_at: datetime) -> Path:
        """Return a name that is free and sorts behind all of the same second. Raises StorageError."""
        stem = f"{self._prefix}{made_at.astimezone(UTC):{TIME_FORMAT}}"
        same_second = [path for path in self.paths() if path.name.startswith(stem)]
        number = 1 + max(map(_number_in_second, same_second), default=0)
        return self.folder / f"{stem}{'' if number == 1 else f'-{number}'}{SUFFIX}"

    def paths(self) -> tuple[Path, ...]:
        """Return this device's backups, the oldest first. Raises StorageError."""
        own = re.compile(re.escape(self._prefix) + r"\d{8}T\d{6}Z(-\d+)?" + re.escape(SUFFIX))
        try:
            found = [path for path in self.folder.iterdir() if own.fullmatch(path.name)]
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise StorageError(f"{self.folder} cannot be looked into: {error.strerror}; check its owner") from error
        return tuple(sorted(found, key=_order))

    def newest_at(self) -> datetime | None:
        """Return when the newest backup was made, as its name says; None when there is none or it cannot be told."""
        try:
            newest = self.paths()[-1:]
        except StorageError:
            return None
        times = (path.name.removeprefix(self._prefix).partition("Z")[0] + "Z" for path in newest)
        return next((datetime.strptime(time, TIME_FORMAT).replace(tzinfo=UTC) for time in times), None)

    def list(self) -> Iterator[StoredBackup]:
        """Yield this device's backups with their manifests, the oldest first."""
        for path in self.paths():
            try:
                yield StoredBackup(path, BackupFile(path, self.keys.find).read_manifest())
            except KioskError as error:
                yield StoredBackup(path, None, str(error))

    def count_sealed(self) -> int:
        """Return how many of the backups are sealed; one that is damaged is not counted. Raises StorageError."""
        count = 0
        for path in self.paths():
            with suppress(KioskError):
                count += BackupFile(path, self.keys.find).seal_header() is not None
        return count

    def rotate(self, keep: int, newest: Path) -> tuple[Path, ...]:
        """Delete all but the last so many, and never the newest, whatever the clock says; return what was deleted.

        Raises StorageError when one cannot be deleted.
        """
        others = [path for path in self.paths() if path != newest]
        surplus = others[: max(0, len(others) - (keep - 1))]
        for path in surplus:
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise StorageError(
                    f"the old backup {path} cannot be deleted: {error.strerror}; delete it by hand"
                ) from error
        return tuple(surplus)

    @property
    def _prefix(self) -> str:
        return re.sub(r"[^A-Za-z0-9._]+", "-", self.kiosk_id) + "-"


def _order(path: Path) -> tuple[str, int]:
    return path.name.removesuffix(SUFFIX).rpartition("Z")[0], _number_in_second(path)


def _number_in_second(path: Path) -> int:
    """Return which backup of its second a name belongs to, 1 for the first."""
    return int(path.name.removesuffix(SUFFIX).rpartition("Z")[2].removeprefix("-") or 1)


def read_erased_in(folder: Path, find_key: Callable[[str], OfficeKey | None]) -> Erased:
    """Return who was erased according to all backups in a folder, of every device, and to the list beside them.

    Raises StorageError when these cannot be read; of a backup that is damaged or sealed by other keys the list
    beside it knows.
    """
    lists: list[Erased] = [read_erased(folder / ERASED_FILE)]
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            lists.append(decode_erased(BackupFile(path, find_key).read_part(ERASED)))
        except KioskError:
            continue
    return merged(*lists)
