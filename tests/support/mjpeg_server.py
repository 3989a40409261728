"""A local MJPEG camera over HTTP whose stream can be made to fail in every way."""

from __future__ import annotations

import random
import socket
import threading
import time
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np

from kiosk.core.opencv import cv2

FPS = 30
SIZE_PX = (640, 480)
OTHER_SIZE_PX = (320, 240)


class Mode(StrEnum):
    FLOW = "flow"
    REFUSE = "refuse"
    HANG = "hang"
    STALL = "stall"
    GARBAGE = "garbage"
    NOISE = "noise"
    TORN = "torn"
    CUT = "cut"
    RESIZE = "resize"
    FREEZE = "freeze"
    BLACK = "black"
    WIDE = "wide"


def pictures(size_px: tuple[int, int], count: int = 12) -> list[bytes]:
    """Grey with a sensor's noise: no two alike."""
    width, height = size_px
    noise = np.random.default_rng(1)
    pictures = [noise.normal(110, 12, (height, width, 3)).clip(0, 255).astype(np.uint8) for _ in range(count)]
    return [_jpeg(picture) for picture in pictures]


def _jpeg(picture: np.ndarray) -> bytes:
    return cv2.imencode(".jpg", picture)[1].tobytes()


class MjpegServer:
    """Serves one stream on 127.0.0.1; set mode to change what every client sees, now and from then on.

    good: JPEG pictures that come round and round; without them, grey noise.
    """

    def __init__(self, good: list[bytes] | None = None) -> None:
        self.mode = Mode.FLOW
        self.sent = 0
        self._good = good or pictures(SIZE_PX)
        self._resized = pictures(OTHER_SIZE_PX)
        self._black = _jpeg(np.zeros((SIZE_PX[1], SIZE_PX[0], 3), np.uint8))
        self._wide = _jpeg(np.full((1, 65_500, 3), 110, np.uint8))
        self._random = random.Random(1)  # noqa: S311
        self._server: ThreadingHTTPServer | None = None
        self._thread: threading.Thread | None = None
        self._closing = threading.Event()
        self.port = 0
        self._listen()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/stream.mjpg"

    def set(self, mode: Mode) -> float:
        """Change the mode; returns the monotonic time of the change."""
        before, self.mode = self.mode, mode
        if mode is Mode.REFUSE:
            self._shut()
        elif before is Mode.REFUSE:
            self._listen()
        return time.monotonic()

    def close(self) -> None:
        self._closing.set()
        self._shut()

    def _listen(self) -> None:
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                owner._serve(self)

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            block_on_close = False
            allow_reuse_address = True

            def handle_error(self, *_: object) -> None:
                pass

        self._server = Server(("127.0.0.1", self.port), Handler)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), name="mjpeg-server", daemon=True
        )
        self._thread.start()

    def _shut(self) -> None:
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()
            self._server = None

    def _serve(self, request: BaseHTTPRequestHandler) -> None:
        try:
            while self.mode is Mode.HANG and not self._closing.is_set():
                time.sleep(0.02)
            if self.mode is Mode.NOISE:
                request.wfile.write(self._random.randbytes(4096))
                return
            request.send_response(200)
            request.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
            request.end_headers()
            self._stream(request)
        except OSError:
            pass
        finally:
            request.close_connection = True

    def _stream(self, request: BaseHTTPRequestHandler) -> None:
        while not self._closing.is_set() and self.mode not in (Mode.REFUSE, Mode.CUT):
            if self.mode in (Mode.STALL, Mode.HANG):
                request.connection.setblocking(True)
            elif self.mode is Mode.NOISE:
                request.wfile.write(self._random.randbytes(20_000))
            else:
                body = self._body()
                head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(body)}\r\n\r\n"
                request.wfile.write(head.encode() + body + b"\r\n")
                self.sent += 1
            time.sleep(1 / FPS)
        if self.mode is Mode.REFUSE:
            request.connection.shutdown(socket.SHUT_RDWR)

    def _body(self) -> bytes:
        good = self._good[self.sent % len(self._good)]
        bodies = {
            Mode.GARBAGE: self._random.randbytes(20_000),
            Mode.TORN: good[: len(good) // 3],
            Mode.RESIZE: self._resized[self.sent % len(self._resized)],
            Mode.FREEZE: self._good[0],
            Mode.BLACK: self._black,
            Mode.WIDE: self._wide,
        }
        return bodies.get(self.mode, good)
