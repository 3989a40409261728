"""What a decision leaves behind: numbers that say which template carried it."""

import numpy as np
import pytest

from kiosk.domain.decision import Decider, Evidence
from kiosk.domain.decision_record import DecisionRecord
from kiosk.domain.gallery import Gallery, ImpostorTail, NearestTemplate
from kiosk.domain.liveness import LivenessAssessment, LivenessReason, LivenessVerdict
from kiosk.domain.types import Decision, Embedding, Template

MODEL = "model@1"
TAIL = ImpostorTail((0.349, 0.454, 0.535, 0.602), (1e-2, 1e-3, 1e-4, 1e-5))
ANNA, BORIS, CLARA = 7, 9, 11
AXES = np.eye(8, dtype=np.float32)
TEMPLATES = (Template(BORIS, AXES[3], 30), Template(ANNA, AXES[0], 10), Template(ANNA, AXES[1], 11))
GALLERY = Gallery(MODEL, [*TEMPLATES, Template(CLARA, AXES[5])])


def unit(*weights: float) -> Embedding:
    vector = np.zeros(8, np.float32)
    vector[: len(weights)] = weights
    return Embedding(vector / np.linalg.norm(vector), MODEL)


def decided(probe: Embedding, gallery: Gallery = GALLERY) -> Decision:
    evidence = Evidence()
    for i in range(40):
        evidence.add(probe, 0.5 + i / 100, gallery, i * 0.1)
    decision = Decider(TAIL, target_fpir=0.001).decide(evidence, gallery, 4.0)
    assert decision is not None
    return decision


def test_the_record_of_a_match_names_template_runner_up_and_threshold():
    record = decided(unit(0.9, 0.3, 0, 0.2)).record
    mean = (AXES[0] + AXES[1]) / np.sqrt(2)
    probe = unit(0.9, 0.3, 0, 0.2).vector
    assert (record.first_id, record.second_id, record.template_id) == (ANNA, BORIS, 10)
    assert record.first_similarity == pytest.approx(float(mean @ probe), abs=1e-5)
    assert record.template_similarity == pytest.approx(float(probe[0]), abs=1e-5)
    assert record.similarity_without_template == pytest.approx(float(probe[1]), abs=1e-5)
    assert record.margin == pytest.approx(float((mean - AXES[3]) @ probe), abs=1e-5)
    assert record.threshold_fmr == pytest.approx(TAIL.fmr_at(record.threshold))
    assert (record.person_count, record.sample_count, record.reasons) == (3, 40, ())
    assert record.qualities == pytest.approx((0.89, 0.88, 0.87, 0.86, 0.85))


def test_a_stranger_s_record_says_whom_they_resembled_and_why_that_was_not_enough():
    decision = decided(unit(0.1, 0, 0, 0.2, 0.9))
    assert decision.employee_id is None
    assert (decision.record.first_id, decision.record.reasons) == (BORIS, ("below_threshold", "samples_disagree"))
    assert decision.record.similarity_without_template is None  # Boris has one template


def test_in_an_empty_gallery_there_is_nobody_to_name():
    record = decided(unit(1), Gallery(MODEL, [])).record
    assert (record.first_id, record.second_id, record.template_id, record.margin) == (None, None, None, None)
    assert record.reasons == ("empty_gallery",)


def test_the_nearest_template_of_somebody_who_is_not_enrolled_is_none():
    assert GALLERY.nearest_template(8, unit(1)) is None
    assert GALLERY.nearest_template(CLARA, unit(0, 0, 0, 0, 0, 1)) == NearestTemplate(None, 1.0, None)


def test_a_record_comes_back_from_json_with_four_digits():
    record = decided(unit(0.9, 0.3, 0, 0.2)).record
    again = DecisionRecord.from_fields(record.to_fields())
    assert again.first_similarity == pytest.approx(record.first_similarity, rel=1e-3)
    assert (again.first_id, again.qualities, again.reasons) == (record.first_id, pytest.approx(record.qualities), ())


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(lambda fields: {**fields, "liveness": 0.9}, True, id="a field of a later version"),
        pytest.param(lambda fields: {k: v for k, v in fields.items() if k != "second_id"}, True, id="no runner-up"),
        pytest.param(lambda fields: {k: v for k, v in fields.items() if k != "threshold"}, False, id="no threshold"),
        pytest.param(lambda _: {}, False, id="empty"),
        pytest.param(lambda _: [1, 2], False, id="a list"),
    ],
)
def test_a_record_of_another_version_is_read_as_far_as_it_can_be(change, expected):
    fields = decided(unit(0.9, 0.3, 0, 0.2)).record.to_fields()
    assert (DecisionRecord.from_fields(change(fields)) is not None) is expected


def test_what_the_visit_says_of_a_live_person_goes_with_the_record_and_may_be_missing():
    record = decided(unit(0.9, 0.3, 0, 0.2)).record
    assert not {name for name in record.to_fields() if name.startswith("liveness")}
    seen = LivenessAssessment(LivenessVerdict.ATTACK, (LivenessReason.MOVES_WITH_SURROUND,), 0.41, 5, 0.0, 1.25)
    kept = record.with_liveness(seen).to_fields()
    assert (kept["liveness"], kept["liveness_reasons"]) == ("attack", ["moves_with_surround"])
    assert DecisionRecord.from_fields(kept) == DecisionRecord.from_fields(record.to_fields()).with_liveness(seen)
