"""Notices when another database than before answers at the address of a PostgreSQL server."""

from __future__ import annotations

from typing import Any

import psycopg2.errors

from kiosk.errors import DatabaseReplaced

# A replica that takes over is the same database; one that was loaded from a dump is another.
IDENTITY = """
    SELECT (SELECT system_identifier FROM pg_control_system()), oid FROM pg_database WHERE datname = current_database()
"""


class DatabaseServer:
    """The database that the first connection of an engine found; each further one must find it, too."""

    def __init__(self, description: str) -> None:
        self._description = description
        self._identity: tuple[Any, ...] | None = None

    def require_same(self, connection: Any, _record: object) -> None:
        """Look at a new connection of psycopg2, and close it and raise DatabaseReplaced when it leads elsewhere."""
        try:
            with connection.cursor() as cursor:
                cursor.execute(IDENTITY)
                identity = cursor.fetchone()
        except psycopg2.errors.InsufficientPrivilege:  # some who run servers for others forbid it
            identity = self._identity
        connection.rollback()
        if self._identity is None:
            self._identity = identity
        elif identity != self._identity:
            connection.close()
            raise DatabaseReplaced(
                f"{self._description}: another database answers there than before; see to the right one, or start the "
                "kiosk anew to use this one"
            )
