"""The file of a SQLite database: made for its user alone, and noticed when another one takes its place."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from kiosk.errors import ConfigurationError, DatabaseReplaced, StorageError

LOOK_S = 5.0
_WAY_BACK = "move it away, then restore a backup: kiosk restore FILE"
# The lower byte of SQLite's result codes tells the kind.
_PRIMARY = 0xFF


class DatabaseFile:
    """The file that an engine's connections have open; all of them must mean the one that its name means."""

    def __init__(self, path: Path) -> None:
        self._path = path.absolute()
        self._opened: os.stat_result | None = None

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

    def require_same(self) -> None:
        """Raise DatabaseReplaced when the name no longer means the file that the first connection has opened.

        What would be written to that file would be gone with it. It is only looked at, never opened: closing it would
        take away all locks that SQLite has on it in this process.
        """
        if self._opened is None:
            return
        try:
            same = os.path.samestat(self._opened, self._path.stat())
        except OSError as error:
            raise DatabaseReplaced(
                f"{self._path} is gone ({error.strerror}); move it back, or restore a backup: kiosk restore FILE"
            ) from error
        if not same:
            raise DatabaseReplaced(
                f"{self._path} is another file than when it was opened; move the right one back, or start the kiosk "
                "anew to use this one"
            )


def require_own_file(path: Path, traces: Iterable[Path]) -> None:
    """Raise ConfigurationError, with the way back in it, for a file that is not this device's database.

    A file that is missing or empty is that of a new device, unless there are traces. Raises StorageError for one that
    may not be read, which can be put right meanwhile.

    Args:
        path: of the database.
        traces: files that only a device has that was used before.
    """
    found = ", ".join(trace.name for trace in traces if trace.exists())
    if path.is_dir():
        raise ConfigurationError(f"{path} is a folder; {_WAY_BACK}")
    try:
        has_tables = _has_tables(path)
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
        if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            raise ConfigurationError(f"{path} is no SQLite database, or damaged; {_WAY_BACK}") from error
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return
        raise StorageError(
            f"{path} cannot be read ({error}); check its owner, the files beside it and the disk"
        ) from error
    if found and not has_tables:
        raise ConfigurationError(
            f"{path} is {'empty' if path.exists() else 'missing'}, but this device has been used before ({found}); put "
            "the file back, or restore a backup: kiosk restore FILE; only to begin anew, move those files away"
        )


def _has_tables(path: Path) -> bool:
    """Tell whether there is a table; also while somebody has the file locked. Raises sqlite3.Error."""
    if not path.exists() or not path.stat().st_size:
        return False
    with closing(sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True, timeout=LOOK_S)) as reading:
        return reading.execute("SELECT 1 FROM sqlite_master").fetchone() is not None
