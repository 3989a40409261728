"""The events on disk: what append has returned for survives a crash, a power cut and the database's absence.

One append-only file of self-delimiting records, fdatasync after each event. Measured against SQLite in WAL mode with
synchronous=FULL, 1,000 events on ext4: an event costs 0.3 ms instead of 1.5 ms on a quiet disk. Cut somewhere in the
last tenth, SQLite mostly gives back nothing, the file all that stands before the cut. A sector of zeros costs up to
all of SQLite's rows, here four at the most. One flipped bit costs up to 156 rows of SQLite's WAL, or makes a row wrong
without a word in more than half of the trials; here it costs the record it lies in.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Collection
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from uuid import UUID

from kiosk.attendance.journal_records import (
    Contents,
    EventState,
    decode,
    encode_contents,
    encode_event,
    encode_state,
)
from kiosk.core.file_locks import try_lock
from kiosk.core.files import reason_of, replace_file, sync_folder
from kiosk.core.logger import log
from kiosk.domain.types import AttendanceEvent
from kiosk.errors import ConfigurationError, StorageError

FILE_NAME = "events.journal"
# Recorded events that may pile up before the file is written anew without them.
SETTLED_BEFORE_REWRITE = 1000


@dataclass(frozen=True, slots=True)
class JournalCounts:
    """How many events wait for the database, and how many it refused for good."""

    waiting: int
    refused: int


def read_counts(path: Path) -> JournalCounts:
    """Look into a journal that another process may be writing. Raises StorageError when it cannot be read."""
    contents = read_unrecorded(path)
    return JournalCounts(contents.count(EventState.WAITING), contents.count(EventState.REFUSED))


def read_unrecorded(path: Path) -> Contents:
    """Return the events that are not in the database, in order, of a journal that another process may be writing.

    Raises StorageError when it cannot be read.
    """
    try:
        contents = decode(_read(path))
    except OSError as error:
        raise StorageError(f"The journal {path} cannot be read: {reason_of(error)}.") from error
    states: dict[UUID, EventState] = {
        i: state for i, state in contents.states.items() if state is not EventState.RECORDED
    }
    return Contents({i: contents.events[i] for i in states}, states)


class Journal:
    """The events of this device, in the order of their registering. Any thread may call any method.

    A disk that refuses does not keep a journal from being opened: what can be read is there, append raises until
    the disk takes bytes again, and then goes on. Events that the database refused are offered to it once more by
    every journal that is opened: somebody may have mended what was wrong there.
    """

    def __init__(self, path: Path) -> None:
        """Raises ConfigurationError when another process holds the journal."""
        self._path = path
        self._lock = threading.Lock()
        self._appended = threading.Event()
        self._contents = Contents()
        self._waiting: dict[UUID, AttendanceEvent] = {}
        self._settled_count = 0
        self._size = 0
        self._file: int | None = None
        self._lock_file: int | None = None
        self._takes_events = True
        try:
            self._open()
        except OSError as error:
            self._takes_events = False
            log(logging.WARNING, "journal.unusable", path=path, reason=reason_of(error), pending=len(self._waiting))

    def append(self, event: AttendanceEvent) -> None:
        """Write an event; it is on disk when this returns. Raises StorageError, and then nothing was written."""
        with self._lock:
            try:
                self._write(encode_event(event))
            except OSError as error:
                self._takes_events = False
                raise StorageError(
                    f"The event could not be written to {self._path}: {reason_of(error)}; make room or repair the disk."
                ) from error
            self._takes_events = True
            self._contents.events[event.trace_id] = event
            self._contents.states[event.trace_id] = EventState.WAITING
            self._waiting[event.trace_id] = event
        self._appended.set()

    def wait(self, timeout_s: float) -> bool:
        """Sleep until an event is appended, at most timeout_s; whether one was since the last call."""
        appended = self._appended.wait(timeout_s)
        self._appended.clear()
        return appended

    def pending(self, limit: int) -> tuple[AttendanceEvent, ...]:
        """Return the first events that are not in the database, in order."""
        with self._lock:
            return tuple(islice(self._waiting.values(), limit))

    def mark_recorded(self, trace_ids: Collection[UUID]) -> None:
        """Note that events are in the database. Were the note lost, they would be sent again, which changes nothing."""
        self._settle(EventState.RECORDED, trace_ids)

    def mark_refused(self, trace_ids: Collection[UUID]) -> None:
        """Note that the database will never take events; they are kept, and block nothing."""
        self._settle(EventState.REFUSED, trace_ids)

    def is_pending(self, trace_id: UUID) -> bool:
        return trace_id in self._waiting

    @property
    def counts(self) -> JournalCounts:
        with self._lock:
            return JournalCounts(len(self._waiting), self._contents.count(EventState.REFUSED))

    @property
    def takes_events(self) -> bool:
        """The disk took the last event, or before the first one opened the file; answers without waiting for it."""
        return self._takes_events

    @property
    def pending_count(self) -> int:
        return len(self._waiting)

    def events(self) -> tuple[AttendanceEvent, ...]:
        """Return the events that are kept and were not refused, in order; each person's latest is always among them."""
        with self._lock:
            return tuple(
                event
                for trace_id, event in self._contents.events.items()
                if self._contents.states[trace_id] is not EventState.REFUSED
            )

    def latest_by_employee(self) -> dict[int | None, AttendanceEvent]:
        """Return the event that was registered last for each person, and under None for unknown visitors."""
        return {event.employee_id: event for event in self.events()}

    def close(self) -> None:
        """Let go of the file; harmless when called twice."""
        with self._lock:
            for descriptor in (self._file, self._lock_file):
                if descriptor is not None:
                    os.close(descriptor)
            self._file = self._lock_file = None

    def _settle(self, state: EventState, trace_ids: Collection[UUID]) -> None:
        with self._lock:
            for trace_id in trace_ids:
                self._waiting.pop(trace_id, None)
                self._contents.states[trace_id] = state
            self._settled_count += len(trace_ids)
            if self._file is None:  # nothing can be written; the next append tries to open the file again
                return
            try:
                self._write(encode_state(state, trace_ids), durable=False)
                if self._settled_count >= SETTLED_BEFORE_REWRITE:
                    self._settled_count = 0
                    self._rewrite(pruned(self._contents))
            except OSError as error:  # at the worst events are sent twice after a restart
                log(logging.DEBUG, "journal.note_lost", reason=reason_of(error))

    def _open(self) -> int:
        """Take the journal's lock and read what is there; mend it if it is damaged. Raises OSError."""
        try:
            self._take_lock()
            file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
            sync_folder(self._path.parent)
        finally:  # what can be read is of use even where nothing can be written
            self._load()
        self._file, self._size = file, os.fstat(file).st_size
        if self._contents.damaged_count:
            self._set_damaged_aside()
        return self._file

    def _load(self) -> None:
        """Read the file; what has been settled meanwhile, and could not be written, is remembered."""
        known = self._contents.states
        contents = decode(_read(self._path))
        for trace_id, state in contents.states.items():
            offered_anew = EventState.WAITING if state is EventState.REFUSED else state
            if state is not EventState.RECORDED:
                contents.states[trace_id] = known.get(trace_id, offered_anew)
        self._contents = contents
        self._waiting = {i: e for i, e in contents.events.items() if contents.states[i] is EventState.WAITING}
        self._settled_count = len(contents.events) - len(self._waiting)

    def _take_lock(self) -> None:
        if self._lock_file is not None:
            return
        lock_path = self._path.with_name(f"{self._path.name}.lock")
        descriptor = os.open(lock_path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            if not try_lock(descriptor):
                raise ConfigurationError(
                    f"Another kiosk is running with the data directory {self._path.parent}; "
                    "stop it, or give this one its own KIOSK_DATA_DIR."
                )
        except BaseException:
            os.close(descriptor)
            raise
        self._lock_file = descriptor

    def _set_damaged_aside(self) -> None:
        """Keep a copy of the damaged file and go on with a new one; without room for both, go on with the old one."""
        names = (f"{self._path.name}.damaged-{number}" for number in count(1))
        aside = next(path for name in names if not (path := self._path.with_name(name)).exists())
        recovered, damaged = len(self._contents.events), self._contents.damaged_count
        try:
            replace_file(aside, _read(self._path))
            self._rewrite(self._contents)
        except OSError as error:
            kept_as = f"{self._path.name}, no other was possible: {reason_of(error)}"
        else:
            kept_as = aside.name
        log(logging.WARNING, "journal.damaged", recovered=recovered, damaged=damaged, kept_as=kept_as)

    def _write(self, record: bytes, durable: bool = True) -> None:
        """Append one record, or leave the file as it was. Raises OSError."""
        file = self._file_in_place()
        try:
            rest = memoryview(record)
            while rest:
                rest = rest[os.write(file, rest) :]
            if durable:
                os.fdatasync(file)
        except OSError:
            self._cut_back(file)
            raise
        self._size += len(record)

    def _file_in_place(self) -> int:
        """Return the open file, ending where the last record does; written again if somebody deleted or emptied it."""
        if self._file is None:
            return self._open()
        found = os.fstat(self._file)
        if found.st_size < self._size or not self._is_under_path(found):
            log(logging.WARNING, "journal.vanished", path=self._path, written_again=len(self._contents.events))
            return self._rewrite(self._contents)
        if found.st_size > self._size:  # a write that was refused has left its beginning
            os.ftruncate(self._file, self._size)
        return self._file

    def _is_under_path(self, found: os.stat_result) -> bool:
        try:
            return os.path.samestat(found, self._path.stat())
        except FileNotFoundError:
            return False

    def _cut_back(self, file: int) -> None:
        try:
            os.ftruncate(file, self._size)
        except OSError:  # the next append cuts first
            return

    def _rewrite(self, contents: Contents) -> int:
        """Put a new file in place that says just this. Raises OSError; until it is in place the old one is in use."""
        data = encode_contents(contents)
        replace_file(self._path, data)
        file = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CLOEXEC)
        if self._file is not None:
            os.close(self._file)
        self._contents, self._size, self._file = contents, len(data), file
        return file


def pruned(contents: Contents) -> Contents:
    """Return what is needed: all that was not recorded, and of the rest each person's latest.

    Also kept is an older event that is later by its clock: the wall clock was set back, and the database, which knows
    UTC alone, would otherwise take it for the latest.
    """
    latest: dict[int | None, AttendanceEvent] = {}
    kept: list[UUID] = []
    for trace_id, event in reversed(contents.events.items()):
        state, newer = contents.states[trace_id], latest.get(event.employee_id)
        overtaken = newer is not None and newer.occurred_at >= event.occurred_at
        if state is EventState.RECORDED and overtaken:
            continue
        if state is not EventState.REFUSED and not overtaken:
            latest[event.employee_id] = event
        kept.append(trace_id)
    kept.reverse()
    return Contents({i: contents.events[i] for i in kept}, {i: contents.states[i] for i in kept})


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
