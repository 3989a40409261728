"""What a running kiosk says of itself, made by hand."""

from __future__ import annotations

from typing import Any

from kiosk.core.clock import this_boot
from kiosk.monitoring.frame_stats import FrameStats
from kiosk.monitoring.status import CameraReport, FrameCounters, KioskStatus
from support.fakes import MORNING


def status(**changes: Any) -> KioskStatus:
    """A kiosk that is well, but for the changes."""
    boot = this_boot()
    said = {
        "version": "1.0",
        "kiosk_id": "door",
        "pid": 1,
        "boot_id": boot.id,
        "running_s": boot.running_s,
        "started_at": MORNING,
        "camera": CameraReport(state="ok", fault=None, since_at=MORNING, size_px=(1280, 720)),
        "frames": FrameCounters(put=10, dropped=2, processed=7, refused=1),
        "latency": FrameStats().latency,
        "decisions": {"match": 3},
        "events_waiting": 0,
        "events_refused": 0,
        "database_away_since_at": None,
        "gallery_people": 1,
        "gallery_templates": 2,
        "stuck_threads": (),
        "watched": True,
    }
    return KioskStatus(**said | changes)
