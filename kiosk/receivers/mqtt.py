"""Publishes changes of the attendance to an MQTT broker, and keeps there who is in, and how the door is.

Nothing is ever published as a command, and nothing is subscribed to: whoever listens decides what a message means.
"""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Any

import paho.mqtt.client as mqtt
from pydantic import Field

from kiosk.core.files import read_own_file, reason_of, replace_file
from kiosk.domain.attendance_log import FeedEntry
from kiosk.errors import InvalidInput
from kiosk.monitoring.health import HealthGrade, worst_grade
from kiosk.receivers.home_assistant import discovery
from kiosk.receivers.mqtt_connection import BrokerAddress, MqttConnection, tls_context
from kiosk.receivers.mqtt_messages import Message, MqttMessages, PersonKey
from kiosk.receivers.office_state import read_office_state
from kiosk.receivers.port import DeliveryFailed, Receiver, ReceiverContext, ReceiverKind, ReceiverOptions

PASSWORD = "password"  # noqa: S105  the name of a secret
RETAINED = "retained.json"
TOPIC = r"^[^+#$/\x00\s][^+#\x00\s]*[^+#/\x00\s]$"


class MqttVersion(StrEnum):
    V3_1_1 = "3.1.1"
    V5 = "5"


NUMBERS = {MqttVersion.V3_1_1: mqtt.MQTTv311, MqttVersion.V5: mqtt.MQTTv5}


class MqttOptions(ReceiverOptions):
    host: str = Field(min_length=1, description="name or address of the broker")
    port: int = Field(8883, ge=1, le=65535, description="8883 with TLS, 1883 without, as a rule")
    version: MqttVersion = Field(MqttVersion.V5, description="5 or 3.1.1")
    tls: bool = Field(True, description="without it everybody on the network reads along")
    ca: Path | None = Field(None, description="file of the authority that signed the broker's certificate, in PEM")
    certificate: Path | None = Field(None, description="file of the kiosk's own certificate, in PEM")
    key: Path | None = Field(
        None, description="file of the key of that certificate, in PEM; for the kiosk's user alone"
    )
    username: str | None = Field(None, description="the secret called password goes with it")
    client_id: str | None = Field(
        None, max_length=128, description="made of the device's and the receiver's name if left out"
    )
    topic: str = Field("attendance", pattern=TOPIC, max_length=200, description="what all topics begin with")
    discovery: bool = Field(True, description="let Home Assistant find the device")
    discovery_prefix: str = Field(
        "homeassistant", pattern=TOPIC, max_length=200, description="as Home Assistant has it"
    )
    presence: bool = Field(False, description="keep at the broker who is in, person by person")
    people: PersonKey = Field(PersonKey.ID, description="what stands for a person: id or number, the personnel number")
    names: bool = Field(False, description="publish full names too")


