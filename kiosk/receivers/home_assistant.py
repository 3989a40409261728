"""Lets Home Assistant find the kiosk by itself: retained descriptions of one device and what can be seen of it.

https://www.home-assistant.io/integrations/mqtt/#mqtt-discovery has the fields. Only what is read is described: a
sensor, never a switch, button or lock, for nothing can be commanded.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from kiosk.receivers.mqtt_messages import Message, MqttMessages

PRODUCT = "Face attendance kiosk"
NODE = re.compile(r"[^a-zA-Z0-9_-]")
SENSOR, BINARY_SENSOR = "sensor", "binary_sensor"


def discovery(messages: MqttMessages, prefix: str, kiosk_id: str, version: str) -> tuple[Message, ...]:
    """Return the descriptions of the device's entities.

    Args:
        messages: whose topics the entities read.
        prefix: of Home Assistant's discovery topics, "homeassistant" unless it was changed there.
        kiosk_id: of the device.
        version: of the program.
    """
    node = NODE.sub("_", f"{messages.base}_{kiosk_id}")
    shared = _shared(messages, node, kiosk_id, version)
    return tuple(
        Message(
            f"{prefix}/{component}/{node}/{name}/config", _json(shared | own | {"unique_id": f"{node}_{name}"}), True
        )
        for component, name, own in _entities(messages)
    )


def _shared(messages: MqttMessages, node: str, kiosk_id: str, version: str) -> dict[str, Any]:
    return {
        "availability_topic": messages.availability_topic,
        "qos": 1,
        "device": {
            "identifiers": [node],
            "name": f"{PRODUCT} {kiosk_id}",
            "model": PRODUCT,
            "sw_version": version,
        },
        "origin": {"name": "face-attendance-kiosk", "sw_version": version},
    }


def _entities(messages: MqttMessages) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield the component, the name and the own fields of each."""
    yield (
        SENSOR,
        "people_in",
        {
            "name": "People in",
            "state_topic": messages.people_in_topic,
            "state_class": "measurement",
            "icon": "mdi:account-group",
        },
    )
    yield (
        SENSOR,
        "last_event",
        {
            "name": "Last event",
            "state_topic": messages.last_event_topic,
            "value_template": "{{ value_json.timestamp }}",
            "device_class": "timestamp",
            "json_attributes_topic": messages.last_event_topic,
        },
    )
    yield (
        BINARY_SENSOR,
        "door_problem",
        {
            "name": "Door problem",
            "state_topic": messages.health_topic,
            "value_template": "{{ 'OFF' if value_json.state == 'ok' else 'ON' }}",
            "device_class": "problem",
            "entity_category": "diagnostic",
            "json_attributes_topic": messages.health_topic,
        },
    )


def _json(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
