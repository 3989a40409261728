"""Waits until something in the database has changed, whoever changed it, by plain SQL too."""

from __future__ import annotations

import time
from select import select as select_ready
from typing import Any

import psycopg2

from db.error_translation import translated
from db.session import Database
from kiosk.core.worker import waiting_outside
from kiosk.errors import StorageError


class ChangeListener:
    """Waits for notifications of a channel. For one thread.

    PostgreSQL notifies; SQLite cannot, and wait() just sleeps.
    """

    def __init__(self, database: Database, channel: str) -> None:
        self._database = database
        self._channel = channel
        self._connection: Any = None

    def wait(self, timeout_s: float) -> bool:
        """Return whether something may have changed, after timeout_s at the latest.

        Returns at once after connecting, for changes may have been missed before. Raises StorageError when the
        database is away; the next call connects again.
        """
        if self._database.engine.dialect.name != "postgresql":
            time.sleep(timeout_s)
            return True
        try:
            if self._connection is None:
                self._listen()
                return True
            ready, _, _ = select_ready([self._connection], [], [], timeout_s)
            if ready:
                self._connection.poll()
                self._connection.notifies.clear()
            return bool(ready)
        except psycopg2.Error as error:
            self.close()
            raise StorageError(f"{self._database.description} does not answer") from error

    def close(self) -> None:
        """Close the connection; harmless when called twice."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _listen(self) -> None:
        """Take a connection out of the pool for good: one of the pool would have to be given back."""
        with waiting_outside(), translated(self._database.description):
            pooled = self._database.engine.raw_connection()
        connection: Any = pooled.driver_connection
        pooled.detach()
        connection.autocommit = True
        with waiting_outside(), connection.cursor() as cursor:
            cursor.execute(f"LISTEN {self._channel}")
        self._connection = connection
