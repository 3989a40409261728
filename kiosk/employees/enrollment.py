"""Enrollment: photographs or captured samples of one person become templates, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from db import audit_log
from db.consents import record_consent
from db.embedder_switches import open_switch
from db.session import Database, Session
from db.templates import DatabaseTemplates, add_templates, keep_best_templates, template_counts
from kiosk.core.context import current_actor
from kiosk.domain.decision import Decider
from kiosk.domain.types import Candidate, Embedding, Image
from kiosk.employees import crud
from kiosk.employees.consent import Consent
from kiosk.employees.identity_checks import Assessment, EnrolledFaces, agree
from kiosk.employees.portraits import Portraits
from kiosk.employees.samples import Sample, SampleExtractor
from kiosk.employees.schemas import Employee, EmployeeCreate, normalized_email
from kiosk.errors import EmployeeInactive, EmployeeNotFound, InvalidInput, SampleRefused

TEMPLATES_PER_PERSON = 10
_KEYS = {"e-mail address": "email", "personnel number": "external_id"}


@dataclass(frozen=True, slots=True)
class PhotoToEnroll:
    """A photograph to enroll somebody from.

    Attributes:
        name: what messages call it.
        read: returns it as BGR uint8 (H, W, 3); may raise SampleRefused.
    """

    name: str
    read: Callable[[], Image]


@dataclass(frozen=True, slots=True)
class EnrollmentResult:
    """What became of an enrollment.

    Attributes:
        employee: None when no photograph was accepted; nothing was written then.
        assessments: one for each photograph, in order.
        templates: how many of this model the person has now; 0 when nothing was written.
        look_alikes: other employees who resemble the person so much that the door asks both for a clearer look, the
            most alike first.
    """

    employee: Employee | None
    assessments: tuple[Assessment, ...]
    templates: int = 0
    look_alikes: tuple[Candidate, ...] = ()


class Enrollment:
    """Enrolls people. Any thread may call it, one at a time.

    Args:
        sample_extractor: makes samples of photographs.
        decider: compares them with one another and with everybody enrolled.
        database: of the office.
        templates_per_person: how many templates a person keeps; those of the lowest quality are deleted.
        portraits: where the portrait of the best sample is kept; None when portraits are not kept.
    """

    def __init__(
        self,
        sample_extractor: SampleExtractor,
        decider: Decider,
        database: Database,
        templates_per_person: int = TEMPLATES_PER_PERSON,
        *,
        portraits: Portraits | None = None,
    ) -> None:
        self._extractor = sample_extractor
        self._decider = decider
        self._database = database
        self._templates = DatabaseTemplates(database)
        self._templates_per_person = templates_per_person
        self._portraits = portraits

    def enroll(
        self,
        email: str | None,
        full_name: str | None,
        department: str | None,
        photographs: Iterable[PhotoToEnroll],
        consent: Consent,
        *,
        employee_id: int | None = None,
        external_id: str | None = None,
        position: str | None = None,
        called: str | None = None,
        resembles: Collection[int] = (),
    ) -> EnrollmentResult:
        """Add a template for each photograph that passes; a person who does not exist yet is created.

        Args:
            email: of the person; None for somebody without an address.
            full_name: required for a new person; an existing one keeps name and department.
            department: of a new person.
            photographs: of the person alone.
            consent: the person's, recorded with the templates.
            employee_id: of somebody who exists; the other texts are left out then.
            external_id: personnel number, by which an existing person is found where there is no address.
            position: of a new person.
            called: the name that a new person is greeted by; None for the full one.
            resembles: employees who are known to be other people although they look alike, such as twins.

        Raises InvalidInput, EmailTaken, ExternalIdTaken, EmployeeNotFound, EmployeeInactive for a deactivated person,
        StorageError.
        """
        given = {"full_name": full_name, "email": email, "department": department}
        given |= {"external_id": external_id, "position": position, "called": called}

        def person(session: Session) -> Employee | EmployeeCreate:
            return _known_or_new(session, employee_id, given)

        with self._database.reading() as session:
            person(session)  # what cannot be used is refused before the photographs are processed
        assessments = [self._assess(photograph) for photograph in photographs]
        return self._write(person, assessments, consent, resembles)

    def enroll_samples(
        self, person: EmployeeCreate | int, samples: Sequence[Sample], consent: Consent
    ) -> EnrollmentResult:
        """Add captured samples as templates, of a new person or of the employee with this id.

        Raises InvalidInput, EmailTaken and ExternalIdTaken for a new person, EmployeeNotFound, EmployeeInactive,
        StorageError.
        """
        assessments = [Assessment(f"sample {place}", sample) for place, sample in enumerate(samples, 1)]

        def known_or_new(session: Session) -> Employee | EmployeeCreate:
            return _require_active(session, person) if isinstance(person, int) else person

        return self._write(known_or_new, assessments, consent)

    def enrolled_as(self, sample: Sample, but: int | None = None) -> int | None:
        """Return the id of the employee whom a sample would be taken for, other than `but`; None for nobody.

        Raises StorageError.
        """
        enrolled = self._enrolled_faces(sample.embedding.model_version)
        return enrolled.find(sample, () if but is None else (but,))

    def _write(
        self,
        find_person: Callable[[Session], Employee | EmployeeCreate],
        assessments: Sequence[Assessment],
        consent: Consent,
        resembles: Collection[int] = (),
    ) -> EnrollmentResult:
        """Compare the samples with one another and with everybody enrolled, and write those that pass.

        find_person: returns the existing employee, or what a new one is created from.
        """
        assessments = agree(assessments, self._decider)
        samples = _accepted(assessments)
        if not samples:
            return EnrollmentResult(None, assessments)
        model_version = samples[0].embedding.model_version
        enrolled = self._enrolled_faces(model_version)
        with self._database.transaction() as session:
            found = find_person(session)
            employee_id = found.id if isinstance(found, Employee) else None
            assessments = tuple(enrolled.check(each, employee_id, resembles) for each in assessments)
            samples = _accepted(assessments)
            if not samples:
                return EnrollmentResult(None, assessments)
            employee = found if isinstance(found, Employee) else crud.create(session, found)
            employee = self._add(session, employee, samples, consent)
            templates = template_counts(session, model_version, employee.id)[employee.id].usable
        return EnrollmentResult(employee, assessments, templates, enrolled.look_alikes(employee.id, samples))

    def _add(self, session: Session, employee: Employee, samples: Sequence[Sample], consent: Consent) -> Employee:
        record_consent(session, employee.id, consent.version, current_actor())
        made = [(sample.embedding, sample.quality.quality_score) for sample in samples if not sample.is_known]
        made += _seconds(session, samples)
        embeddings = [embedding for embedding, _ in made]
        add_templates(session, employee.id, embeddings, [float(score) for _, score in made])
        gave_way = sum(
            keep_best_templates(session, employee.id, version, self._templates_per_person)
            for version in {embedding.model_version for embedding in embeddings}
        )
        details: audit_log.Details = {"templates": len(samples), "gave_way": gave_way, "consent": consent.version}
        vouched: audit_log.Details = {"vouched_by": current_actor()} if consent.is_vouched else {}
        audit_log.append(session, current_actor(), "enroll", f"employee:{employee.id}", {**details, **vouched})
        return self._keep_portrait(session, employee, samples)

    def _keep_portrait(self, session: Session, employee: Employee, samples: Sequence[Sample]) -> Employee:
        best = max(samples, key=lambda sample: sample.quality.quality_score)
        if self._portraits is None or best.portrait_bgr is None:
            return employee
        # The last step before the commit: if the commit fails, the sweeper deletes a file that no row names.
        return crud.update(session, employee.id, photo_path=self._portraits.save(employee.id, best.portrait_bgr))

    def _assess(self, photograph: PhotoToEnroll) -> Assessment:
        try:
            return Assessment(photograph.name, self._extractor.extract(photograph.read()))
        except SampleRefused as refused:
            # Without its traceback, whose frames would hold each photograph until all of them are judged.
            return Assessment(photograph.name, refused=SampleRefused(refused.reason, str(refused)))

    def _enrolled_faces(self, model_version: str) -> EnrolledFaces:
        with self._database.reading() as session:
            switch = open_switch(session)
        versions = [] if switch is None else [v for v in (switch.old_version, switch.new_version) if v != model_version]
        seconds = self._templates.load_templates(versions[0]) if len(versions) == 1 else None
        return EnrolledFaces(self._decider, model_version, self._templates.load_templates(model_version), seconds)


def _known_or_new(
    session: Session, employee_id: int | None, given: Mapping[str, str | None]
) -> Employee | EmployeeCreate:
    if employee_id is None:
        return _find(session, given["email"], given["external_id"]) or _new(given)
    if any(given.values()):
        raise InvalidInput(
            "somebody known keeps names, address, department, number and position; leave them out beside the id"
        )
    return _require_active(session, employee_id)


def _find(session: Session, email: str | None, external_id: str | None) -> Employee | None:
    if email is None:
        found = None if external_id is None else crud.find_by_external_id(session, external_id)
        return None if found is None else _require_active(session, found.id)
    try:
        return crud.find_active(session, normalized_email(email))
    except ValueError as error:
        raise InvalidInput(f"the e-mail address cannot be taken: {error}") from error


def _require_active(session: Session, employee_id: int) -> Employee:
    employee = crud.find(session, employee_id)
    if employee is None:
        raise EmployeeNotFound(employee_id)
    if not employee.is_active:
        raise EmployeeInactive(employee.id)
    return employee


def _new(given: Mapping[str, str | None]) -> EmployeeCreate:
    if given["full_name"] is None:
        unknown = [f"nobody has this {name}" for name, field in _KEYS.items() if given[field] is not None]
        whose = unknown[0] if unknown else "whose face is it"
        raise InvalidInput(f"{whose}; for somebody new, give the name: --name, in a request full_name")
    return EmployeeCreate.checked(**given)


def _seconds(session: Session, samples: Sequence[Sample]) -> list[tuple[Embedding, float]]:
    """Return the embeddings of the other network and their qualities, while the change to or from it is still open."""
    switch = open_switch(session, locked=True)
    versions = () if switch is None else (switch.old_version, switch.new_version)
    return [
        (sample.second, sample.quality.quality_score)
        for sample in samples
        if sample.second is not None and sample.second.model_version in versions
    ]


def _accepted(assessments: Sequence[Assessment]) -> list[Sample]:
    return [assessment.sample for assessment in assessments if assessment.sample is not None]
