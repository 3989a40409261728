"""Verifies the attendance: whether its changes are those that were digested, and its events those that were recorded.

To hide a change of an event, its row, its changes and the audit log from the next digest on would have to be written
anew, and the log's head wherever it was kept: in the database, the data directory, backups, the system's journal, on
paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from db import attendance_digest, audit_log
from db.attendance_changes import latest_number
from db.attendance_digest import DigestedChange, DigestedRange, RangeHash, digested_range, stored_changes
from db.event_records import EventRecord, event_records, lost_events
from db.session import Session
from kiosk.domain.attendance_log import ChangeKind

ACCEPTANCE = "audit_accept"
"""The action of an audit row with which an administrator accepts what the verification had found until then."""
RESTORE = "restore"
SENTENCES = 1000
"""So many faults are told of; the others are counted."""
PAGE_CHANGES = 1000


@dataclass(slots=True)
class AttendanceVerdict:
    """What the verification found.

    Attributes:
        changes: how many there are.
        digested: how many of them the audit log covers.
        faults: a sentence for each fault, SENTENCES at the most.
        fault_count: of all faults.
        notices: a sentence for each thing that is no fault, and that somebody should know of.
        events: the trace ids of the events that the faults name, SENTENCES at the most.
    """

    changes: int = 0
    digested: int = 0
    faults: list[str] = field(default_factory=list)
    fault_count: int = 0
    notices: list[str] = field(default_factory=list)
    events: list[UUID] = field(default_factory=list)

    def add_fault(self, sentence: str, trace_id: UUID | None = None) -> None:
        self.fault_count += 1
        if len(self.faults) < SENTENCES:
            self.faults.append(sentence)
            if trace_id is not None:
                self.events.append(trace_id)


def verify_attendance(session: Session) -> AttendanceVerdict:
    """Compare the changes with their digests in the audit log, and each event with its latest change.

    Call it within Database.reading(), for everything has to be of one moment. Memory stays bounded.
    """
    verdict = AttendanceVerdict()
    _ChangesVerification(session, verdict).run()
    for fault in event_faults(session):
        verdict.add_fault(fault.sentence, fault.trace_id)
    return verdict


@dataclass(frozen=True, slots=True)
class EventFault:
    """An event that is not what its latest change says.

    Attributes:
        trace_id: of the event.
        sentence: what is wrong.
        missing: the kind of change that nobody recorded.
    """

    trace_id: UUID
    sentence: str
    missing: ChangeKind


def event_faults(session: Session) -> Iterator[EventFault]:
    """Compare each event with its latest change, a page in memory at a time."""
    for record in event_records(session):
        fault = _event_fault(record)
        if fault is not None:
            yield EventFault(record.trace_id, f"event {record.trace_id} {fault}", ChangeKind.ALTERATION)
    for trace_id, number in lost_events(session):
        sentence = f"event {trace_id} is gone, and no change says that it was deleted; the latest is {number}"
        yield EventFault(trace_id, sentence, ChangeKind.DELETION)


def _event_fault(record: EventRecord) -> str | None:
    if record.number is None:
        return "has no change that tells who wrote it: it was put in by hand, past the triggers"
    if record.kind == ChangeKind.DELETION.value:
        return f"was deleted by change {record.number}, and is there again"
    if record.digested is not None and record.digested != record.digest:
        return f"or a correction of it was changed by hand: it is not what was digested at its change {record.number}"
    return None


class _ChangesVerification:
    """Follows the audit log and the changes side by side, both in their order."""

    def __init__(self, session: Session, verdict: AttendanceVerdict) -> None:
        self._session = session
        self._verdict = verdict
        self._changes = _all_changes(session)
        self._next = next(self._changes, None)
        self._last = 0
        self._restores = 0
        self._alterations: list[DigestedChange] = []
        self._deletions = 0
        self._latest_deletion: DigestedChange | None = None
        self._range_faults: list[str] = []

    def run(self) -> None:
        for entry in audit_log.entries_of(self._session, (attendance_digest.ACTION, RESTORE, ACCEPTANCE)):
            if entry.action == RESTORE:
                self._restores += 1
            elif entry.action == ACCEPTANCE:
                self._alterations.clear()
                self._range_faults.clear()
            else:
                self._verify_range(entry.id, digested_range(entry.details))
        self._verify_rest()
        for sentence in self._range_faults:
            self._verdict.add_fault(sentence)
        for change in self._alterations:
            sentence = (
                f"event {change.trace_id} was changed by {change.actor} at {_at(change)} (change {change.number})"
            )
            self._verdict.add_fault(sentence, change.trace_id)
        self._notice_deletions()

    def _verify_range(self, row_id: int, said: DigestedRange) -> None:
        found = RangeHash()
        for change in self._until(said.last):
            found.add(change)
        self._verdict.digested += found.count
        if (found.count, found.hexdigest()) != (said.count, said.sha256):
            self._range_faults.append(
                f"the changes {said.first} to {said.last} are not those that audit row {row_id} digested: "
                f"there were {said.count} and are {found.count}"
            )
        elif said.last - self._last != said.count and not self._restores:
            missing = said.last - self._last - said.count
            self._range_faults.append(
                f"{missing} of the changes {self._last + 1} to {said.last} had been removed before they were digested"
            )
        self._last, self._restores = said.last, 0

    def _verify_rest(self) -> None:
        """Look at what the next digest will cover: of these changes only the numbers can tell that one is missing."""
        expected = self._last + 1
        for change in self._until(None):
            self._require_numbers(expected, change.number)
            expected = change.number + 1
        self._require_numbers(expected, latest_number(self._session) + 1)

    def _require_numbers(self, expected: int, found: int) -> None:
        """No number is left out between two changes, but once after each restore, which goes on above all of them."""
        if found <= expected:
            return
        if self._restores:
            self._restores -= 1
        else:
            self._range_faults.append(_missing(expected, found - 1))

    def _until(self, last: int | None) -> Iterator[DigestedChange]:
        while self._next is not None and (last is None or self._next.number <= last):
            change = self._next
            self._verdict.changes += 1
            self._note(change)
            yield change
            self._next = next(self._changes, None)

    def _note(self, change: DigestedChange) -> None:
        if change.kind == ChangeKind.ALTERATION.value and len(self._alterations) < SENTENCES:
            self._alterations.append(change)
        if change.kind == ChangeKind.DELETION.value and change.actor.partition(":")[0] == "sql":
            self._deletions += 1
            self._latest_deletion = change

    def _notice_deletions(self) -> None:
        if self._latest_deletion is not None:
            latest = self._latest_deletion
            self._verdict.notices.append(
                f"{self._deletions} event(s) were deleted in plain SQL, the latest, {latest.trace_id}, by "
                f"{latest.actor} at {_at(latest)}"
            )


def _all_changes(session: Session) -> Iterator[DigestedChange]:
    last = -1
    while page := stored_changes(session, last, PAGE_CHANGES):
        yield from page
        last = page[-1].number


def _missing(first: int, last: int) -> str:
    if first == last:
        return f"change {first} is missing: it was removed by hand"
    return f"the changes {first} to {last} are missing: they were removed by hand"


def _at(change: DigestedChange) -> str:
    return f"{change.at:%Y-%m-%d %H:%M:%S} UTC"
