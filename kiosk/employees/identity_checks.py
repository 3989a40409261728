"""Whether the photographs of an enrollment show one person, who is not enrolled as somebody else."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from kiosk.domain.decision import Decider
from kiosk.domain.gallery import Gallery
from kiosk.domain.quality import Reason
from kiosk.domain.refusal_messages import REFUSAL_MESSAGES
from kiosk.domain.types import Candidate, Template
from kiosk.employees.samples import SAME_PHOTOGRAPH_SIMILARITY, Sample
from kiosk.errors import SampleRefused

LOOK_ALIKES_TOLD = 3


@dataclass(frozen=True, slots=True)
class Assessment:
    """What became of one photograph: its sample, or why it was refused."""

    name: str
    sample: Sample | None = None
    refused: SampleRefused | None = None


class EnrolledFaces:
    """Everybody who is enrolled with one model: what the samples of an enrollment are compared with.

    Args:
        decider: compares.
        model_version: of the model.
        templates: of it.
        seconds: those of the other network, while the office changes from one to another; None when it does not.
    """

    def __init__(
        self,
        decider: Decider,
        model_version: str,
        templates: Sequence[Template],
        seconds: Sequence[Template] | None = None,
    ) -> None:
        self._decider = decider
        self._seconds = seconds
        self._templates = tuple(templates)
        self._gallery = Gallery(model_version, templates)

    def find(self, sample: Sample, but: Collection[int] = ()) -> int | None:
        """Return the id of the employee whom a sample would be taken for, other than `but`; None for nobody."""
        duplicate = self._decider.duplicate_of(sample.embedding, self._gallery, but)
        return None if duplicate is None else duplicate.employee_id

    def check(self, assessment: Assessment, employee_id: int | None, resembles: Collection[int] = ()) -> Assessment:
        """Refuse a sample of somebody else, and a photograph that the person is enrolled with already.

        While the office changes its network, the photographs that people were enrolled from serve the new one.

        Args:
            assessment: of one photograph.
            employee_id: whose photograph it is said to be; None for somebody new.
            resembles: employees who are known to be other people, alike as they look.
        """
        if assessment.sample is None:
            return assessment
        probe = assessment.sample.embedding
        own = max(
            (float(t.vector @ probe.vector) for t in self._templates if t.employee_id == employee_id), default=None
        )
        but = [*resembles] if employee_id is None else [*resembles, employee_id]
        duplicate = self._decider.duplicate_of(probe, self._gallery, but)
        if duplicate is not None and (own is None or own < duplicate.similarity):
            return _refused(assessment, Reason.ALREADY_ENROLLED, f" (employee {duplicate.employee_id})")
        if own is not None and own >= SAME_PHOTOGRAPH_SIMILARITY:
            return self._check_known(assessment, assessment.sample, employee_id)
        if own is not None and not self._decider.is_same_person(own):
            return _refused(assessment, Reason.DIFFERENT_PERSON)
        return assessment

    def _check_known(self, assessment: Assessment, sample: Sample, employee_id: int | None) -> Assessment:
        """Refuse a photograph that the person is enrolled with, unless the other network has not seen it yet."""
        second = sample.second
        if self._seconds is None or second is None:
            return _refused(assessment, Reason.SAME_PHOTOGRAPH)
        own = (float(t.vector @ second.vector) for t in self._seconds if t.employee_id == employee_id)
        if max(own, default=-1.0) >= SAME_PHOTOGRAPH_SIMILARITY:
            return _refused(assessment, Reason.SAME_PHOTOGRAPH)
        return replace(assessment, sample=replace(sample, is_known=True))

    def look_alikes(self, employee_id: int, samples: Sequence[Sample]) -> tuple[Candidate, ...]:
        """Return the others whom the door may mix up with somebody who has just been enrolled from these samples."""
        own = [Template(employee_id, sample.embedding.vector) for sample in samples]
        others = [template for template in self._templates if template.employee_id != employee_id]
        gallery = Gallery(self._gallery.model_version, [*others, *own])
        return self._decider.look_alikes(employee_id, gallery, LOOK_ALIKES_TOLD)


def agree(assessments: Sequence[Assessment], decider: Decider) -> tuple[Assessment, ...]:
    """Refuse a photograph that is unlike all the others, and a second copy of one."""
    return tuple(_among(assessments, place, decider) for place in range(len(assessments)))


def _among(assessments: Sequence[Assessment], place: int, decider: Decider) -> Assessment:
    assessment = assessments[place]
    if assessment.sample is None:
        return assessment
    probe = assessment.sample.embedding.vector
    similarities = {
        i: float(other.sample.embedding.vector @ probe)
        for i, other in enumerate(assessments)
        if i != place and other.sample is not None
    }
    if any(i < place and similarity >= SAME_PHOTOGRAPH_SIMILARITY for i, similarity in similarities.items()):
        return _refused(assessment, Reason.SAME_PHOTOGRAPH)
    if similarities and not decider.is_same_person(max(similarities.values())):
        return _refused(assessment, Reason.DIFFERENT_PERSON)
    return assessment


def _refused(assessment: Assessment, reason: Reason, detail: str = "") -> Assessment:
    refused = SampleRefused(reason, REFUSAL_MESSAGES[reason].removesuffix(".") + f"{detail}.")
    return replace(assessment, sample=None, refused=refused)
