"""Serves an application on a port of this machine from a thread of this process, as `kiosk serve` does."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import FastAPI

from kiosk.api.connections import ConnectionLimits
from kiosk.api.server import Server, ServerConfig


@contextmanager
def serving(app: FastAPI, limits: ConnectionLimits | None = None) -> Iterator[str]:
    """Serve an application until the block ends; gives its address."""
    with running(app, limits or ConnectionLimits()) as (_, port):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def running(app: FastAPI, limits: ConnectionLimits) -> Iterator[tuple[Server, int]]:
    """Serve an application until the block ends; gives the server and its port."""
    server = Server(app, ServerConfig("127.0.0.1", 0, connections=limits))
    thread = threading.Thread(target=server.run, name="api")
    thread.start()
    try:
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        assert server.started, "the API does not start"
        yield server, server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()
