"""The journal's file format: a JSON text sequence with a checksum in each record.

A record is RS (0x1E), eight hexadecimal digits of CRC-32, a space, one JSON object in ASCII, LF. JSON escapes both
RS and LF, so an intact record is found whatever stands before or after it: a torn end costs the record that was being
written, a flipped byte the record it lies in.
Source: RFC 7464 (JSON text sequences), with the checksum put before the text.

An event is {"event": trace id, …}; later {"recorded": [trace ids]} or {"refused": [trace ids]} gives its new state. The
same event once more, with a reason for its exit or with its void, waits again.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from kiosk.domain.decision_record import DecisionRecord
from kiosk.domain.types import AttendanceEvent, EventType, EventVoid, Method

_BOUNDARY = re.compile(rb"[\x1e\n]")
_CHECKSUM_LENGTH = 8


class EventState(StrEnum):
    """The state of an event in the journal.

    Attributes:
        WAITING: not in the database yet.
        RECORDED: in the database.
        REFUSED: the database will never take it.
    """

    WAITING = "waiting"
    RECORDED = "recorded"
    REFUSED = "refused"


@dataclass(slots=True)
class JournalContents:
    """What a journal's file holds.

    Attributes:
        events: by trace id, in the order in which they were registered.
        states: of each event, by trace id.
        damaged_count: records that could not be read.
    """

    events: dict[UUID, AttendanceEvent] = field(default_factory=dict)
    states: dict[UUID, EventState] = field(default_factory=dict)
    damaged_count: int = 0

    def count(self, state: EventState) -> int:
        return sum(found is state for found in self.states.values())


def encode_event(event: AttendanceEvent) -> bytes:
    """Return an event as one record."""
    fields: dict[str, Any] = {
        "event": str(event.trace_id),
        "employee_id": event.employee_id,
        "event_type": event.event_type.value,
        "occurred_at": event.occurred_at.isoformat(),
        "confidence": event.confidence,
        "kiosk_id": event.kiosk_id,
        "method": event.method.value,
        "photo_path": event.photo_path,
    }
    if event.reason is not None:
        fields["reason"] = event.reason
    if event.decision is not None:
        fields["decision"] = event.decision.to_fields()
    if event.void is not None:
        fields["void"] = {"author": event.void.author, "reason": event.void.reason}
    return _encode(fields)


def encode_state(state: EventState, trace_ids: Iterable[UUID]) -> bytes:
    """Return one record that gives events a new state."""
    return _encode({state.value: [str(trace_id) for trace_id in trace_ids]})


def encode_contents(contents: JournalContents) -> bytes:
    """Return a whole file with these contents."""
    events = [encode_event(event) for event in contents.events.values()]
    for state in (EventState.RECORDED, EventState.REFUSED):
        settled = [trace_id for trace_id, found in contents.states.items() if found is state]
        if settled:
            events.append(encode_state(state, settled))
    return b"".join(events)


def decode(data: bytes) -> JournalContents:
    """Return what can be read of a file, damaged or not; never raises."""
    contents = JournalContents()
    settled: dict[UUID, EventState] = {}
    for chunk in filter(None, _BOUNDARY.split(data)):
        try:
            fields = _checked_json(chunk)
            if "event" in fields:
                event = _event(fields)
                contents.events[event.trace_id] = event
                settled.pop(event.trace_id, None)
            else:
                settled |= _states(fields)
        except (ValueError, KeyError, TypeError, AttributeError):
            contents.damaged_count += 1
    contents.states = {trace_id: settled.get(trace_id, EventState.WAITING) for trace_id in contents.events}
    return contents


def pruned(contents: JournalContents) -> JournalContents:
    """Return what has to be kept: every event that was not recorded, and each person's latest one that counts.

    Kept is also an older event whose time is later, because the wall clock was set back: the database, which orders by
    UTC, would otherwise take it for the latest.
    """
    latest: dict[int | None, AttendanceEvent] = {}
    kept: list[UUID] = []
    for trace_id, event in reversed(contents.events.items()):
        state, newer = contents.states[trace_id], latest.get(event.employee_id)
        if event.void is not None:
            if state is not EventState.RECORDED:
                kept.append(trace_id)
            continue
        superseded = newer is not None and newer.occurred_at >= event.occurred_at
        if state is EventState.RECORDED and superseded:
            continue
        if state is not EventState.REFUSED and not superseded:
            latest[event.employee_id] = event
        kept.append(trace_id)
    kept.reverse()
    states = {i: contents.states[i] for i in kept}
    return JournalContents({i: _pruned_event(contents.events[i], states[i]) for i in kept}, states)


def _pruned_event(event: AttendanceEvent, state: EventState) -> AttendanceEvent:
    """Leave out what the decision rested on once that is in the database, where it has an end."""
    return replace(event, decision=None) if state is EventState.RECORDED else event


def _encode(fields: dict[str, Any]) -> bytes:
    text = json.dumps(fields, separators=(",", ":"), allow_nan=False).encode("ascii")
    return b"\x1e%08x %s\n" % (zlib.crc32(text), text)


def _checked_json(chunk: bytes) -> dict[str, Any]:
    checksum, text = chunk[:_CHECKSUM_LENGTH], chunk[_CHECKSUM_LENGTH + 1 :]
    if checksum != b"%08x" % zlib.crc32(text):
        raise ValueError("the checksum does not match")
    fields: dict[str, Any] = json.loads(text)
    return fields


def _event(fields: dict[str, Any]) -> AttendanceEvent:
    return AttendanceEvent(
        trace_id=UUID(fields["event"]),
        employee_id=fields["employee_id"],
        event_type=EventType(fields["event_type"]),
        occurred_at=datetime.fromisoformat(fields["occurred_at"]),
        confidence=fields["confidence"],
        kiosk_id=fields["kiosk_id"],
        method=Method(fields["method"]),
        photo_path=fields["photo_path"],
        reason=fields.get("reason"),
        decision=DecisionRecord.from_fields(fields.get("decision") or {}),
        void=None if (void := fields.get("void")) is None else EventVoid(void["author"], void["reason"]),
    )


def _states(fields: dict[str, Any]) -> dict[UUID, EventState]:
    return {UUID(trace_id): EventState(state) for state, trace_ids in fields.items() for trace_id in trace_ids}
