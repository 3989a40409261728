"""The file of a SQLite database: made for its user alone, and noticed when another one takes its place."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterable
from contextlib import closing, suppress
from enum import Enum
from pathlib import Path
from typing import TypeAlias
from urllib.parse import quote

from db.file_mark import APPLICATION_ID, PRIMARY, FileMark, MalformedFile, is_spoilt, read_mark
from kiosk.errors import ConfigurationError, DatabaseReplaced, StorageError

LOOK_S = 5.0
RESTS_S, LONGEST_LOOK_S = 0.25, 2.0
STILL_S, LONGEST_STIR_S = 0.5, 15.0
# A file that does not hold together is damaged once nobody has written to it for so long. Until then SQLite may be
# carrying its log into it, which a slow disk can hold up for seconds.
SETTLES_S = 60.0
LogFiles: TypeAlias = tuple[tuple[int, int] | None, ...]
"""Device and inode of each of SQLite's two logs, None where there is none."""
_WAY_BACK = "move it away, then restore a backup: kiosk restore FILE"
FIRST_TABLES = {"alembic_version", "employees", "embeddings", "attendance_log"}


def replaced_log(path: Path) -> Path:
    """Return the name under which the log of an overwritten database is kept; path: of the database."""
    return path.with_name(f"{path.name}-wal.replaced")


def wait_until_still(path: Path) -> None:
    """Return once nobody has written to a file for a while: it may just be put back, or SQLite be writing to it."""
    ends_s = time.monotonic() + LONGEST_STIR_S
    before = _last_write(path)
    while time.monotonic() < ends_s:
        time.sleep(STILL_S)
        now = _last_write(path)
        if now == before:
            return
        before = now


class DatabaseFile:
    """The file that an engine's connections have open; all of them must mean the one that its name means."""

    def __init__(self, path: Path) -> None:
        self._path = path.absolute()
        self._opened: os.stat_result | None = None
        self._mark = FileMark()
        self._looking = threading.Lock()
        self._seen: tuple[int, int] | None = None

    def make(self) -> None:
        """Make the file if it is missing: SQLite would make it readable by everybody; -wal and -shm take over its mode.

        Raises StorageError.
        """
        path = self._path
        try:
            if not path.parent.exists():
                path.parent.mkdir(mode=0o700, parents=True)
            if not path.exists():
                os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            raise StorageError(f"{path} cannot be made: {error.strerror}; check the folder and the disk") from error

    def connect(self) -> sqlite3.Connection:
        """Open a connection, which never makes a file. Raises sqlite3.Error, DatabaseReplaced."""
        self.require_same()
        connection = sqlite3.connect(f"file:{quote(str(self._path))}?mode=rw", uri=True, check_same_thread=False)
        if self._opened is None:
            connection.execute("PRAGMA schema_version").close()  # a connection opens its file when it first needs it
            self._opened = self._path.stat()
        return connection

    def forget(self) -> None:
        """Let the next connection be the first one again: all others are closed."""
        self._opened, self._mark, self._seen = None, FileMark(), None

    def require_same(self) -> None:
        """Raise DatabaseReplaced when the name no longer means the file that the first connection has opened.

        What would be written to that file would be gone with it. The same holds for what is written to a file whose
        contents were overwritten. Raises StorageError for one that cannot be read.
        """
        if self._opened is None:
            return
        try:
            now = self._path.stat()
        except OSError as error:
            raise DatabaseReplaced(
                f"{self._path} is gone ({error.strerror}); move it back, or restore a backup: kiosk restore FILE"
            ) from error
        if not os.path.samestat(self._opened, now):
            raise DatabaseReplaced(
                f"{self._path} is another file than when it was opened; move the right one back, or start the kiosk "
                "anew to use this one"
            )
        seen = _last_write(self._path)
        if seen != self._seen:  # in between SQLite writes to its log alone
            contents = self._look_at_contents()
            if contents is _Contents.OTHER or (contents is _Contents.MALFORMED and _is_settled(seen)):
                raise DatabaseReplaced(
                    f"{self._path} was overwritten while it was open; stop the kiosk, move the file and those beside "
                    f"it ({self._path.name}-wal, -shm) away, then restore a backup: kiosk restore FILE"
                )
            if contents is _Contents.SAME:
                self._seen = seen

    def require_same_logs(self, opened: LogFiles) -> None:
        """Raise DatabaseReplaced when the logs beside the file are not those that a connection has open."""
        if opened != self.log_files():
            raise DatabaseReplaced(
                f"the files {self._path.name}-wal and -shm beside {self._path}, which belong to it, were deleted or "
                "replaced; stop the kiosk, which writes what they held, and start it anew"
            )

    def log_files(self) -> LogFiles:
        """Return which files SQLite's logs are now."""
        return tuple(_file_number(self._path.with_name(f"{self._path.name}{suffix}")) for suffix in ("-wal", "-shm"))

    def set_log_aside(self) -> None:
        """Before connections close: keep SQLite from carrying the log of an overwritten file into what is there now.

        The last one to close would do so, and mix two databases. The log is kept under another name and emptied.
        """
        log = self._path.with_name(f"{self._path.name}-wal")
        with suppress(OSError):
            if self._is_overwritten() and log.stat().st_size:
                shutil.copy(log, replaced_log(self._path))
                os.truncate(log, 0)

    def _is_overwritten(self) -> bool:
        """Tell whether the file is the one that was opened, with other contents. Raises OSError."""
        if self._opened is None or not os.path.samestat(self._opened, self._path.stat()):
            return False
        try:
            return self._look_at_contents() is _Contents.OTHER
        except StorageError:
            return False

    def _look_at_contents(self) -> _Contents:
        """Compare the file with what is remembered of it. Raises StorageError.

        One thread at a time: whoever has read an earlier mark must not find a later one remembered meanwhile.
        """
        with self._looking:
            ends_s = time.monotonic() + LONGEST_LOOK_S
            while True:
                written, found = _last_write(self._path), self._compare()
                if found is _Contents.SAME:
                    return found
                time.sleep(RESTS_S)  # SQLite may just be carrying its log into the file, page by page
                if _last_write(self._path) == written or time.monotonic() > ends_s:
                    return found

    def _compare(self) -> _Contents:
        try:
            mark = read_mark(self._path)
        except MalformedFile:
            return _Contents.MALFORMED
        if mark is None or not mark.follows(self._mark):
            return _Contents.OTHER
        self._mark = mark
        return _Contents.SAME


