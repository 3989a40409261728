"""Twins: told of at enrolling, enrolled when the administrator says so, and kept apart at the door."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest

from db.session import Database
from db.templates import DatabaseTemplates
from kiosk.domain.decision import Decider
from kiosk.domain.gallery import ImpostorTail
from kiosk.domain.quality import Measures, Quality, Reason
from kiosk.domain.types import Embedding, Image
from kiosk.employees.consent import CURRENT_VERSION, Consent
from kiosk.employees.enrollment import Enrollment, EnrollmentResult, PhotoToEnroll
from kiosk.employees.samples import Sample
from support.database_rows import MODEL, face

TAIL = ImpostorTail((0.1, 0.2, 0.3, 0.4, 0.5), (1e-1, 1e-2, 1e-3, 1e-4, 1e-5))
MEASURES = Measures(90, 0.1, 0.5, 0, 1, 100, 40, 1, 0.95)


@dataclass
class FakeExtractor:
    """Everybody's face is the first one's, as far as likeness goes."""

    likeness: float = 1.0
    taken: list[float] = field(default_factory=list)

    def extract(self, image_bgr: Image) -> Sample:  # noqa: ARG002
        across = face(2) - face(1) * float(face(1) @ face(2))
        vector = self.likeness * face(1) + (1 - self.likeness**2) ** 0.5 * across / np.linalg.norm(across)
        return Sample(Embedding(vector.astype(np.float32), MODEL), Quality(MEASURES, 0.9, ()), turn=0.0)


@pytest.fixture
def extractor() -> FakeExtractor:
    return FakeExtractor()


@pytest.fixture
def enrollment(database: Database, extractor: FakeExtractor) -> Enrollment:
    return Enrollment(extractor, Decider(TAIL, 0.001), database)  # type: ignore[arg-type]


def enroll(enrollment: Enrollment, name: str, *resembles: int) -> EnrollmentResult:
    photograph = PhotoToEnroll(name, lambda: np.zeros((2, 2, 3), np.uint8))
    return enrollment.enroll(
        f"{name}@office.test", name, None, [photograph], Consent(CURRENT_VERSION), resembles=resembles
    )


def test_a_twin_is_refused_until_somebody_says_that_it_is_one(database, extractor, enrollment):
    anna = enroll(enrollment, "anna").employee
    extractor.likeness = 0.8
    refused = enroll(enrollment, "hanna")
    assert refused.employee is None
    assert refused.assessments[0].refused.reason == Reason.ALREADY_ENROLLED
    hanna = enroll(enrollment, "hanna", anna.id)
    assert hanna.employee is not None
    assert [c.employee_id for c in hanna.look_alikes] == [anna.id]
    assert hanna.look_alikes[0].similarity == pytest.approx(0.8, abs=0.01)
    assert {t.employee_id for t in DatabaseTemplates(database).load_templates(MODEL)} == {anna.id, hanna.employee.id}


def test_who_looks_somewhat_alike_is_told_of_and_enrolled(extractor, enrollment):
    anna = enroll(enrollment, "anna").employee
    extractor.likeness = 0.35  # between the similarities of FPIR 1 % and 0.1 %
    result = enroll(enrollment, "boris")
    assert result.employee is not None
    assert [c.employee_id for c in result.look_alikes] == [anna.id]


def test_who_looks_like_nobody_is_enrolled_without_a_word(extractor, enrollment):
    enroll(enrollment, "anna")
    extractor.likeness = 0.1
    assert enroll(enrollment, "clara").look_alikes == ()
