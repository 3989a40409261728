"""A signal that comes while the kiosk still starts ends it with exit code 0, whatever it is loading."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support.kiosk_process import free_port

# Seconds from the kiosk's first line of code on: during imports, models and database, and in a window that runs.
MOMENTS_S = (0.0, 0.2, 0.5, 0.9, 1.4)


def handles_signals(process: subprocess.Popen[str]) -> bool:
    """Tell whether the kiosk's own handlers are set; Python itself has none for SIGTERM."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt:"))
    return bool(int(caught.split()[1], 16) >> (signal.SIGTERM - 1) & 1)


@pytest.mark.parametrize(
    ("arguments", "number"),
    [
        pytest.param(("run", "--headless", "--source", "{clip}"), signal.SIGTERM, id="headless"),
        pytest.param(("run", "--headless", "--source", "{clip}"), signal.SIGINT, id="headless-ctrl-c"),
        pytest.param(("run", "--windowed", "--source", "{clip}"), signal.SIGTERM, id="windowed"),
        pytest.param(("run", "--windowed", "--source", "http://127.0.0.1:9/"), signal.SIGTERM, id="first-start"),
        pytest.param(("serve", "--port", "{port}"), signal.SIGTERM, id="api"),
    ],
)
def test_an_early_signal_ends_it_cleanly(
    environment: dict[str, str], with_clip: Path, arguments: tuple[str, ...], number: signal.Signals
) -> None:
    given = [argument.format(clip=with_clip, port=free_port()) for argument in arguments]
    ended: list[tuple[float, int, bool]] = []
    for moment_s in MOMENTS_S:
        process = subprocess.Popen(
            [sys.executable, "-m", "kiosk", *given],
            env=environment | {"QT_QPA_PLATFORM": "offscreen"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        while not handles_signals(process):
            time.sleep(0.005)
        time.sleep(moment_s)
        process.send_signal(number)
        err = process.communicate(timeout=30)[1]
        ended.append((moment_s, process.returncode, "Traceback" in err))
    assert ended == [(moment_s, 0, False) for moment_s in MOMENTS_S]
