"""The asynchronous contract about employees, which other modules and systems of the office use."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from db.templates import DatabaseTemplates
from kiosk.core.photographs import read_photograph
from kiosk.core.storage import TemporaryPhotographs
from kiosk.core.thread_pool import ThreadPool
from kiosk.domain.types import Image, Template
from kiosk.employees.consent import Consent, answered_for
from kiosk.employees.crud import Filter, SortBy
from kiosk.employees.enrollment import Enrollment, EnrollmentResult, PhotoToEnroll
from kiosk.employees.erase import Eraser
from kiosk.employees.results import Erasure
from kiosk.employees.schemas import Employee, EmployeeCreate, EmployeeUpdate
from kiosk.employees.store import ACTIVE, EmployeeStore
from kiosk.errors import EmployeeNotFound, SampleRefused
from kiosk.security.audit_recorder import AuditRecorder


class EmployeeService:
    """The employees, for coroutines of any event loop; every method raises StorageError when the database is away.

    Args:
        caller_vouches_for_consent: whether enroll may be called without a consent_version.
        database_threads: no more than the database has connections.
        inference: one thread, as the models allow.
    """

    def __init__(
        self,
        *,
        store: EmployeeStore,
        templates: DatabaseTemplates,
        enrollment: Enrollment,
        eraser: Eraser,
        audit: AuditRecorder,
        temporary: TemporaryPhotographs,
        model_version: str,
        caller_vouches_for_consent: bool,
        database_threads: ThreadPool,
        inference: ThreadPool,
    ) -> None:
        self._store = store
        self._templates = templates
        self._enrollment = enrollment
        self._eraser = eraser
        self._audit = audit
        self._temporary = temporary
        self._model_version = model_version
        self._caller_vouches_for_consent = caller_vouches_for_consent
        self._threads = database_threads
        self._inference = inference

    @property
    def model_version(self) -> str:
        """Identity of the model that made the embeddings; only those of one model can be compared."""
        return self._model_version

    async def create_employee(self, data: EmployeeCreate) -> Employee:
        """Raises EmailTaken, ExternalIdTaken."""
        return await self._threads.run(self._store.create, data)

    async def get_employee(self, employee_id: int) -> Employee | None:
        return await self._threads.run(self._store.get, employee_id)

    async def update_employee(self, employee_id: int, data: EmployeeUpdate) -> Employee:
        """Raises EmployeeNotFound, EmailTaken, ExternalIdTaken."""
        return await self._threads.run(self._store.update, employee_id, data)

    async def delete_employee(self, employee_id: int) -> bool:
        """Deactivate a person, who stays in the database; return False when there is no such person."""
        try:
            await self._threads.run(self._store.deactivate, employee_id)
        except EmployeeNotFound:
            return False
        return True

    async def restore_employee(self, employee_id: int) -> Employee:
        """Make a deactivated person active again. Raises EmployeeNotFound."""
        return await self._threads.run(self._store.restore, employee_id)

    async def list_employees(
        self,
        skip: int = 0,
        limit: int = 100,
        *,
        which: Filter = ACTIVE,
        sort_by: SortBy = SortBy.ID,
        descending: bool = False,
        after: int | None = None,
    ) -> list[Employee]:
        """Return a page of the people meant: the active ones, unless which says otherwise.

        after: number of the person whom the page follows. Raises ValueError for a negative skip or limit.
        """
        page = await self._threads.run(
            self._store.list, which, sort_by=sort_by, descending=descending, skip=skip, limit=limit, after=after
        )
        return list(page)

    async def count_employees(self, which: Filter = ACTIVE) -> int:
        return await self._threads.run(self._store.count, which)

    async def get_employee_by_email(self, email: str) -> Employee | None:
        return await self._threads.run(self._store.get_by_email, email)

    async def enroll_employee(
        self, full_name: str, email: str, photo: bytes, *, consent_version: str | None = None
    ) -> Employee:
        """Enroll a person from one photograph; a person who does not exist yet is created.

        Args:
            full_name: of a new person; an existing one keeps their name.
            email: of the person.
            photo: the content of an image file of the supported formats.
            consent_version: of the text that the person has agreed to. Without it the caller vouches that they have
                agreed to the current one, and the audit log says who that was.

        Raises:
            SampleRefused: the photograph cannot be used; nothing was written.
            InvalidInput, EmployeeInactive, EmailTaken, StorageError: as enroll.
        """
        consent = answered_for(consent_version, caller_vouches=True)
        result = await self._enroll(email, full_name, None, [photo], consent)
        if result.employee is None:
            raise first_refusal(result)
        return result.employee

    async def enroll(
        self,
        email: str | None,
        full_name: str | None,
        department: str | None,
        photos: Sequence[bytes],
        consent_version: str | None = None,
        *,
        employee_id: int | None = None,
        external_id: str | None = None,
        position: str | None = None,
        called: str | None = None,
    ) -> EnrollmentResult:
        """Add a template for each photograph that passes; a person who does not exist yet is created.

        Args:
            email: of the person; None for somebody without an address.
            full_name: required for a new person; an existing one keeps name and department.
            department: of a new person.
            photos: the content of image files of the supported formats; in temporary storage while they are processed.
            consent_version: of the text that the person has agreed to; may be left out only where the settings say
                that the caller vouches for the consent.
            employee_id: of somebody who exists; the other texts are left out then.
            external_id: personnel number, by which an existing person is found where there is no address.
            position: of a new person.
            called: the name that a new person is greeted by; None for the full one.

        Raises:
            ConsentRequired: nobody answers for the consent; nothing was written.
            InvalidInput: name, address or consent_version cannot be taken.
            EmployeeInactive: the person has been deactivated.
            EmailTaken, ExternalIdTaken: somebody else was given the address or number.
            EmployeeNotFound: there is nobody with this id.
            StorageError: the database is away.
        """
        consent = answered_for(consent_version, caller_vouches=self._caller_vouches_for_consent)
        known = {"employee_id": employee_id, "external_id": external_id, "position": position, "called": called}
        return await self._enroll(email, full_name, department, photos, consent, **known)

    async def get_all_embeddings(self) -> list[tuple[int, list[float]]]:
        """Return employee_id and embedding of each template of active people that the model in use made.

        The audit log says who asked.
        """
        return [(template.employee_id, template.vector.tolist()) for template in await self.get_templates()]

    async def get_templates(self) -> tuple[Template, ...]:
        """Return what get_all_embeddings does as arrays, which take a tenth of the memory; all as of one moment."""
        return await self._threads.run(self._load_templates)

    async def erase_employee(self, employee_id: int) -> Erasure:
        """Erase a person's face everywhere and withdraw their consent. Raises EmployeeNotFound."""
        return await self._threads.run(self._eraser.erase, employee_id)

    async def _enroll(
        self,
        email: str | None,
        full_name: str | None,
        department: str | None,
        photos: Sequence[bytes],
        consent: Consent,
        **known: Any,
    ) -> EnrollmentResult:
        taken = [
            PhotoToEnroll(f"photograph {place}", partial(self._read, content))
            for place, content in enumerate(photos, 1)
        ]
        enroll = partial(self._enrollment.enroll, **known)
        return await self._inference.run(enroll, email, full_name, department, taken, consent)

    def _read(self, content: bytes) -> Image:
        with self._temporary.holding(content) as path:
            return read_photograph(path)

    def _load_templates(self) -> tuple[Template, ...]:
        self._audit.record("embeddings_read", None, {"model_version": self._model_version})
        return self._templates.load_templates(self._model_version)


def first_refusal(result: EnrollmentResult) -> SampleRefused:
    """Return the refusal of the first refused photograph."""
    return next(assessment.refused for assessment in result.assessments if assessment.refused is not None)
