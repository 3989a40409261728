"""Telling systemd how the process is; silent where nobody listens.

Source: sd_notify(3): datagrams of NAME=VALUE lines to the socket in NOTIFY_SOCKET, an @ standing for a null byte.
"""

from __future__ import annotations

import logging
import os
import socket

from kiosk.core.files import reason_of
from kiosk.core.logger import log

READY = "READY=1"
STOPPING = "STOPPING=1"
WATCHDOG = "WATCHDOG=1"


def is_service() -> bool:
    """Whether systemd has started this process and waits for news of it."""
    return "NOTIFY_SOCKET" in os.environ


def is_watched() -> bool:
    """Tell whether systemd starts this process anew when it no longer feeds the watchdog."""
    return bool(os.environ.get("NOTIFY_SOCKET") and os.environ.get("WATCHDOG_USEC"))


def notify(state: str) -> bool:
    """Send one state; whether there was somebody to send it to. A socket that refuses is logged and forgotten."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return False
    if address.startswith("@"):
        address = "\0" + address[1:]
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as channel:
            channel.sendto(state.encode(), address)
    except OSError as error:
        log(logging.WARNING, "systemd.not_told", state=state, reason=reason_of(error))
        return False
    return True
