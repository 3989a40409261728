"""What is written in the audit log although nothing else is written: what was read, taken along, or refused."""

from __future__ import annotations

from db import audit
from db.session import Database
from kiosk.core.context import current_actor


class AuditTrail:
    """Any thread may call it; every method is one transaction and raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, action: str, subject: str | None = None, details: audit.Details | None = None) -> None:
        """Write one row in the name of the current actor; before the thing is done, so that nothing goes unseen."""
        with self._database.transaction() as session:
            audit.append(session, current_actor(), action, subject, details)
