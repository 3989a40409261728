"""The journal: events on disk that survive a crash, a power cut and an absent database once append() has returned.

One append-only file of self-delimiting records, with fdatasync after each event. It is not SQLite, because a damaged
file must give back as many events as possible: what is damaged costs the records it lies in, and no others.
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
    EventState,
    JournalContents,
    decode,
    encode_contents,
    encode_event,
    encode_state,
    pruned,
)
from kiosk.core.file_locks import try_lock
from kiosk.core.files import reason_of, replace_file, sync_folder
from kiosk.core.logger import log
from kiosk.domain.types import AttendanceEvent
from kiosk.errors import ConfigurationError, StorageError

FILE_NAME = "events.journal"
# So many recorded events may pile up before the file is rewritten without them.
MAX_SETTLED_EVENTS = 1000


@dataclass(frozen=True, slots=True)
class JournalCounts:
    """waiting: events not in the database yet. refused: events that it will never take."""

    waiting: int
    refused: int


def read_counts(path: Path) -> JournalCounts:
    """Count the events of a journal that another process may be writing. Raises StorageError if it cannot be read."""
    contents = read_unrecorded(path)
    return JournalCounts(contents.count(EventState.WAITING), contents.count(EventState.REFUSED))


def read_unrecorded(path: Path) -> JournalContents:
    """Return the events that are not in the database, of a journal that another process may be writing.

    They are in the order in which they were registered. Raises StorageError if the journal cannot be read.
    """
    try:
        contents = decode(_read(path))
    except OSError as error:
        raise StorageError(f"The journal {path} cannot be read: {reason_of(error)}.") from error
    states: dict[UUID, EventState] = {
        i: state for i, state in contents.states.items() if state is not EventState.RECORDED
    }
    return JournalContents({i: contents.events[i] for i in states}, states)


class Journal:
    """The events of this device, in the order in which they were registered. Any thread may call any method.

    A journal opens even if the disk refuses: what can be read is there, and append() raises until the disk takes
    bytes again. Events that the database refused wait again after each opening: the cause may have been removed.
    """

    def __init__(self, path: Path) -> None:
        """Raises ConfigurationError when another process holds the journal."""
        self._path = path
        self._lock = threading.Lock()
        self._appended = threading.Event()
        self._contents = JournalContents()
        self._waiting: dict[UUID, AttendanceEvent] = {}
        self._settled_count = 0
        self._size = 0
        self._file: int | None = None
        self._lock_file: int | None = None
        self._accepts_events = True
        try:
            self._open()
        except OSError as error:
            self._accepts_events = False
            log(logging.WARNING, "journal.unusable", path=path, reason=reason_of(error), pending=len(self._waiting))

    def append(self, event: AttendanceEvent) -> None:
        """Write an event, or once more with a reason or its void; it is on disk when this returns.

        Raises StorageError, and then nothing was written.
        """
        with self._lock:
            try:
                self._write(encode_event(event))
            except OSError as error:
                self._accepts_events = False
                raise StorageError(
                    f"The event could not be written to {self._path}: {reason_of(error)}; make room or repair the disk."
                ) from error
            self._accepts_events = True
            self._contents.events[event.trace_id] = event
            self._contents.states[event.trace_id] = EventState.WAITING
            self._waiting[event.trace_id] = event
        self._appended.set()

    def wait(self, timeout_s: float) -> bool:
        """Wait for the next event, at most timeout_s; return whether one was appended since the last call."""
        appended = self._appended.wait(timeout_s)
        self._appended.clear()
        return appended

    def pending(self, limit: int) -> tuple[AttendanceEvent, ...]:
        """Return the oldest events that are not in the database, at most limit of them."""
        with self._lock:
            return tuple(islice(self._waiting.values(), limit))

    def mark_recorded(self, trace_ids: Collection[UUID]) -> None:
        """Mark events as recorded in the database. A lost mark does no harm: writing them again changes nothing."""
        self._settle(EventState.RECORDED, trace_ids)

    def mark_refused(self, trace_ids: Collection[UUID]) -> None:
        """Mark events that the database will never take: they are kept and hold up nothing."""
        self._settle(EventState.REFUSED, trace_ids)

    def is_pending(self, trace_id: UUID) -> bool:
        return trace_id in self._waiting

    @property
    def counts(self) -> JournalCounts:
        with self._lock:
            return JournalCounts(len(self._waiting), self._contents.count(EventState.REFUSED))

    @property
    def accepts_events(self) -> bool:
        """Whether the last write, or before the first one the opening, succeeded; never waits for the disk."""
        return self._accepts_events

    @property
    def pending_count(self) -> int:
        return len(self._waiting)

    def events(self) -> tuple[AttendanceEvent, ...]:
        """Return the events that count and were not refused; each person's latest is always among them."""
        with self._lock:
            return tuple(
                event
                for trace_id, event in self._contents.events.items()
                if self._contents.states[trace_id] is not EventState.REFUSED and event.void is None
            )

    def latest_by_employee(self) -> dict[int | None, AttendanceEvent]:
        """Return the last registered event of each person, and under None that of unknown visitors."""
        return {event.employee_id: event for event in self.events()}

    def close(self) -> None:
        """Close the file and release its lock; harmless when called twice."""
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
            if self._file is None:  # cannot be written now; the next append tries to open the file again
                return
            try:
                self._write(encode_state(state, trace_ids), durable=False)
                if self._settled_count >= MAX_SETTLED_EVENTS:
                    self._settled_count = 0
                    self._rewrite(pruned(self._contents))
            except OSError as error:  # at the worst events are sent twice after a restart
                log(logging.DEBUG, "journal.mark_lost", reason=reason_of(error))

    def _open(self) -> int:
        """Lock and read the journal, and repair it if it is damaged. Raises OSError."""
        try:
            self._take_lock()
            file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
            sync_folder(self._path.parent)
        finally:  # what can be read is useful even if nothing can be written
            self._load()
        self._file, self._size = file, os.fstat(file).st_size
        if self._contents.damaged_count:
            self._replace_damaged()
        return self._file

    def _load(self) -> None:
        """Read the file; marks that could not be written to it stay in force."""
        known = self._contents.states
        contents = decode(_read(self._path))
        for trace_id, state in contents.states.items():
            state_now = EventState.WAITING if state is EventState.REFUSED else state
            if state is not EventState.RECORDED:
                contents.states[trace_id] = known.get(trace_id, state_now)
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

    def _replace_damaged(self) -> None:
        """Copy the damaged file and continue with a new one; with the old one if there is no room for both."""
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
        """Return the file, open and ending with the last record; rewritten if somebody deleted or emptied it."""
        if self._file is None:
            return self._open()
        found = os.fstat(self._file)
        if found.st_size < self._size or not self._is_under_path(found):
            log(logging.WARNING, "journal.vanished", path=self._path, written_again=len(self._contents.events))
            return self._rewrite(self._contents)
        if found.st_size > self._size:  # the beginning of a write that failed
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
        except OSError:  # the next append tries again
            return

    def _rewrite(self, contents: JournalContents) -> int:
        """Replace the file by one with these contents. Raises OSError, and then the old one is still in use."""
        data = encode_contents(contents)
        replace_file(self._path, data)
        file = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CLOEXEC)
        if self._file is not None:
            os.close(self._file)
        self._contents, self._size, self._file = contents, len(data), file
        return file


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
