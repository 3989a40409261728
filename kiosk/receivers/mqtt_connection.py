"""A connection to an MQTT broker: publishes in order, and knows what the broker has taken."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from kiosk.core.clock import elapsed_s
from kiosk.core.files import reason_of
from kiosk.errors import InvalidInput
from kiosk.receivers.mqtt_messages import Message
from kiosk.receivers.port import DeliveryFailed

CONNECT_S, ANSWER_S, PUBLISH_S, GOODBYE_S = 5.0, 5.0, 15.0, 2.0
KEEPALIVE_S = 30
QOS = 1
PASSWORD_REFUSED = frozenset({"Bad user name or password", "Not authorized"})


@dataclass(frozen=True, slots=True)
class BrokerAddress:
    """Where a broker is and how it lets the kiosk in.

    Attributes:
        version: paho's number of the protocol version.
        tls: None for a connection in the clear.
        username, password: None without.
    """

    host: str
    port: int
    version: int
    client_id: str
    tls: ssl.SSLContext | None
    username: str | None
    password: str | None


class _TlsSocket(ssl.SSLSocket):
    """Closed as soon as the other side is not accepted, which the library leaves to the garbage collector."""

    def do_handshake(self, block: bool = False) -> None:
        try:
            super().do_handshake(block)
        except OSError:
            self.close()
            raise


def tls_context(ca: Path | None, certificate: Path | None, key: Path | None) -> ssl.SSLContext:
    """Return a context that checks the broker's certificate and name, against the system's authorities without a ca.

    Raises InvalidInput for files that cannot be used.
    """
    try:
        context = ssl.create_default_context(cafile=ca)
        context.sslsocket_class = _TlsSocket
        if certificate is not None:
            context.load_cert_chain(certificate, key)
    except ssl.SSLError as error:
        raise InvalidInput("ca, certificate or key is no PEM file, or the key is not the certificate's") from error
    except OSError as error:
        raise InvalidInput(f"a certificate or key cannot be read: {reason_of(error)}") from error
    return context


class MqttConnection:
    """Open from the constructor to close; for one thread. Whatever fails, it is closed and another one made.

    Raises DeliveryFailed when the broker cannot be reached, or refuses.
    """

    def __init__(self, address: BrokerAddress, will: Message) -> None:
        self._address = address
        self._answered = threading.Event()
        self._answer: ReasonCode | None = None
        self._refused: dict[int, str] = {}
        self._client = self._make_client(will)
        try:
            self._connect()
        except DeliveryFailed:
            self._client.loop_stop()
            raise

    @property
    def is_open(self) -> bool:
        return self._client.is_connected()

    def publish(self, messages: Sequence[Message]) -> None:
        """Return when the broker has taken all. Raises DeliveryFailed, which says how many it has taken."""
        began_s = elapsed_s()
        sent = [self._client.publish(one.topic, one.payload, QOS, one.retain) for one in messages]
        for delivered, info in enumerate(sent):
            left_s = max(0.01, PUBLISH_S - (elapsed_s() - began_s))
            if not self._is_taken(info, left_s):
                code = "timeout" if self.is_open else "connection_lost"
                raise DeliveryFailed(code, self._why_not(code), delivered=delivered)
            if (reason := self._refused.pop(info.mid, None)) is not None:
                why = f"the broker refused a message: {reason}; see what its user may publish"
                raise DeliveryFailed("message_refused", why, delivered=delivered)

    def close(self, goodbye: Message | None = None) -> None:
        """End the connection. goodbye: published before, for the will is not sent by a broker that is told."""
        if goodbye is not None and self.is_open:
            self._is_taken(self._client.publish(goodbye.topic, goodbye.payload, QOS, goodbye.retain), GOODBYE_S)
        self._client.disconnect()
        self._client.loop_stop()

    def _make_client(self, will: Message) -> mqtt.Client:
        address = self._address
        client = mqtt.Client(
            CallbackAPIVersion.VERSION2,
            client_id=address.client_id,
            protocol=address.version,  # type: ignore[arg-type]  # an enum whose values are these numbers
            reconnect_on_failure=False,
        )
        client.connect_timeout = CONNECT_S
        client.username = address.username
        client.password = address.password
        if address.tls is not None:
            client.tls_set_context(address.tls)
        client.will_set(will.topic, will.payload, QOS, will.retain)
        client.on_connect = self._on_connect
        client.on_disconnect = self._on_disconnect
        client.on_publish = self._on_publish
        return client

    def _connect(self) -> None:
        try:
            self._client.connect(self._address.host, self._address.port, KEEPALIVE_S)
        except ssl.SSLCertVerificationError as error:
            why = f"the broker's certificate is not accepted: {error.verify_message}; check ca and host"
            raise DeliveryFailed("certificate", why) from error
        except ssl.SSLError as error:
            raise DeliveryFailed("tls", "no TLS connection could be made; check port, tls and certificate") from error
        except (OSError, ValueError) as error:
            reason = reason_of(error) if isinstance(error, OSError) else "its address cannot be used"
            raise DeliveryFailed("unreachable", f"the broker cannot be reached: {reason}") from error
        self._client.loop_start()
        if not self._answered.wait(ANSWER_S):
            raise DeliveryFailed("no_answer", "what is there does not answer as a broker; check host, port and tls")
        self._require_admitted()

    def _require_admitted(self) -> None:
        answer = self._answer
        if answer is None:
            why = "the broker ended the connection at once; does it ask for a certificate of the kiosk's own?"
            raise DeliveryFailed("connection_lost", why)
        if not answer.is_failure:
            return
        if str(answer) in PASSWORD_REFUSED:
            raise DeliveryFailed("password_refused", "the broker does not take the user's name and password")
        raise DeliveryFailed("broker_refused", f"the broker refused the connection: {answer}")

    def _is_taken(self, info: mqtt.MQTTMessageInfo, wait_s: float) -> bool:
        if info.rc != MQTTErrorCode.MQTT_ERR_SUCCESS:
            return False
        began_s = elapsed_s()
        while not info.is_published():  # a lost connection ends the wait, which the library's own does not
            if not self.is_open or elapsed_s() - began_s > wait_s:
                return info.is_published()
            info.wait_for_publish(0.25)
        return True

    def _why_not(self, code: str) -> str:
        if code == "timeout":
            return "the broker did not confirm a message in time; it or the network is too slow"
        return "the connection to the broker was lost"

    def _on_connect(
        self, _client: Any, _data: Any, _flags: Any, answer: ReasonCode, _properties: Properties | None
    ) -> None:
        self._answer = answer
        self._answered.set()

    def _on_disconnect(self, *_told: Any) -> None:
        self._answered.set()  # before an answer: there will be none

    def _on_publish(
        self, _client: Any, _data: Any, mid: int, answer: ReasonCode, _properties: Properties | None
    ) -> None:
        if answer.is_failure:
            self._refused[mid] = str(answer)
