"""Records in the audit log what changes no other row: what was read, exported or refused."""

from __future__ import annotations

from db import audit_log
from db.session import Database
from kiosk.core.context import current_actor


class AuditRecorder:
    """Any thread may call it; each call is one transaction and raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, action: str, subject: str | None = None, details: audit_log.Details | None = None) -> None:
        """Append one row in the name of the current actor; call it before the action, so that none goes unrecorded."""
        with self._database.transaction() as session:
            audit_log.append(session, current_actor(), action, subject, details)
