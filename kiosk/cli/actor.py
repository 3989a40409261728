"""Who sits at the keyboard, as the audit log calls them."""

from __future__ import annotations

import os
import pwd


def cli_actor() -> str:
    """Return `cli:NAME` of the system's user, whatever the environment says of them."""
    try:
        return f"cli:{pwd.getpwuid(os.getuid()).pw_name}"
    except KeyError:  # a container may run as a number without a name
        return f"cli:{os.getuid()}"
