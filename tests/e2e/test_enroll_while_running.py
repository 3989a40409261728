"""Whoever is enrolled over HTTP is recognised at the door that is running, whoever is deactivated is no longer."""

from __future__ import annotations

import json
import os
import queue
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

import numpy as np
import photographs
import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families

from kiosk.opencv import cv2

FRAME_RATE_HZ = 10
LONGEST_S = 90
PATIENCE_S = 60
SOON_S = 2.0
"""What is asked for; a machine busy with other things is given three times as long."""


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


def somebody_at_the_door(folder: Path) -> Path:
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


@pytest.fixture(params=["sqlite", "postgresql"])
def environment(request: pytest.FixtureRequest, environment: dict[str, str]) -> dict[str, str]:
    if request.param == "postgresql":
        environment["KIOSK_DATABASE_URL"] = request.getfixturevalue("postgresql_url")
    return environment | {"KIOSK_REPLAY_FPS": str(FRAME_RATE_HZ)}


@pytest.fixture
def started(environment: dict[str, str]) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start commands of the kiosk that go on until the test ends."""
    processes: list[subprocess.Popen[str]] = []

    def start(*arguments: str | Path, stderr: Any = None) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "kiosk", *map(str, arguments)]
        processes.append(subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=stderr, text=True))
        return processes[-1]

    yield start
    for process in processes:
        process.terminate()
        assert process.wait(timeout=30) == 0
        for stream in filter(None, (process.stdout, process.stderr)):
            stream.close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


def serve(started: Callable[..., subprocess.Popen[str]]) -> str:
    """Start the API and return its address once it answers."""
    port = free_port()
    service = started("serve", "--port", str(port), stderr=subprocess.PIPE)
    assert service.stderr is not None
    assert any("api.listening" in line for line in service.stderr), "the API does not start"
    threading.Thread(target=service.stderr.read, daemon=True).start()
    return f"http://127.0.0.1:{port}"


def look_from_outside(kiosk, address: str, headers: dict[str, str]) -> None:
    """See that machines and technicians are told of the running kiosk."""
    ends_s, levels = time.monotonic() + PATIENCE_S, dict[str, str]()
    while levels.get("gallery") != "ok" and time.monotonic() < ends_s:  # the kiosk speaks every two seconds
        health = requests.get(f"{address}/health", timeout=60)
        assert health.status_code == 200, health.text
        levels = {name: check["status"] for name, check in health.json()["checks"].items()}
    assert {levels[name] for name in ("kiosk", "camera", "database", "events", "gallery")} == {"ok"}
    text = requests.get(f"{address}/metrics", headers=headers, timeout=60).text
    figures = {s.name + str(s.labels): s.value for f in text_string_to_metric_families(text) for s in f.samples}
    assert figures["kiosk_up{}"] == 1
    assert figures["kiosk_frames_total{'outcome': 'processed'}"] > 0
    assert figures["kiosk_decisions_total{'status': 'unknown'}"] >= 1
    assert figures["kiosk_gallery_people{}"] == 1
    assert 0 < figures["kiosk_frame_seconds_sum{}"] / figures["kiosk_frame_seconds_count{}"] < 10
    route = "{'method': 'POST', 'route': '/api/v1/employees/enroll', 'status': '201'}"
    assert figures[f"kiosk_api_requests_total{route}"] == 1
    doctor = kiosk("doctor", "--json")
    assert doctor.returncode == 0, doctor.stdout
    levels = {finding["subject"]: finding["level"] for finding in json.loads(doctor.stdout)}
    assert {levels[subject] for subject in ("kiosk", "camera", "database", "tables", "journal", "disk")} == {"ok"}
    assert levels["watchdog"] == "warning"


def test_enrolled_at_the_desk_known_at_the_door(kiosk, started, tmp_path: Path, record_property) -> None:
    made = kiosk("token", "create", "--scope", "write", "--name", "desk")
    assert made.returncode == 0, made.stderr
    headers = {"Authorization": f"Bearer {made.stdout.strip()}"}
    address = serve(started)
    door = started("run", "--headless", "--json", "--source", somebody_at_the_door(tmp_path / "door"))
    lines = Lines(door.stdout)
    lines.wait_for(lambda line: line["kind"] == "decision" and line["status"] == "unknown")

    form = {"full_name": "Barack Obama", "email": "obama@office.test", "consent_version": "1"}
    photos = [("photos", ("obama.jpg", photographs.path("obama.jpg").read_bytes()))]
    answer = requests.post(f"{address}/api/v1/employees/enroll", headers=headers, data=form, files=photos, timeout=60)
    answered_s = time.monotonic()
    assert answer.status_code == 201, answer.text
    number = answer.json()["employee"]["id"]
    known_s = lines.wait_for(lambda line: line["kind"] == "decision" and line["employee_id"] == number) - answered_s
    lines.wait_for(lambda line: line["kind"] == "event" and line["employee_id"] == number)

    look_from_outside(kiosk, address, headers)

    gone = requests.delete(f"{address}/api/v1/employees/{number}", headers=headers, timeout=60)
    answered_s = time.monotonic()
    assert gone.status_code == 204, gone.text
    forgotten_s = lines.wait_for(lambda line: line["kind"] == "decision" and line["employee_id"] is None) - answered_s
    record_property("known_after_s", known_s)
    record_property("forgotten_after_s", forgotten_s)
    assert max(known_s, forgotten_s) < 3 * SOON_S

    door.terminate()
    assert door.wait(timeout=30) == 0
    assert not list(tmp_path.rglob("status.json")), "a kiosk that was stopped says nothing any more"
