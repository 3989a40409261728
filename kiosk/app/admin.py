"""Builds what stands behind the administrator's screens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from db.attendance_log import DatabaseAttendanceLog
from db.session import Database
from kiosk.app.admin_service import AdminService
from kiosk.app.attendance import build_corrections, build_timesheet_exporter, read_evacuation_list
from kiosk.app.attendance_config import build_stay_rules
from kiosk.app.enrollment import build_enrollment, build_sample_extractor
from kiosk.app.models import open_models
from kiosk.app.personal_data import build_eraser, build_exporter
from kiosk.attendance.plans import planned_rules
from kiosk.attendance.stays import StayRules
from kiosk.config.settings import Settings
from kiosk.core.clock import SystemClock
from kiosk.core.latest_slot import LatestSlot
from kiosk.domain.types import Frame
from kiosk.employees.directory import EmployeeDirectory
from kiosk.employees.store import EmployeeStore
from kiosk.security.admin_password import AdminPassword
from kiosk.security.pins import Pins


@contextmanager
def open_admin_service(
    settings: Settings, mailbox: LatestSlot[Frame], database: Database, corrected: Callable[[], None] = lambda: None
) -> Iterator[AdminService]:
    """Build the service, with models of its own. Raises ConfigurationError.

    mailbox: where the camera puts its pictures. corrected: as in AdminService.
    """

    def stays(at: datetime) -> StayRules:
        return planned_rules(database, build_stay_rules(settings), at, at)

    with open_models(settings) as models:
        yield AdminService(
            mailbox=mailbox,
            sample_extractor=build_sample_extractor(settings, models),
            enrollment=build_enrollment(settings, models, database),
            store=EmployeeStore(database),
            directory=EmployeeDirectory(database, models.embedder.model_version),
            pins=Pins(database, device=settings.kiosk_id),
            eraser=build_eraser(settings, database),
            exporter=build_exporter(settings, database),
            password=AdminPassword(database, device=settings.kiosk_id),
            attendance=DatabaseAttendanceLog(database),
            corrections=build_corrections(settings, database),
            corrected=corrected,
            clock=SystemClock(),
            stays=stays,
            timesheets=build_timesheet_exporter(settings, database),
            evacuation=lambda: read_evacuation_list(settings),
        )
