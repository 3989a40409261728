"""What tells a device from every other: a UUID in its data directory, made once."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from kiosk.core.files import read_own_file, reason_of, replace_file
from kiosk.core.logger import log

FILE_NAME = "device.id"


@dataclass(frozen=True, slots=True)
class DeviceIdentity:
    """Who this device is.

    Attributes:
        device_id: the device's UUID.
        is_lost: whether the device has been used before and is a new one now, for its file was gone or damaged.
    """

    device_id: UUID
    is_lost: bool = False


def read_identity(path: Path) -> UUID | None:
    """Return the identity that a file holds, None when there is none or it is damaged. Raises OSError."""
    try:
        stored = read_own_file(path)
        return None if stored is None else UUID(stored.decode("ascii").strip())
    except ValueError:
        return None


def read_or_make_identity(path: Path, *, used_before: bool) -> DeviceIdentity:
    """Return the device's identity, a new one if need be; a disk that refuses stops nothing.

    used_before: whether a kiosk has run on this data directory; a missing file is then a loss, and logged.
    """
    try:
        if (device_id := read_identity(path)) is not None:
            return DeviceIdentity(device_id)
        is_lost, made = used_before or os.path.lexists(path), uuid4()
        if is_lost:
            log(logging.WARNING, "device.identity_lost", device_id=made)
        replace_file(path, f"{made}\n".encode("ascii"))
    except OSError as error:
        log(logging.WARNING, "device.identity_not_kept", reason=reason_of(error))
        return DeviceIdentity(uuid4(), is_lost=used_before)
    return DeviceIdentity(made, is_lost)
