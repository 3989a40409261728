"""Enrolling: several photographs of one person become templates, in one transaction or not at all."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from db import audit
from db.consents import record_consent
from db.session import Database
from db.templates import DatabaseTemplates, add_templates, keep_best_templates
from kiosk.core.context import current_actor
from kiosk.domain.decision import Thresholds, thresholds
from kiosk.domain.gallery import Gallery, ImpostorTail
from kiosk.domain.quality import Reason
from kiosk.domain.refusal_messages import REFUSAL_MESSAGES
from kiosk.domain.types import Candidate, Embedding, Image, Template
from kiosk.employees import crud
from kiosk.employees.consent import checked_version
from kiosk.employees.portraits import Portraits
from kiosk.employees.samples import Sample, SampleExtractor
from kiosk.employees.schemas import Employee, EmployeeCreate, normalized_email
from kiosk.errors import EmployeeInactive, EmployeeNotFound, InvalidInput, SampleRefused

# Photographs of one person that are less alike than this show two people: as often as one pair of strangers in a
# hundred lies above, one pair of the same person in a hundred lies below.
SAME_PERSON_FMR = 1e-2
# Two photographs differ by more than this even a second apart; above it, it is the same file or a copy of it.
SAME_PHOTOGRAPH_SIMILARITY = 0.9995
TEMPLATES_PER_PERSON = 10
LOOK_ALIKES_TOLD = 3


@dataclass(frozen=True, slots=True)
class PhotoToEnroll:
    """A photograph that can be asked for; name is what it is called in messages, read may raise SampleRefused."""

    name: str
    read: Callable[[], Image]


@dataclass(frozen=True, slots=True)
class Assessment:
    """What became of one photograph: its sample, or why it was refused."""

    name: str
    sample: Sample | None = None
    refused: SampleRefused | None = None


@dataclass(frozen=True, slots=True)
class EnrollmentResult:
    """employee: None when no photograph was accepted, and then nothing was written.

    assessments: one for each photograph; none without consent, for then nobody looks at them.
    look_alikes: who else is enrolled and resembles the person so much that both are asked for a second look at the
        door, the most alike first.
    """

    employee: Employee | None
    assessments: tuple[Assessment, ...]
    look_alikes: tuple[Candidate, ...] = ()


class Enrollment:
    """Takes people in. Any thread may call it, one at a time.

    templates_per_person: more than these are not kept; the poorest give way.
    portraits: where the portrait of the best sample is kept, if any is.
    """

    def __init__(
        self,
        sample_extractor: SampleExtractor,
        tail: ImpostorTail,
        target_fpir: float,
        database: Database,
        templates_per_person: int = TEMPLATES_PER_PERSON,
        *,
        portraits: Portraits | None = None,
    ) -> None:
        self._extractor = sample_extractor
        self._tail = tail
        self._target_fpir = target_fpir
        self._database = database
        self._templates = DatabaseTemplates(database)
        self._templates_per_person = templates_per_person
        self._portraits = portraits

    def enroll(
        self,
        email: str,
        full_name: str | None,
        department: str | None,
        photographs: Iterable[PhotoToEnroll],
        consent_version: str | None = None,
        *,
        resembles: Container[int] = (),
    ) -> EnrollmentResult:
        """Add a template for each photograph that passes; a person who is not there yet is created.

        full_name: needed for somebody new; a person who is there keeps name and department.
        resembles: employees who are known to be other people, alike as they look: twins.
        consent_version: of the text that the person has agreed to, written down with the templates. Without it the
            person is kept, and no template is made.
        Raises InvalidInput, EmployeeInactive for somebody who has been deactivated, StorageError.
        """
        self._require_name(email, full_name)
        if consent_version is None:
            return EnrollmentResult(self._keep_person(email, full_name, department), ())
        consent_version = checked_version(consent_version)
        assessments = _agree([self._assess(photograph) for photograph in photographs], self._alike)
        templates = self._templates_like(assessments)
        with self._database.transaction() as session:
            employee = _find(session, email)
            checked = tuple(self._against(templates, employee, assessment, resembles) for assessment in assessments)
            samples = [a.sample for a in checked if a.sample is not None]
            if not samples:
                return EnrollmentResult(None, checked)
            if employee is None:
                employee = crud.create(session, _new(email, full_name, department))
            employee = self._add(session, employee, samples, consent_version)
        return EnrollmentResult(employee, checked, self._look_alikes(templates, employee.id, samples))

    def enroll_samples(
        self, person: EmployeeCreate | int, samples: Sequence[Sample], consent_version: str
    ) -> EnrollmentResult:
        """Add samples that a camera took as templates, of somebody new or of the employee with this number.

        Raises InvalidInput, EmailTaken for a new person's address, EmployeeNotFound, EmployeeInactive, StorageError.
        """
        consent_version = checked_version(consent_version)
        taken = [Assessment(f"sample {place}", sample) for place, sample in enumerate(samples, 1)]
        assessments = _agree(taken, self._alike)
        templates = self._templates_like(assessments)
        with self._database.transaction() as session:
            known = _require_active(session, person) if isinstance(person, int) else None
            checked = tuple(self._against(templates, known, assessment) for assessment in assessments)
            accepted = [a.sample for a in checked if a.sample is not None]
            if not accepted:
                return EnrollmentResult(None, checked)
            employee = _require_active(session, person) if isinstance(person, int) else crud.create(session, person)
            employee = self._add(session, employee, accepted, consent_version)
        return EnrollmentResult(employee, checked, self._look_alikes(templates, employee.id, accepted))

    def enrolled_as(self, sample: Sample, but: int | None = None) -> int | None:
        """Return the employee whom a sample would be recognised as, leaving one person out; None for nobody.

        Raises StorageError.
        """
        templates = self._templates.load_templates(sample.embedding.model_version)
        best = _best(sample.embedding, [template for template in templates if template.employee_id != but])
        accept = self._thresholds(Gallery(sample.embedding.model_version, templates)).accept
        return best.employee_id if best is not None and best.similarity >= accept else None

    def _thresholds(self, gallery: Gallery) -> Thresholds:
        return thresholds(self._tail, self._target_fpir, gallery.comparisons)

    def _look_alikes(
        self, templates: Sequence[Template], employee_id: int, samples: Sequence[Sample]
    ) -> tuple[Candidate, ...]:
        """Return those whom the door would think about before it names one of the two."""
        version = samples[0].embedding.model_version
        own = [Template(employee_id, sample.embedding.vector) for sample in samples]
        gallery = Gallery(version, [*(t for t in templates if t.employee_id != employee_id), *own])
        alike = gallery.most_alike(employee_id, LOOK_ALIKES_TOLD)
        return tuple(c for c in alike if c.similarity >= self._thresholds(gallery).review)

    def _keep_person(self, email: str, full_name: str | None, department: str | None) -> Employee:
        with self._database.transaction() as session:
            employee = _find(session, email)
            if employee is None:
                employee = crud.create(session, _new(email, full_name, department))
                audit.append(session, current_actor(), "create", f"employee:{employee.id}", {"consent": None})
        return employee

    def _add(self, session: Session, employee: Employee, samples: Sequence[Sample], consent_version: str) -> Employee:
        record_consent(session, employee.id, consent_version, current_actor())
        embeddings = [sample.embedding for sample in samples]
        add_templates(session, employee.id, embeddings, [float(sample.quality.quality_score) for sample in samples])
        gave_way = sum(
            keep_best_templates(session, employee.id, version, self._templates_per_person)
            for version in {embedding.model_version for embedding in embeddings}
        )
        details: audit.Details = {"templates": len(samples), "gave_way": gave_way, "consent": consent_version}
        audit.append(session, current_actor(), "enroll", f"employee:{employee.id}", details)
        return self._keep_portrait(session, employee, samples)

    def _keep_portrait(self, session: Session, employee: Employee, samples: Sequence[Sample]) -> Employee:
        best = max(samples, key=lambda sample: sample.quality.quality_score)
        if self._portraits is None or best.portrait_bgr is None:
            return employee
        # As the last thing before the row is committed; should that fail, a file that no row names is swept.
        return crud.set_portrait(session, employee.id, self._portraits.save(employee.id, best.portrait_bgr))

    def _require_name(self, email: str, full_name: str | None) -> None:
        """Refuse what would be refused in the end before the long work on photographs."""
        with self._database.reading() as session:
            if _find(session, email) is None:
                _new(email, full_name, None)

    @property
    def _alike(self) -> float:
        return self._tail.similarity_at(SAME_PERSON_FMR)

    def _assess(self, photograph: PhotoToEnroll) -> Assessment:
        try:
            return Assessment(photograph.name, self._extractor.take(photograph.read()))
        except SampleRefused as refused:
            return Assessment(photograph.name, refused=refused)

    def _templates_like(self, assessments: Sequence[Assessment]) -> tuple[Template, ...]:
        """Return all templates that the accepted samples can be compared with."""
        versions = {a.sample.embedding.model_version for a in assessments if a.sample is not None}
        return tuple(t for version in versions for t in self._templates.load_templates(version))

    def _against(
        self,
        templates: Sequence[Template],
        existing: Employee | None,
        assessment: Assessment,
        resembles: Container[int] = (),
    ) -> Assessment:
        if assessment.sample is None:
            return assessment
        probe = assessment.sample.embedding
        own = _most_alike(probe, [t for t in templates if existing is not None and t.employee_id == existing.id])
        strangers = [t for t in templates if existing is None or t.employee_id != existing.id]
        others = _best(probe, [t for t in strangers if t.employee_id not in resembles])
        accept = self._thresholds(Gallery(probe.model_version, templates)).accept
        if others is not None and others.similarity >= accept and (own is None or own < others.similarity):
            return _refused(assessment, Reason.ALREADY_ENROLLED, f" (employee {others.employee_id})")
        if own is not None and own >= SAME_PHOTOGRAPH_SIMILARITY:
            return _refused(assessment, Reason.SAME_PHOTOGRAPH)
        if own is not None and own < self._alike:
            return _refused(assessment, Reason.DIFFERENT_PERSON)
        return assessment


def _find(session: Session, email: str) -> Employee | None:
    try:
        return crud.find_active(session, normalized_email(email))
    except ValueError as error:
        raise InvalidInput(f"the e-mail address cannot be taken: {error}") from error


def _require_active(session: Session, employee_id: int) -> Employee:
    employee = crud.find(session, employee_id)
    if employee is None:
        raise EmployeeNotFound(f"there is no employee {employee_id}")
    if not employee.is_active:
        raise EmployeeInactive(f"employee {employee.id} has been deactivated; restore them first")
    return employee


def _new(email: str, full_name: str | None, department: str | None) -> EmployeeCreate:
    if full_name is None:
        raise InvalidInput("nobody has this e-mail address yet; to enroll somebody new, give the name with --name")
    return EmployeeCreate.checked(full_name=full_name, email=email, department=department)


def _best(probe: Embedding, templates: Sequence[Template]) -> Candidate | None:
    return next(iter(Gallery(probe.model_version, templates).search(probe, 1)), None)


def _most_alike(probe: Embedding, templates: Sequence[Template]) -> float | None:
    return max((float(template.vector @ probe.vector) for template in templates), default=None)


def _agree(assessments: Sequence[Assessment], alike: float) -> list[Assessment]:
    """Refuse a photograph that is unlike all the others, and a second copy of one."""
    agreed: list[Assessment] = []
    for place, assessment in enumerate(assessments):
        if assessment.sample is None:
            agreed.append(assessment)
            continue
        probe = assessment.sample.embedding.vector
        similarities = {
            i: float(other.sample.embedding.vector @ probe)
            for i, other in enumerate(assessments)
            if i != place and other.sample is not None
        }
        if any(i < place and similarity >= SAME_PHOTOGRAPH_SIMILARITY for i, similarity in similarities.items()):
            agreed.append(_refused(assessment, Reason.SAME_PHOTOGRAPH))
        elif similarities and max(similarities.values()) < alike:
            agreed.append(_refused(assessment, Reason.DIFFERENT_PERSON))
        else:
            agreed.append(assessment)
    return agreed


def _refused(assessment: Assessment, reason: Reason, detail: str = "") -> Assessment:
    refused = SampleRefused(reason, REFUSAL_MESSAGES[reason].removesuffix(".") + f"{detail}.")
    return replace(assessment, sample=None, refused=refused)
