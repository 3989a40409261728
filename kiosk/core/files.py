"""Files that are replaced whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from kiosk.core.file_locks import open_locked
from kiosk.errors import ConfigurationError, StorageError

LARGEST_OWN_FILE = 64 * 1024 * 1024
HALF_WRITTEN_SUFFIX = ".new"
# So many files of one name are enough; whoever has them should look what they are.
MOST_COPIES = 99


def read_asset(path: Path) -> str:
    """Return the text of one of the project's own files. Raises ConfigurationError for one that is damaged or empty."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} cannot be read; restore it from the project's files") from error
    if not text.strip():
        raise ConfigurationError(f"{path} is empty; restore it from the project's files")
    return text


def read_own_file(path: Path, most_bytes: int = LARGEST_OWN_FILE) -> bytes | None:
    """Return the content of one of the files that the kiosk keeps for itself, None when there is none.

    Whatever else stands in its place is no reason to begin anew, nor to wait: a folder, a pipe, a link to nothing, a
    file larger than most_bytes. Raises OSError for these, and for a file that may not be read.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError as error:
        if path.is_symlink():
            raise OSError(errno.ENOENT, "it is a link to nothing", str(path)) from error
        return None
    try:
        kind = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(kind):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(kind):
            raise OSError(errno.EINVAL, "it is no file", str(path))
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            content = file.read(most_bytes + 1)
    finally:
        os.close(descriptor)
    if len(content) > most_bytes:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return content


def replace_file(path: Path, content: bytes, durable: bool = True) -> None:
    """Put content in path's place; see replacing."""
    with replacing(path, durable=durable) as file:
        file.write(content)


@contextmanager
def replacing(path: Path, *, durable: bool = True, mode: int = 0o600) -> Iterator[BinaryIO]:
    """Write a file that takes path's place when the block ends: after a crash the old or the new one is there, whole.

    After any error the old file is untouched. Raises OSError.

    Args:
        path: of the file; its folder exists.
        durable: False where a power cut may take the file along; a reader still finds a whole one.
        mode: of a new file, less the process's umask.
    """
    temporary = half_written_path(path)
    with os.fdopen(open_locked(temporary, mode), "wb") as file:  # locked until it stands under its own name
        try:
            file.truncate()  # of what a crash has left
            yield file
            file.flush()
            if durable:
                os.fsync(file.fileno())
            temporary.replace(path)
            if durable:
                sync_folder(path.parent)
        except BaseException:
            with suppress(OSError):  # a read-only folder; what is left there is overwritten next time
                temporary.unlink(missing_ok=True)
            raise


@contextmanager
def replacing_public_file(path: Path) -> Iterator[BinaryIO]:
    """As replacing, for a file that every user may read; makes its folder, and raises StorageError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path, mode=0o666) as file:
            yield file
    except OSError as error:
        raise write_refused(path, error) from error


def write_refused(path: Path, error: OSError) -> StorageError:
    """Return the error for a file that could not be replaced, with the next step in it."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StorageError(f"the disk under {path.parent} is full: make room and try again; nothing was replaced")
    return StorageError(f"cannot write {path}: {error.strerror or error}; nothing was replaced")


def half_written_path(path: Path) -> Path:
    """Return where a file is written before it takes its place."""
    return path.with_name(f"{path.name}{HALF_WRITTEN_SUFFIX}")


def sync_folder(folder: Path) -> None:
    """Make new names in a folder durable; without it a file may vanish in a power cut although its bytes are down."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def reason_of(error: OSError) -> str:
    """Return why the operating system refused, in its words, such as "No space left on device"."""
    return error.strerror or type(error).__name__


def free_path(wanted: Path) -> Path:
    """Return the path, with a number behind its name where there is such a file. Raises StorageError."""
    for place in range(1, MOST_COPIES + 1):
        path = wanted if place == 1 else wanted.with_stem(f"{wanted.stem}-{place}")
        if not path.exists():
            return path
    raise StorageError(f"{wanted.parent} is full of files called {wanted.stem}; choose another folder")


def flush(path: Path) -> None:
    """Wait until a file is on the disk: a USB stick is pulled out as soon as the screen says that it is done."""
    try:
        with path.open("rb") as file:
            os.fsync(file.fileno())
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror}") from error
