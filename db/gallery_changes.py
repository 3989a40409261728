"""Noticing that the gallery of faces has changed, whoever changed it, plain SQL included."""

from __future__ import annotations

import time
from select import select as select_ready
from typing import Any

import psycopg2
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.session import POSTGRESQL_ARGUMENTS, Database
from db.tables import GalleryChangeRow
from kiosk.errors import ConfigurationError, StorageError

CHANNEL = "kiosk_gallery"
"""PostgreSQL notifies here at each commit that changed the gallery; the payload is the new version."""


def gallery_version(session: Session) -> int:
    """Return a number that rises with each committed change of templates, of names, of who is active or exists."""
    version: int | None = session.scalar(select(GalleryChangeRow.version))
    if version is None:
        raise ConfigurationError("the row of gallery_changes is gone; run: INSERT INTO gallery_changes (id) VALUES (1)")
    return version


class GalleryChangeListener:
    """Wakes the gallery's follower soon after a commit; a version that has risen tells for certain.

    Belongs to one thread. PostgreSQL notifies; SQLite cannot, and the wait is a short sleep there.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: Any = None

    def wait(self, timeout_s: float) -> None:
        """Return when something may have changed, after timeout_s at the latest, and at once when notice was lost.

        Raises StorageError when the database is away; the next call begins anew.
        """
        if self._database.engine.dialect.name != "postgresql":
            time.sleep(timeout_s)
            return
        try:
            if self._connection is None:
                self._listen()
                return
            ready, _, _ = select_ready([self._connection], [], [], timeout_s)
            if ready:
                self._connection.poll()
                self._connection.notifies.clear()
        except psycopg2.Error as error:
            self.close()
            raise StorageError(f"{self._database.description} does not answer") from error

    def close(self) -> None:
        """Let go of the connection; harmless when called twice."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _listen(self) -> None:
        """A connection of its own, outside the pool: it is never given back."""
        arguments, options = self._database.engine.dialect.create_connect_args(self._database.engine.url)
        connection = psycopg2.connect(*arguments, **{**POSTGRESQL_ARGUMENTS, **options})
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")
        self._connection = connection
