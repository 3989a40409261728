"""No template without a consent, no more templates than are kept, and every change in the audit log."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
import pytest
from sqlalchemy import text

from db import audit_log
from db.consents import consents_of
from db.session import Database
from db.templates import templates_of
from kiosk.core.context import acting_as
from kiosk.domain.decision import Decider
from kiosk.domain.gallery import ImpostorTail
from kiosk.domain.quality import Measures, Quality
from kiosk.domain.types import Embedding, Image
from kiosk.employees import consent
from kiosk.employees.enrollment import Enrollment, PhotoToEnroll
from kiosk.employees.samples import Sample
from kiosk.employees.schemas import EmployeeCreate, EmployeeUpdate
from kiosk.employees.store import EmployeeStore
from kiosk.errors import ConsentRequired, InvalidInput
from support.database_rows import MODEL, face

TAIL = ImpostorTail((0.1, 0.2, 0.3, 0.4, 0.5), (1e-1, 1e-2, 1e-3, 1e-4, 1e-5))
MEASURES = Measures(90, 0.1, 0.5, 0, 1, 120, 40, 1, 0.95)
ANNA = ("anna@office.test", "Anna", "IT")
AGREED = consent.Consent(consent.CURRENT_VERSION)


@dataclass(frozen=True)
class FakeExtractor:
    """Knows faces by a number painted into the picture, and quality by a second one."""

    def extract(self, image_bgr: Image) -> Sample:
        variant, quality_percent = int(image_bgr[0, 0, 0]), int(image_bgr[0, 0, 1])
        vector = face(1) + 0.3 * face(100 + variant)
        return Sample(
            Embedding((vector / np.linalg.norm(vector)).astype(np.float32), MODEL),
            Quality(MEASURES, quality_percent / 100, ()),
            turn=0.0,
        )


def photo(variant: int, quality_percent: int = 50) -> PhotoToEnroll:
    image = np.full((2, 2, 3), (variant, quality_percent, 0), dtype=np.uint8)
    return PhotoToEnroll(f"photograph {variant}", lambda: image)


@pytest.fixture
def enrollment(database: Database) -> Enrollment:
    return Enrollment(FakeExtractor(), Decider(TAIL, 0.001), database, templates_per_person=3)  # type: ignore[arg-type]


def templates(database: Database, employee_id: int = 1) -> list[float | None]:
    with database.reading() as session:
        return [template.quality_score for template in templates_of(session, employee_id)]


def test_consent_is_written_down_with_every_enrollment(database: Database, enrollment: Enrollment) -> None:
    with acting_as("cli:anna"):
        enrollment.enroll(*ANNA, [photo(1)], AGREED)
    with acting_as("token:desk"):
        enrollment.enroll(*ANNA, [photo(2)], AGREED)
    with database.reading() as session:
        given = consents_of(session, 1)
        rows = audit_log.entries(session)
    assert [(one.text_version, one.recorded_by, one.revoked_at) for one in given] == [
        ("1", "cli:anna", None),
        ("1", "token:desk", None),
    ]
    assert [(row.actor, row.action) for row in rows] == [("cli:anna", "enroll"), ("token:desk", "enroll")]
    assert given[0].given_at <= given[1].given_at


def test_who_vouches_is_in_the_audit_log(database: Database, enrollment: Enrollment) -> None:
    with acting_as("payroll"):
        enrollment.enroll(*ANNA, [photo(1)], consent.answered_for(None, caller_vouches=True))
    with acting_as("token:desk"):
        enrollment.enroll(*ANNA, [photo(2)], consent.answered_for("1", caller_vouches=True))
    with database.reading() as session:
        given = consents_of(session, 1)
        details = [json.loads(row.details) for row in audit_log.entries(session)]
    assert [(one.text_version, one.recorded_by) for one in given] == [("1", "payroll"), ("1", "token:desk")]
    assert [each.get("vouched_by") for each in details] == ["payroll", None]


@pytest.mark.parametrize(
    ("version", "caller_vouches", "expected"),
    [
        pytest.param("1", False, consent.Consent("1"), id="named"),
        pytest.param(" 1 ", True, consent.Consent("1"), id="named and vouched"),
        pytest.param(None, True, consent.Consent(consent.CURRENT_VERSION, is_vouched=True), id="vouched"),
        pytest.param(None, False, ConsentRequired, id="neither"),
        pytest.param("99", True, InvalidInput, id="no such text"),
        pytest.param("", True, InvalidInput, id="empty"),
        pytest.param("../1", False, InvalidInput, id="path"),
    ],
)
def test_somebody_answers_for_a_consent(version, caller_vouches, expected):
    if isinstance(expected, consent.Consent):
        assert consent.answered_for(version, caller_vouches=caller_vouches) == expected
        return
    with pytest.raises(expected, match=f"current one is .*{consent.CURRENT_VERSION}") as refused:
        consent.answered_for(version, caller_vouches=caller_vouches)
    assert type(refused.value) is expected


def test_poorest_template_gives_way(database: Database, enrollment: Enrollment) -> None:
    for variant, quality_percent in ((1, 60), (2, 20), (3, 70)):
        enrollment.enroll(*ANNA, [photo(variant, quality_percent)], AGREED)
    assert templates(database) == [0.6, 0.2, 0.7]
    enrollment.enroll(*ANNA, [photo(4, 80)], AGREED)
    assert templates(database) == [0.6, 0.7, 0.8]
    enrollment.enroll(*ANNA, [photo(5, 10)], AGREED)
    assert templates(database) == [0.6, 0.7, 0.8], "the new one may be the poorest itself"
    with database.transaction() as session:
        session.execute(text("UPDATE embeddings SET quality_score = NULL WHERE quality_score > 0.75"))
    enrollment.enroll(*ANNA, [photo(6, 30)], AGREED)
    assert templates(database) == [0.6, 0.7, 0.3], "one without a quality is the poorest"


def test_texts_are_there_in_both_languages_and_every_version() -> None:
    assert consent.versions()[-1] == consent.CURRENT_VERSION
    for version in consent.versions():
        for language in consent.LANGUAGES:
            assert version in consent.text(language, version)
    with pytest.raises(InvalidInput):
        consent.text("en", "../1")


def test_every_change_of_a_person_is_audited_without_their_name(database: Database) -> None:
    store = EmployeeStore(database)
    with acting_as("token:desk"):
        anna = store.create(EmployeeCreate(full_name="Anna Karenina", email="anna@office.test"))
        store.update(anna.id, EmployeeUpdate(full_name="Anna Vronskaya", department="IT"))
        store.deactivate(anna.id)
        store.restore(anna.id)
    with database.reading() as session:
        rows = audit_log.entries(session)
    assert [(row.action, row.details) for row in rows] == [
        ("create", "{}"),
        ("edit", '{"fields": ["department", "full_name"]}'),
        ("deactivate", "{}"),
        ("restore", "{}"),
    ]
    assert {(row.actor, row.subject) for row in rows} == {("token:desk", "employee:1")}
