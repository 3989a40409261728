"""Accepting what the verification has found, once it is known why: the log says who did, when and for what reason."""

from __future__ import annotations

from db import attendance_digest, audit_log
from db.attendance_changes import record_change, recorded_as
from db.session import Database
from kiosk.core.context import current_actor
from kiosk.security.attendance_verification import ACCEPTANCE, event_faults
from kiosk.security.audit_anchor import AuditAnchor


def accept(database: Database, anchor: AuditAnchor, reason: str) -> int:
    """Record the missing changes, digest all, and write the anchor anew; return how many events were not as recorded.

    Faults of the audit log itself stay: its rows cannot be mended. Raises StorageError; then nothing was accepted.

    Args:
        database: of the office.
        anchor: of this device.
        reason: why, in words for whoever reads the audit log; no names.
    """
    with database.transaction() as session, recorded_as(session, current_actor()):
        faults = [(fault.missing, fault.trace_id) for fault in event_faults(session)]
        for kind, trace_id in faults:
            record_change(session, kind, trace_id)
        while attendance_digest.digest_changes(session, current_actor()) is not None:
            pass
        details: audit_log.Details = {"reason": reason, "events": len(faults)}
        audit_log.append(session, current_actor(), ACCEPTANCE, None, details)
    anchor.renew(database)
    return len(faults)
