"""The nightly digest: carries the attendance's changes into the audit log, and tells the system's journal its head."""

from __future__ import annotations

import logging
from collections.abc import Callable

from db import attendance_digest, audit_log
from db.audit_log import EMPTY_LOG, AuditHead
from db.session import Database
from kiosk.core.logger import log

ACTOR = "digest"


def digest_attendance(database: Database, stopping: Callable[[], bool] = lambda: False) -> int:
    """Digest all changes since the last digest, and return how many there were.

    Each batch is a transaction of its own, so that nobody waits long for the audit log and memory stays bounded.
    Raises StorageError; the next digest goes on where this one ended.

    Args:
        database: of the office; several devices may do this at once.
        stopping: checked between the batches; True leaves the rest to the next digest.
    """
    count = 0
    while not stopping():
        with database.transaction() as session:
            digested = attendance_digest.digest_changes(session, ACTOR)
        if digested is None:
            break
        count += digested.count
    log(logging.INFO, "attendance.digested", changes=count)
    return count


def log_head(database: Database) -> AuditHead:
    """Write the audit log's head to the system's journal, which whoever owns the database may not own."""
    with database.reading() as session:
        head = audit_log.head(session) or EMPTY_LOG
    log(logging.INFO, "audit.head", rows=head.row_count, hash=head.hash)
    return head
