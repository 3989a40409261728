"""Serves one page in a process of its own that may open few files, as `kiosk serve` serves the API."""

from __future__ import annotations

import resource
import sys

from fastapi import FastAPI

from kiosk.api.connections import ConnectionLimits
from kiosk.api.server import Server, ServerConfig
from kiosk.core import logger


def main() -> None:
    """Arguments: port, how many files may be open, how many the page's work takes away from the connections."""
    port, files, taken = map(int, sys.argv[1:])
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    logger.configure("INFO")
    app = FastAPI()

    @app.get("/page")
    async def page() -> str:
        return "ok"

    server = Server(app, ServerConfig("127.0.0.1", port, connections=ConnectionLimits(512, 512)))
    held = [open("/dev/null", "rb") for _ in range(taken)]  # noqa: PTH123, SIM115  held until the end
    server.run()
    for file in held:
        file.close()


if __name__ == "__main__":
    main()
