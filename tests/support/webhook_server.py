"""Servers of this machine that receive webhooks, well and badly."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from support.certificates import CertificateFiles


@dataclass(frozen=True)
class Received:
    """One request. headers: with names in lower case. at_s: when it came, by time.time()."""

    path: str
    headers: dict[str, str]
    body: bytes
    at_s: float = field(default_factory=time.time)


@dataclass
class WebhookServer:
    """What a server has received, and how it answers.

    status: of the next answers. headers: that go with them.
    """

    url: str = ""
    status: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        return [one.headers["webhook-id"] for one in self.received]


@contextmanager
def webhook_server(
    certificate: CertificateFiles | None = None, port: int = 0, received: list[Received] | None = None
) -> Iterator[WebhookServer]:
    """Serve on a port of this machine, and break all connections off in the end.

    Args:
        certificate: for TLS.
        port: 0 for a free one.
        received: to which requests are added.
    """
    state = WebhookServer(received=[] if received is None else received)
    connections: list[socket.socket] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            body = self.rfile.read(length)
            if len(body) < length:  # the network was cut
                self.close_connection = True
                return
            headers = {name.lower(): value for name, value in self.headers.items()}
            state.received.append(Received(self.path, headers, body))
            self.send_response(state.status)
            for name, value in state.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        allow_reuse_address = True

        def process_request(self, request: Any, client_address: Any) -> None:
            connections.append(request)
            super().process_request(request, client_address)

        def handle_error(self, *_arguments: object) -> None:
            """Clients that go away are what is tested."""

    with Server(("127.0.0.1", port), Handler) as server:
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate.certificate, certificate.key)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        state.url = f"{'http' if certificate is None else 'https'}://127.0.0.1:{server.server_port}/hook"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield state
        finally:
            server.shutdown()
            thread.join()
            for connection in connections:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def raw_server(talk: Callable[[socket.socket], None]) -> Iterator[str]:
    """Give the address of a server that reads a request and then says what it wants."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def accept() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listening.accept()
                    threading.Thread(target=serve, args=(connection,), daemon=True).start()

        def serve(connection: socket.socket) -> None:
            with connection, suppress(OSError):
                connection.recv(65536)
                talk(connection)

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/hook"
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def hang(connection: socket.socket) -> None:
    """Never answer."""
    while connection.recv(65536):
        pass


def drip(connection: socket.socket) -> None:
    """Send one byte of a header at a time, for as long as somebody listens."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while True:
        connection.sendall(b"x")
        time.sleep(0.05)


def pour(connection: socket.socket) -> None:
    """Answer with a body that has no end."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9000000000\r\n\r\n")
    piece = b"x" * 65536
    while True:
        connection.sendall(piece)
