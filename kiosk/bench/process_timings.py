"""The kiosk timed as a process: how soon it decides, and what it costs when nobody comes."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from kiosk.bench.frames import empty_door_frames, frame_with_faces
from kiosk.domain.types import Image
from kiosk.errors import DeviceError
from kiosk.synthetic.photographs import photograph_path
from kiosk.synthetic.video import write_video

STANDS_S = 3.0
EMPTY_S = 15.0
# The timed kiosk keeps this setting of the caller's: the other figures are of the same network.
NETWORK_SETTING = "KIOSK_EMBEDDER"


def measure_first_decision() -> tuple[float, float, float]:
    """Start a headless kiosk on a clip of an enrolled person who stands there, 30 frames a second.

    Returns the seconds from the process's start to its first decision, those from the face's first frame to that
    decision, and the peak of memory until then in MB. Raises DeviceError when it decided nothing.
    """
    with TemporaryDirectory(prefix="kiosk-bench-") as folder:
        clip = _clip(Path(folder) / "stands.avi", [frame_with_faces(1, 1280, 720)] * round(STANDS_S * 30), 30)
        _enroll(folder)
        started_s = time.monotonic()
        with _kiosk(folder, "run", "--headless", "--json", "--source", str(clip)) as process:
            assert process.stdout is not None  # noqa: S101 - it is a pipe
            line = process.stdout.readline()
            cold_s = time.monotonic() - started_s
            peak_mb = _peak_mb(process.pid)
            process.terminate()
    return cold_s, seconds_to_decision(line), peak_mb


def seconds_to_decision(line: str) -> float:
    """Return it from what the kiosk printed first. Raises DeviceError when that is nothing."""
    if not line:
        raise DeviceError(f"the kiosk decided nothing in {STANDS_S:g} s: end other work on this machine and try again")
    return float(json.loads(line)["seconds_to_decision"])


def measure_empty_door() -> tuple[float, float]:
    """Run a headless kiosk before an empty door, 15 frames a second.

    Returns the share of one processor that it takes, and the peak of memory in MB. The cost of starting is taken off by
    running twice, for a short and for a long time.
    """
    with TemporaryDirectory(prefix="kiosk-bench-") as folder:
        (short_s, _), (long_s, peak_mb) = (
            _play(folder, _clip(Path(folder) / f"{lasts_s:g}.avi", empty_door_frames(round(lasts_s * 15)), 15))
            for lasts_s in (1.0, 1.0 + EMPTY_S)
        )
    return (long_s - short_s) / EMPTY_S, peak_mb


def _clip(path: Path, frames: Iterable[Image], rate_hz: int) -> Path:
    write_video(path, frames, rate_hz, lambda _made: None)
    return path


def _enroll(folder: str) -> None:
    """Enroll who stands there, from another photograph."""
    photograph = str(photograph_path("obama.jpg"))
    with _kiosk(folder, "enroll", "--email", "bench@demo.local", "--name", "Bench", photograph) as process:
        process.communicate()


def _kiosk(folder: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "kiosk", *arguments]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(  # noqa: S603
        command, env=kiosk_environment(os.environ, folder), stdout=subprocess.PIPE, stderr=quiet, text=True
    )


def kiosk_environment(callers: Mapping[str, str], folder: str) -> dict[str, str]:
    """Return the environment of a kiosk with its data in this folder: the caller's network, no other setting."""
    kept = {name: value for name, value in callers.items() if not name.startswith("KIOSK_") or name == NETWORK_SETTING}
    return {**kept, "KIOSK_DATA_DIR": folder, "KIOSK_LOG_LEVEL": "ERROR"}


def _play(folder: str, clip: Path) -> tuple[float, float]:
    """Play a clip to a headless kiosk; return the processor seconds that it took, and its peak of memory in MB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak_mb = 0.0
    with _kiosk(folder, "run", "--headless", "--source", str(clip)) as process:
        while process.poll() is None:
            peak_mb = max(peak_mb, _peak_mb(process.pid))
            time.sleep(0.1)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, peak_mb


def _peak_mb(process_id: int) -> float:
    """Ask the kernel for a process's peak; what getrusage tells of a child begins with its parent's size."""
    status = Path(f"/proc/{process_id}/status").read_text(encoding="utf-8")
    peak_kb = [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")]
    return peak_kb[0] / 1024 if peak_kb else 0.0  # it has just ended
