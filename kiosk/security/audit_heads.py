"""How a head of the audit log is written down, and read again: by hand, from a line of the log, from a QR code."""

from __future__ import annotations

import re

from db.audit_log import AuditHead
from kiosk.errors import ConfigurationError

WRITTEN = re.compile(r"(?:^|[^0-9a-f])(\d{1,18})\s+(?:hash=)?((?:[0-9a-f]\s*){64})$")


def write_head(head: AuditHead) -> str:
    """Return the number of rows and the last one's hash, in capitals: a QR code holds those in half the room."""
    return f"{head.row_count} {head.hash.upper()}"


def read_head(text: str) -> AuditHead:
    """Return the head that somebody has kept; capitals and blanks within the hash do not matter.

    Raises ConfigurationError when it is none.
    """
    found = WRITTEN.search(text.strip().lower())
    if found is None:
        raise ConfigurationError(
            "a head of the audit log is a number of rows and 64 characters of 0-9 and A-F, as `kiosk audit head` "
            "prints it"
        )
    return AuditHead(int(found[1]), re.sub(r"\s", "", found[2]))
