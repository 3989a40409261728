"""Locks on files and folders, which end with the process that holds them, however it ends (flock(2)).

What is temporary is locked by whoever works with it: what nobody has locked is left over from a crash.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

FOLDER_FLAGS = os.O_RDONLY | os.O_DIRECTORY


def open_locked(path: Path, mode: int = 0o600) -> int:
    """Open a file for writing and lock it, and return its descriptor; made if missing, never behind a link.

    Waits while somebody else has it locked. Raises OSError.
    """
    while True:
        descriptor = _opened_and_locked(path, os.O_RDWR | os.O_CREAT, mode)
        if descriptor is not None:
            return descriptor


def make_locked_folder(path: Path) -> int:
    """Make a folder, mode 700, and lock it; return its descriptor. Raises OSError."""
    while True:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = _opened_and_locked(path, FOLDER_FLAGS)
        if descriptor is not None:
            return descriptor


def try_lock(descriptor: int) -> bool:
    """Lock an open file or folder unless somebody else has it locked; whether that went. Raises OSError."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _opened_and_locked(path: Path, flags: int, mode: int = 0) -> int | None:
    """Return a locked descriptor; None when what was opened is under its name no more, swept or renamed meanwhile."""
    descriptor = os.open(path, flags | os.O_NOFOLLOW | os.O_CLOEXEC, mode)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if _stands_at(descriptor, path):
            return descriptor
    except BaseException:
        os.close(descriptor)
        raise
    os.close(descriptor)
    return None


def _stands_at(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.lstat())
    except FileNotFoundError:
        return False
