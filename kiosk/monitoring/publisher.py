"""Writing the running kiosk's status to its file."""

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
class Publication:
    """Where the status goes, and what is known of the kiosk before it runs.

    watched: systemd starts the process anew when it hangs.
    """

    path: Path
    version: str
    kiosk_id: str
    watched: bool


class StatusPublisher:
    """step() is repeated by a Worker; a disk that refuses is logged once and changes nothing else.

    look: says how the kiosk is at this moment.
    """

    def __init__(self, path: Path, look: Callable[[], KioskStatus]) -> None:
        self._path = path
        self._look = look
        self._stopping = threading.Event()
        self._refused = False

    def step(self) -> bool:
        """Write the status and wait; False when it is to end."""
        self._write(self._look().model_dump_json().encode())
        return not self._stopping.wait(WRITTEN_EVERY_S)

    def request_stop(self) -> None:
        self._stopping.set()

    def withdraw(self) -> None:
        """Take the status away: no kiosk runs any more, and that is as it should be."""
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
