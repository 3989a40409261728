"""The file of a SQLite database: made for its user alone, and noticed when another one takes its place."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from kiosk.errors import DatabaseReplaced, StorageError


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
