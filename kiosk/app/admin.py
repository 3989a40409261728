"""Builds what stands behind the administrator's screens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from db.session import Database
from kiosk.app.admin_attendance import AdminAttendance
from kiosk.app.admin_gallery import AdminGallery
from kiosk.app.admin_journal import AttendanceParts
from kiosk.app.admin_overview import AdminOverview
from kiosk.app.admin_people import PersonPages
from kiosk.app.admin_receivers import AdminReceivers
from kiosk.app.admin_service import AdminService
from kiosk.app.admin_settings import AdminSettings
from kiosk.app.attendance import (
    build_closed_months,
    build_corrections,
    build_questions,
    build_timesheet_exporter,
    build_timesheets,
    read_evacuation_list,
)
from kiosk.app.attendance_config import build_holiday_config, build_stay_rules
from kiosk.app.decision import build_decider
from kiosk.app.diagnostics import Diagnostics, RunningKiosk
from kiosk.app.enrollment import build_enrollment, build_sample_extractor
from kiosk.app.health import build_device_probe
from kiosk.app.models import open_models
from kiosk.app.personal_data import build_eraser, build_exporter
from kiosk.app.receivers import build_receiver_administration
from kiosk.app.setting_store import build_setting_store
from kiosk.config.settings import Settings
from kiosk.core.clock import SystemClock
from kiosk.core.latest_slot import LatestSlot
from kiosk.domain.exit_reasons import parse_exit_reasons
from kiosk.domain.ports import Embedder
from kiosk.domain.types import Frame
from kiosk.employees.directory import EmployeeDirectory
from kiosk.employees.store import EmployeeStore
from kiosk.security.access_tokens import AccessTokens
from kiosk.security.admin_password import AdminPassword
from kiosk.security.pins import Pins


@contextmanager
def open_admin_service(
    settings: Settings,
    mailbox: LatestSlot[Frame],
    database: Database,
    corrected: Callable[[], None] = lambda: None,
    running: RunningKiosk | None = None,
) -> Iterator[AdminService]:
    """Build the service, with models of its own. Raises ConfigurationError.

    Args:
        mailbox: where the camera puts its pictures.
        corrected: as in AttendanceParts.
        running: what the diagnostics see; None where no kiosk runs.
    """

    with open_models(settings) as models:
        yield AdminService(
            mailbox=mailbox,
            sample_extractor=build_sample_extractor(settings, models, database),
            enrollment=build_enrollment(settings, models, database),
            store=EmployeeStore(database),
            directory=EmployeeDirectory(database, models.embedder.model_version),
            pins=Pins(database, device=settings.kiosk_id),
            eraser=build_eraser(settings, database),
            exporter=build_exporter(settings, database),
            password=AdminPassword(database, device=settings.kiosk_id),
            attendance=build_admin_attendance(settings, database, models.embedder.model_version, corrected),
            receivers=AdminReceivers(build_receiver_administration(settings, database)),
            gallery=build_admin_gallery(settings, database, models.embedder),
            settings=AdminSettings(build_setting_store(settings, database), AccessTokens(database)),
            timesheets=build_timesheet_exporter(settings, database),
            diagnostics=Diagnostics(settings, database, models.embedder, running or RunningKiosk()),
            overview=AdminOverview(
                database,
                build_stay_rules(settings),
                build_holiday_config(settings),
                SystemClock(),
                build_device_probe(settings),
            ),
            pages=PersonPages(database, build_timesheets(settings, database), settings.data_dir),
        )


def build_admin_gallery(settings: Settings, database: Database, embedder: Embedder) -> AdminGallery:
    return AdminGallery(
        database,
        build_decider(settings, embedder),
        embedder.model_version,
        SystemClock(),
        settings.templates_from_visits,
        timedelta(days=settings.old_template_days),
    )


def build_admin_attendance(
    settings: Settings, database: Database, model_version: str, corrected: Callable[[], None] = lambda: None
) -> AdminAttendance:
    """Build what stands behind the screens about attendance. model_version: of the embedder in use."""
    return AdminAttendance(
        AttendanceParts(
            database=database,
            rules=build_stay_rules(settings),
            clock=SystemClock(),
            corrections=build_corrections(settings, database),
            closed_months=build_closed_months(settings, database),
            questions=build_questions(settings, database),
            directory=EmployeeDirectory(database, model_version),
            evacuation=lambda: read_evacuation_list(settings),
            corrected=corrected,
            data_dir=settings.data_dir,
            exit_reasons=parse_exit_reasons(settings.exit_reasons),
        )
    )
