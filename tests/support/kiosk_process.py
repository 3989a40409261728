"""Starts `kiosk` commands as processes, reads their lines, and makes frames for them to see."""

from __future__ import annotations

import json
import os
import queue
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

import numpy as np

from kiosk.core.opencv import cv2
from support import photographs

FRAME_RATE_HZ = 10
LONGEST_S = 90
PATIENCE_S = 60

Start = Callable[..., "subprocess.Popen[str]"]


class Lines:
    """What a process says, as it comes: each line of JSON with the time at which it was read."""

    def __init__(self, stream: TextIO) -> None:
        self._lines: queue.Queue[tuple[float, dict[str, Any]]] = queue.Queue()
        threading.Thread(target=self._read, args=(stream,), daemon=True).start()

    def _read(self, stream: TextIO) -> None:
        for line in stream:
            self._lines.put((time.monotonic(), json.loads(line)))

    def wait_for(self, is_meant: Callable[[dict[str, Any]], bool]) -> float:
        """Return when the first line that is meant came; lines before it are dropped."""
        ends_s = time.monotonic() + PATIENCE_S
        while True:
            came_s, line = self._lines.get(timeout=max(0.0, ends_s - time.monotonic()))
            if is_meant(line):
                return came_s


def frames_of_somebody(folder: Path) -> Path:
    """A folder of frames in which one person stands before the camera and moves a little, for LONGEST_S."""
    folder.mkdir()
    face = cv2.resize(photographs.face_picture("obama2.jpg", reach=2.0), (420, 420), interpolation=cv2.INTER_AREA)
    random = np.random.default_rng(1)
    for number in range(LONGEST_S * FRAME_RATE_HZ):
        path, first = folder / f"{number:05}.jpg", folder / f"{number % FRAME_RATE_HZ:05}.jpg"
        if path == first:
            frame = np.full((480, 640, 3), 140, np.uint8)
            x, y = random.integers(0, 12, 2)
            frame[30 + y : 450 + y, 100 + x : 520 + x] = face
            assert cv2.imwrite(str(path), frame)
        else:
            os.link(first, path)
    return folder


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


def serve(started: Start) -> str:
    """Start the API and return its address once it answers."""
    port = free_port()
    service = started("serve", "--port", str(port), stderr=subprocess.PIPE)
    assert service.stderr is not None
    assert any("api.listening" in line for line in service.stderr), "the API does not start"
    threading.Thread(target=service.stderr.read, daemon=True).start()
    return f"http://127.0.0.1:{port}"
