"""The audit log's anchor: a copy of its head in the data directory, which tells when the log was cut off."""

from __future__ import annotations

import logging
import re
from pathlib import Path

from db import audit_log
from db.audit_log import EMPTY_LOG, AuditHead
from db.session import Database
from kiosk.core.files import replace_file
from kiosk.core.logger import log
from kiosk.errors import StorageError

FILE_NAME = "audit.head"
ANCHOR_LINE = re.compile(r"(\d{1,18}) ([0-9a-f]{64})\n")


def read_anchor(path: Path) -> AuditHead | None:
    """Return the anchor, None when there is none. Raises StorageError when it cannot be read."""
    try:
        text = path.read_text(encoding="ascii")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise StorageError(f"the audit log's anchor {path} cannot be read") from error
    found = ANCHOR_LINE.fullmatch(text)
    if found is None:
        raise StorageError(f"the audit log's anchor {path} is damaged")
    return AuditHead(int(found[1]), found[2])


def update_anchor(database: Database, path: Path) -> bool:
    """Write the log's head to the anchor, unless the log no longer holds what the anchor says.

    Returns False then, with a line in the log; the old anchor stays as evidence. Raises StorageError.
    """
    anchor = read_anchor(path)
    with database.reading() as session:
        head = audit_log.head(session) or EMPTY_LOG
        follows = anchor is None or anchor.row_count == 0 or audit_log.contains(session, anchor)
    if not follows:
        log(logging.WARNING, "audit.anchor_lost", anchored=anchor and anchor.row_count, rows=head.row_count)
        return False
    if anchor is not None and anchor.row_count >= head.row_count:
        return True
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_file(path, f"{head.row_count} {head.hash}\n".encode("ascii"))
    except OSError as error:
        raise StorageError(f"the audit log's anchor {path} cannot be written: {error.strerror}") from error
    return True
