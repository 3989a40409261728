"""Addresses of network cameras: what may be shown of them, and whether they can be reached."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from kiosk.capture.status import CameraFault, CameraFaultKind
from kiosk.errors import DeviceError

CONNECT_TIMEOUT_S = 1.0
READ_TIMEOUT_S = 2.0

_PORTS = {"http": 80, "https": 443, "rtsp": 554, "rtsps": 322}


@dataclass(frozen=True, slots=True)
class StreamAddress:
    """The URL of a stream, taken apart.

    Attributes:
        url: as it was given, password included: not to be logged.
        scheme: lower case.
        host: name or address.
        port: the scheme's usual one unless given.
        shown: without user, password, query and whatever looks like name=value.
    """

    url: str = field(repr=False)
    scheme: str
    host: str
    port: int
    shown: str


def is_address(text: str) -> bool:
    return "://" in text


def parse_address(text: str) -> StreamAddress:
    """Take a stream's URL apart. Raises DeviceError, without repeating what may hold a password."""
    try:
        parts = urlsplit(text)
        scheme, host, port = parts.scheme.lower(), parts.hostname, parts.port
    except ValueError as error:
        raise DeviceError("The stream's address cannot be understood; write it like http://host:port/path") from error
    if scheme not in _PORTS:
        raise DeviceError(f"A source cannot be read by {scheme}://; a stream begins with {', '.join(_PORTS)}")
    if not host:
        raise DeviceError(f"The stream's address names no host; write it like {scheme}://host:port/path")
    path = "/".join("…" if "=" in step else step for step in parts.path.split("/"))
    shown_host = f"[{host}]" if ":" in host else host
    shown = f"{scheme}://{shown_host}{f':{port}' if port else ''}{path}"
    return StreamAddress(text, scheme, host, port or _PORTS[scheme], shown)


def require_reachable(address: StreamAddress) -> None:
    """Raise CameraFault UNREACHABLE unless the camera's port accepts a connection within CONNECT_TIMEOUT_S."""
    try:
        socket.create_connection((address.host, address.port), CONNECT_TIMEOUT_S).close()
    except OSError as error:
        raise unreachable(address) from error


def unreachable(address: StreamAddress) -> CameraFault:
    return CameraFault(
        CameraFaultKind.UNREACHABLE, f"{address.shown} cannot be reached; is it on, and the address right?"
    )