class _Contents(Enum):
    """What stands in the file, beside what was there before."""

    SAME = "the same database, as it was or later"
    OTHER = "another database, an older copy or none"
    MALFORMED = "does not hold together by itself"


def _is_settled(written: tuple[int, int] | None) -> bool:
    return written is None or time.time() - written[1] / 1e9 > SETTLES_S


def _last_write(path: Path) -> tuple[int, int] | None:
    """Return what changes with each write, None without a file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_ctime_ns


def _file_number(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def require_own_file(path: Path, traces: Iterable[Path]) -> None:
    """Raise ConfigurationError, with the way back in it, for a file that is not this device's database.

    A file that is missing or empty is that of a new device, unless there are traces. Raises StorageError for one that
    may not be read, which can be put right meanwhile.

    Args:
        path: of the database.
        traces: files that only a device has that was used before.
    """
    has_tables = require_kiosk_file(path)
    found = ", ".join(trace.name for trace in traces if os.path.lexists(trace))
    if found and not has_tables:
        raise ConfigurationError(
            f"{path} is {'empty' if path.exists() else 'missing'}, but this device has been used before ({found}); put "
            "the file back, or restore a backup: kiosk restore FILE; only to begin anew, move those files away"
        )


def require_kiosk_file(path: Path) -> bool:
    """Raise ConfigurationError for a file that is damaged or no kiosk's; return whether there are tables in it.

    Raises StorageError for one that may not be read.
    """
    if path.is_dir():
        raise ConfigurationError(f"{path} is a folder; {_WAY_BACK}")
    if path.is_symlink() and not path.exists():
        raise ConfigurationError(
            f"{path} is a link to {path.readlink()}, which is not there; mount the disk that it is on, or {_WAY_BACK}"
        )
    try:
        owner = _owner(path)
    except sqlite3.Error as error:
        if is_spoilt(error):
            raise ConfigurationError(f"{path} is no SQLite database, or damaged; {_WAY_BACK}") from error
        if getattr(error, "sqlite_errorcode", 0) & PRIMARY in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return True
        raise StorageError(
            f"{path} cannot be read ({error}); check its owner, the files beside it and the disk"
        ) from error
    if owner is FileOwner.ANOTHER_PROGRAM:
        raise ConfigurationError(f"{path} is a SQLite database of another program; {_WAY_BACK}")
    if owner is FileOwner.MIXED:
        raise ConfigurationError(
            f"{path} and the log beside it, {path.name}-wal, are of two databases: the file was overwritten; stop the "
            "kiosk, move the log and -shm away to use the file as it is, or all three to restore a backup"
        )
    return owner is FileOwner.KIOSK


class FileOwner(Enum):
    """Whose tables a SQLite file holds."""

    NOBODY = "nobody"
    KIOSK = "kiosk"
    ANOTHER_PROGRAM = "another program"
    MIXED = "two databases, one in the file and one in the log beside it"


def _owner(path: Path) -> FileOwner:
    """Return whose tables there are; also while somebody has the file locked. Raises sqlite3.Error.

    Tables that are older than the mark in the header are known by the names that all versions have.
    """
    if not path.exists() or not path.stat().st_size:
        return FileOwner.NOBODY
    stored = None
    with suppress(MalformedFile):
        stored = read_mark(path)
    with closing(sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True, timeout=LOOK_S)) as reading:
        names = {name for (name,) in reading.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        marked = reading.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        (identity,) = reading.execute("PRAGMA user_version").fetchone()
    if stored is not None and stored.identity not in (0, identity):
        return FileOwner.MIXED
    if not names:
        return FileOwner.NOBODY
    return FileOwner.KIOSK if marked or names >= FIRST_TABLES else FileOwner.ANOTHER_PROGRAM
