"""MQTT receivers for tests."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kiosk.receivers.port import DeliveryFailed, Receiver, ReceiverContext
from support.mosquitto import Mosquitto
from support.receiver_context import entries, make_receiver

VERSIONS = ("3.1.1", "5")


def connected(broker: Mosquitto, context: ReceiverContext, **options: Any) -> Receiver:
    secrets = {"password": options.pop("password")} if "password" in options else {}
    given = {"host": "127.0.0.1", "port": broker.port, "tls": False, "topic": "office", **options}
    return make_receiver("mqtt", context, given, **secrets)


def failure_of(receiver: Receiver) -> str:
    with pytest.raises(DeliveryFailed) as failed:
        receiver.deliver(entries(1))
    receiver.close()
    return failed.value.code


def numbers(payloads: list[bytes]) -> list[int]:
    return [json.loads(payload)["number"] for payload in payloads]