class MqttReceiver(Receiver):
    """Connects when it first has to, and stays connected; the broker tells everybody when the kiosk is gone.

    What the broker keeps is noted on disk, so that nothing stays there of a person who left, was erased, or is no
    longer to be shown.
    """

    idle_every_s = 10.0

    def __init__(self, options: MqttOptions, address: BrokerAddress, context: ReceiverContext) -> None:
        self._options = options
        self._address = address
        self._context = context
        self._messages = MqttMessages(options.topic, options.people, options.names, options.presence)
        self._discovery = discovery(self._messages, options.discovery_prefix, context.kiosk_id, _version())
        self._connection: MqttConnection | None = None
        self._shown: dict[str, bytes] = {}

    def deliver(self, entries: Sequence[FeedEntry]) -> None:
        now = self._context.clock.now()
        self._publish([self._messages.change(entry, now) for entry in entries])
        if len(entries) < self.batch_size:  # while it catches up, the state waits
            self._show_state()

    def test(self) -> str:
        self._show_state()
        return (
            f"connected to {self._address.host} by MQTT {self._options.version.value}; the state was published under "
            f"{self._options.topic}/"
        )

    def idle(self) -> None:
        self._show_state()

    def close(self) -> None:
        connection, self._connection = self._connection, None
        self._shown = {}
        if connection is not None:
            connection.close(goodbye=self._messages.availability(False))

    def _publish(self, messages: Sequence[Message]) -> None:
        self._connected().publish(messages)

    def _connected(self) -> MqttConnection:
        if self._connection is not None and self._connection.is_open:
            return self._connection
        if self._connection is not None:
            self.close()
        self._connection = MqttConnection(self._address, will=self._messages.availability(False))
        self._connection.publish([self._messages.availability(True)])
        return self._connection

    def _show_state(self) -> None:
        """Publish what has changed of the state, and clear what is kept and no longer to be shown."""
        self._connected()
        wanted = {one.topic: one for one in self._retained()}
        kept = self._read_kept()
        stale = [Message(topic, b"", retain=True) for topic in sorted(kept - wanted.keys())]
        changed = [one for one in wanted.values() if self._shown.get(one.topic) != one.payload]
        if kept != wanted.keys():
            self._note_kept(kept | wanted.keys())  # before it is published: what is noted will be cleared
        if stale or changed:
            self._publish([*stale, *changed])
        self._shown = {topic: one.payload for topic, one in wanted.items()}
        if stale:
            self._note_kept(wanted.keys())

    def _retained(self) -> Iterator[Message]:
        """Yield all that the broker is to keep."""
        if self._options.discovery:
            yield from self._discovery
        yield self._messages.availability(True)
        yield from self._messages.state(
            read_office_state(self._context.database, self._context.stays, self._context.clock.now())
        )
        checks = self._context.probe_health().checks
        faults = {one.name: one.code or one.grade.value for one in checks if one.grade is not HealthGrade.OK}
        yield self._messages.health(worst_grade(checks).value, faults)

    def _read_kept(self) -> set[str]:
        path = self._context.state_dir / RETAINED
        try:
            stored = json.loads(read_own_file(path) or b"[]")
        except OSError as error:
            raise _unusable(path, reason_of(error)) from error
        except ValueError as error:
            raise _unusable(
                path, "it is damaged; clear the topics below presence at the broker and delete it"
            ) from error
        return {str(topic) for topic in stored} if isinstance(stored, list) else set()

    def _note_kept(self, topics: Iterable[str]) -> None:
        path = self._context.state_dir / RETAINED
        try:
            replace_file(path, json.dumps(sorted(topics)).encode("utf-8"))
        except OSError as error:
            raise _unusable(path, reason_of(error)) from error


def _unusable(path: Path, why: str) -> DeliveryFailed:
    return DeliveryFailed("state_file", f"{path}: {why}")


def _version() -> str:
    return version("face-attendance-kiosk")


def _build(options: Any, secrets: Mapping[str, str], context: ReceiverContext) -> Receiver:
    return MqttReceiver(options, _address(options, secrets, context), context)


def _address(options: MqttOptions, secrets: Mapping[str, str], context: ReceiverContext) -> BrokerAddress:
    password = secrets.get(PASSWORD)
    if password is not None and options.username is None:
        raise InvalidInput("a password needs a username")
    return BrokerAddress(
        host=options.host,
        port=options.port,
        version=NUMBERS[options.version],
        client_id=options.client_id or f"{context.kiosk_id}-{context.name}",
        tls=_tls(options),
        username=options.username,
        password=password,
    )


def _tls(options: MqttOptions) -> ssl.SSLContext | None:
    files = (options.ca, options.certificate, options.key)
    for path in files:
        if path is not None and not path.is_absolute():
            raise InvalidInput(f"{path} does not begin with /; write the whole path")
    if not options.tls:
        if any(files):
            raise InvalidInput("ca, certificate and key are of use with tls alone; leave them out or set tls=true")
        return None
    if (options.certificate is None) != (options.key is None):
        raise InvalidInput("certificate and key belong together; give both or none")
    if options.key is not None:
        _require_private(options.key)
    return tls_context(*files)


def _require_private(key: Path) -> None:
    try:
        mode = key.stat().st_mode
    except OSError as error:
        raise InvalidInput(f"{key}: {reason_of(error)}") from error
    if mode & 0o077:
        raise InvalidInput(f"others can read the key {key}; chmod 600 it")


KIND = ReceiverKind("events, who is in and the door's health for an MQTT broker", MqttOptions, (PASSWORD,), _build)
