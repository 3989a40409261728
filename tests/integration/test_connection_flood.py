"""Thousands of connections that send nothing, or little, and a server that may open few files."""

from __future__ import annotations

import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from itertools import cycle, islice
from pathlib import Path

import pytest

from kiosk.config.paths import PROJECT_DIR
from support.raw_http import GET, POST, asked, connect


@pytest.fixture
def many_files() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(before[0], min(before[1], 4096)), before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


@pytest.mark.slow
@pytest.mark.usefixtures("many_files")
@pytest.mark.parametrize(
    ("files", "taken"),
    [
        pytest.param(1024, 0, id="1024 files"),
        pytest.param(256, 0, id="256 files"),
        pytest.param(256, 200, id="256 files, most of them used by other work"),
    ],
)
def test_a_flood_of_2000_keeps_nobody_out_and_fills_no_log(files: int, taken: int, tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    log = tmp_path / "log"
    command = [sys.executable, "-m", "support.limited_server", *map(str, (port, files, taken))]
    environment = os.environ | {"PYTHONPATH": f"{PROJECT_DIR}:{PROJECT_DIR / 'tests'}"}
    with log.open("wb") as stderr, subprocess.Popen(command, stderr=stderr, env=environment) as process:
        try:
            await_listening(port)
            statuses = answered_during_flood(port, 2000)
            assert process.poll() is None
            assert asked(port) == 200
        finally:
            process.terminate()
        assert process.wait(30) == -signal.SIGTERM
    assert statuses.count(200) >= 0.8 * len(statuses) > 0, statuses
    assert log.stat().st_size < 5000, log.read_text()[:2000]
    assert "Traceback" not in log.read_text()


def await_listening(port: int) -> None:
    ends_s = time.monotonic() + 60
    while time.monotonic() < ends_s:
        try:
            assert asked(port) == 200
            return
        except ConnectionRefusedError:
            time.sleep(0.05)
    pytest.fail("the server does not start")


def answered_during_flood(port: int, count: int) -> list[int]:
    """Open connections that send nothing, half of the headers, or half of a body; return what others were answered."""
    statuses: list[int] = []
    over = threading.Event()

    def ask() -> None:
        while not over.wait(0.02):
            statuses.append(asked(port))

    def await_answers(wanted: int) -> None:
        ends_s = time.monotonic() + 10
        while len(statuses) < wanted and time.monotonic() < ends_s:
            time.sleep(0.02)

    asking = threading.Thread(target=ask)
    asking.start()
    with ExitStack() as stack:
        for sent in islice(cycle((b"", GET[:-2], POST)), count):
            stack.enter_context(closing(connect(port, sent)))
        await_answers(30)
        over.set()
        asking.join()
    return statuses
