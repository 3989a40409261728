"""Load on the API of this machine: PYTHONPATH=tests python tests/load/run.py [--sqlite] [--clients 50] [--seconds 60]

Starts a database and `kiosk serve` of its own, lets the clients ask, prints what they were answered and how fast, and
compares what is there with what was said to be written. Ends with 1 when something is missing, doubled or answered
with anything unexpected.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx2

from db import migrations
from db.session import Database, make_engine
from kiosk.domain.credentials import TokenScope
from kiosk.security.access_tokens import AccessTokens
from support.api_load import ask_for, missing_and_doubled
from support.postgres_server import running_server


@contextmanager
def office(on_sqlite: bool, folder: Path) -> Iterator[str]:
    """URL of an empty database."""
    if on_sqlite:
        yield f"sqlite:///{folder / 'kiosk.db'}"
        return
    with running_server() as server:
        yield server.create_database()


@contextmanager
def service(url: str, folder: Path) -> Iterator[str]:
    """Address of `kiosk serve`."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    own = {"KIOSK_DATA_DIR": str(folder), "KIOSK_DATABASE_URL": url, "KIOSK_API_REQUESTS_PER_MINUTE": "1000000"}
    own |= {"KIOSK_LOG_LEVEL": "WARNING", "KIOSK_API_PORT": str(port)}
    process = subprocess.Popen([sys.executable, "-m", "kiosk", "serve"], env=os.environ | own)
    address = f"http://127.0.0.1:{port}"
    try:
        transport = httpx2.HTTPTransport(retries=20)
        with httpx2.Client(transport=transport) as http:
            assert http.get(f"{address}/health").status_code == 200
        yield address
    finally:
        process.terminate()
        process.wait()


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sqlite", action="store_true")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, office(wanted.sqlite, Path(name)) as url:
        with closing(Database(make_engine(url))) as database:
            migrations.upgrade(database)
            token = AccessTokens(database).create("load", TokenScope.WRITE)[1]
        with service(url, Path(name)) as address:
            record = asyncio.run(ask_for(address, token, wanted.clients, wanted.seconds))
            with httpx2.Client(base_url=address, headers={"Authorization": f"Bearer {token}"}, timeout=60) as http:
                faults = missing_and_doubled(http, record)
    faults += [f"{kind} was answered {status}, {n} times" for (kind, status), n in record.unexpected().items()]
    sys.stdout.write("\n".join([record.table(), *(faults or ["as it should be"])]) + "\n")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
