"""How the device is, check by check, for machines: codes that stay the same, nothing of people, and quickly told."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from kiosk.core.storage import MINIMUM_FREE_BYTES
from kiosk.monitoring.clock_sync import timesyncd_is_synchronised
from kiosk.monitoring.status import KioskStatus, read_status

# Below this not even the events have room.
LAST_FREE_BYTES = 10 * 1024 * 1024
# A night that was missed is made up for within the hour; two of them were not.
PURGE_OVERDUE = timedelta(hours=50)
BACKUP_OVERDUE = timedelta(hours=50)


class Grade(StrEnum):
    """ok; degraded: it works, and somebody should see to it; failed: it does not do what it is there for."""

    OK = "ok"
    DEGRADED = "degraded"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; code: stable, why it is not ok, None when it is."""

    name: str
    grade: Grade
    code: str | None = None


@dataclass(frozen=True, slots=True)
class HealthReport:
    """What was seen in one look at the device. free_bytes: on the data directory's disk, None when it cannot be told.

    purged_at, backed_up_at: aware UTC, None when there was none or it cannot be told.
    """

    checks: tuple[Check, ...]
    status: KioskStatus | None
    free_bytes: int | None
    purged_at: datetime | None
    backed_up_at: datetime | None


@dataclass(frozen=True, slots=True)
class DeviceProbe:
    """Where to look. purged_at, backed_up_at: ask when that was done last."""

    status_path: Path
    data_dir: Path
    purged_at: Callable[[], datetime | None]
    backed_up_at: Callable[[], datetime | None]
    now: Callable[[], datetime]

    def look(self) -> HealthReport:
        """Look at everything but the database; a few small files are read."""
        status, free_bytes = read_status(self.status_path), self._free_bytes()
        purged_at, backed_up_at = self.purged_at(), self.backed_up_at()
        checks = (
            *checks_of(status),
            _disk(free_bytes),
            _clock(),
            self._recent("purge", purged_at, PURGE_OVERDUE),
            self._recent("backup", backed_up_at, BACKUP_OVERDUE),
        )
        return HealthReport(checks, status, free_bytes, purged_at, backed_up_at)

    def _free_bytes(self) -> int | None:
        there = next((path for path in (self.data_dir, *self.data_dir.parents) if path.exists()), self.data_dir)
        try:
            return shutil.disk_usage(there).free
        except OSError:
            return None

    def _recent(self, name: str, done_at: datetime | None, overdue: timedelta) -> Check:
        """What was never done is for `kiosk doctor` to point out: the device may be new."""
        if done_at is not None and self.now() - done_at > overdue:
            return Check(name, Grade.DEGRADED, "overdue")
        return Check(name, Grade.OK, "never_done" if done_at is None else None)


def worst(checks: tuple[Check, ...]) -> Grade:
    grades = {check.grade for check in checks}
    return next((grade for grade in (Grade.FAILED, Grade.DEGRADED) if grade in grades), Grade.OK)


def checks_of(status: KioskStatus | None) -> Iterator[Check]:
    """Yield what the running kiosk's own words come to."""
    if status is None:
        yield Check("kiosk", Grade.DEGRADED, "not_running")
        return
    if status.is_silent:
        yield Check("kiosk", Grade.FAILED, "silent")
        return
    if status.stuck_threads:
        yield Check("kiosk", Grade.FAILED, f"stuck_{status.stuck_threads[0]}")
    else:
        yield Check("kiosk", Grade.OK)
    seen = status.camera.state == "ok"
    code = status.camera.fault or status.camera.state
    yield Check("camera", Grade.OK) if seen else Check("camera", Grade.DEGRADED, code)
    yield _events(status)
    if status.gallery_templates:
        yield Check("gallery", Grade.OK)
    else:
        yield Check("gallery", Grade.DEGRADED, "nobody_enrolled")


def _events(status: KioskStatus) -> Check:
    if status.database_away_since_at is not None:
        return Check("events", Grade.DEGRADED, "waiting_for_database")
    if status.events_refused:
        return Check("events", Grade.DEGRADED, "refused_by_database")
    return Check("events", Grade.OK)


def _disk(free_bytes: int | None) -> Check:
    if free_bytes is None:
        return Check("disk", Grade.FAILED, "unreadable")
    if free_bytes < LAST_FREE_BYTES:
        return Check("disk", Grade.FAILED, "full")
    if free_bytes < MINIMUM_FREE_BYTES:
        return Check("disk", Grade.DEGRADED, "nearly_full")
    return Check("disk", Grade.OK)


def _clock() -> Check:
    synchronised = timesyncd_is_synchronised()
    if synchronised is False:
        return Check("clock", Grade.DEGRADED, "not_synchronised")
    return Check("clock", Grade.OK, None if synchronised else "unknown")
