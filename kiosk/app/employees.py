"""Builds the employees' service: the contract that other modules and the API use."""

from __future__ import annotations

from db.session import Database
from db.templates import DatabaseTemplates
from kiosk.app.enrollment import build_enrollment
from kiosk.app.models import LoadedModels
from kiosk.app.personal_data import build_eraser
from kiosk.app.service_threads import ServiceThreads
from kiosk.config.settings import Settings
from kiosk.core.storage import TemporaryPhotographs
from kiosk.employees.service import EmployeeService
from kiosk.employees.store import EmployeeStore
from kiosk.security.audit_recorder import AuditRecorder


def build_employee_service(
    settings: Settings, models: LoadedModels, database: Database, threads: ServiceThreads
) -> EmployeeService:
    """threads: in which the service does its work."""
    return EmployeeService(
        store=EmployeeStore(database),
        templates=DatabaseTemplates(database),
        enrollment=build_enrollment(settings, models, database),
        audit=AuditRecorder(database),
        temporary=TemporaryPhotographs(settings.data_dir),
        eraser=build_eraser(settings, database),
        model_version=models.embedder.model_version,
        caller_vouches_for_consent=settings.caller_vouches_for_consent,
        database_threads=threads.database,
        inference=threads.inference,
    )
