"""The API's watchdog is fed by work that was done, not by time that passed."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.api.watchdog import Watchdog
from kiosk.core.thread_pool import ThreadPool


@pytest.fixture
def systemd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.setblocking(False)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        yield listening


def heard(systemd: socket.socket) -> list[bytes]:
    messages = []
    while True:
        try:
            messages.append(systemd.recv(100))
        except BlockingIOError:
            return messages


async def settle() -> None:
    for _ in range(50):
        await asyncio.sleep(0.01)


def test_the_watchdog_is_fed_while_every_thread_takes_work(systemd: socket.socket):
    async def watch(liveness: Watchdog) -> None:
        for _ in range(3):
            await liveness.tell()
            await settle()

    with closing(ThreadPool("database", 2)) as database, closing(ThreadPool("inference", 1)) as inference:
        asyncio.run(watch(Watchdog(database, inference)))
    assert heard(systemd) == [b"WATCHDOG=1"] * 2


def test_one_thread_that_hangs_starves_it_until_it_moves_again(systemd: socket.socket):
    released = threading.Event()

    async def watch(inference: ThreadPool, liveness: Watchdog) -> list[list[bytes]]:
        hanging = asyncio.ensure_future(inference.run(released.wait))
        told = []
        for _ in range(3):
            await liveness.tell()
            await settle()
        told.append(heard(systemd))
        released.set()
        await hanging
        await settle()
        await liveness.tell()
        told.append(heard(systemd))
        return told

    with closing(ThreadPool("database", 2)) as database, closing(ThreadPool("inference", 1)) as inference:
        try:
            stuck, moving = asyncio.run(watch(inference, Watchdog(database, inference)))
        finally:
            released.set()
    assert (stuck, moving) == ([], [b"WATCHDOG=1"])
