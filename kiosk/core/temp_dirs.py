"""Folders for work that leaves nothing behind: `<data_dir>/tmp/work/…`, for the kiosk's user alone.

Whoever works in one has locked it, and the lock ends with the process however that ends: what nobody has locked is
left over from a crash, and is swept.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from kiosk.core.file_locks import make_locked_folder, try_lock
from kiosk.errors import StorageError

TEMP_FOLDER = Path("tmp") / "work"


@contextmanager
def temp_dir(data_dir: Path) -> Iterator[Path]:
    """Make a folder, and delete it with all that is in it when the block ends. Raises StorageError."""
    sweep_temp_dirs(data_dir)
    folder = data_dir / TEMP_FOLDER / str(uuid4())
    try:
        descriptor = make_locked_folder(folder)
    except OSError as error:
        raise StorageError(
            f"{folder.parent} cannot be worked in: {error.strerror}; check its owner and disk"
        ) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(descriptor)


def sweep_temp_dirs(data_dir: Path) -> None:
    """Delete what crashes have left behind; what cannot be deleted is tried again another time."""
    try:
        folders = [path for path in (data_dir / TEMP_FOLDER).iterdir() if path.is_dir() and not path.is_symlink()]
    except OSError:
        return
    for folder in folders:
        with suppress(OSError):  # whoever worked there has just ended
            _sweep(folder)


def _sweep(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        if try_lock(descriptor):  # else somebody works there
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(descriptor)
