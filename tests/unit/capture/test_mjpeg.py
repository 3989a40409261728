"""Reading MJPEG from a real HTTP server on the loopback, polite and otherwise."""

from __future__ import annotations

import base64
import hashlib
import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote

import numpy as np
import pytest

from kiosk.capture.address import StreamAddress, parse_address
from kiosk.capture.mjpeg import MjpegStream
from kiosk.capture.status import CameraFault, CameraFaultKind
from kiosk.core.opencv import cv2
from support.pictures import GREY, camera_jpeg, flat_png

PATIENCE_S = 10.0
STREAM = "multipart/x-mixed-replace; boundary=frame"
Serve = Callable[[BaseHTTPRequestHandler], None]


def jpeg(grey: int) -> bytes:
    return cv2.imencode(".jpg", np.full((48, 64, 3), grey, np.uint8))[1].tobytes()


def part(body: bytes) -> bytes:
    return b"--frame\r\nContent-Length: %d\r\n\r\n%b\r\n" % (len(body), body)


def answer(request: BaseHTTPRequestHandler, code: int = 200, kind: str = STREAM, **headers: str) -> None:
    request.send_response(code)
    request.send_header("Content-Type", kind)
    for name, value in headers.items():
        request.send_header(name.replace("_", "-"), value)
    request.end_headers()


@pytest.fixture
def served() -> Iterator[Callable[[Serve, str], StreamAddress]]:
    """Start a server that answers every request with a function; returns the address, with the user in it."""
    servers = []

    def start(serve: Serve, user: str = "") -> StreamAddress:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                serve(self)
                self.close_connection = True

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        servers.append(server)
        return parse_address(f"http://{user}127.0.0.1:{server.server_address[1]}/video?token=geheim")

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def refusal(address: StreamAddress) -> CameraFault:
    with pytest.raises(CameraFault) as error:
        MjpegStream(address).close()
    assert "geheim" not in str(error.value)
    return error.value


def grey_of(stream: MjpegStream) -> int:
    return round(float(stream.read().mean()))


def test_pictures_come_one_after_another(served):
    go_on = threading.Event()

    def serve(request: BaseHTTPRequestHandler) -> None:
        answer(request)
        request.wfile.write(part(jpeg(50)))
        go_on.wait(PATIENCE_S)
        request.wfile.write(part(jpeg(200)))

    stream = MjpegStream(served(serve))
    assert grey_of(stream) == 50
    go_on.set()
    assert grey_of(stream) == 200
    with pytest.raises(CameraFault) as end:
        stream.read()
    assert end.value.fault is CameraFaultKind.ENDED
    stream.close()
    stream.close()


def test_of_several_that_have_arrived_the_newest_is_given(served):
    stream = MjpegStream(
        served(
            lambda request: (answer(request), request.wfile.write(b"".join(map(part, map(jpeg, range(100, 200, 20))))))
        )
    )
    assert grey_of(stream) == 180
    stream.close()


def test_a_chunked_answer_is_understood(served):
    def serve(request: BaseHTTPRequestHandler) -> None:
        request.protocol_version = "HTTP/1.1"
        answer(request, Transfer_Encoding="chunked")
        for piece in (part(jpeg(90))[:100], part(jpeg(90))[100:]):
            request.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))

    stream = MjpegStream(served(serve))
    assert grey_of(stream) == 90
    stream.close()


def test_torn_and_foreign_pictures_are_passed_over(served):
    torn, no_jpeg, wide = jpeg(50)[:-40], b"GIF89a" + bytes(100), camera_jpeg(65_500, 1)
    padded = jpeg(120) + bytes(16)
    stream = MjpegStream(
        served(
            lambda request: (
                answer(request),
                request.wfile.write(part(torn) + part(no_jpeg) + part(padded) + part(torn) + part(wide)),
            )
        )
    )
    assert grey_of(stream) == 120
    stream.close()


CREDENTIALS = [
    pytest.param("admin", "geheim", id="ASCII"),
    pytest.param("admin", "пароль", id="password outside ASCII"),
    pytest.param("админ", "пароль", id="both outside ASCII"),
    pytest.param("admin", "ä/?#@:%[] é", id="all that is escaped"),
]


