"""A D-Bus of the test's own, and on it somebody who answers to systemd-logind's name."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from jeepney import HeaderFields, Message, MessageType, message_bus, new_error, new_method_return
from jeepney.io.blocking import open_dbus_connection

CONFIG = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><listen>unix:path={socket}</listen><auth>EXTERNAL</auth>
<policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy></busconfig>
"""
NAME = "org.freedesktop.login1"


@contextmanager
def private_bus(folder: Path) -> Iterator[str]:
    """Run a message bus, and yield its address."""
    config = folder / "bus.conf"
    config.write_text(CONFIG.format(socket=folder / "bus"))
    daemon = subprocess.Popen(
        ["dbus-daemon", "--nofork", "--print-address", f"--config-file={config}"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().strip()
    finally:
        daemon.terminate()
        daemon.communicate(timeout=10)


class FakeLogind:
    """Answers the questions Can… as it is told, and refuses what it answers with anything but yes.

    Attributes:
        calls: the methods that did something, with their arguments.
    """

    def __init__(self, address: str, answers: Mapping[str, str]) -> None:
        self.calls: list[tuple[str, tuple[object, ...]]] = []
        self._answers, self._is_closing = answers, False
        self._connection = open_dbus_connection(bus=address)
        self._connection.send_and_get_reply(message_bus.RequestName(NAME))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._is_closing = True
        self._thread.join(10)
        self._connection.close()

    def _serve(self) -> None:
        while not self._is_closing:
            try:
                message = self._connection.receive(timeout=0.1)
            except TimeoutError:
                continue
            if message.header.message_type is MessageType.method_call:
                self._connection.send(self._answer(message))

    def _answer(self, message: Message) -> Message:
        method = str(message.header.fields[HeaderFields.member])
        if method.startswith("Can"):
            return new_method_return(message, "s", (self._answers[method.removeprefix("Can")],))
        if self._answers[method] != "yes":
            return new_error(message, "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired")
        self.calls.append((method, message.body))
        return new_method_return(message)
