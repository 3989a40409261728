"""Who was erased and when, kept outside of the database: a backup made before must not bring their faces back.

One line a person: the employee's number and an instant. Lines are only ever added, each in one write, so that several
processes may do so; what a crash has torn is no line and is left out.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from kiosk.core.files import read_own_file, reason_of, sync_folder
from kiosk.errors import StorageError

FILE_NAME = "erased.list"
WAY_BACK = (
    "check its owner and the disk; if it is lost, move it away: the lists beside and in the backups, and the audit "
    "log, still say who was erased"
)
LINE = re.compile(r"(\d{1,18}) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?\+00:00)")
TORN = re.compile(r"\0*|\d{1,18}(?: [\d:.T-]{0,26}(?:\+[\d:]{0,4})?\0*)?")
"""What a power cut leaves of a line, a part or zeros: its erasure had not been confirmed."""

Erased: TypeAlias = Mapping[int, datetime]
"""The aware UTC instant of the latest erasure of each person, by the employee's number."""


def read_erased(path: Path) -> dict[int, datetime]:
    """Return what a list says; nobody when there is none.

    Raises StorageError for one that cannot be read or holds anything else: somebody who was erased must not come back
    because their line is damaged.
    """
    try:
        content = read_own_file(path) or b""
    except OSError as error:
        why = f"cannot be read: {reason_of(error)}"
        raise StorageError(f"the list of erased people {path} {why}; {WAY_BACK}") from error
    for number, line in enumerate(_lines(content), start=1):
        if not _parsed(line) and not TORN.fullmatch(line):
            raise StorageError(f"the list of erased people {path} is damaged in its line {number}; {WAY_BACK}")
    return decode_erased(content)


def note_erased(path: Path, erased: Erased) -> None:
    """Add people to a list; on disk when this returns. Raises OSError."""
    if not erased:
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        # The line end comes first, too: a torn line must not spoil the one after it.
        os.write(descriptor, b"\n" + encode_erased(erased))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    sync_folder(path.parent)


def merged(*lists: Erased) -> dict[int, datetime]:
    """Return all people of all lists, each with their latest erasure."""
    latest: dict[int, datetime] = {}
    for erased in lists:
        for employee_id, erased_at in erased.items():
            latest[employee_id] = max(erased_at, latest.get(employee_id, erased_at))
    return dict(sorted(latest.items()))


def encode_erased(erased: Erased) -> bytes:
    lines = (f"{employee_id} {erased_at.astimezone(UTC).isoformat()}\n" for employee_id, erased_at in erased.items())
    return "".join(lines).encode("ascii")


def decode_erased(content: bytes) -> dict[int, datetime]:
    return merged(*map(_parsed, _lines(content)))


def _parsed(line: str) -> dict[int, datetime]:
    """Return the person of a line with the instant; nobody for what is no line."""
    found = LINE.fullmatch(line)
    try:
        return {} if found is None else {int(found[1]): datetime.fromisoformat(found[2])}
    except ValueError:  # such as the 99th of a month
        return {}


def _lines(content: bytes) -> list[str]:
    return content.decode("ascii", "replace").split("\n")
