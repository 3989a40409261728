"""The composition root of the administrator's area."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from db.admin_password import AdminPassword
from db.corrections import Corrections
from db.pins import Pins
from db.session import Database
from kiosk.app import composition
from kiosk.app.admin_service import AdminService
from kiosk.config.settings import Settings
from kiosk.core.clock import SystemClock
from kiosk.core.latest_slot import LatestSlot
from kiosk.domain.types import Frame
from kiosk.employees.directory import EmployeeDirectory


@contextmanager
def administration(
    settings: Settings, mailbox: LatestSlot[Frame], database: Database, corrected: Callable[[], None] = lambda: None
) -> Iterator[AdminService]:
    """Build what the administrator's screens need, with networks of their own. Raises ConfigurationError.

    mailbox: where the camera puts its pictures. corrected: as in Administration.
    """
    embedder = composition.make_embedder(settings)
    with closing(composition.make_detector(settings)) as detector:
        sample_extractor = composition.sample_extractor(settings, detector, embedder)
        decider = composition.decider(settings, embedder)
        yield AdminService(
            mailbox=mailbox,
            sample_extractor=sample_extractor,
            enrollment=composition.enrollment_with(settings, sample_extractor, decider, database),
            store=composition.employee_store(database),
            directory=EmployeeDirectory(database, embedder.model_version),
            pins=Pins(database),
            eraser=composition.eraser(settings, database),
            exporter=composition.exporter(settings, database),
            password=AdminPassword(database),
            attendance=composition.attendance_log(database),
            corrections=Corrections(database),
            corrected=corrected,
            clock=SystemClock(),
            zone=settings.zone,
        )
