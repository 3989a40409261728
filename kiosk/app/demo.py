"""Prepares the demo and removes it again."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from db.attendance_log import DatabaseAttendanceLog
from db.session import Database
from kiosk.app.databases import open_database
from kiosk.app.enrollment import open_enrollment
from kiosk.app.mode import Mode, journal_path
from kiosk.app.storage import build_snapshot_store
from kiosk.config.paths import demo_dir
from kiosk.config.settings import Settings
from kiosk.demo.clip import prepare_clip
from kiosk.demo.demo_people import deactivate_demo_people, enroll_demo_people
from kiosk.domain.demo_marks import DEMO_KIOSK_ID
from kiosk.domain.liveness import LivenessMode
from kiosk.employees.store import EmployeeStore
from kiosk.synthetic.photographs import fetch_photographs


def prepare_demo(settings: Settings, say: Callable[[str], None], progress: Callable[[int, int], None]) -> Settings:
    """Prepare photographs, clip and people, and delete the events of an earlier demo.

    Return the settings to play it with, in Mode.DEMO.
    """
    fetch_photographs(say)
    clip = prepare_clip(settings.data_dir, progress)
    with open_enrollment(settings) as enrollment, open_database(settings) as database:
        enroll_demo_people(enrollment, EmployeeStore(database), say)
        _clear(settings, database)
    # The clip's people are photographs that move as planes: liveness would call them what they are.
    return settings.model_copy(update={"source": str(clip), "liveness": LivenessMode.OFF})


def remove_demo(settings: Settings) -> None:
    """Delete the demo's events, snapshots and clip, and deactivate its people."""
    with open_database(settings) as database:
        deactivate_demo_people(EmployeeStore(database))
        _clear(settings, database)
    shutil.rmtree(demo_dir(settings.data_dir), ignore_errors=True)


def _clear(settings: Settings, database: Database) -> None:
    """Delete the events of an earlier demo with their snapshots."""
    journal_path(settings, Mode.DEMO).unlink(missing_ok=True)
    deleted = DatabaseAttendanceLog(database).delete_of_kiosk(DEMO_KIOSK_ID)
    for photo_path in deleted.photo_paths:
        build_snapshot_store(settings).delete(photo_path)
