"""The health of the device, check by check, for machines: stable codes, nothing about people, and quickly told."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from kiosk.core.storage import MINIMUM_FREE_BYTES
from kiosk.monitoring.clock_sync import timesyncd_is_synchronised
from kiosk.monitoring.question_report import FILE_NAME, OpenQuestionsReport, read_report
from kiosk.monitoring.status import KioskStatus, read_status

# Below this not even the events have room.
LAST_FREE_BYTES = 10 * 1024 * 1024
# A night that was missed is made up for within the hour; two of them were not.
PURGE_OVERDUE = timedelta(hours=50)
BACKUP_OVERDUE = timedelta(hours=50)


class HealthGrade(StrEnum):
    """How good a check's result is.

    Degraded: it works, and somebody should see to it. Failed: it does not do what it is for.
    """

    OK = "ok"
    DEGRADED = "degraded"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class HealthCheck:
    """The result of one check.

    Attributes:
        name: of what was checked.
        grade: the result.
        code: a stable code for why it is not ok, or a remark; None without.
    """

    name: str
    grade: HealthGrade
    code: str | None = None


@dataclass(frozen=True, slots=True)
class HealthReport:
    """The device's health at one moment.

    Attributes:
        checks: all results.
        status: of the running kiosk, None when none runs.
        free_bytes: on the data directory's disk, None when unknown.
        purged_at: aware UTC, None when there was no purge or it is unknown.
        backed_up_at: aware UTC, None when there was no backup or it is unknown.
        questions: about hours, as they were counted last night; None before the first one.
    """

    checks: tuple[HealthCheck, ...]
    status: KioskStatus | None
    free_bytes: int | None
    purged_at: datetime | None
    backed_up_at: datetime | None
    questions: OpenQuestionsReport | None = None


@dataclass(frozen=True, slots=True)
class DeviceProbe:
    """Probes the device's health.

    Attributes:
        status_path: of the running kiosk's status.
        data_dir: whose disk is checked.
        purged_at: returns when the last purge began.
        backed_up_at: returns when the last backup was made.
        now: returns the time, aware UTC.
        kiosk_has_run: returns whether a kiosk has ever run on the data directory, and so should run.
        api_alone: whether no kiosk is to run on this machine.
    """

    status_path: Path
    data_dir: Path
    purged_at: Callable[[], datetime | None]
    backed_up_at: Callable[[], datetime | None]
    now: Callable[[], datetime]
    kiosk_has_run: Callable[[], bool]
    api_alone: bool = False

    def probe(self) -> HealthReport:
        """Check everything but the database; a few small files are read."""
        status, free_bytes = read_status(self.status_path), self._free_bytes()
        purged_at, backed_up_at = self.purged_at(), self.backed_up_at()
        checks = (
            *kiosk_checks(status, should_run=self.kiosk_has_run(), api_alone=self.api_alone),
            _disk(free_bytes),
            _clock(),
            self._recent("purge", purged_at, PURGE_OVERDUE),
            self._recent("backup", backed_up_at, BACKUP_OVERDUE),
        )
        questions = read_report(self.data_dir / FILE_NAME)
        return HealthReport(checks, status, free_bytes, purged_at, backed_up_at, questions)

    def _free_bytes(self) -> int | None:
        there = next((path for path in (self.data_dir, *self.data_dir.parents) if path.exists()), self.data_dir)
        try:
            return shutil.disk_usage(there).free
        except OSError:
            return None

    def _recent(self, name: str, done_at: datetime | None, overdue: timedelta) -> HealthCheck:
        """What was never done is for `kiosk doctor` to point out: the device may be new."""
        if done_at is not None and self.now() - done_at > overdue:
            return HealthCheck(name, HealthGrade.DEGRADED, "overdue")
        return HealthCheck(name, HealthGrade.OK, "never_done" if done_at is None else None)


def worst_grade(checks: tuple[HealthCheck, ...]) -> HealthGrade:
    grades = {check.grade for check in checks}
    return next((grade for grade in (HealthGrade.FAILED, HealthGrade.DEGRADED) if grade in grades), HealthGrade.OK)


def kiosk_checks(status: KioskStatus | None, *, should_run: bool, api_alone: bool = False) -> Iterator[HealthCheck]:
    """Yield the checks that follow from the running kiosk's status.

    Args:
        status: what it said last, None when none runs.
        should_run: whether one is missed when none runs.
        api_alone: whether none is to run on this machine.
    """
    if api_alone and (status is None or status.is_silent):
        yield HealthCheck("kiosk", HealthGrade.OK, "not_expected")
        return
    if status is None:
        yield HealthCheck("kiosk", HealthGrade.FAILED if should_run else HealthGrade.DEGRADED, "not_running")
        return
    if status.is_silent:
        yield HealthCheck("kiosk", HealthGrade.FAILED, "silent")
        return
    if status.stuck_threads:
        yield HealthCheck("kiosk", HealthGrade.FAILED, f"stuck_{status.stuck_threads[0]}")
    else:
        yield HealthCheck("kiosk", HealthGrade.OK)
    yield HealthCheck("name", HealthGrade.DEGRADED if status.name_clash else HealthGrade.OK, status.name_clash)
    seen = status.camera.state == "ok"
    code = status.camera.fault or status.camera.state
    yield HealthCheck("camera", HealthGrade.OK) if seen else HealthCheck("camera", HealthGrade.DEGRADED, code)
    yield _events(status)
    if status.gallery_templates:
        yield HealthCheck("gallery", HealthGrade.OK)
    else:
        yield HealthCheck("gallery", HealthGrade.DEGRADED, "nobody_enrolled")


def _events(status: KioskStatus) -> HealthCheck:
    if status.database_replaced:
        return HealthCheck("events", HealthGrade.FAILED, "database_replaced")
    if status.database_away_since_at is not None:
        return HealthCheck("events", HealthGrade.DEGRADED, "waiting_for_database")
    if status.events_refused:
        return HealthCheck("events", HealthGrade.DEGRADED, "refused_by_database")
    return HealthCheck("events", HealthGrade.OK)


def _disk(free_bytes: int | None) -> HealthCheck:
    if free_bytes is None:
        return HealthCheck("disk", HealthGrade.FAILED, "unreadable")
    if free_bytes < LAST_FREE_BYTES:
        return HealthCheck("disk", HealthGrade.FAILED, "full")
    if free_bytes < MINIMUM_FREE_BYTES:
        return HealthCheck("disk", HealthGrade.DEGRADED, "nearly_full")
    return HealthCheck("disk", HealthGrade.OK)


def _clock() -> HealthCheck:
    synchronised = timesyncd_is_synchronised()
    if synchronised is False:
        return HealthCheck("clock", HealthGrade.DEGRADED, "not_synchronised")
    return HealthCheck("clock", HealthGrade.OK, None if synchronised else "unknown")
