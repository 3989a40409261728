"""Starting this process anew: by systemd where it is a service, else by itself."""

from __future__ import annotations

import logging
import os
import sys

from kiosk.core import systemd
from kiosk.core.logger import log


def restart_process() -> None:
    """Replace this process by a new one with the same arguments; return where systemd does that as soon as it ends.

    To be called when everything is closed: what is open is lost.
    """
    if systemd.is_service():
        return
    log(logging.WARNING, "process.restarts")
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, sys.orig_argv)  # noqa: S606 - the program and arguments that this process was started with
