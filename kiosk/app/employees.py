"""Builds the employees' service: the contract that other modules and the API use."""

from __future__ import annotations

from db.session import Database
from db.templates import DatabaseTemplates
from kiosk.app.enrollment import build_enrollment
from kiosk.app.models import LoadedModels
from kiosk.app.personal_data import build_eraser
from kiosk.config.settings import Settings
from kiosk.core.storage import TemporaryPhotographs
from kiosk.core.thread_pool import ThreadPool
from kiosk.employees.service import EmployeeService
from kiosk.employees.store import EmployeeStore
from kiosk.security.audit_recorder import AuditRecorder


def build_employee_service(
    settings: Settings, models: LoadedModels, database: Database, database_threads: ThreadPool, inference: ThreadPool
) -> EmployeeService:
    """inference: the one thread in which the models are used."""
    return EmployeeService(
        store=EmployeeStore(database),
        templates=DatabaseTemplates(database),
        enrollment=build_enrollment(settings, models, database),
        audit=AuditRecorder(database),
        temporary=TemporaryPhotographs(settings.data_dir),
        eraser=build_eraser(settings, database),
        model_version=models.embedder.model_version,
        caller_vouches_for_consent=settings.caller_vouches_for_consent,
        database_threads=database_threads,
        inference=inference,
    )
