"""Files that are replaced whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path


def replace_file(path: Path, content: bytes, durable: bool = True) -> None:
    """Put content in path's place so that after a crash the old file or the new one stands there, whole, mode 600.

    durable: False where a power cut may take the file along; a reader still finds a whole one.
    Raises OSError, and then the old file is untouched.
    """
    temporary = path.with_name(f"{path.name}.new")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            if durable:
                os.fsync(descriptor)
        temporary.replace(path)
        if durable:
            sync_folder(path.parent)
    except BaseException:
        _forget(temporary)
        raise


def sync_folder(folder: Path) -> None:
    """Make new names in a folder durable; without it a file may vanish in a power cut although its bytes are down."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _forget(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:  # a read-only folder; what is left there is overwritten next time
        return
