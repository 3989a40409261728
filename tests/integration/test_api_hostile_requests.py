"""Requests that no ordinary client sends: each is answered by a clear problem, and the server goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, suppress

import pytest

from support.api_client import Api
from support.api_server import serving
from support.raw_http import connect, read_all

EMPLOYEES = b"/api/v1/employees"
JSON = b"Content-Type: application/json"
FORM = b"Content-Type: multipart/form-data; boundary=x"


@pytest.fixture
def port(api_on_sqlite: Api) -> Iterator[int]:
    with serving(api_on_sqlite.app) as address:
        yield int(address.rpartition(":")[2])


def request(api: Api, line: bytes, *headers: bytes, body: bytes = b"") -> bytes:
    """Return a request with a token, and with the length of its body unless it has chunks."""
    token = b"Authorization: " + api.write["Authorization"].encode()
    length = () if any(b"chunked" in header for header in headers) else (b"Content-Length: %d" % len(body),)
    return b"\r\n".join((line, b"Host: kiosk", b"Connection: close", token, *headers, *length, b"", body))


def get(path: bytes, *headers: bytes) -> tuple[bytes, tuple[bytes, ...], bytes]:
    return b"GET " + path + b" HTTP/1.1", headers, b""


def post(path: bytes, body: bytes, *headers: bytes) -> tuple[bytes, tuple[bytes, ...], bytes]:
    return b"POST " + path + b" HTTP/1.1", headers, body


def parts(count: int, name: bytes = b"photos") -> bytes:
    one = b'--x\r\nContent-Disposition: form-data; name="' + name + b'"; filename="a"\r\n\r\na\r\n'
    return one * count + b"--x--\r\n"


ENDLESS = b"10000\r\n" + b" " * 65536 + b"\r\n"
REQUESTS = [
    pytest.param(get(b"/api/v1/info", b"X: " + b"a" * 100_000), 431, id="a huge header"),
    pytest.param(get(b"/api/v1/info", *[b"X-%d: a" % n for n in range(5000)]), 431, id="thousands of headers"),
    pytest.param(get(b"/" + b"a" * 100_000), 431, id="a huge path"),
    pytest.param(get(b"/api/v1/info", b"no colon"), 400, id="a header that is none"),
    pytest.param((b"GET", (), b""), 400, id="half a request line"),
    pytest.param((b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc", (), b""), 400, id="TLS where HTTP is spoken"),
    pytest.param((b"GET /api/v1/info HTTP/1.0", (), b""), 200, id="HTTP/1.0"),
    pytest.param(get(b"/api/v1/info", b"Range: bytes=0-5"), 200, id="a range of what has none"),
    pytest.param((b"HEAD /api/v1/info HTTP/1.1", (), b""), 405, id="HEAD"),
    pytest.param((b"OPTIONS /api/v1/info HTTP/1.1", (), b""), 405, id="OPTIONS"),
    pytest.param((b"TRACE /api/v1/info HTTP/1.1", (), b""), 405, id="TRACE"),
    pytest.param((b"CONNECT kiosk:443 HTTP/1.1", (), b""), 404, id="CONNECT"),
    pytest.param(get(b"/api/v1/\xd0\xb0"), 400, id="a path in raw UTF-8"),
    pytest.param(get(b"/api/v1/%D0%B0%F0%9F%98%80"), 404, id="a path in escaped UTF-8"),
    pytest.param(get(b"/api/v1/%ff%fe"), 404, id="a path of escaped bytes"),
    pytest.param(get(b"/api/v1/employees/..%2f..%2fetc%2fpasswd"), 404, id="a path that climbs"),
    pytest.param(get(b"/docs/assets/..%2f..%2f..%2fetc%2fpasswd"), 404, id="a path that climbs out of a folder"),
    pytest.param(get(b"/docs/assets/%00"), 404, id="a file's name with a NUL"),
    pytest.param(get(EMPLOYEES + b"/?search=%ff%fe"), 200, id="escaped bytes in a query"),
    pytest.param(get(EMPLOYEES + b"/?search=%00"), 200, id="a NUL in a query"),
    pytest.param(get(EMPLOYEES + b"/?limit=1e400"), 422, id="an endless number"),
    pytest.param(get(EMPLOYEES + b"/99999999999999999999999999"), 422, id="a number beyond the database's"),
    pytest.param(get(EMPLOYEES + b"/?limit=1&limit=2"), 200, id="a parameter twice"),
    pytest.param(post(EMPLOYEES + b"/", b"[" * 200_000, JSON), 400, id="deep JSON"),
    pytest.param(post(EMPLOYEES + b"/", b'{"full_name":' + b'{"a":' * 100_000, JSON), 400, id="deep objects"),
    pytest.param(post(EMPLOYEES + b"/", b'{"full_name": NaN, "email": 1e999}', JSON), 422, id="NaN"),
    pytest.param(post(EMPLOYEES + b"/", b'{"full_name": "\\ud800"}', JSON), 422, id="half a surrogate"),
    pytest.param(post(EMPLOYEES + b"/", b"9" * 10_000, JSON), 400, id="a number of 10,000 digits"),
    pytest.param(post(EMPLOYEES + b"/", b"{}", b"Content-Type: text/plain"), 415, id="JSON that says it is text"),
    pytest.param(post(EMPLOYEES + b"/", b"{}", b"Content-Type: \xff"), 415, id="a type that is none"),
    pytest.param(post(EMPLOYEES + b"/", b"{}", b"Content-Encoding: gzip", JSON), 422, id="an encoding nobody undoes"),
    pytest.param(
        post(EMPLOYEES + b"/", ENDLESS * 40, b"Transfer-Encoding: chunked", JSON), 413, id="chunks without an end"
    ),
    pytest.param(
        post(EMPLOYEES + b"/", b"zz\r\n", b"Transfer-Encoding: chunked", JSON), 400, id="a chunk that is none"
    ),
    pytest.param(post(EMPLOYEES + b"/", b"", b"Transfer-Encoding: gzip, chunked", JSON), 501, id="encoded chunks"),
    pytest.param(post(EMPLOYEES + b"/", b"{}", b"Content-Length: 5", JSON), 400, id="two lengths"),
    pytest.param(post(EMPLOYEES + b"/enroll", parts(10_000), FORM), 400, id="10,000 files"),
    pytest.param(post(EMPLOYEES + b"/enroll", parts(6), FORM), 422, id="a file too many"),
    pytest.param(post(EMPLOYEES + b"/enroll", b"--y", FORM), 400, id="a form with another boundary"),
    pytest.param(
        post(EMPLOYEES + b"/enroll", b"", b"Content-Type: multipart/form-data"), 400, id="a form without a boundary"
    ),
    pytest.param(get(b"/api/v1/info", b"Upgrade: websocket", b"Connection: upgrade"), 200, id="another protocol"),
    pytest.param(get(b"/api/v1/info", b"X-Trace-ID: \xff\xff"), 200, id="a trace id that is none"),
]


@pytest.mark.parametrize(("asked", "status"), REQUESTS)
def test_each_is_answered_clearly(
    api_on_sqlite: Api, port: int, asked: tuple[bytes, tuple[bytes, ...], bytes], status: int
) -> None:
    line, headers, body = asked
    with closing(connect(port)) as connection:
        with suppress(BrokenPipeError, ConnectionResetError):  # refused before all of it was sent
            connection.sendall(request(api_on_sqlite, line, *headers, body=body))
        answer = read_all(connection)
    head, _, content = answer.partition(b"\r\n\r\n")
    assert int(head[9:12] or 0) == status, answer[:500]
    if status >= 400 and not line.startswith(b"HEAD"):
        assert b"application/problem+json" in head
        assert b"x-trace-id" in head.lower()
        told = json.loads(content)
        assert (told["status"], bool(told["code"]), bool(told["detail"])) == (status, True, True)
    assert api_on_sqlite.client.get("/health").status_code in (200, 503), "the server goes on"


def test_requests_in_one_segment_are_answered_in_order(api_on_sqlite: Api, port: int) -> None:
    one = request(api_on_sqlite, b"GET /api/v1/info HTTP/1.1").replace(b"Connection: close\r\n", b"")
    two = request(api_on_sqlite, b"GET /nowhere HTTP/1.1").replace(b"Connection: close\r\n", b"")
    last = request(api_on_sqlite, b"GET /api/v1/info HTTP/1.1")
    with closing(connect(port, one + two + last)) as connection:
        answer = read_all(connection)
    assert [int(part[:3]) for part in answer.split(b"HTTP/1.1 ")[1:]] == [200, 404, 200]
