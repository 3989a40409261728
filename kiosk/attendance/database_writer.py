"""The recorder thread's step: what stands in the journal comes into the database, in order and once."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.attendance.journal import Journal
from kiosk.attendance.stays import CLOCK_TOLERANCE
from kiosk.core.logger import log
from kiosk.domain.ports import AttendanceLog, Clock
from kiosk.domain.types import AttendanceEvent
from kiosk.errors import ConfigurationError, RowRefused, StorageError

BATCH = 200
REFRESH_EVERY_S = 2.0
# The larger the office, the longer it takes to read its latest events; no more of the time than this is to go there.
REFRESH_SHARE = 0.05
FIRST_PAUSE_S = 0.1
LONGEST_PAUSE_S = 2.0


@dataclass(frozen=True, slots=True)
class RecorderStatus:
    """waiting: events that are safe on this device and not in the database. away_since_at: None while it answers."""

    waiting: int
    refused: int
    away_since_at: datetime | None


class DatabaseWriter:
    """step() is repeated by a Worker; status and flush are for other threads.

    on_latest: is given the database's latest event of each employee now and then, since others write there, too.
    """

    def __init__(
        self,
        journal: Journal,
        attendance_log: AttendanceLog,
        on_latest: Callable[[Iterable[AttendanceEvent]], None],
        clock: Clock,
    ) -> None:
        self._journal = journal
        self._log = attendance_log
        self._on_latest = on_latest
        self._clock = clock
        self._away_since_at: datetime | None = None
        self._away_since_s = 0.0
        self._pause_s = FIRST_PAUSE_S
        self._resume_s = float("-inf")
        self._refresh_due_s = float("-inf")

    @property
    def status(self) -> RecorderStatus:
        counts = self._journal.counts
        return RecorderStatus(counts.waiting, counts.refused, self._away_since_at)

    @property
    def is_away(self) -> bool:
        """The database does not answer. This, waiting_count and takes_events are told without waiting for the disk."""
        return self._away_since_at is not None

    @property
    def waiting_count(self) -> int:
        return self._journal.pending_count

    @property
    def takes_events(self) -> bool:
        return self._journal.takes_events

    def step(self) -> bool:
        """Write what waits, or wait for something to write; always True, there may be more."""
        resumes_in_s = self._resume_s - self._clock.monotonic_s()
        if resumes_in_s > 0:
            self._journal.wait(min(resumes_in_s, 0.5))
            return True
        try:
            self._work()
        except (StorageError, ConfigurationError) as error:
            self._begin_outage(error)
        return True

    def refresh(self) -> None:
        """Take up the database's latest events. Raises StorageError, ConfigurationError."""
        began_s = self._clock.monotonic_s()
        self._on_latest(self._log.latest_events(self._clock.now() + CLOCK_TOLERANCE))
        ended_s = self._clock.monotonic_s()
        self._refresh_due_s = ended_s + max(REFRESH_EVERY_S, (ended_s - began_s) / REFRESH_SHARE)

    def flush(self, timeout_s: float) -> bool:
        """Wait until nothing waits for the database, or it is away; whether all is in the database."""
        ends_s = time.monotonic() + timeout_s
        while self._journal.pending_count and self._away_since_at is None and time.monotonic() < ends_s:
            time.sleep(0.01)
        return not self._journal.pending_count

    def _work(self) -> None:
        waited = self._journal.pending_count
        if waited:
            self._record(self._journal.pending(BATCH))
            self._end_outage(waited)
        elif self._clock.monotonic_s() >= self._refresh_due_s:
            self.refresh()
            self._end_outage(waited)
        else:
            self._journal.wait(0.5)

    def _record(self, events: Sequence[AttendanceEvent]) -> None:
        try:
            self._log.record(events)
        except RowRefused:
            for event in events:
                self._record_one(event)
        else:
            self._journal.mark_recorded([event.trace_id for event in events])

    def _record_one(self, event: AttendanceEvent) -> None:
        """A row that is refused for good is set aside, so that those behind it do not wait for ever."""
        try:
            self._log.record([event])
        except RowRefused as error:
            log(logging.ERROR, "event.refused", trace_id=event.trace_id, employee_id=event.employee_id, reason=error)
            self._journal.mark_refused([event.trace_id])
        else:
            self._journal.mark_recorded([event.trace_id])

    def _begin_outage(self, error: Exception) -> None:
        self._resume_s = self._clock.monotonic_s() + self._pause_s
        self._pause_s = min(2 * self._pause_s, LONGEST_PAUSE_S)
        if self._away_since_at is None:
            self._away_since_at = self._clock.now()
            self._away_since_s = self._clock.monotonic_s()
            log(logging.WARNING, "database.away", reason=error, waiting=self._journal.pending_count)

    def _end_outage(self, waited: int) -> None:
        self._pause_s = FIRST_PAUSE_S
        if self._away_since_at is not None:
            self._away_since_at = None
            lasted_s = self._clock.monotonic_s() - self._away_since_s
            log(logging.INFO, "database.back", lasted_s=lasted_s, waited=waited)
