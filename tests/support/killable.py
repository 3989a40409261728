"""Processes that are killed again and again, and started anew each time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from kiosk.config.paths import PROJECT_DIR

WRITER = Path(__file__).with_name("event_writer.py")


class Killable:
    """One command. environment: settings beside those of this process, of which none begins with KIOSK_."""

    def __init__(self, command: Sequence[str | Path], environment: Mapping[str, str]) -> None:
        own = {name: value for name, value in os.environ.items() if not name.startswith("KIOSK_")}
        self._environment = own | dict(environment) | {"PYTHONPATH": str(PROJECT_DIR)}
        self._command = [sys.executable, *map(str, command)]
        self._process: subprocess.Popen[bytes] | None = None
        self.kills = 0

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, env=self._environment, stderr=subprocess.DEVNULL)

    def is_over(self) -> bool:
        return self._process is not None and self._process.poll() is not None

    def kill(self) -> None:
        """End it as a power cut would, and start it again."""
        self.end()
        self.kills += 1
        self.start()

    def end(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()


@contextmanager
def running(command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> Iterator[Killable]:
    """Run a Python program until the block ends."""
    process = Killable(command, environment or {})
    process.start()
    try:
        yield process
    finally:
        process.end()
