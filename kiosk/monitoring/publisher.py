"""Writes the running kiosk's status to its file."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kiosk.core.files import reason_of, replace_file
from kiosk.core.logger import log
from kiosk.monitoring.status import WRITTEN_EVERY_S, KioskStatus


@dataclass(frozen=True, slots=True)
class StatusPublication:
    """Where the status is published, and what is known of the kiosk before it runs.

    Attributes:
        path: of the status file.
        version: of the program.
        kiosk_id: of the device.
        watched: whether systemd restarts the process when it hangs.
    """

    path: Path
    version: str
    kiosk_id: str
    watched: bool


class StatusPublisher:
    """step() is repeated by a Worker; a disk that refuses is logged once and changes nothing else."""

    def __init__(self, path: Path, current_status: Callable[[], KioskStatus]) -> None:
        """current_status: returns the kiosk's status at this moment."""
        self._path = path
        self._current_status = current_status
        self._stopping = threading.Event()
        self._refused = False

    def step(self) -> bool:
        """Write the status and wait; False when it is to end."""
        self._write(self._current_status().model_dump_json().encode())
        return not self._stopping.wait(WRITTEN_EVERY_S)

    def request_stop(self) -> None:
        self._stopping.set()

    def withdraw(self) -> None:
        """Delete the status: the kiosk has ended as it should."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            log(logging.WARNING, "status.not_withdrawn", reason=reason_of(error))

    def _write(self, content: bytes) -> None:
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            replace_file(self._path, content, durable=False)
        except OSError as error:
            if not self._refused:
                log(logging.WARNING, "status.not_written", reason=reason_of(error))
            self._refused = True
        else:
            self._refused = False
