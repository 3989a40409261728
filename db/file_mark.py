"""What a SQLite database's file says of itself: whose it is, which one, and how far it has come.

It is read without the write-ahead log, by SQLite: were the file opened and closed beside it, all locks that SQLite has
on it in this process would be gone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from kiosk.errors import StorageError

APPLICATION_ID = int.from_bytes(b"KIOS")
"""Stands in each file that a kiosk made, for SQLite's tools and file(1)."""
PRIMARY = 0xFF
"""The lower byte of SQLite's result codes tells the kind."""
_SPOILT = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


@dataclass(frozen=True, slots=True)
class FileMark:
    """A file at one moment.

    Attributes:
        identity: a random number that was given with the tables; 0 before.
        numbers: the last number given to a row, by table; these never fall, after a restore neither.
    """

    identity: int = 0
    numbers: Mapping[str, int] = field(default_factory=dict)

    def follows(self, earlier: FileMark) -> bool:
        """Tell whether this can be the same database as earlier, and no older copy of it."""
        if earlier.identity not in (0, self.identity):
            return False
        return all(number >= earlier.numbers.get(table, 0) for table, number in self.numbers.items())


class MalformedFile(StorageError):
    """A file does not hold together by itself: it is damaged, or SQLite is just carrying its log into it."""


def read_mark(path: Path) -> FileMark | None:
    """Return a file's mark, None for one that is no database. Raises MalformedFile, StorageError if unreadable."""
    address = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as reading:
            (identity,) = reading.execute("PRAGMA user_version").fetchone()
            numbered = reading.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'").fetchone()
            numbers = reading.execute("SELECT name, seq FROM sqlite_sequence").fetchall() if numbered else ()
            return FileMark(identity, dict(numbers))
    except sqlite3.Error as error:
        if _kind(error) == sqlite3.SQLITE_NOTADB:
            return None
        if is_spoilt(error):
            raise MalformedFile(f"{path} is damaged; restore a backup: kiosk restore FILE") from error
        raise StorageError(f"{path} cannot be read ({error}); check its owner and the disk") from error


def is_spoilt(error: sqlite3.Error) -> bool:
    """Tell whether an error of SQLite means that the file is damaged, or no database."""
    return _kind(error) in _SPOILT


def _kind(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & PRIMARY
