"""Runs the checks; each finding says what is, and when something is wrong, what to do next."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kiosk.doctor import data, liveness, machine, running
from kiosk.doctor.device import ExaminedDevice
from kiosk.doctor.directory import directory
from kiosk.doctor.findings import Finding, Level
from kiosk.errors import KioskError

CHECKS: tuple[tuple[str, Callable[[ExaminedDevice], Iterator[Finding]], str], ...] = (
    ("data directory", machine.data_directory, "check owner and disk"),
    ("permissions", machine.permissions, "run this as the kiosk's user, or as root"),
    ("models", data.models, "run: kiosk models install"),
    ("database", data.database, "start it: systemctl start postgresql; then check KIOSK_DATABASE_URL"),
    ("journal", data.journal, "run this as the kiosk's user, or as root"),
    ("erasures", data.erasures, "run this as the kiosk's user, or as root"),
    ("kiosk", running.kiosk, "run this as the kiosk's user, or as root"),
    ("liveness", liveness.liveness, "run this as the kiosk's user, or as root"),
    ("camera", running.camera, "`kiosk cameras` lists what is there"),
    ("fonts", machine.fonts, "run this as the kiosk's user, or as root"),
    ("clock", machine.clock, "run: timedatectl"),
    ("purge", machine.purge, "run: kiosk purge"),
    ("directory", directory, "run this as the kiosk's user, or as root"),
    ("backup", machine.backup, "run: kiosk backup"),
    ("keys", machine.keys, "run: kiosk keys status"),
)
"""Subject, check, and the next step when the check itself fails."""


def examine(device: ExaminedDevice) -> Iterator[Finding]:
    """Yield the findings one by one; nothing is changed, and a check that fails does not stop the others."""
    for subject, check, next_step in CHECKS:
        try:
            yield from check(device)
        except KioskError as error:
            yield Finding(subject, Level.FAILED, str(error), next_step)
        except OSError as error:
            yield Finding(subject, Level.FAILED, f"{error.filename or subject}: {error.strerror}", next_step)
