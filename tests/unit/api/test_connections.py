"""Connections that send nothing, or little: they end, they are not too many, and they keep nobody else out."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, closing

import pytest
from fastapi import FastAPI, Request
from fastapi.responses import StreamingResponse
from starlette.requests import ClientDisconnect

from kiosk.api.connections import ConnectionLimits
from kiosk.api.http_protocol import TIMES_S, Phase
from kiosk.api.server import Server
from support.api_server import running
from support.raw_http import GET, POST, asked, connect, read_all

DEADLINE_S = 0.4
LIMITS = ConnectionLimits(in_all=40, per_address=20)
LARGE_BYTES = 16 * 1024 * 1024

Running = tuple[Server, int]


def make_app() -> FastAPI:
    app = FastAPI()

    @app.get("/page")
    async def page() -> str:
        return "answered"

    @app.post("/body")
    async def body(request: Request) -> int:
        try:
            return len(await request.body())
        except ClientDisconnect:
            return 0

    @app.post("/deaf")
    async def deaf() -> str:
        return "answered unread"

    @app.get("/large")
    async def large() -> StreamingResponse:
        async def content() -> AsyncIterator[bytes]:
            for _ in range(LARGE_BYTES // 65536):
                yield b"x" * 65536

        return StreamingResponse(content())

    return app


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    for phase in TIMES_S:
        monkeypatch.setitem(TIMES_S, phase, DEADLINE_S)
    with running(make_app(), LIMITS) as found:
        yield found


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        pytest.param(b"", 0, id="nothing"),
        pytest.param(GET[:-2], 408, id="headers that do not end"),
        pytest.param(POST + b"{", 408, id="a body that does not end"),
        pytest.param(GET + GET[:-2], 200, id="a second request that does not end"),
        pytest.param(POST.replace(b"/body", b"/deaf") + b"{", 200, id="a body that nobody reads"),
    ],
)
def test_what_does_not_arrive_is_not_waited_for(server: Running, sent: bytes, status: int) -> None:
    began_s = time.monotonic()
    with closing(connect(server[1], sent)) as connection:
        answer = read_all(connection)
    assert DEADLINE_S * 0.9 < time.monotonic() - began_s < 4
    assert int(answer[9:12] or 0) == status
    if status == 408:
        head, _, content = answer.partition(b"\r\n\r\n")
        assert b"application/problem+json" in head
        assert json.loads(content)["code"] == "request_timeout"


@pytest.mark.parametrize("sent", [GET[:-2], POST], ids=["headers", "body"])
def test_trickling_gains_no_time(server: Running, sent: bytes) -> None:
    began_s = time.monotonic()
    with closing(connect(server[1], sent)) as connection:
        connection.settimeout(0.05)
        while time.monotonic() - began_s < 5:
            try:
                answer = connection.recv(4096)
                break
            except TimeoutError:
                connection.sendall(b"a")
    assert answer[9:12] == b"408"


def test_a_body_that_keeps_coming_is_waited_for(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.api.http_protocol.LEAST_BODY_BYTES_PER_WINDOW", 2)
    monkeypatch.setitem(TIMES_S, Phase.BODY, 1)
    with closing(connect(server[1], POST.replace(b"1000", b"30"))) as connection:
        for _ in range(30):
            connection.sendall(b"a")
            time.sleep(0.05)
        assert connection.recv(4096)[9:12] == b"200"


def test_an_answer_that_is_not_taken_is_given_up(server: Running) -> None:
    with closing(connect(server[1], GET.replace(b"/page", b"/large"))):
        await_no_connections(server[0])


def await_no_connections(server: Server) -> None:
    ends_s = time.monotonic() + 5
    while len(server.connections) and time.monotonic() < ends_s:
        time.sleep(0.02)
    assert len(server.connections) == 0


def test_the_oldest_that_sends_nothing_gives_way(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TIMES_S, Phase.HEADERS, 60)
    with ExitStack() as stack:
        silent = [stack.enter_context(closing(connect(server[1]))) for _ in range(LIMITS.per_address)]
        assert [asked(server[1]) for _ in range(3)] == [200, 200, 200]
        assert [read_all(connection) for connection in silent[:1]] == [b""]
        assert read_all(stack.enter_context(closing(connect(server[1], GET + b"x y z\r\n\r\n"))))[9:12] == b"200"
        assert len(server[0].connections) <= LIMITS.per_address


def test_one_address_does_not_take_the_room_of_others(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TIMES_S, Phase.HEADERS, 60)
    with ExitStack() as stack:
        other = stack.enter_context(closing(connect(server[1], host="127.0.0.2")))
        for _ in range(3 * LIMITS.in_all):
            stack.enter_context(closing(connect(server[1])))
        assert asked(server[1]) == 200
        other.sendall(GET)
        assert other.recv(4096)[9:12] == b"200", "the oldest of all, but of another address"


def test_requests_in_hand_do_not_give_way(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TIMES_S, Phase.STALLED, 60)
    large = GET.replace(b"/page", b"/large").replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    with ExitStack() as stack:
        busy = [stack.enter_context(closing(connect(server[1], large))) for _ in range(LIMITS.per_address)]
        assert {connection.recv(12) for connection in busy} == {b"HTTP/1.1 200"}
        assert asked(server[1]) == 0, "refused"
        assert len(read_all(busy[0])) > LARGE_BYTES


def test_uploads_give_way_after_all_others(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    for phase in (Phase.HEADERS, Phase.BODY):
        monkeypatch.setitem(TIMES_S, phase, 60)
    with ExitStack() as stack:
        upload = stack.enter_context(closing(connect(server[1], POST)))
        for _ in range(LIMITS.per_address + 5):
            stack.enter_context(closing(connect(server[1])))
        upload.sendall(b"a" * 1000)
        assert upload.recv(4096)[9:12] == b"200"
