"""The audit log's anchor: a copy of its head in the data directory, which tells when the log was cut off."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterable
from pathlib import Path

from db import audit_log
from db.audit_log import EMPTY_LOG, AuditHead
from db.session import Database
from kiosk.core.files import read_own_file, replace_file
from kiosk.core.logger import log
from kiosk.errors import StorageError

FILE_NAME = "audit.head"
ANCHOR_LINE = re.compile(r"(\d{1,18}) ([0-9a-f]{64})\n")
WAY_BACK = "find out why (`kiosk audit verify`); then `kiosk audit accept` writes it anew, and the log says who did"


class AuditAnchor:
    """One device's anchor. Any process may use it.

    A new device gets one. Where the log has rows and the device has been in use, a missing anchor was removed: it is
    reported, and never written again by itself.

    Args:
        path: of the file.
        traces: files that only a device in use has.
    """

    def __init__(self, path: Path, traces: Iterable[Path] = ()) -> None:
        self.path = path
        self._traces = tuple(traces)

    def read(self) -> AuditHead | None:
        """Return the anchor, None when there is none. Raises StorageError when it cannot be read."""
        try:
            stored = read_own_file(self.path)
            if stored is None:
                return None
            text = stored.decode("ascii")
        except (OSError, UnicodeDecodeError) as error:
            raise StorageError(f"the audit log's anchor {self.path} cannot be read; {WAY_BACK}") from error
        found = ANCHOR_LINE.fullmatch(text)
        if found is None:
            raise StorageError(f"the audit log's anchor {self.path} is damaged; {WAY_BACK}")
        return AuditHead(int(found[1]), found[2])

    def fault(self, head: AuditHead | None) -> str | None:
        """Return a sentence when the anchor is missing where there must be one, or cannot be read.

        head: of the log as it is stored.
        """
        try:
            missing = self.read() is None and not self._may_begin(head or EMPTY_LOG)
        except StorageError as error:
            return str(error)
        return f"the audit log's anchor {self.path} is missing; {WAY_BACK}" if missing else None

    def begin(self, database: Database | None) -> None:
        """Write the anchor of a new device, before it is used. Raises StorageError.

        database: None while it does not answer; the anchor then says nothing of the log.
        """
        if os.path.lexists(self.path):
            return
        if database is not None:
            with database.reading() as session:
                head = audit_log.head(session) or EMPTY_LOG
            if self._may_begin(head):
                self._write(head)
        elif not self._is_in_use():
            self._write(EMPTY_LOG)

    def update(self, database: Database) -> bool:
        """Write the log's head to the anchor, unless the log no longer holds what the anchor says.

        Returns False then, and when the anchor was removed, with a line in the log; what is there stays as evidence.
        Raises StorageError.
        """
        anchor = self.read()
        with database.reading() as session:
            head = audit_log.head(session) or EMPTY_LOG
            follows = anchor is None or anchor.row_count == 0 or audit_log.contains(session, anchor)
        if anchor is None and not self._may_begin(head):
            log(logging.WARNING, "audit.anchor_missing", path=self.path, rows=head.row_count)
            return False
        if not follows:
            log(logging.WARNING, "audit.anchor_lost", anchored=anchor and anchor.row_count, rows=head.row_count)
            return False
        if anchor is None or anchor.row_count < head.row_count:
            self._write(head)
        return True

    def forget(self) -> None:
        """Let the anchor say nothing, while the database is replaced on purpose. Raises StorageError."""
        self._write(EMPTY_LOG)

    def renew(self, database: Database) -> None:
        """Write the log's head to the anchor, whatever was there. Raises StorageError."""
        with database.reading() as session:
            self._write(audit_log.head(session) or EMPTY_LOG)

    def _may_begin(self, head: AuditHead) -> bool:
        return head.row_count == 0 or not self._is_in_use()

    def _is_in_use(self) -> bool:
        return any(map(os.path.lexists, self._traces))

    def _write(self, head: AuditHead) -> None:
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            replace_file(self.path, f"{head.row_count} {head.hash}\n".encode("ascii"))
        except OSError as error:
            raise StorageError(f"the audit log's anchor {self.path} cannot be written: {error.strerror}") from error
