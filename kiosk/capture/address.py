"""Addresses of network cameras: what may be shown of them, and whether they can be reached."""

from __future__ import annotations

import re
import socket
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from kiosk.capture.status import CameraFault, CameraFaultKind
from kiosk.config.validators import readable_source
from kiosk.errors import DeviceError

CONNECT_TIMEOUT_S = 1.0
READ_TIMEOUT_S = 2.0

_PORTS = {"http": 80, "https": 443, "rtsp": 554, "rtsps": 322}


@dataclass(frozen=True, slots=True)
class StreamAddress:
    """The URL of a stream, taken apart.

    Attributes:
        url: as it was given, password included: not to be logged.
        bare_url: without user and password; not to be logged either, for the query may hold one.
        user: decoded; "" without one.
        password: decoded; "" without one.
        scheme: lower case.
        host: name or address.
        port: the scheme's usual one unless given.
        shown: without user, password, query and whatever looks like name=value.
    """

    url: str = field(repr=False)
    bare_url: str = field(repr=False)
    user: str = field(repr=False)
    password: str = field(repr=False)
    scheme: str
    host: str
    port: int
    shown: str


def is_address(text: str) -> bool:
    return "://" in text


def parse_address(text: str) -> StreamAddress:
    """Take a stream's URL apart. Raises DeviceError, without repeating what may hold a password."""
    parts, port = _split(text)
    scheme, host = parts.scheme.lower(), parts.hostname
    if scheme not in _PORTS:
        raise DeviceError(f"A source cannot be read by {scheme}://; a stream begins with {', '.join(_PORTS)}")
    if not host:
        raise DeviceError(f"The stream's address names no host; write it like {scheme}://host:port/path")
    path = "/".join("…" if re.search("[=:;&]", step) else step for step in parts.path.split("/"))
    shown_host = f"[{host}]" if ":" in host else host
    shown = f"{scheme}://{shown_host}{f':{port}' if port else ''}{path}"
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    bare = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    return StreamAddress(text, bare, user, password, scheme, host, port or _PORTS[scheme], shown)


def require_readable(source: str) -> None:
    """Raise DeviceError, without repeating it, for a stream's address whose parts cannot be told apart."""
    try:
        readable_source(source)
    except ValueError as error:
        sentence = str(error)
    else:
        return
    raise DeviceError(sentence)


def _split(text: str) -> tuple[SplitResult, int | None]:
    """Raise DeviceError outside the except clause: a chained error would repeat parts of the address."""
    require_readable(text)
    with suppress(ValueError):
        parts = urlsplit(text)
        return parts, parts.port
    raise DeviceError("The stream's address cannot be understood; write it like http://host:port/path")


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
