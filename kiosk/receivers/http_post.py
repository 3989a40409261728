"""One HTTP request with a body: within a time for all of it, to an allowed address, and no more read than is needed."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from kiosk.receivers.port import DeliveryFailed
from kiosk.receivers.public_address import AddressRefused, connect

MOST_ANSWER_BYTES = 16 * 1024
LONGEST_CONNECTION_S = 60.0
"""Then the host's name is asked for anew."""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """status: of HTTP. retry_after: the header's text, None without one."""

    status: int
    retry_after: str | None


@dataclass(frozen=True, slots=True)
class HttpTarget:
    """Where messages go.

    Attributes:
        url: http or https; its path and query may hold a secret.
        local_too: whether addresses of this machine and network may be connected to.
        authorities: PEM file of certificate authorities; None for the system's.
    """

    url: str
    local_too: bool
    authorities: Path | None = None


class HttpPoster:
    """Sends bodies to one address, over one connection while it lasts. Redirects are not followed. For one thread.

    Args:
        target: where they go.
        limit_s: for resolving, connecting, sending and reading together.
    """

    def __init__(self, target: HttpTarget, limit_s: float) -> None:
        self._target = target
        self._limit_s = limit_s
        parts = urlsplit(target.url)
        self._path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self._host, self._is_tls = str(parts.hostname), parts.scheme == "https"
        self._port = parts.port or (443 if self._is_tls else 80)
        self._connection: http.client.HTTPConnection | None = None
        self._connected_s = 0.0

    def post(self, body: bytes, headers: Mapping[str, str]) -> HttpAnswer:
        """Return how the other side answered. Raises DeliveryFailed when it did not."""
        if self._connection is not None and time.monotonic() - self._connected_s < LONGEST_CONNECTION_S:
            with suppress(_Gone):
                return self._guarded(body, headers, reused=True)
        self.close()
        return self._guarded(body, headers, reused=False)

    def close(self) -> None:
        """Close the connection; harmless when called twice."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _guarded(self, body: bytes, headers: Mapping[str, str], *, reused: bool) -> HttpAnswer:
        began_s = time.monotonic()
        try:
            return self._post(body, headers, began_s + self._limit_s)
        except (http.client.RemoteDisconnected, ConnectionError) as error:
            self.close()
            if reused and not self._is_over(began_s):
                raise _Gone from error
            raise self._failure("connection_lost", "broke off the connection", began_s) from error
        except AddressRefused as error:
            raise DeliveryFailed(
                "address_refused",
                f"{self._host} is an address of this machine or network; allow it with --set allow_local=true",
            ) from error
        except ssl.SSLCertVerificationError as error:
            self.close()
            message = f"the certificate of {self._host} does not hold: {error.verify_message}"
            raise DeliveryFailed("certificate", message) from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.close()
            raise self._failure("no_answer", "does not answer as it should", began_s) from error

    def _failure(self, code: str, what: str, began_s: float) -> DeliveryFailed:
        if self._is_over(began_s):
            return DeliveryFailed("timeout", f"{self._host} did not answer within {self._limit_s:g} s")
        return DeliveryFailed(code, f"{self._host} {what}")

    def _is_over(self, began_s: float) -> bool:
        return time.monotonic() - began_s >= self._limit_s * 0.95

    def _post(self, body: bytes, headers: Mapping[str, str], ends_s: float) -> HttpAnswer:
        if self._connection is None:
            self._connection = self._connected(ends_s)
            self._connected_s = time.monotonic()
        connection = self._connection
        with _cut_off_at(ends_s, connection.sock):
            connection.request("POST", self._path, body, dict(headers))
            answer = connection.getresponse()
            answer.read(MOST_ANSWER_BYTES)
            if time.monotonic() >= ends_s:  # http.client takes headers that were cut off for whole ones
                raise TimeoutError
            if answer.will_close or not answer.isclosed():  # or there is more of it, which nobody needs
                self.close()
            return HttpAnswer(answer.status, answer.getheader("Retry-After"))

    def _connected(self, ends_s: float) -> http.client.HTTPConnection:
        plain = connect(self._host, self._port, ends_s - time.monotonic(), local_too=self._target.local_too)
        try:
            connection = http.client.HTTPConnection(self._host, self._port)
            connection.auto_open = 0  # it would connect to any address
            connection.default_port = 443 if self._is_tls else 80
            connection.sock = self._encrypted(plain, ends_s) if self._is_tls else plain
        except BaseException:
            plain.close()
            raise
        return connection

    def _encrypted(self, plain: socket.socket, ends_s: float) -> socket.socket:
        context = ssl.create_default_context(cafile=self._target.authorities)
        encrypted = context.wrap_socket(plain, server_hostname=self._host, do_handshake_on_connect=False)
        try:
            with _cut_off_at(ends_s, encrypted):
                encrypted.do_handshake()
        except BaseException:
            encrypted.close()
            raise
        return encrypted


class _Gone(Exception):
    """A connection that was kept had been closed by the other side."""


@contextmanager
def _cut_off_at(ends_s: float, connection: socket.socket) -> Iterator[None]:
    """Break a connection off at a moment: a socket's own limit begins anew with each byte."""
    timer = threading.Timer(max(0.0, ends_s - time.monotonic()), _shutter(connection))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _shutter(connection: socket.socket) -> Callable[[], None]:
    def shut() -> None:
        with suppress(OSError):
            # Of the socket below TLS, which would first say good-bye to the other side.
            socket.socket.shutdown(connection, socket.SHUT_RDWR)

    return shut
