"""A local RTSP camera (RFC 2326), JPEG over RTP (RFC 2435), whose stream can be made to fail."""

from __future__ import annotations

import socket
import socketserver
import struct
import threading
import time

from support.mjpeg_server import FPS, SIZE_PX, Mode, pictures

_PACKET = 1400
_JPEG_PAYLOAD = 26
_SDP = "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=camera\r\nt=0 0\r\nm=video 0 RTP/AVP 26\r\na=control:track1\r\n"


class RtspServer:
    """Knows the modes FLOW, STALL, CUT and REFUSE; the user name and password it wants are none.

    size_px: width and height of its pictures, multiples of sixteen up to 2,032.
    """

    def __init__(self, size_px: tuple[int, int] = SIZE_PX) -> None:
        self._size_px = size_px
        self.mode = Mode.FLOW
        self.port = 0
        self._scans = [_scan_of(jpeg) for jpeg in pictures(size_px)]
        self._closing = threading.Event()
        self._server: socketserver.ThreadingTCPServer | None = None
        self._listen()

    @property
    def url(self) -> str:
        return f"rtsp://127.0.0.1:{self.port}/stream"

    def set(self, mode: Mode) -> None:
        before, self.mode = self.mode, mode
        if mode is Mode.REFUSE:
            self._shut()
        elif before is Mode.REFUSE:
            self._listen()

    def close(self) -> None:
        self._closing.set()
        self._shut()

    def _listen(self) -> None:
        owner = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                owner._serve(self)

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            block_on_close = False
            allow_reuse_address = True

            def handle_error(self, *_: object) -> None:
                pass

        self._server = Server(("127.0.0.1", self.port), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def _shut(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def _serve(self, request: socketserver.StreamRequestHandler) -> None:
        while (line := request.rfile.readline().decode()) and self.mode is not Mode.REFUSE:
            headers = {}
            while header := request.rfile.readline().decode().strip():
                name, _, value = header.partition(":")
                headers[name.lower()] = value.strip()
            method = line.split()[0]
            answer, body = _answer(method, self.url)
            length = f"Content-Length: {len(body)}\r\n" if body else ""
            head = f"RTSP/1.0 200 OK\r\nCSeq: {headers['cseq']}\r\n{answer}{length}\r\n"
            request.wfile.write((head + body).encode())
            if method == "PLAY":
                self._play(request)
                return

    def _play(self, request: socketserver.StreamRequestHandler) -> None:
        sequence = frame = 0
        while not self._closing.is_set() and self.mode not in (Mode.CUT, Mode.REFUSE):
            if self.mode is Mode.FLOW:
                tables, scan = self._scans[frame % len(self._scans)]
                for packet in _packets(tables, scan, self._size_px, sequence, frame * 90_000 // FPS):
                    request.wfile.write(b"$\0" + struct.pack(">H", len(packet)) + packet)
                    sequence += 1
                frame += 1
            time.sleep(1 / FPS)
        request.connection.shutdown(socket.SHUT_RDWR)


def _answer(method: str, url: str) -> tuple[str, str]:
    match method:
        case "OPTIONS":
            return "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n", ""
        case "DESCRIBE":
            return f"Content-Base: {url}/\r\nContent-Type: application/sdp\r\n", _SDP
        case "SETUP":
            return "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\nSession: 1\r\n", ""
    return "Session: 1\r\n", ""


def _scan_of(jpeg: bytes) -> tuple[bytes, bytes]:
    """Return the quantisation tables and the entropy-coded data of a baseline 4:2:0 JPEG with the usual code tables."""
    tables, place = b"", 2
    while True:
        marker, length = struct.unpack(">HH", jpeg[place : place + 4])
        segment = jpeg[place + 4 : place + 2 + length]
        place += 2 + length
        if marker == 0xFFDB:
            tables += b"".join(segment[start + 1 : start + 65] for start in range(0, len(segment), 65))
        elif marker == 0xFFDA:
            return tables, jpeg[place:-2]


def _packets(tables: bytes, scan: bytes, size_px: tuple[int, int], sequence: int, timestamp: int) -> list[bytes]:
    packets = []
    for number, offset in enumerate(range(0, len(scan), _PACKET)):
        last = offset + _PACKET >= len(scan)
        rtp = struct.pack(">BBHII", 0x80, _JPEG_PAYLOAD | last << 7, (sequence + number) & 0xFFFF, timestamp, 7)
        jpeg = struct.pack(">IBBBB", offset, 1, 255, size_px[0] // 8, size_px[1] // 8)
        quantisation = struct.pack(">BBH", 0, 0, len(tables)) + tables if offset == 0 else b""
        packets.append(rtp + jpeg + quantisation + scan[offset : offset + _PACKET])
    return packets
