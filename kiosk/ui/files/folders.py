"""Where photographs may be, and what is there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from kiosk.domain.case_folding import folded
from kiosk.domain.image_limits import SUFFIXES
from kiosk.errors import StorageError

# Where desktops and the usual rules for udev mount what is plugged in: the folder itself, or one of the user's in it.
MOUNTS = (Path("/media"), Path("/run/media"), Path("/mnt"))


class EntryKind(Enum):
    """What kind of thing an entry is."""

    STICK = "stick"
    HOME = "home"
    FOLDER = "folder"
    PHOTOGRAPH = "photograph"


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file or folder of a folder, or a place to start from."""

    path: Path
    kind: EntryKind

    @property
    def is_folder(self) -> bool:
        return self.kind is not EntryKind.PHOTOGRAPH


def list_folder(folder: Path | None) -> tuple[FileEntry, ...]:
    """Return what is in a folder, or, for None, the places to start from. Raises StorageError."""
    return places() if folder is None else entries(folder)


def places(mounts: Sequence[Path] = MOUNTS, home: Path | None = None) -> tuple[FileEntry, ...]:
    """Return the drives that are plugged in, and the user's home folder."""
    candidates = [folder for mount in mounts for folder in (*_folders_in(mount), *_grandchildren(mount))]
    sticks = [FileEntry(folder, EntryKind.STICK) for folder in candidates if _is_true(folder.is_mount)]
    own = home or _home()
    return (*sticks, *([FileEntry(own, EntryKind.HOME)] if own is not None and _is_true(own.is_dir) else []))


def entries(folder: Path) -> tuple[FileEntry, ...]:
    """Return a folder's folders and photographs, by name, without hidden ones. Raises StorageError."""
    try:
        with os.scandir(folder) as found:
            visible = [entry for entry in found if not entry.name.startswith(".")]
            folders = [Path(entry.path) for entry in visible if _is_true(entry.is_dir)]
            photographs = [
                Path(entry.path)
                for entry in visible
                if entry.name.lower().endswith(SUFFIXES) and _is_true(entry.is_file)
            ]
    except OSError as error:
        raise StorageError(f"{folder} cannot be read: {error.strerror}; is it still plugged in?") from error
    return (
        *(FileEntry(path, EntryKind.FOLDER) for path in _by_name(folders)),
        *(FileEntry(path, EntryKind.PHOTOGRAPH) for path in _by_name(photographs)),
    )


def _by_name(paths: Iterable[Path]) -> list[Path]:
    return sorted(paths, key=lambda path: folded(path.name))


def _grandchildren(mount: Path) -> list[Path]:
    return [folder for parent in _folders_in(mount) if not _is_true(parent.is_mount) for folder in _folders_in(parent)]


def _folders_in(folder: Path) -> list[Path]:
    try:
        return _by_name(path for path in folder.iterdir() if _is_true(path.is_dir))
    except OSError:
        return []


def _home() -> Path | None:
    try:
        return Path.home()
    except RuntimeError:  # a user without a home
        return None


def _is_true(question: Callable[[], bool]) -> bool:
    """Return the answer, False where the file system refuses it, as for another user's drive."""
    try:
        return question()
    except OSError:
        return False
