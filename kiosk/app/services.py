"""The office's services, for the HTTP API and for other systems' Python code; docs/contract.md shows their use.

    with open_employee_service(load_settings()) as service:
        asyncio.run(service.get_employee(1))

While one is open, get_employee_service() and its like return it, whoever asks in this process.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass

from db.session import Database
from db.time_limits import SERVICE_LIMITS
from kiosk.app.attendance import build_attendance_service, build_correction_service, build_schedule_service
from kiosk.app.databases import open_database
from kiosk.app.employees import build_employee_service
from kiosk.app.models import LoadedModels, open_models
from kiosk.app.recognition import build_gallery_service, build_recognition_service
from kiosk.app.service_threads import ServiceThreads, service_threads
from kiosk.app.storage import make_data_dir
from kiosk.attendance.correction_service import CorrectionService
from kiosk.attendance.feed_service import FeedService
from kiosk.attendance.registry import (
    install_attendance_service,
    install_correction_service,
    install_feed_service,
    install_schedule_service,
)
from kiosk.attendance.schedule_service import ScheduleService
from kiosk.attendance.service import AttendanceService
from kiosk.config.settings import Settings
from kiosk.core.context import acting_as, current_actor
from kiosk.employees.registry import install_employee_service
from kiosk.employees.service import EmployeeService
from kiosk.recognition.gallery_service import GalleryService
from kiosk.recognition.registry import install_gallery_service, install_recognition_service
from kiosk.recognition.service import RecognitionService


@dataclass(frozen=True, slots=True)
class Services:
    """The services that share one database and one pair of models."""

    employees: EmployeeService
    recognition: RecognitionService
    gallery: GalleryService
    attendance: AttendanceService
    schedules: ScheduleService
    corrections: CorrectionService
    feed: FeedService


@contextmanager
def open_services(settings: Settings, *, actor: str | None = None) -> Iterator[Services]:
    """Open all services, beside a running kiosk or without one, and close them in the end.

    Args:
        settings: of the office, as load_settings() returns them.
        actor: name that the audit log and the consents give whoever acts, such as `payroll`; without it, `local`.

    Raises:
        ConfigurationError: models or tables are not as they must be; the sentence says the next step.
        StorageError: the database is away.
    """
    make_data_dir(settings)
    with ExitStack() as stack:
        models = stack.enter_context(open_models(settings))
        database = stack.enter_context(open_database(settings, SERVICE_LIMITS))
        threads = stack.enter_context(service_threads(database))
        stack.enter_context(acting_as(actor or current_actor()))
        yield stack.enter_context(installed_services(settings, models, database, threads))


@contextmanager
def open_employee_service(settings: Settings, *, actor: str | None = None) -> Iterator[EmployeeService]:
    """Open the employees' service; args and errors as of open_services."""
    with open_services(settings, actor=actor) as services:
        yield services.employees


@contextmanager
def open_recognition_service(settings: Settings, *, actor: str | None = None) -> Iterator[RecognitionService]:
    """Open the recognition of photographs; args and errors as of open_services."""
    with open_services(settings, actor=actor) as services:
        yield services.recognition


@contextmanager
def open_attendance_service(settings: Settings, *, actor: str | None = None) -> Iterator[AttendanceService]:
    """Open the attendance alone, without loading any model; args and errors as of open_services."""
    make_data_dir(settings)
    with ExitStack() as stack:
        database = stack.enter_context(open_database(settings, SERVICE_LIMITS))
        threads = stack.enter_context(service_threads(database))
        stack.enter_context(acting_as(actor or current_actor()))
        service = build_attendance_service(settings, database, threads.database, threads.exports)
        yield stack.enter_context(install_attendance_service(service))


@contextmanager
def installed_services(
    settings: Settings, models: LoadedModels, database: Database, threads: ServiceThreads
) -> Iterator[Services]:
    """Build the services and have get_employee_service() and its like return them for as long as the block runs.

    Args:
        settings: of the office.
        models: for the one thread of inference alone.
        database: with a connection for each of the threads.
        threads: in which the work is done.
    """
    services = Services(
        employees=build_employee_service(settings, models, database, threads),
        recognition=build_recognition_service(settings, models, database, threads.inference),
        gallery=build_gallery_service(settings, models, database, threads.database),
        attendance=build_attendance_service(settings, database, threads.database, threads.exports),
        schedules=build_schedule_service(settings, database, threads.database, threads.exports),
        corrections=build_correction_service(settings, database, threads.database),
        feed=FeedService(database, threads.database),
    )
    with (
        install_employee_service(services.employees),
        install_recognition_service(services.recognition),
        install_gallery_service(services.gallery),
        install_attendance_service(services.attendance),
        install_schedule_service(services.schedules),
        install_correction_service(services.corrections),
        install_feed_service(services.feed),
        closing(services.feed.streams),
    ):
        yield services
