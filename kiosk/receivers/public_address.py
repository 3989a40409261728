"""Addresses that a message may be sent to, told by what is connected to and not by a name, which may lead elsewhere."""

from __future__ import annotations

import queue
import socket
import threading
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any, TypeAlias

Address: TypeAlias = IPv4Address | IPv6Address

TRANSLATED = IPv6Network("64:ff9b::/96")
"""NAT64 (RFC 6052): the last 32 bits are an IPv4 address."""


class AddressRefused(Exception):
    """A name leads to addresses of this machine or network alone."""


def is_public(text: str) -> bool:
    """Tell whether an address is one of the Internet: not of this machine, this network, or many machines."""
    address: Address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address):
        embedded = address.ipv4_mapped or address.sixtofour or _translated(address)
        if embedded is not None:
            address = embedded
    return address.is_global and not address.is_multicast and not address.is_reserved


def connect(host: str, port: int, timeout_s: float, *, local_too: bool) -> socket.socket:
    """Return a connection to the first address of a host that answers.

    local_too: whether addresses that are not public may be connected to. Raises OSError, AddressRefused.
    """
    found = _resolve(host, port, timeout_s)
    allowed = [one for one in found if local_too or is_public(str(one[4][0]))]
    if not allowed:
        raise AddressRefused
    failure: OSError = OSError("no address")
    for family, kind, protocol, _, address in allowed[:3]:
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(timeout_s / min(len(allowed), 3))
            connection.connect(address)
        except OSError as error:
            connection.close()
            failure = error
        else:
            connection.settimeout(timeout_s)
            # Else a body would wait for the confirmation of the headers before it: 40 ms a message.
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return connection
    raise failure


def _resolve(host: str, port: int, timeout_s: float) -> list[tuple[Any, ...]]:
    """Return what getaddrinfo does, which alone has no time limit. Raises OSError."""
    answers: queue.SimpleQueue[list[tuple[Any, ...]] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
        except (OSError, UnicodeError) as error:
            answers.put(error if isinstance(error, OSError) else OSError(f"no host name: {error}"))

    threading.Thread(target=ask, name="resolver", daemon=True).start()
    try:
        answer = answers.get(timeout=timeout_s)
    except queue.Empty:
        raise TimeoutError("the host's name could not be resolved in time") from None
    if isinstance(answer, OSError):
        raise answer
    return answer


def _translated(address: IPv6Address) -> IPv4Address | None:
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in TRANSLATED else None
