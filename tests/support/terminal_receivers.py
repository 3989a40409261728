"""Systems that receive attendance terminals: published ones as they are, and one that answers as it is told."""

from __future__ import annotations

import json
import sqlite3
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

from kiosk.config.paths import PROJECT_DIR
from support.certificates import CertificateFiles
from support.kiosk_process import free_port
from support.mosquitto import wait_until

GREETING = "GET OPTION FROM: K1\nDelay=5\nErrorDelay=30\n"


@dataclass
class PublishedReceiver:
    """A published system. arguments: of its module in tests/support, with {port} for the port."""

    module: str
    database: Path
    arguments: Sequence[str]
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", *self._command(str(self.port))],
            cwd=PROJECT_DIR / "tests",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until(self._answers, 120)

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def run(self, task: str) -> None:
        """Let its module do something else with the same database."""
        subprocess.run(self._command(task), cwd=PROJECT_DIR / "tests", check=True)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.database, timeout=20)) as connection, connection:
            return connection.execute(query, values).fetchall()

    def _command(self, task: str) -> list[str]:
        return [sys.executable, "-m", f"support.{self.module}", *(one.format(task=task) for one in self.arguments)]

    def _answers(self) -> bool:
        try:
            return requests.get(f"{self.url}/iclock/getrequest?SN=K0", timeout=5).ok
        except requests.RequestException:
            return False


def tungsten(folder: Path) -> PublishedReceiver:
    database = folder / "tungsten.db"
    return PublishedReceiver("tungsten_receiver", database, ["{task}", str(database), "accept"])


def fingerprint(folder: Path, zone: str) -> PublishedReceiver:
    database = folder / "fingerprint.db"
    return PublishedReceiver("fingerprint_receiver", database, [str(database), zone, "{task}"])


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered. ends: whether the text ends; else it goes on as long as somebody reads."""

    text: str = "OK"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    ends: bool = True


class ScriptedReceiver:
    """Answers each page as answers says, else with OK; asked holds what was asked for: page, parameters, body."""

    def __init__(self, certificate: CertificateFiles | None = None) -> None:
        self.answers: dict[str, Answer] = {"GET cdata": Answer(GREETING)}
        self.asked: list[tuple[str, dict[str, str], str]] = []
        self._server = self._make_server()
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate.certificate, certificate.key)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        scheme = "http" if certificate is None else "https"
        self.url = f"{scheme}://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    def uploads(self, table: str = "ATTLOG") -> list[str]:
        return [body for page, told, body in self.asked if page == "POST cdata" and told["table"] == table]

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _make_server(self) -> ThreadingHTTPServer:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                address = urlsplit(self.path)
                page = f"{self.command} {address.path.removeprefix('/iclock/')}"
                length = int(self.headers.get("Content-Length") or 0)
                content = self.rfile.read(length)
                if len(content) < length:  # the network was cut
                    self.close_connection = True
                    return
                told = {name: values[0] for name, values in parse_qs(address.query, keep_blank_values=True).items()}
                receiver.asked.append((page, told, content.decode("utf-8")))
                receiver._answer(self, receiver.answers.get(page, Answer()))

            do_POST = do_GET

            def log_message(self, format: str, *args: Any) -> None:
                """Nothing: the tests' output is for the tests."""

        class Server(ThreadingHTTPServer):
            def handle_error(self, request: Any, client_address: Any) -> None:
                """Nothing: clients that break off are meant to."""

        return Server(("127.0.0.1", 0), Handler)

    @staticmethod
    def _answer(handler: BaseHTTPRequestHandler, answer: Answer) -> None:
        handler.send_response(answer.status)
        for name, value in answer.headers:
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(answer.text.encode("utf-8"))
        while not answer.ends:
            handler.wfile.write(b"x" * 65536)


@contextmanager
def scripted_receiver(certificate: CertificateFiles | None = None) -> Iterator[ScriptedReceiver]:
    receiver = ScriptedReceiver(certificate)
    receiver.start()
    try:
        yield receiver
    finally:
        receiver.stop()


def commands_as_json(*commands: tuple[str, dict[str, Any]]) -> str:
    return json.dumps(commands)
