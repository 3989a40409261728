"""What an office does at a time: its door, its API and its command line write, and each is killed at random moments."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import httpx2

from kiosk.config.paths import PROJECT_DIR
from support import photographs

WHY = "not this person"
PEOPLE = {"a@demo.local": "obama.jpg", "b@demo.local": "biden.jpg"}


@dataclass
class Traffic:
    """What was done, and how often whoever did it was killed.

    Attributes:
        voided: trace ids of events that were said not to count.
        announced: trace ids of events that the door announced.
        door_kills: of the door.
        command_kills: of the command line.
    """

    voided: set[str] = field(default_factory=set)
    announced: set[str] = field(default_factory=set)
    door_kills: int = 0
    command_kills: int = 0


def void_by_command(
    events: Sequence[UUID], environment: Mapping[str, str], chance: random.Random, done: Traffic, patience_s: float
) -> None:
    """Void events by `kiosk corrections void`, which is killed at every second attempt, and repeated until it works."""
    for event in events:
        ends_s = time.monotonic() + patience_s
        while not _voided_by_command(event, environment, chance, done):
            assert time.monotonic() < ends_s, f"{event} was not voided"
        done.voided.add(str(event))


def _voided_by_command(event: UUID, environment: Mapping[str, str], chance: random.Random, done: Traffic) -> bool:
    command = [sys.executable, "-m", "kiosk", "corrections", "void", str(event), "--reason", WHY]
    with subprocess.Popen(
        command, env=dict(environment), cwd=PROJECT_DIR, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            _, said = process.communicate(timeout=chance.uniform(0.5, 4) if chance.random() < 0.5 else None)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
            done.command_kills += 1
            return False
    return process.returncode == 0 or "does not count any more" in " ".join(said.split())


def void_by_api(events: Sequence[UUID], port: int, token: str, done: Traffic, patience_s: float) -> None:
    """Void events over HTTP, each again, with the same key, until it is answered."""
    url, access = f"http://127.0.0.1:{port}/api/v1/corrections/void", {"Authorization": f"Bearer {token}"}
    for event in events:
        ends_s = time.monotonic() + patience_s
        while not _voided_by_api(url, access | {"Idempotency-Key": str(event)}, event):
            assert time.monotonic() < ends_s, f"{event} was not voided"
            time.sleep(0.1)
        done.voided.add(str(event))


def _voided_by_api(url: str, headers: Mapping[str, str], event: UUID) -> bool:
    body = {"trace_id": str(event), "reason": WHY}
    try:
        answer = httpx2.post(url, json=body, headers=dict(headers), timeout=30)
    except httpx2.HTTPError:
        return False
    if answer.status_code == 409:  # it was killed at work: the key is held for a while, or the event is voided already
        return bool(answer.json()["code"] == "event_refused")
    assert answer.status_code in {201, 503}, answer.text
    return answer.status_code == 201


def enroll(environment: Mapping[str, str]) -> None:
    """Enroll the two people of the busy clip."""
    for email, file in PEOPLE.items():
        command = [
            sys.executable,
            "-m",
            "kiosk",
            "enroll",
            "--email",
            email,
            "--name",
            email,
            str(photographs.path(file)),
        ]
        enrolled = subprocess.run(command, env=dict(environment), cwd=PROJECT_DIR, capture_output=True, check=False)
        assert enrolled.returncode == 0, enrolled.stderr


def run_and_kill(environment: Mapping[str, str], clip: Path, after_s: float) -> set[str]:
    """Run the kiosk, kill it so long after its first event, and return the trace ids that it had announced."""
    arguments = [sys.executable, "-m", "kiosk", "run", "--headless", "--json", "--speed", "max", "--source", str(clip)]
    with subprocess.Popen(
        arguments, env=dict(environment), cwd=PROJECT_DIR, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        said = [process.stdout.readline()]
        time.sleep(after_s)
        process.send_signal(signal.SIGKILL)
        said += process.stdout.read().splitlines()
    lines = [json.loads(line) for line in said if line.strip().endswith(b"}")]
    return {line["trace_id"] for line in lines if line["kind"] == "event"}


def watch_the_door(
    environment: Mapping[str, str], clip: Path, kills: int, chance: random.Random, done: Traffic
) -> None:
    """Let the kiosk see a clip, kill it, again and again; at last let it write what its journal still holds."""
    for _ in range(kills):
        done.announced |= run_and_kill(environment, clip, chance.uniform(0, 3))
        done.door_kills += 1
    command = [sys.executable, "-m", "kiosk", "run", "--headless", "--for", "1", "--source", str(clip)]
    subprocess.run(command, env=dict(environment), cwd=PROJECT_DIR, check=True, capture_output=True, timeout=300)


@contextmanager
def at_once(*tasks: Callable[[], None]) -> Iterator[Sequence[threading.Thread]]:
    """Run functions beside each other and beside the block; what one of them raises is raised in the end."""
    raised: list[BaseException] = []

    def run(task: Callable[[], None]) -> None:
        try:
            task()
        except BaseException as error:
            raised.append(error)

    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    try:
        yield threads
    finally:
        for thread in threads:
            thread.join()
    if raised:
        raise raised[0]
