"""The server's connections: how many there may be, and which of them gives way to a newer one.

Whoever opens connections and sends nothing must not keep others out: beyond the limit the oldest connection without a
request in hand is closed, and a client that sends its request at once is answered.
"""

from __future__ import annotations

import errno
import logging
import os
import resource
import socket
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from kiosk.core.logger import log

HANDSHAKE_S = 10.0
TELL_EVERY_S = 60.0
# Closed ones still hold their descriptors until the event loop comes round to them.
CLOSING_AT_ONCE = 64
# For the database, photographs on disk and libraries, beside what is open when the server starts.
DESCRIPTORS_FOR_OTHERS = 96
FEWEST_CONNECTIONS = 8
NO_DESCRIPTOR_LEFT = (errno.EMFILE, errno.ENFILE)


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """in_all: open at once. per_address: from one address, which behind a reverse proxy is everybody's."""

    in_all: int = 512
    per_address: int = 256

    def within_descriptors(self) -> ConnectionLimits:
        """Return limits that leave this process enough file descriptors for its other work."""
        allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        room = allowed - len(list(Path("/proc/self/fd").iterdir())) - DESCRIPTORS_FOR_OTHERS - CLOSING_AT_ONCE
        in_all = max(FEWEST_CONNECTIONS, min(self.in_all, room))
        return ConnectionLimits(in_all, min(self.per_address, in_all))


class ConnectionHandler(Protocol):
    """What speaks HTTP on a connection."""

    def gives_way(self, bodies: bool) -> bool:
        """Whether little is lost when the connection is closed: no whole request of it is being answered.

        bodies: also where a body is arriving.
        """

    def check(self, now_s: float) -> bool:
        """Deal with a deadline that has passed by the monotonic clock; return whether the connection was closed."""

    def abort(self) -> None:
        """Close the connection at once."""


class Fate(StrEnum):
    """Why a connection was closed before it was answered."""

    REFUSED = "refused"
    DISPLACED = "displaced"
    TIMED_OUT = "timed_out"


