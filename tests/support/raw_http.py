"""Requests as bytes on a socket, for what no HTTP client would send."""

from __future__ import annotations

import socket
from contextlib import closing

GET = b"GET /page HTTP/1.1\r\nHost: kiosk\r\n\r\n"
POST = b"POST /body HTTP/1.1\r\nHost: kiosk\r\nContent-Length: 1000\r\n\r\n"


def connect(port: int, sent: bytes = b"", host: str = "127.0.0.1") -> socket.socket:
    connection = socket.socket()
    connection.settimeout(5)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)  # else megabytes are taken unread
    try:
        connection.bind((host, 0))
        connection.connect(("127.0.0.1", port))
        connection.sendall(sent)
    except OSError:
        connection.close()
        raise
    return connection


def read_all(connection: socket.socket) -> bytes:
    """Return everything up to the end of the connection, however it ends."""
    found = b""
    try:
        while data := connection.recv(65536):
            found += data
    except ConnectionResetError:
        pass
    return found


def asked(port: int) -> int:
    """Return the status with which a page is answered, 0 without an answer."""
    with closing(connect(port, GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))) as connection:
        answer = read_all(connection)
    return int(answer[9:12]) if answer else 0
