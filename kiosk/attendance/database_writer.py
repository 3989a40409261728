"""Writes the journal's events to the database, in order and each once; the step of a thread of its own."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from kiosk.attendance.journal import Journal
from kiosk.attendance.stays import CLOCK_TOLERANCE
from kiosk.core.context import acting_as
from kiosk.core.logger import log
from kiosk.domain.ports import AttendanceLog, Clock
from kiosk.domain.types import AttendanceEvent, EventVoid
from kiosk.errors import (
    ConfigurationError,
    DatabaseReplaced,
    EventNotFound,
    EventNotRecorded,
    EventRefused,
    RowRefused,
    StorageError,
)

BATCH_SIZE = 200
READ_EVERY_S = 2.0
# Reading the latest events takes longer the larger the office is; this is the most of the time that may go into it.
READ_SHARE = 0.05
FIRST_PAUSE_S = 0.1
LONGEST_PAUSE_S = 2.0

TakeBack: TypeAlias = Callable[[UUID, str, str], object]
"""Voids the event of a trace id, for an author and with a reason; as Corrections.take_back."""


@dataclass(frozen=True, slots=True)
class DatabaseWriterStatus:
    """How the writing goes.

    Attributes:
        waiting: events that are safe on this device and not in the database yet.
        refused: events that the database will never take.
        away_since_at: since when the database does not answer, aware UTC; None while it answers.
        replaced: whether it is away because another database, or none, stands in its place.
    """

    waiting: int
    refused: int
    away_since_at: datetime | None
    replaced: bool = False


class DatabaseWriter:
    """A Worker repeats step(); other threads may ask for the status and call flush()."""

    def __init__(
        self,
        journal: Journal,
        attendance_log: AttendanceLog,
        on_latest_events: Callable[[Iterable[AttendanceEvent]], None],
        clock: Clock,
        take_back: TakeBack,
    ) -> None:
        """Start with whatever the journal holds.

        Args:
            journal: this device's events.
            attendance_log: where they are written to.
            on_latest_events: is called every few seconds with the database's latest event of each employee: other
                devices and the office write there, too.
            clock: the machine's.
            take_back: is called for each event that was taken back at the door, once it is in the database.
        """
        self._journal = journal
        self._log = attendance_log
        self._on_latest_events = on_latest_events
        self._clock = clock
        self._take_back = take_back
        self._away_since_at: datetime | None = None
        self._away_since_s = 0.0
        self._replaced = False
        self._pause_s = FIRST_PAUSE_S
        self._resume_s = float("-inf")
        self._read_due_s = float("-inf")

    @property
    def status(self) -> DatabaseWriterStatus:
        counts = self._journal.counts
        return DatabaseWriterStatus(counts.waiting, counts.refused, self._away_since_at, self._replaced)

    @property
    def is_database_away(self) -> bool:
        """Whether the database does not answer; like the next three, answered without waiting for the disk."""
        return self._away_since_at is not None

    @property
    def is_database_replaced(self) -> bool:
        return self._replaced

    @property
    def waiting_count(self) -> int:
        return self._journal.pending_count

    @property
    def accepts_events(self) -> bool:
        return self._journal.accepts_events

    def step(self) -> bool:
        """Write the events that wait, or wait for one; always True, for there may be more."""
        resumes_in_s = self._resume_s - self._clock.monotonic_s()
        if resumes_in_s > 0:
            self._journal.wait(min(resumes_in_s, 0.5))
            return True
        try:
            self._work()
        except (StorageError, ConfigurationError) as error:
            self._begin_outage(error)
        return True

    def read_latest_events(self) -> None:
        """Read the database's latest events and hand them on. Raises StorageError, ConfigurationError."""
        began_s = self._clock.monotonic_s()
        self._on_latest_events(self._log.latest_events(self._clock.now() + CLOCK_TOLERANCE))
        ended_s = self._clock.monotonic_s()
        self._read_due_s = ended_s + max(READ_EVERY_S, (ended_s - began_s) / READ_SHARE)

    def flush(self, timeout_s: float) -> bool:
        """Wait until all events are in the database, or it does not answer; return whether they are."""
        ends_s = time.monotonic() + timeout_s
        while self._journal.pending_count and self._away_since_at is None and time.monotonic() < ends_s:
            time.sleep(0.01)
        return not self._journal.pending_count

    def _work(self) -> None:
        waited = self._journal.pending_count
        if waited:
            self._record(self._journal.pending(BATCH_SIZE))
            self._end_outage(waited)
        elif self._clock.monotonic_s() >= self._read_due_s:
            self.read_latest_events()
            self._end_outage(waited)
        else:
            self._journal.wait(0.5)

    def _record(self, events: Sequence[AttendanceEvent]) -> None:
        try:
            self._write(events)
        except RowRefused:
            for event in events:
                self._record_one(event)
        else:
            self._journal.mark_recorded([event.trace_id for event in events])

    def _record_one(self, event: AttendanceEvent) -> None:
        """Write one event; one that is refused for good is marked, so that those behind it do not wait for ever."""
        try:
            self._write([event])
        except RowRefused as error:
            log(logging.ERROR, "event.refused", trace_id=event.trace_id, employee_id=event.employee_id, reason=error)
            self._journal.mark_refused([event.trace_id])
        else:
            self._journal.mark_recorded([event.trace_id])

    def _write(self, events: Sequence[AttendanceEvent]) -> None:
        with acting_as(f"kiosk:{events[0].kiosk_id}"):  # a journal is of one device
            self._log.record(events)
            for event in events:
                if event.void is not None:
                    self._void(event.trace_id, event.void)

    def _void(self, trace_id: UUID, void: EventVoid) -> None:
        """Void an event that is in the database. Raises RowRefused when it cannot be, such as in a closed month."""
        try:
            self._take_back(trace_id, void.author, void.reason)
        except (EventRefused, EventNotFound, EventNotRecorded) as error:
            raise RowRefused(str(error)) from error

    def _begin_outage(self, error: Exception) -> None:
        self._resume_s = self._clock.monotonic_s() + self._pause_s
        self._pause_s = min(2 * self._pause_s, LONGEST_PAUSE_S)
        if isinstance(error, DatabaseReplaced) and not self._replaced:
            self._replaced = True
            log(logging.ERROR, "database.replaced", reason=error, waiting=self._journal.pending_count)
        if self._away_since_at is None:
            self._away_since_at = self._clock.now()
            self._away_since_s = self._clock.monotonic_s()
            log(logging.WARNING, "database.away", reason=error, waiting=self._journal.pending_count)

    def _end_outage(self, waited: int) -> None:
        self._pause_s, self._replaced = FIRST_PAUSE_S, False
        if self._away_since_at is not None:
            self._away_since_at = None
            lasted_s = self._clock.monotonic_s() - self._away_since_s
            log(logging.INFO, "database.back", lasted_s=lasted_s, waited=waited)
