"""Builds what looks at the device's health."""

from __future__ import annotations

from kiosk.app.backup import build_backup_dir
from kiosk.app.device_claim import has_run
from kiosk.config.settings import Settings
from kiosk.core.clock import SystemClock
from kiosk.jobs import clock_watch
from kiosk.monitoring.health import DeviceProbe


def build_device_probe(settings: Settings) -> DeviceProbe:
    """Build what looks at the device's health: for /health, /metrics and receivers."""
    backup_dir = build_backup_dir(settings)
    return DeviceProbe(
        status_path=settings.status_path,
        data_dir=settings.data_dir,
        purged_at=lambda: clock_watch.last_purge_at(settings.data_dir / clock_watch.FILE_NAME),
        backed_up_at=backup_dir.newest_at,
        now=SystemClock().now,
        kiosk_has_run=lambda: has_run(settings),
        api_alone=settings.api_alone,
    )
