"""At full speed for a long time: memory, handles and threads stay as they were.

The short form takes half a minute, the long one (KIOSK_LONG_FAULTS=1) ten minutes; both print their figures.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.bench.frames import frame_with_people
from kiosk.core.opencv import cv2
from kiosk.domain.types import Image
from support import photographs

LONG = os.environ.get("KIOSK_LONG_FAULTS") == "1"
LASTS_S = 600 if LONG else 30
# The libraries' arenas and caches are still filling until here.
SETTLED_S = 60 if LONG else 12
MOST_FRAMES = LASTS_S * 300


@dataclass(frozen=True)
class Footprint:
    memory_kb: int
    handles: int
    threads: int


@pytest.fixture
def endless_door(tmp_path: Path) -> Path:
    """A folder in which two people come and go for longer than the test lasts: few pictures under many names."""
    pictures, folder = tmp_path / "pictures", tmp_path / "door"
    pictures.mkdir()
    folder.mkdir()
    files = []
    for index, picture in enumerate(_round()):
        files.append(pictures / f"{index}.jpg")
        assert cv2.imwrite(str(files[-1]), picture)
    for index in range(MOST_FRAMES):
        os.link(files[index % len(files)], folder / f"{index:07d}.jpg")
    return folder


def _round() -> Iterator[Image]:
    empty = frame_with_people(())
    for file in ("obama3.jpg", "biden.jpg"):
        yield from [frame_with_people(((file, 0.0),))] * 8
        yield from [empty] * 6


def footprint(process_id: int) -> Footprint:
    folder = Path(f"/proc/{process_id}")
    status = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines())
    return Footprint(int(status["VmRSS"].split()[0]), len(list((folder / "fd").iterdir())), int(status["Threads"]))


@pytest.mark.serial
def test_memory_handles_and_threads_stay_flat(endless_door: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KIOSK_")}
    environment |= {"KIOSK_DATA_DIR": str(tmp_path / "data"), "KIOSK_COOLDOWN_S": "0", "KIOSK_SNAPSHOTS": "false"}
    python = [sys.executable, "-m", "kiosk"]
    enroll = [*python, "enroll", "--email", "a@demo.local", "--name", "A", str(photographs.path("obama.jpg"))]
    subprocess.run(enroll, env=environment, check=True, capture_output=True)
    run = [*python, "run", "--headless", "--speed", "max", "--for", str(LASTS_S), "--source", str(endless_door)]
    with (tmp_path / "out").open("wb") as out, subprocess.Popen(run, env=environment, stdout=out, stderr=out) as kiosk:
        time.sleep(SETTLED_S)
        assert kiosk.poll() is None, (tmp_path / "out").read_text()
        footprints = [footprint(kiosk.pid)]
        while kiosk.poll() is None:
            time.sleep(0.5)
            with suppress(FileNotFoundError, ProcessLookupError, KeyError):  # it has just ended
                footprints.append(footprint(kiosk.pid))
    # Not the last: they may have seen it close what it had open.
    before, after = footprints[0], footprints[int(len(footprints) * 0.8)]
    assert kiosk.returncode == 0, (tmp_path / "out").read_text()
    with capsys.disabled():
        print(f"\n{LASTS_S} s at full speed: {before} -> {after}")  # noqa: T201
    assert after.handles <= before.handles + 3
    assert after.threads <= before.threads
    assert after.memory_kb <= before.memory_kb * 1.08 + 8_192