class Connection(socket.socket):
    """An accepted connection, which is counted until it is closed."""

    def __init__(self, accepted: socket.socket, peer: Any, among: Connections) -> None:
        super().__init__(accepted.family, accepted.type, accepted.proto, accepted.detach())
        self.peer = peer
        self.address = str(peer[0])
        self.opened_s = time.monotonic()
        self.is_dropped = False
        self.handler: ConnectionHandler | None = None
        self._among = among

    def gives_way(self, bodies: bool) -> bool:
        """Whether the connection may be closed for a newer one; see ConnectionHandler."""
        if self.is_dropped or (self.handler is not None and not self.handler.gives_way(bodies)):
            return False
        return not self._has_unread()

    def drop(self) -> None:
        """Close the connection as soon as the event loop comes round to it."""
        self.is_dropped = True
        if self.handler is not None:
            self.handler.abort()
        else:
            with suppress(OSError):  # the client has gone already
                self.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._among.forget(self)
        super().close()

    def _has_unread(self) -> bool:
        """Whether something has arrived that the event loop has not come round to: perhaps a whole request."""
        try:
            return bool(self.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
        except OSError:
            return False


class Connections:
    """All connections of one server, the oldest first. For the thread of the event loop alone."""

    def __init__(self, limits: ConnectionLimits) -> None:
        self.limits = limits
        self._open: dict[Any, Connection] = {}
        self._of_address: Counter[str] = Counter()
        self._fates: Counter[Fate] = Counter()
        self._told_s = float("-inf")

    def __len__(self) -> int:
        return len(self._open)

    @property
    def is_crowded(self) -> bool:
        """Whether closed connections have to be cleared away before new ones are taken."""
        return len(self._open) >= self.limits.in_all + CLOSING_AT_ONCE

    def admit(self, accepted: socket.socket, peer: Any) -> Connection | None:
        """Count an accepted connection, for which older ones may be closed; None when it was refused instead."""
        address = str(peer[0])
        has_room = self._make_room(address)
        if not has_room:
            self._fates[Fate.REFUSED] += 1
            accepted.close()
            return None
        connection = Connection(accepted, peer, self)
        self._open[peer] = connection
        self._of_address[address] += 1
        return connection

    def displace(self, address: str | None = None) -> bool:
        """Close the oldest connection, of one address or of any, that gives way; return whether there was one."""
        oldest = next(self._giving_way(address, bodies=False), None) or next(
            self._giving_way(address, bodies=True), None
        )
        if oldest is None:
            return False
        self._fates[Fate.DISPLACED] += 1
        self._drop(oldest)
        return True

    def count_refused(self) -> None:
        """Count a connection for which there was no file descriptor left."""
        self._fates[Fate.REFUSED] += 1

    def claim(self, peer: Any, handler: ConnectionHandler) -> None:
        """Have a connection handled from now on, after the TLS handshake if there is one."""
        connection = self._open.get(peer)
        if connection is not None:
            connection.handler = handler

    def forget(self, connection: Connection) -> None:
        """Count a connection no longer; harmless for one that is not counted."""
        if self._open.get(connection.peer) is connection:
            del self._open[connection.peer]
            if not connection.is_dropped:
                self._uncount(connection.address)

    def check(self) -> None:
        """Close what is overdue; once a minute at the most, log how many connections were closed and why."""
        now_s = time.monotonic()
        for connection in tuple(self._open.values()):
            if connection.handler is not None:
                self._fates[Fate.TIMED_OUT] += connection.handler.check(now_s)
            elif not connection.is_dropped and now_s - connection.opened_s > HANDSHAKE_S:
                self._fates[Fate.TIMED_OUT] += 1
                self._drop(connection)
        if self._fates.total() and now_s - self._told_s >= TELL_EVERY_S:
            self._told_s = now_s
            counts: dict[str, Any] = {fate.value: self._fates[fate] for fate in Fate}
            self._fates.clear()
            log(logging.WARNING, "api.connections_closed", **counts, open=len(self._open))

    def _make_room(self, address: str) -> bool:
        if self._of_address[address] >= self.limits.per_address and not self.displace(address):
            return False
        return self._of_address.total() < self.limits.in_all or self.displace()

    def _giving_way(self, address: str | None, bodies: bool) -> Iterator[Connection]:
        return (one for one in self._open.values() if address in (None, one.address) and one.gives_way(bodies))

    def _drop(self, connection: Connection) -> None:
        self._uncount(connection.address)
        connection.drop()

    def _uncount(self, address: str) -> None:
        self._of_address[address] -= 1
        if not self._of_address[address]:
            del self._of_address[address]


class Listener(socket.socket):
    """A listening socket whose connections are limited.

    asyncio answers a lack of file descriptors with a traceback for each connection that waits, and is deaf until
    there are some again. This one keeps a descriptor in reserve, with which it takes such a connection and closes it.
    """

    def __init__(self, family: int, connections: Connections) -> None:
        super().__init__(family, socket.SOCK_STREAM)
        self._connections = connections
        self._reserve = os.open(os.devnull, os.O_RDONLY)

    def accept(self) -> tuple[socket.socket, Any]:
        """Return the next connection that is admitted. Raises BlockingIOError when none waits."""
        for _ in range(CLOSING_AT_ONCE):
            if self._connections.is_crowded:
                break
            try:
                accepted, peer = super().accept()
            except OSError as error:
                if error.errno not in NO_DESCRIPTOR_LEFT:
                    raise
                if not self._connections.displace():
                    self._refuse_next()
                break
            connection = self._connections.admit(accepted, peer)
            if connection is not None:
                return connection, peer
        raise BlockingIOError  # the event loop closes what was given up, and asks again

    def close(self) -> None:
        if self._reserve >= 0:
            os.close(self._reserve)
            self._reserve = -1
        super().close()

    def _refuse_next(self) -> None:
        if self._reserve >= 0:
            os.close(self._reserve)
            self._reserve = -1
        with suppress(OSError):  # it has gone, or another thread has taken the descriptor
            super().accept()[0].close()
            self._connections.count_refused()
        with suppress(OSError):
            self._reserve = os.open(os.devnull, os.O_RDONLY)


def listen(host: str, port: int, connections: Connections) -> list[socket.socket]:
    """Return bound sockets of all addresses that a host name stands for. Raises OSError."""
    listeners: list[socket.socket] = []
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    try:
        for family, _, _, _, address in dict.fromkeys(found):
            listener = Listener(family, connections)
            listeners.append(listener)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            listener.setblocking(False)
            listener.bind(address)
    except OSError:
        for bound in listeners:
            bound.close()
        raise
    return listeners
