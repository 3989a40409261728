"""Whether the wall clock can be trusted: what is deleted by its age is gone for good, and a clock may be years off."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk.core.clock import Boot, this_boot
from kiosk.core.files import read_own_file, reason_of, replace_file
from kiosk.core.logger import log

FILE_NAME = "purge.json"
# A device without a battery for its clock starts with the hour at which it was switched off; that is put right soon
# and harms nothing. A jump of more is somebody's mistake, or the end of one.
LARGEST_CORRECTION = timedelta(days=1)
# Long enough for the network's time to arrive, or for somebody to notice; within a working day.
EVEN_FOR_S = 6 * 3600.0


@dataclass(frozen=True, slots=True)
class ClockRecord:
    """What was saved last.

    Attributes:
        seen_at: the wall clock's time.
        boot_id: of the machine's run at that time.
        running_s: how long it had been running.
        doubted_until_s: until when, in seconds of the same run, the clock is not trusted; 0 when it is.
        purged_at: when the last whole purge began, None when there was none.
    """

    seen_at: datetime
    boot_id: str
    running_s: float
    doubted_until_s: float = 0.0
    purged_at: datetime | None = None


class ClockWatch:
    """Compares the wall clock with one that never jumps, also across restarts. For one thread."""

    def __init__(self, path: Path, now: Callable[[], datetime], boot: Callable[[], Boot] = this_boot) -> None:
        self._path = path
        self._now = now
        self._boot = boot
        self._record: ClockRecord | None = _read(path)

    @property
    def purged_at(self) -> datetime | None:
        return None if self._record is None else self._record.purged_at

    def is_trustworthy(self) -> bool:
        """Compare both clocks; return False for six hours without a jump after one of more than a day."""
        now, boot, before = self._now(), self._boot(), self._record
        doubted_until_s = 0.0 if before is None or before.boot_id != boot.id else before.doubted_until_s
        if before is not None and (jump := _jump(before, now, boot)) is not None:
            doubted_until_s = boot.running_s + EVEN_FOR_S
            log(logging.WARNING, "clock.jumped", by_h=jump.total_seconds() / 3600, nothing_deleted_for_s=EVEN_FOR_S)
        self._save(ClockRecord(now, boot.id, boot.running_s, doubted_until_s, self.purged_at))
        return boot.running_s >= doubted_until_s

    def record_purge(self, began_at: datetime) -> None:
        """Save when a whole purge began."""
        if self._record is not None:
            self._save(replace(self._record, purged_at=began_at))

    def _save(self, record: ClockRecord) -> None:
        self._record = record
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            replace_file(self._path, json.dumps(asdict(record), default=datetime.isoformat).encode("ascii"))
        except OSError as error:
            log(logging.WARNING, "purge.not_noted", reason=reason_of(error))


def last_purge_at(path: Path) -> datetime | None:
    """Return when the last whole purge began according to a file that another process writes; None when never."""
    record = _read(path)
    return None if record is None else record.purged_at


def _jump(before: ClockRecord, now: datetime, boot: Boot) -> timedelta | None:
    """Return by how much the clock has jumped, None when that is little or unknown."""
    passed = now - before.seen_at
    if before.boot_id == boot.id:
        jump = passed - timedelta(seconds=boot.running_s - before.running_s)
        return jump if abs(jump) > LARGEST_CORRECTION else None
    return passed if passed < -LARGEST_CORRECTION else None


def _read(path: Path) -> ClockRecord | None:
    """Return what was saved; None when there is nothing, or nothing that can be read."""
    try:
        said = json.loads(read_own_file(path) or b"")
        purged_at = said["purged_at"]
        return ClockRecord(
            _instant(said["seen_at"]),
            str(said["boot_id"]),
            float(said["running_s"]),
            float(said["doubted_until_s"]),
            None if purged_at is None else _instant(purged_at),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
