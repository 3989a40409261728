"""A real MQTT broker of a test's own, and somebody who listens to it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from support.kiosk_process import free_port

# Debian keeps it where only root's PATH looks.
PROGRAM = shutil.which("mosquitto", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
WAIT_S = 15.0


class Mosquitto:
    """A broker in a folder that keeps what is retained also when it is killed, once it has had a second for it.

    settings: lines of mosquitto.conf for its one listener; without any, everybody may do everything.
    """

    def __init__(self, folder: Path, settings: Sequence[str] = ("allow_anonymous true",)) -> None:
        if PROGRAM is None:
            raise FileNotFoundError("mosquitto is not installed; ./install.sh test does so")
        folder.mkdir()
        self.port = free_port()
        self.log_path = folder / "log"
        self._config = folder / "mosquitto.conf"
        user = ["user root"] if os.geteuid() == 0 else []
        kept = ["persistence true", f"persistence_location {folder}/", "autosave_interval 1"]
        lines = [*user, *kept, f"log_dest file {self.log_path}", f"listener {self.port} 127.0.0.1", *settings]
        self._config.write_text("\n".join(lines) + "\n")
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        assert PROGRAM is not None
        self.process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", PROGRAM, "-c", self._config],  # it goes when the tests do
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until(self._answers)

    def kill(self) -> None:
        self.send(signal.SIGKILL)
        if self.process is not None:
            self.process.wait(WAIT_S)
            self.process = None

    def send(self, number: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(number)

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Let it do nothing as long as the block runs, as a machine that hangs."""
        self.send(signal.SIGSTOP)
        try:
            yield
        finally:
            self.send(signal.SIGCONT)

    def _answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return True


@contextmanager
def running_broker(folder: Path, settings: Sequence[str] = ("allow_anonymous true",)) -> Iterator[Mosquitto]:
    broker = Mosquitto(folder, settings)
    broker.start()
    try:
        yield broker
    finally:
        broker.kill()


@dataclass(frozen=True, slots=True)
class Heard:
    topic: str
    payload: bytes
    retained: bool


@dataclass
class Listener:
    """Listens to everything; the broker keeps for it what comes while one of them is away.

    heard: in the order in which it came.
    """

    port: int
    client_id: str = "listener"
    heard: list[Heard] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._subscribed = threading.Event()
        self._client = mqtt.Client(
            CallbackAPIVersion.VERSION2, client_id=self.client_id, clean_session=False, protocol=mqtt.MQTTv311
        )
        self._client.reconnect_delay_set(1, 1)
        self._client.on_connect = lambda client, *_: client.subscribe("#", qos=1) and None
        self._client.on_disconnect = lambda *_: self._subscribed.clear()
        self._client.on_subscribe = lambda *_: self._subscribed.set()
        self._client.on_message = self._on_message
        self._client.connect("127.0.0.1", self.port)
        self._client.loop_start()
        self.await_subscription()

    def await_subscription(self) -> None:
        assert self._subscribed.wait(WAIT_S)

    def payloads(self, topic: str) -> list[bytes]:
        return [one.payload for one in self.heard if one.topic == topic]

    def latest(self) -> Mapping[str, bytes]:
        """Return what each topic said last."""
        return {one.topic: one.payload for one in self.heard}

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def _on_message(self, _client: Any, _data: Any, message: mqtt.MQTTMessage) -> None:
        self.heard.append(Heard(message.topic, bytes(message.payload), message.retain))


@contextmanager
def listening(port: int, client_id: str = "listener") -> Iterator[Listener]:
    listener = Listener(port, client_id)
    try:
        yield listener
    finally:
        listener.close()


def retained(port: int) -> Mapping[str, bytes]:
    """Return what the broker keeps, as somebody new gets it; the broker tells it all before it answers the ping."""
    with listening(port, f"reader-{time.monotonic_ns()}") as listener:
        asked = f"done/{listener.client_id}"
        listener._client.publish(asked, b"?", qos=1)
        wait_until(lambda: bool(listener.payloads(asked)))
        return {one.topic: one.payload for one in listener.heard if one.retained}


def wait_until(holds: Callable[[], bool], wait_s: float = WAIT_S) -> None:
    """Raises TimeoutError when it does not hold in time."""
    until = time.monotonic() + wait_s
    while not holds():
        if time.monotonic() > until:
            raise TimeoutError
        time.sleep(0.02)


def password_file(folder: Path) -> Path:
    """Return a file that lets the user kiosk in, with the password right."""
    path = folder / "users"
    path.write_text("kiosk:right\n")
    subprocess.run(["mosquitto_passwd", "-U", path], check=True)
    return path
