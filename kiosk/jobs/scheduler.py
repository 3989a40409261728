"""The schedule of the housekeeping: the nightly purge at a local time, and smaller jobs in between."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import schedule

from kiosk.core.logger import log
from kiosk.domain.ports import Clock
from kiosk.jobs.clock_watch import ClockWatch
from kiosk.jobs.purge import Purge

LOOK_EVERY_S = 1.0
# The library reckons by the wall clock: set back, it would wait until the clock is where it was.
SET_BACK = timedelta(minutes=1)


class Housekeeping:
    """step() is repeated by a Worker. A job that fails is logged, and delays neither the others nor the thread."""

    def __init__(
        self,
        *,
        purge: Purge,
        watch: ClockWatch,
        digest_attendance: Callable[[], object],
        check_gallery: Callable[[], object],
        pull_directory: Callable[[], object],
        ask_questions: Callable[[], object],
        update_audit_anchor: Callable[[], object],
        purge_at: str,
        zone: ZoneInfo,
        clock: Clock,
        stopping: threading.Event,
    ) -> None:
        """Schedule nothing yet; the first step does.

        Args:
            purge: what is run.
            watch: tells whether the clock can be trusted, and when the last purge was.
            digest_attendance: carries the attendance's changes into the audit log, after the purge.
            ask_questions: counts what is not known about hours, before the digest.
            pull_directory: fetches the office's people, where that is wanted, after the purge.
            check_gallery: looks for what makes enrolled people missed or mistaken.
            update_audit_anchor: saves on this device how far the audit log has come.
            purge_at: local time of the nightly purge, HH:MM.
            zone: of that time.
            clock: the time.
            stopping: set when the current job is to end early.
        """
        self._purge = purge
        self._watch = watch
        self._digest_attendance = digest_attendance
        self._check_gallery = check_gallery
        self._pull_directory = pull_directory
        self._ask_questions = ask_questions
        self._update_audit_anchor = update_audit_anchor
        self._purge_at = purge_at
        self._zone = zone
        self._clock = clock
        self._stopping = stopping
        self._schedule = schedule.Scheduler()
        self._last_at: datetime | None = None

    def step(self) -> bool:
        """Do what is due, or wait for a second; False when it is to end."""
        now = self._clock.now()
        if self._last_at is None:
            self._begin()
        elif now < self._last_at - SET_BACK:
            self._schedule_jobs()
        self._last_at = now
        self._schedule.run_pending()
        return not self._stopping.wait(LOOK_EVERY_S)

    def request_stop(self) -> None:
        """End; the current job leaves what can wait."""
        self._stopping.set()

    @property
    def next_purge_at(self) -> datetime:
        """When the next nightly purge is due; aware UTC."""
        due: datetime = next(job.next_run for job in self._schedule.get_jobs("night"))
        return due.astimezone(UTC)

    def _begin(self) -> None:
        self._schedule_jobs()
        self._run("tidy_up", self._purge.tidy_up)
        self._run("catch_up", self._catch_up)

    def _schedule_jobs(self) -> None:
        self._schedule.clear()
        every = self._schedule.every
        every().day.at(self._purge_at, self._zone.key).do(self._end_day).tag("night")
        every().minute.do(self._run, "tidy_up", self._purge.tidy_up)
        every().hour.do(self._run, "expire_snapshots", self._purge.expire_snapshots)
        every().hour.do(self._run, "catch_up", self._catch_up)
        every(10).minutes.do(self._run, "update_audit_anchor", self._update_audit_anchor)

    def _catch_up(self) -> None:
        """Purge now if the last nightly purge was missed, interrupted or in doubt, because the device was off, say."""
        purged_at = self._watch.purged_at
        if purged_at is None or purged_at < last_night_at(self._clock.now(), self._purge_at, self._zone):
            self._end_day()

    def _end_day(self) -> None:
        self._run("purge", self._purge.run)
        self._run("pull_directory", self._pull_directory)
        self._run("ask_questions", self._ask_questions)
        self._run("digest_attendance", self._digest_attendance)
        self._run("check_gallery", self._check_gallery)

    def _run(self, name: str, job: Callable[[], object]) -> None:
        try:
            job()
        except Exception:
            log(logging.ERROR, "job.failed", exc_info=True, job=name)


def last_night_at(now: datetime, purge_at: str, zone: ZoneInfo) -> datetime:
    """Return when the purge was due last; now: aware."""
    hour, minute = map(int, purge_at.split(":"))
    local = now.astimezone(zone)
    due = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if due > local:
        due -= timedelta(days=1)
    return due.astimezone(UTC)
