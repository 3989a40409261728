"""The process that answers HTTP requests."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from socket import socket

import uvicorn
from fastapi import FastAPI

from kiosk.api.connections import ConnectionLimits, Connections, listen
from kiosk.api.http_protocol import HttpProtocol
from kiosk.api.watchdog import Watchdog
from kiosk.core.logger import log
from kiosk.core.signals import stopped_by_signals
from kiosk.core.systemd import READY, STOPPING, notify
from kiosk.core.thread_pool import ThreadPool
from kiosk.errors import ConfigurationError, DeviceError

SHUTDOWN_S = 10
IDLE_CONNECTION_S = 30
TELL_SYSTEMD_EVERY_S = 2


@dataclass(frozen=True, slots=True)
class ServerConfig:
    """Where the API listens.

    Attributes:
        host: address.
        port: TCP port.
        certificate: PEM file with which it speaks TLS; None without TLS.
        key: PEM file of the certificate's key.
        plain_http: let other machines reach it without TLS.
        connections: how many there may be at once.
    """

    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None
    plain_http: bool = False
    connections: ConnectionLimits = field(default_factory=ConnectionLimits)


def serve(server: Server) -> bool:
    """Answer until SIGTERM, Ctrl-C or a request to stop, and return whether a signal ended it.

    Requests in hand are finished. Raises DeviceError when the address cannot be had.
    """
    with stopped_by_signals(server.request_stop) as signalled:  # until it has its own handlers, and when it hands on
        server.run()
    return signalled.is_set()


class Server(uvicorn.Server):
    """uvicorn with limits on connections.

    watched: threads that requests need; systemd's watchdog is fed while each of them takes work.
    """

    def __init__(
        self,
        app: FastAPI,
        config: ServerConfig,
        watched: Sequence[ThreadPool] = (),
    ) -> None:
        """Raises ConfigurationError where others could read what is said."""
        require_safe(config)
        self._end_streams: Callable[[], None] = getattr(app.state, "end_streams", lambda: None)
        self.connections = Connections(config.connections.within_descriptors())
        super().__init__(
            uvicorn.Config(
                app,
                host=config.host,
                port=config.port,
                ssl_certfile=config.certificate,
                ssl_keyfile=config.key,
                loop="asyncio",
                http=partial(HttpProtocol, self.connections),  # type: ignore[arg-type]
                ws="none",
                log_config=None,
                log_level=logging.ERROR,  # what clients do wrong is counted
                access_log=False,
                server_header=False,
                proxy_headers=False,  # whoever may set the client's address may exceed its limits
                timeout_keep_alive=IDLE_CONNECTION_S,
                timeout_graceful_shutdown=SHUTDOWN_S,
                callback_notify=Watchdog(*watched).tell,
                timeout_notify=TELL_SYSTEMD_EVERY_S,
            )
        )

    def run(self, sockets: list[socket] | None = None) -> None:
        """Answer until the end. Raises DeviceError when the address cannot be had."""
        host, port = self.config.host, self.config.port
        try:
            own = listen(host, port, self.connections)
        except OSError as error:
            raise DeviceError(f"{host}:{port} cannot be listened to; is another program there already?") from error
        super().run([*own, *(sockets or ())])

    def request_stop(self) -> None:
        """Make run return soon."""
        self.should_exit = True

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            scheme = "https" if self.config.is_ssl else "http"
            log(logging.INFO, "api.listening", url=f"{scheme}://{self.config.host}:{self.config.port}")
            notify(READY)

    async def on_tick(self, counter: int) -> bool:
        self.connections.check()
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        notify(STOPPING)
        self._end_streams()
        await super().shutdown(sockets)


def require_safe(config: ServerConfig) -> None:
    """Raise ConfigurationError when what is said would be readable on the way to other machines."""
    certificate, key = config.certificate, config.key
    if (certificate is None) != (key is None):
        raise ConfigurationError("TLS needs both KIOSK_API_CERTIFICATE and KIOSK_API_KEY")
    for path in filter(None, (certificate, key)):
        if not path.is_file():
            raise ConfigurationError(f"{path} is no file; TLS needs a certificate and its key, each a PEM file")
    if certificate is not None:
        _require_pair(certificate, key)
    if certificate is None and not config.plain_http and not _is_loopback(config.host):
        raise ConfigurationError(
            f"{config.host} can be reached by other machines: set KIOSK_API_CERTIFICATE and KIOSK_API_KEY for "
            "TLS, or KIOSK_API_PLAIN_HTTP=true where something else encrypts"
        )


def _require_pair(certificate: Path, key: Path | None) -> None:
    """Raise ConfigurationError for files that cannot be read, are no PEM, or do not belong together."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password="")
    except OSError as error:  # ssl.SSLError among them
        raise ConfigurationError(
            f"{certificate} and {key} cannot be used for TLS ({error.strerror}); they have to be a certificate and its "
            "key without a password, each a PEM file that the kiosk's user may read"
        ) from error


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
