"""Checks whether the other systems are told of what happens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from db.attendance_changes import latest_number
from db.receivers import StoredReceiver, list_receivers
from db.session import Database, database_now
from kiosk.doctor.device import ExaminedDevice
from kiosk.doctor.findings import Finding, Level
from kiosk.receivers.local_receivers import FOLDER, LocalReceivers

START = "start it: systemctl start kiosk-deliver"


def receivers(device: ExaminedDevice, opened: Database) -> Iterator[Finding]:
    """Look at each receiver's place in the outbox; nobody is asked."""
    with opened.reading() as session:
        found, latest, now = list_receivers(session), latest_number(session), database_now(session)
    local = LocalReceivers(device.data_dir / FOLDER)
    for one in found:
        yield _finding(one, max(0, latest - one.position), now, is_local=local.has(one.name))


def _finding(one: StoredReceiver, waiting: int, now: datetime, *, is_local: bool) -> Finding:
    name, wait = f"receiver {one.name}", f"{waiting} change(s) wait"
    if one.is_paused:
        why = "" if one.error is None else f" ({one.error})"
        step = f"once you know why: kiosk receivers resume {one.name}"
        return Finding("receivers", Level.WARNING, f"{name} is paused{why}; {wait}", step)
    if one.error is not None and one.failing_since is not None:
        minutes = int((now - one.failing_since).total_seconds() // 60)
        sentence = f"{name} has taken nothing for {minutes} minute(s) ({one.error}); {wait}"
        return Finding("receivers", Level.WARNING, sentence, f"run: kiosk receivers test {one.name}")
    if one.held_until is None or one.held_until < now:
        step = START if is_local else f"on the device that shall deliver, run: kiosk receivers resume {one.name}"
        return Finding("receivers", Level.WARNING, f"no device delivers to {name}; {wait}", step)
    if waiting:
        return Finding("receivers", Level.OK, f"{name} is told of what happens; {wait}")
    return Finding("receivers", Level.OK, f"{name} has been told of everything")
