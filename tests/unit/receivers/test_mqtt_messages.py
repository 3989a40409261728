"""Tests for the topics and payloads that go to an MQTT broker."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.attendance_log import AttendanceChange, ChangeKind, FeedEntry, LogEntry
from kiosk.domain.types import AttendanceEvent, EventType, Method
from kiosk.receivers.mqtt_messages import Message, MqttMessages, PersonKey, topic_level
from kiosk.receivers.office_state import OfficeState, PersonState

NOON = datetime(2025, 1, 15, 12, tzinfo=UTC)
EPOCH, TRACE = UUID(int=1), UUID(int=2)
ANNA = PersonState(5, "00417/a", "Anna Petrova", NOON)
BORIS = PersonState(6, None, "Boris Popov", None)
LAST = AttendanceEvent(TRACE, 5, EventType.ENTRY, NOON, 0.8, "door", Method.FACE)
OFFICE = OfficeState(1, (ANNA, BORIS), LAST)


def entry(kind: ChangeKind = ChangeKind.INSERT, at: datetime = NOON) -> FeedEntry:
    event = LogEntry(TRACE, 5, "Anna Petrova", NOON, EventType.ENTRY, 0.8, Method.FACE, "door", False, None)
    change = AttendanceChange(17, at, kind, TRACE, "cli:anna")
    return FeedEntry(EPOCH, change, event, "00417/a")


def read(message: Message) -> dict[str, object]:
    content = json.loads(message.payload)
    assert isinstance(content, dict)
    return content


def test_an_event_says_whose_it_is_by_id() -> None:
    message = MqttMessages("office").change(entry(), NOON)
    content = read(message)
    assert (message.topic, message.retain) == ("office/event", False)
    assert (content["id"], content["number"], content["late"]) == (f"{EPOCH}-17", 17, False)
    event = content["event"]
    assert isinstance(event, dict) and event["employee_id"] == 5 and event["event_type"] == "entry"


@pytest.mark.parametrize(
    ("messages", "told"),
    [
        pytest.param(MqttMessages("a"), set(), id="by id"),
        pytest.param(MqttMessages("a", PersonKey.NUMBER), {"00417/a"}, id="by personnel number"),
        pytest.param(MqttMessages("a", names=True), {"Anna Petrova"}, id="with names"),
    ],
)
def test_names_and_numbers_are_told_when_allowed_alone(messages: MqttMessages, told: set[str]) -> None:
    payload = messages.change(entry(ChangeKind.CORRECTION), NOON).payload.decode()
    assert {text for text in ("00417/a", "Anna Petrova", "cli:anna", "0.8") if text in payload} == told


@pytest.mark.parametrize(
    ("age_s", "late"), [(0, False), (5, False), (5.1, True), (3600, True)], ids=["now", "5 s", "more", "an hour"]
)
def test_an_event_that_waited_is_late(age_s: float, late: bool) -> None:
    assert read(MqttMessages("a").change(entry(), NOON + timedelta(seconds=age_s)))["late"] is late


def test_an_event_that_was_deleted_is_late() -> None:
    deleted = FeedEntry(EPOCH, AttendanceChange(18, NOON, ChangeKind.DELETION, TRACE, "sql"), None)
    content = read(MqttMessages("a").change(deleted, NOON))
    assert (content["event"], content["late"]) == (None, True)


def test_nothing_about_a_person_is_kept_unless_that_is_wanted() -> None:
    kept = {message.topic: message for message in MqttMessages("a", names=True).state(OFFICE)}
    assert kept.keys() == {"a/people_in", "a/last_event"}
    assert kept["a/people_in"].payload == b"1"
    expected = {"event_type": "entry", "timestamp": NOON.isoformat(), "kiosk_id": "door", "method": "face"}
    assert read(kept["a/last_event"]) == expected


def test_presence_by_id() -> None:
    kept = {message.topic: message for message in MqttMessages("a", retains_people=True).state(OFFICE)}
    assert read(kept["a/presence/id/5"]) == {"in": True, "since": NOON.isoformat(), "employee_id": 5}
    assert read(kept["a/presence/id/6"]) == {"in": False, "since": None, "employee_id": 6}
    assert read(kept["a/last_event"])["employee_id"] == 5


def test_presence_by_number_and_name() -> None:
    messages = MqttMessages("a", PersonKey.NUMBER, names=True, retains_people=True)
    kept = {message.topic: message for message in messages.state(OFFICE)}
    assert kept.keys() > {"a/presence/number/00417%2Fa", "a/presence/id/6"}
    assert read(kept["a/presence/number/00417%2Fa"])["full_name"] == "Anna Petrova"


def test_everything_about_the_state_is_retained_and_without_events_cleared() -> None:
    messages = MqttMessages("a", retains_people=True)
    kept = messages.state(OfficeState(0, (ANNA,), None))
    assert all(message.retain for message in kept)
    assert next(message for message in kept if message.topic == "a/last_event").payload == b""


def test_the_last_event_of_somebody_who_was_erased_says_not_whose_it_is() -> None:
    kept = MqttMessages("a", names=True, retains_people=True).state(OfficeState(1, (BORIS,), LAST))
    last = next(message for message in kept if message.topic == "a/last_event")
    assert {"employee_id", "full_name"}.isdisjoint(read(last))


@given(st.text(min_size=1, max_size=64), st.text(min_size=1, max_size=64))
def test_a_level_holds_no_sign_of_mqtt_and_stays_one_persons(one: str, other: str) -> None:
    level = topic_level(one)
    assert not set(level) & set("/+#$\0 ")
    assert (level == topic_level(other)) is (one == other)


def test_no_topic_sounds_like_a_command() -> None:
    messages = MqttMessages("a", retains_people=True)
    topics = [one.topic for one in (*messages.state(OFFICE), messages.change(entry(), NOON), messages.health("ok", {}))]
    assert not [topic for topic in topics if any(word in topic for word in ("set", "command", "open", "unlock"))]
