"""Checks that no other device writes under this one's name."""

from __future__ import annotations

from db.device_claims import find_claim
from db.session import Database
from kiosk.doctor.device import ExaminedDevice
from kiosk.doctor.findings import Finding, Level
from kiosk.monitoring.device_claim import NEXT_STEP, told
from kiosk.monitoring.device_identity import read_identity


def of_device(device: ExaminedDevice, opened: Database) -> Finding:
    """Tell whose the device's name is. Raises StorageError, OSError."""
    with opened.reading() as session:
        claim = find_claim(session, device.kiosk_id)
    if claim is None:
        return Finding("name", Level.OK, f"no device has the name {device.kiosk_id} yet; the first run claims it")
    if claim.device_id == read_identity(device.identity_path):
        return Finding("name", Level.OK, f"the name {device.kiosk_id} is this device's")
    if claim.holds:
        return Finding("name", Level.FAILED, told(device.kiosk_id, claim), NEXT_STEP)
    return Finding("name", Level.WARNING, told(device.kiosk_id, claim), "this device takes it over with its next start")
