"""The journal's bytes: what is whole is found, whatever happened to the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from kiosk.attendance.journal_records import (
    EventState,
    JournalContents,
    decode,
    encode_contents,
    encode_event,
    encode_state,
    pruned,
)
from kiosk.domain.types import AttendanceEvent, EventType, EventVoid, Method
from support.builders import event

EVENTS = st.builds(
    AttendanceEvent,
    trace_id=st.uuids(),
    employee_id=st.none() | st.integers(1, 2**62),
    event_type=st.sampled_from(EventType),
    occurred_at=st.datetimes(timezones=st.just(UTC)),
    confidence=st.none() | st.floats(-1, 1),
    kiosk_id=st.text(min_size=1, max_size=64),
    method=st.sampled_from(Method),
    photo_path=st.none() | st.text(),
)


@given(EVENTS)
def test_an_event_comes_back_as_it_was(original: AttendanceEvent) -> None:
    contents = decode(encode_event(original))
    assert list(contents.events.values()) == [original]
    assert contents.states == {original.trace_id: EventState.WAITING}
    assert contents.damaged_count == 0


@given(st.binary(max_size=400))
def test_any_bytes_can_be_read(data: bytes) -> None:
    assert decode(data).events == {}


@given(st.lists(EVENTS, min_size=1, max_size=5), st.data())
def test_damage_costs_no_record_but_those_it_lies_in(events: list[AttendanceEvent], draw: st.DataObject) -> None:
    records = [encode_event(e) for e in events]
    data = bytearray(b"".join(records))
    ends = [sum(map(len, records[: i + 1])) for i in range(len(records))]
    places = draw.draw(st.lists(st.integers(0, len(data) - 1), max_size=6))
    for place in places:
        data[place] ^= draw.draw(st.integers(1, 255))
    untouched = [
        e
        for e, end, record in zip(events, ends, records, strict=True)
        if bytes(data[end - len(record) : end]) == record
    ]
    found = list(decode(bytes(data)).events.values())
    assert [e for e in found if e in untouched] == list(dict.fromkeys(untouched))


@given(st.lists(EVENTS, min_size=1, max_size=4, unique_by=lambda e: e.trace_id), st.data())
def test_a_file_cut_anywhere_keeps_what_was_written_before(events: list[AttendanceEvent], draw: st.DataObject) -> None:
    records = [encode_event(e) for e in events]
    data = b"".join(records)
    cut = draw.draw(st.integers(0, len(data)))
    contents = decode(data[:cut])
    whole = sum(sum(map(len, records[: i + 1])) <= cut for i in range(len(records)))
    # without its last LF alone a record is still known to be whole by its checksum
    assert list(contents.events.values())[:whole] == events[:whole]
    assert len(contents.events) <= whole + 1


def test_states_are_read_after_their_events() -> None:
    first, second, third = event(), event(), event()
    data = b"".join(map(encode_event, (first, second, third)))
    data += encode_state(EventState.RECORDED, [first.trace_id, uuid4()])
    data += encode_state(EventState.REFUSED, [second.trace_id])
    contents = decode(data)
    assert list(contents.states.values()) == [EventState.RECORDED, EventState.REFUSED, EventState.WAITING]
    assert decode(encode_contents(contents)) == contents


def test_an_unknown_record_with_a_right_checksum_counts_as_damaged() -> None:
    strange = [b"[]", b'{"event":5}', b'{"thrown away":[]}', b'{"recorded":["x"]}', b"7"]
    import zlib

    data = b"".join(b"\x1e%08x %s\n" % (zlib.crc32(text), text) for text in strange)
    assert decode(data).events == {}
    assert decode(data + encode_event(event())).damaged_count >= 4


def test_an_empty_file_is_an_empty_journal() -> None:
    assert decode(b"") == JournalContents()
    assert decode(encode_contents(JournalContents())) == JournalContents()


def test_no_name_can_be_in_a_record() -> None:
    """Ids alone: a journal may outlive the person's row."""
    record = encode_event(AttendanceEvent(uuid4(), 7, EventType.ENTRY, datetime(2025, 3, 3, tzinfo=UTC), 0.5, "door"))
    assert b'"employee_id":7' in record
    assert record.isascii()


def test_a_void_is_read_again_and_only_then_forgotten_when_it_is_recorded() -> None:
    first = event()
    voided = replace(event(at=first.occurred_at + timedelta(hours=1)), void=EventVoid("kiosk:door", "not me"))
    waiting = decode(encode_event(first) + encode_event(voided) + encode_state(EventState.RECORDED, [first.trace_id]))
    assert pruned(waiting).events == {first.trace_id: first, voided.trace_id: voided}
    recorded = decode(encode_contents(waiting) + encode_state(EventState.RECORDED, [voided.trace_id]))
    assert list(pruned(recorded).events) == [first.trace_id], "the latest that counts is kept"
