"""Checks the machine: data directory, disk, permissions, clock, and the nightly purge and backup."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.core.clock import SystemClock
from kiosk.core.storage import MINIMUM_FREE_BYTES
from kiosk.doctor.device import ExaminedDevice
from kiosk.doctor.findings import Finding, Level
from kiosk.jobs import clock_watch
from kiosk.monitoring.clock_sync import kernel_is_synchronised
from kiosk.monitoring.health import BACKUP_OVERDUE, LAST_FREE_BYTES, PURGE_OVERDUE

OTHERS = stat.S_IRWXG | stat.S_IRWXO
# What ./install.sh device writes: cage, x11 or headless.
SESSION_PATH = Path("/etc/kiosk/session")
FONTS_TIMEOUT_S = 30


def data_directory(device: ExaminedDevice) -> Iterator[Finding]:
    folder = device.data_dir
    if not folder.exists():
        yield Finding("data directory", Level.WARNING, f"{folder} is not there yet", "it is made with the first run")
        return
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        step = f"give the kiosk's user the folder: chown -R USER {folder}"
        yield Finding("data directory", Level.FAILED, f"{folder} cannot be written to", step)
        return
    yield Finding("data directory", Level.OK, f"{folder} can be written to")
    yield _disk(folder)


def permissions(device: ExaminedDevice) -> Iterator[Finding]:
    """Check that no other user of this machine can read faces, names and passwords."""
    paths = (*device.private_paths, *device.backups.paths())
    open_paths = [path for path in paths if path.exists() and path.stat().st_mode & OTHERS]
    for path in open_paths:
        mode = "u=rwX,go=" if path.is_dir() else "600"
        sentence = f"others on this machine may get at {path} ({stat.filemode(path.stat().st_mode)})"
        yield Finding("permissions", Level.WARNING, sentence, f"run: chmod {mode} {path}")
    if not open_paths:
        yield Finding("permissions", Level.OK, "data, backups and settings are for the kiosk's user alone")


def fonts(_device: ExaminedDevice) -> Iterator[Finding]:
    """Check that names can be read on the screen; in a process of its own, which Qt may end when it lacks a library."""
    if SESSION_PATH.exists() and SESSION_PATH.read_text(encoding="utf-8").strip() == "headless":
        yield Finding("fonts", Level.OK, "there is no screen that would need them")
        return
    try:
        program = [sys.executable, "-m", "kiosk.ui.fonts"]
        looked = subprocess.run(  # noqa: S603
            program, capture_output=True, text=True, check=True, timeout=FONTS_TIMEOUT_S
        )
    except subprocess.SubprocessError:
        step = "run: ./install.sh run, which names the system's packages that are missing"
        yield Finding("fonts", Level.WARNING, "the screen's libraries do not start here", step)
        return
    if looked.stdout:
        sentence, step = looked.stdout.splitlines()
        yield Finding("fonts", Level.WARNING, sentence, step)
    else:
        yield Finding("fonts", Level.OK, "names in every script can be shown")


def clock(_device: ExaminedDevice) -> Iterator[Finding]:
    synchronised = kernel_is_synchronised()
    now = f"{SystemClock().now():%Y-%m-%d %H:%M:%S} UTC"
    if synchronised:
        yield Finding("clock", Level.OK, f"it is {now}, and the clock is kept in step")
    else:
        how_it_is = "nothing keeps the clock in step" if synchronised is False else "the system does not say"
        step = "run: timedatectl set-ntp true; without a network, set it by hand now and then"
        yield Finding("clock", Level.WARNING, f"it is {now}; {how_it_is}", step)


def purge(device: ExaminedDevice) -> Iterator[Finding]:
    purged_at = clock_watch.last_purge_at(device.purge_path)
    step = "run: kiosk purge, which says what keeps it from its work"
    if purged_at is None:
        yield Finding("purge", Level.WARNING, "no nightly purge has been made yet", "the running kiosk makes it")
    elif _age(purged_at) > PURGE_OVERDUE:
        yield Finding("purge", Level.WARNING, f"the last whole purge was {_ago(purged_at)}", step)
    else:
        yield Finding("purge", Level.OK, f"the last purge was {_ago(purged_at)}")


def backup(device: ExaminedDevice) -> Iterator[Finding]:
    backup_dir = device.backups
    made_at = backup_dir.newest_at()
    if made_at is None:
        step = "run: kiosk backup; on a device, systemctl enable --now kiosk-backup.timer"
        yield Finding("backup", Level.WARNING, f"there is no backup in {backup_dir.folder}", step)
    elif _age(made_at) > BACKUP_OVERDUE:
        sentence = f"the last backup in {backup_dir.folder} was made {_ago(made_at)}"
        yield Finding(
            "backup", Level.WARNING, sentence, "run: kiosk backup, and look at: systemctl status kiosk-backup"
        )
    else:
        yield Finding("backup", Level.OK, f"the last of {len(backup_dir.paths())} backups was made {_ago(made_at)}")


def keys(device: ExaminedDevice) -> Iterator[Finding]:
    """Check that backups are sealed, and that this device can open them. Raises StorageError when it cannot."""
    backup_dir = device.backups
    step = "run: kiosk keys recovery, which prints words that open them when this device is lost"
    if backup_dir.keys.current() is not None:
        yield Finding("keys", Level.OK, f"backups are sealed; the keys are in {backup_dir.keys.folder}")
    elif backup_dir.paths():
        yield Finding("keys", Level.WARNING, "the backups are not sealed: whoever takes one has the templates", step)
    else:
        yield Finding("keys", Level.OK, "no recovery key has been made: backups will not be sealed", step)


def _disk(folder: Path) -> Finding:
    free_bytes = shutil.disk_usage(folder).free
    sentence = f"{free_bytes / 1e9:.1f} GB free under {folder}"
    if free_bytes < LAST_FREE_BYTES:
        return Finding("disk", Level.FAILED, sentence, "make room: entries and exits can no longer be written")
    if free_bytes < MINIMUM_FREE_BYTES:
        return Finding("disk", Level.WARNING, sentence, "make room: snapshots are no longer kept")
    return Finding("disk", Level.OK, sentence)


def _age(at: datetime) -> timedelta:
    return SystemClock().now() - at


def _ago(at: datetime) -> str:
    hours = _age(at).total_seconds() / 3600
    if hours < 1.5:
        return "within the last hour" if hours < 1 else "an hour ago"
    return f"{hours / 24:.0f} days ago" if hours >= 48 else f"{hours:.0f} hours ago"
