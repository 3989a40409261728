"""`kiosk deliver` as a process: it delivers, there is one of it, and it ends when it is asked to."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from pathlib import Path
from typing import Any


def test_deliver_delivers_alone_and_ends_in_order(kiosk: Any, started: Any, tmp_path: Path) -> None:
    folder = tmp_path / "payroll"
    folder.mkdir()
    options = ("--set", f"folder={folder}", "--set", "minutes=0", "--set", "format=json")
    assert kiosk("receivers", "add", "payroll", "files", *options, "--after", "0").returncode == 0
    assert kiosk("demo-data", "--people", "2", "--days", "7").returncode == 0
    running = started("deliver", stderr=subprocess.PIPE)
    ends_s = time.monotonic() + 60
    while not list(folder.glob("*.json")):
        assert time.monotonic() < ends_s, "nothing is delivered"
        time.sleep(0.1)
    second = kiosk("deliver")
    assert second.returncode == 2
    assert "runs on this data directory already" in second.stderr
    running.send_signal(signal.SIGTERM)
    assert running.wait(20) == 0
    (row,) = json.loads(kiosk("receivers", "list", "--json").stdout)
    assert (row["waiting"], row["state"]) == (0, "works")
