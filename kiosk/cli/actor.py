"""The actor that the audit log names for commands."""

from __future__ import annotations

import os
import pwd


def cli_actor() -> str:
    """Return `cli:NAME` of the user that runs the process; environment variables do not change it."""
    try:
        return f"cli:{pwd.getpwuid(os.getuid()).pw_name}"
    except KeyError:  # a container may run as a number without a name
        return f"cli:{os.getuid()}"
