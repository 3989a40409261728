"""The composition root of the HTTP service: what it is made of is built here and in kiosk.app.composition."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version

from fastapi import FastAPI

from db import audit
from db.audit_trail import AuditTrail
from db.session import Database
from db.templates import DatabaseTemplates
from db.tokens import DatabaseTokens
from kiosk.api.app import ApiServices, make_app
from kiosk.api.health_probe import HealthProbe
from kiosk.api.system import Info
from kiosk.app import composition
from kiosk.attendance.office_attendance import OfficeAttendance
from kiosk.backup.backup_dir import BackupDirectory
from kiosk.config.settings import Settings
from kiosk.core.clock import SystemClock
from kiosk.core.storage import TemporaryPhotographs, temporary_files_in
from kiosk.core.thread_pool import ThreadPool
from kiosk.domain.ports import Embedder, FaceDetector
from kiosk.domain.quality import PROBE_LIMITS
from kiosk.employees.registry import installed
from kiosk.employees.samples import SampleExtractor
from kiosk.employees.service import EmployeeService
from kiosk.employees.store import EmployeeStore
from kiosk.errors import ConfigurationError, StorageError
from kiosk.jobs import clock_watch
from kiosk.monitoring.health import DeviceProbe
from kiosk.recognition.service import CurrentGallery, RecognitionService


@dataclass(frozen=True, slots=True)
class Networks:
    """For one thread at a time."""

    detector: FaceDetector
    embedder: Embedder


@contextmanager
def opened_networks(settings: Settings) -> Iterator[Networks]:
    """Load the networks of the settings. Raises ConfigurationError."""
    embedder = composition.make_embedder(settings)
    with closing(composition.make_detector(settings)) as detector:
        yield Networks(detector, embedder)


@contextmanager
def api(settings: Settings, networks: Networks) -> Iterator[FastAPI]:
    """Build the application with connections and threads of its own, and install the employees' service.

    A database that is away is answered with 503 until it is back. Raises ConfigurationError.
    """
    with ExitStack() as stack:
        database = stack.enter_context(closing(composition.reachable_or_away(settings)))
        stack.callback(_remember_audit_head, settings, database)
        TemporaryPhotographs(settings.data_dir).sweep()
        stack.enter_context(temporary_files_in(settings.data_dir))
        # One connection is for /health and one for the thread of the networks.
        database_threads = stack.enter_context(closing(ThreadPool("database", database.pool_size - 2)))
        inference = stack.enter_context(closing(ThreadPool("inference", 1)))
        parts = ApiServices(
            attendance=OfficeAttendance(database, settings, SystemClock()),
            recognition=recognition_service(settings, networks, database),
            tokens=DatabaseTokens(database),
            trail=AuditTrail(database),
            heartbeat=stack.enter_context(closing(HealthProbe(database, device(settings)))),
            database_threads=database_threads,
            inference=inference,
            zone=settings.zone,
            info=_info(settings, networks.embedder),
        )
        with installed(employee_service(settings, networks, database, database_threads, inference)):
            yield make_app(
                parts, requests_per_minute=settings.api_requests_per_minute, cors_origins=settings.api_cors_origins
            )


def employee_service(
    settings: Settings, networks: Networks, database: Database, database_threads: ThreadPool, inference: ThreadPool
) -> EmployeeService:
    """inference: the one thread in which the networks are used."""
    detector, embedder = networks.detector, networks.embedder
    return EmployeeService(
        store=EmployeeStore(database),
        templates=DatabaseTemplates(database),
        enrollment=composition.enrollment_with(
            settings,
            composition.sample_extractor(settings, detector, embedder),
            composition.decider(settings, embedder),
            database,
        ),
        trail=AuditTrail(database),
        temporary=TemporaryPhotographs(settings.data_dir),
        eraser=composition.eraser(settings, database),
        model_version=embedder.model_version,
        database_threads=database_threads,
        inference=inference,
    )


def recognition_service(settings: Settings, networks: Networks, database: Database) -> RecognitionService:
    detector, embedder = networks.detector, networks.embedder
    strict, lenient = SampleExtractor(detector, embedder), SampleExtractor(detector, embedder, PROBE_LIMITS)
    return RecognitionService(
        sample_to_enroll=lambda image_bgr: strict.extract(image_bgr).embedding,
        sample_to_recognise=lambda image_bgr: lenient.extract(image_bgr).embedding,
        gallery=CurrentGallery(database, embedder.model_version),
        decider=composition.decider(settings, embedder),
    )


def device(settings: Settings) -> DeviceProbe:
    """Return where to look for how the device is."""
    backup_dir = BackupDirectory(settings.effective_backup_dir, settings.kiosk_id)
    return DeviceProbe(
        status_path=settings.status_path,
        data_dir=settings.data_dir,
        purged_at=lambda: clock_watch.last_purge_at(settings.data_dir / clock_watch.FILE_NAME),
        backed_up_at=backup_dir.newest_at,
        now=SystemClock().now,
    )


def _remember_audit_head(settings: Settings, database: Database) -> None:
    """The device remembers how far the audit log has come; a doubtful one is for `kiosk audit verify` to tell."""
    with suppress(StorageError, ConfigurationError):
        audit.keep_anchor(database, composition.audit_anchor_path(settings))


def _info(settings: Settings, embedder: Embedder) -> Info:
    return Info(
        version=version("face-attendance-kiosk"),
        kiosk_id=settings.kiosk_id,
        detector=settings.detector,
        model_version=embedder.model_version,
        timezone=settings.timezone,
        event_mode=settings.event_mode,
    )