def basic_of(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def is_right_digest(given: str, user: str, password: str) -> bool:
    """Whether an Authorization header answers the nonce n1 of the realm camera, computed as RFC 7616 says."""
    fields = dict(re.findall(r'(\w+)="?([^",]*)"?', given))

    def md5(*parts: str) -> str:
        return hashlib.md5(":".join(parts).encode()).hexdigest()  # noqa: S324 - what cameras use

    secret, request = md5(user, "camera", password), md5("GET", fields["uri"])
    expected = md5(secret, "n1", fields["nc"], fields["cnonce"], "auth", request)
    return (fields["username"], fields["response"]) == (user, expected)


@pytest.mark.parametrize("escaped", [True, False], ids=["escaped", "raw"])
@pytest.mark.parametrize(("user", "password"), CREDENTIALS)
@pytest.mark.parametrize("scheme", ["Basic", "Digest"])
def test_user_and_password_of_the_address_are_shown_to_the_camera_in_utf8(served, scheme, user, password, escaped):
    def serve(request: BaseHTTPRequestHandler) -> None:
        # The server of the standard library reads headers as Latin-1, whatever they are.
        given = request.headers.get("Authorization", "").encode("latin-1").decode()
        right = given == basic_of(user, password) if scheme == "Basic" else given.startswith("Digest")
        if not right or (scheme == "Digest" and not is_right_digest(given, user, password)):
            challenge = f'{scheme} realm="camera"' + (', nonce="n1", qop="auth"' if scheme == "Digest" else "")
            answer(request, 401, "text/html", WWW_Authenticate=challenge)
            return
        answer(request)
        request.wfile.write(part(jpeg(70)))

    raw = not escaped and "/" not in password
    pair = f"{user}:{password}" if raw else f"{quote(user, safe='')}:{quote(password, safe='')}"
    stream = MjpegStream(served(serve, user=f"{pair}@"))
    assert grey_of(stream) == 70
    stream.close()


@pytest.mark.parametrize(
    ("serve", "fault", "sentence"),
    [
        (
            lambda r: answer(r, 401, WWW_Authenticate='Basic realm="x"'),
            CameraFaultKind.REFUSED,
            "user name and password",
        ),
        (
            lambda r: answer(r, 401, WWW_Authenticate='Digest realm="x", nonce="n"'),
            CameraFaultKind.REFUSED,
            "user name and password",
        ),
        (lambda r: answer(r, 403), CameraFaultKind.REFUSED, "user name and password"),
        (lambda r: answer(r, 404), CameraFaultKind.REFUSED, "error 404"),
        (lambda r: answer(r, 503), CameraFaultKind.REFUSED, "error 503"),
        (lambda r: answer(r, 200, "text/html"), CameraFaultKind.NO_STREAM, "gives text/html, not an MJPEG stream"),
        (lambda r: answer(r, 200, "image/jpeg"), CameraFaultKind.NO_STREAM, "gives image/jpeg, not an MJPEG stream"),
        (lambda r: answer(r, 200, "multipart/x-mixed-replace"), CameraFaultKind.NO_STREAM, "not an MJPEG stream"),
        (lambda r: answer(r, 302, Location="/video"), CameraFaultKind.NO_STREAM, "as a camera does"),
        (lambda r: r.wfile.write(bytes(range(256)) * 9), CameraFaultKind.NO_STREAM, "as a camera does"),
        (lambda _: None, CameraFaultKind.NO_STREAM, "as a camera does"),
    ],
    ids=[
        "basic",
        "digest",
        "403",
        "404",
        "503",
        "a page",
        "one picture",
        "no boundary",
        "in circles",
        "noise",
        "nothing",
    ],
)
def test_what_answers_but_gives_no_stream_is_named(served, serve, fault, sentence):
    error = refusal(served(serve, user="admin:geheim@"))
    assert (error.fault, sentence in str(error)) == (fault, True)


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (part(b"no picture") * 3, CameraFaultKind.GARBAGE),
        (b"", CameraFaultKind.STALLED),
        (part(camera_jpeg(65_500, 1)), CameraFaultKind.PICTURE_SIZE),
        (part(flat_png(40_000, 1, GREY) + b"\xff\xd9"), CameraFaultKind.GARBAGE),
    ],
    ids=["pictures that are none", "silence", "too wide", "a wide PNG that ends as a JPEG does"],
)
def test_a_connection_that_stays_open_and_gives_nothing_is_left(served, body, fault):
    over = threading.Event()

    def serve(request: BaseHTTPRequestHandler) -> None:
        answer(request)
        while not over.wait(0.02):
            request.wfile.write(body)

    stream = MjpegStream(served(serve))
    with pytest.raises(CameraFault) as error:
        stream.read()
    assert error.value.fault is fault
    stream.close()
    over.set()
