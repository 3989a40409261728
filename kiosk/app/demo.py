"""Prepares the demo and takes it away again."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from db.attendance import DatabaseAttendanceLog
from kiosk.app.databases import open_database
from kiosk.app.enrollment import open_enrollment
from kiosk.app.storage import build_snapshot_store
from kiosk.config.settings import Settings
from kiosk.demo import demo_data
from kiosk.demo.clip import prepare_clip
from kiosk.employees.store import EmployeeStore
from kiosk.synthetic.photographs import fetch_photographs


def prepare_demo(settings: Settings, say: Callable[[str], None], progress: Callable[[int, int], None]) -> Settings:
    """Make photographs, clip and people ready and the demo's log empty; return the settings to play it with."""
    fetch_photographs(say)
    clip = prepare_clip(settings.data_dir, progress)
    with open_enrollment(settings) as enrollment, open_database(settings) as database:
        demo_data.enroll_demo_people(enrollment, EmployeeStore(database), say)
        demo_data.clear(DatabaseAttendanceLog(database), build_snapshot_store(settings), settings.data_dir)
    return settings.model_copy(update={"kiosk_id": demo_data.KIOSK_ID, "source": str(clip)})


def remove_demo(settings: Settings) -> None:
    """Take the demo's events, snapshots and clip away, and deactivate its people."""
    with open_database(settings) as database:
        demo_data.deactivate_demo_people(EmployeeStore(database))
        demo_data.clear(DatabaseAttendanceLog(database), build_snapshot_store(settings), settings.data_dir)
    shutil.rmtree(settings.data_dir / "demo", ignore_errors=True)
