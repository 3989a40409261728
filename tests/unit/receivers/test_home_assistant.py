"""Tests for the descriptions by which Home Assistant finds the kiosk, against the fields that it documents."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kiosk.receivers.home_assistant import discovery
from kiosk.receivers.mqtt_messages import Message, MqttMessages

# Of https://www.home-assistant.io/integrations/sensor.mqtt/ and binary_sensor.mqtt/: an unknown field is refused there.
SHARED = (
    {"name", "unique_id", "device", "origin", "icon", "entity_category", "device_class", "qos"}
    | {f"{what}_topic" for what in ("availability", "state", "json_attributes")}
    | {"value_template"}
)
FIELDS = {"sensor": SHARED | {"state_class"}, "binary_sensor": SHARED}
DEVICE_CLASSES = {"sensor": {None, "timestamp"}, "binary_sensor": {None, "problem"}}


def described(base: str = "attendance", kiosk_id: str = "kiosk-1") -> tuple[Message, ...]:
    return discovery(MqttMessages(base), "homeassistant", kiosk_id, "0.1.0")


def content(message: Message) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(message.payload)
    return read


def test_people_last_event_and_door_are_described() -> None:
    assert [message.topic for message in described()] == [
        "homeassistant/sensor/attendance_kiosk-1/people_in/config",
        "homeassistant/sensor/attendance_kiosk-1/last_event/config",
        "homeassistant/binary_sensor/attendance_kiosk-1/door_problem/config",
    ]


@pytest.mark.parametrize("message", described(), ids=lambda message: message.topic.split("/")[3])
def test_each_has_documented_fields_alone(message: Message) -> None:
    component = message.topic.split("/")[1]
    own = content(message)
    assert message.retain
    assert own.keys() <= FIELDS[component]
    assert own.get("device_class") in DEVICE_CLASSES[component]
    assert own["availability_topic"] == "attendance/availability"
    assert own["device"].keys() == {"identifiers", "name", "model", "sw_version"}
    assert own["origin"].keys() == {"name", "sw_version"}


def test_nothing_can_be_commanded() -> None:
    assert not [message for message in described() if b"command" in message.payload]


@pytest.mark.parametrize("kiosk_id", ["Eingang Süd/1", "дверь", "a+b#c"])
def test_topics_are_fit_for_any_name(kiosk_id: str) -> None:
    for message in described("office/door", kiosk_id):
        _, _, node, name, _ = message.topic.split("/")
        assert node.isascii() and not set(node) & set("+#/ ")
        assert content(message)["unique_id"] == f"{node}_{name}"
        assert kiosk_id in content(message)["device"]["name"]
