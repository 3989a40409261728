"""A database that hangs, under the real systemd: the watchdog leaves the kiosk alone, and no event is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.installed_device import EMAIL, Device, measured

PHOTOGRAPH = "/opt/kiosk/current/assets/photographs/obama.jpg"
UNITS = ("kiosk", "kiosk-api")
LOCKED = "BEGIN; LOCK TABLE attendance_log, gallery_changes IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(60); ROLLBACK"
FROZEN = "systemctl kill --signal=STOP postgresql@*; sleep 60; systemctl kill --signal=CONT postgresql@*"


@pytest.fixture(scope="module")
def watching_device(device: Device, clip: Path) -> Device:
    device.install("device", "--session", "headless")
    device.kiosk("enroll", "--email", EMAIL, "--name", "Barack Obama", PHOTOGRAPH)
    device.show_clip(clip)
    device.until(lambda: all(device.is_active(unit) for unit in UNITS) and device.registered() != [], 120)
    return device


@pytest.mark.parametrize(
    "hang",
    [
        pytest.param(("runuser", "-u", "kiosk", "--", "psql", "-X", "-q", "-d", "kiosk", "-c", LOCKED), id="locked"),
        pytest.param(("sh", "-c", FROZEN), id="frozen"),
    ],
)
def test_a_database_that_hangs_for_a_minute_restarts_nothing_and_loses_nothing(
    watching_device: Device, hang: tuple[str, ...]
):
    device = watching_device
    before, restarts = device.registered(), [device.property("NRestarts", unit) for unit in UNITS]
    device.run(*hang)
    meanwhile = device.registered()[len(before) :]
    assert [device.property("NRestarts", unit) for unit in UNITS] == restarts
    assert len(meanwhile) >= 3
    took_s = device.until(lambda: set(device.registered()) <= device.recorded(), 60)
    measured(f"{len(meanwhile)} events while the database hung for 60 s, 0 restarts; written after", took_s)
