from dataclasses import replace

import numpy as np
import pytest

from kiosk.domain.decision import Decider, Evidence
from kiosk.domain.gallery import Gallery, ImpostorTail
from kiosk.domain.thresholds import strangers_named_a_year, thresholds
from kiosk.domain.types import Decision, DecisionStatus, Embedding, Template

MODEL = "model@1"
TAIL = ImpostorTail((0.349, 0.454, 0.535, 0.602), (1e-2, 1e-3, 1e-4, 1e-5))
ANNA, BORIS = 7, 9
AXES = np.eye(8, dtype=np.float32)


def towards(*weights: float) -> Embedding:
    """An embedding whose cosine with the first axes is given; the rest points elsewhere."""
    vector = np.zeros(8, np.float32)
    vector[: len(weights)] = weights
    vector[7] = np.sqrt(max(0.0, 1 - float((vector**2).sum())))
    return Embedding(vector, MODEL)


GALLERY = Gallery(MODEL, [Template(ANNA, AXES[0]), Template(BORIS, AXES[1])])
DECIDER = Decider(TAIL, target_fpir=0.001)
SAME_FACE = DECIDER.same_face_similarity


def decide(samples: list[Embedding], gallery: Gallery = GALLERY, step_s: float = 0.04) -> Decision | None:
    evidence = Evidence()
    for i, sample in enumerate(samples):
        evidence.add(sample, 0.8, gallery, i * step_s)
    return DECIDER.decide(evidence, gallery, (len(samples) - 1) * step_s)


@pytest.mark.parametrize(
    ("samples", "expected"),
    [
        pytest.param([towards(0.9)] * 3, Decision(DecisionStatus.MATCH, ANNA), id="three good samples"),
        pytest.param([towards(0.9)] * 2, None, id="two are too few"),
        pytest.param([towards(0.5)] * 3, None, id="below the threshold, early"),
        pytest.param([towards(0.5)] * 40, Decision(DecisionStatus.LOW_CONFIDENCE), id="between the thresholds"),
        pytest.param([towards(0.1)] * 40, Decision(DecisionStatus.UNKNOWN), id="nobody"),
        pytest.param([towards(0.70, 0.68)] * 40, Decision(DecisionStatus.LOW_CONFIDENCE), id="two alike"),
        pytest.param([towards(0.72), towards(0, 0.69), towards(0.72)], None, id="samples disagree"),
    ],
)
def test_what_the_evidence_says(samples, expected):
    decision = decide(samples)
    assert (decision and (decision.status, decision.employee_id)) == (
        expected and (expected.status, expected.employee_id)
    )


def test_a_match_carries_its_numbers():
    decision = decide([towards(0.9, 0.2)] * 3)
    assert decision.similarity == pytest.approx(0.9, abs=1e-5)
    assert decision.margin == pytest.approx(0.7, abs=1e-5)
    assert decision.reasons == ()


def test_nobody_is_known_in_an_empty_gallery():
    assert decide([towards(0.9)] * 40, Gallery(MODEL, [])).reasons == ("empty_gallery",)


def test_a_similarity_that_is_not_a_number_never_matches():
    broken = Embedding(np.full(8, np.nan, np.float32), MODEL)
    decision = decide([broken] * 40)
    assert decision.status is DecisionStatus.UNKNOWN
    assert DECIDER.decide_probe(broken, GALLERY).status is DecisionStatus.UNKNOWN
    assert DECIDER.duplicate_of(broken, GALLERY) is None
    assert not DECIDER.is_same_person(float("nan"))


TWINS = Gallery(MODEL, [Template(ANNA, AXES[0]), Template(BORIS, towards(0.98, np.sqrt(1 - 0.98**2)).vector)])


@pytest.mark.parametrize(
    ("probe", "gallery", "but", "duplicate"),
    [
        pytest.param(towards(0.9), GALLERY, (), ANNA, id="enrolled"),
        pytest.param(towards(0.9), GALLERY, (ANNA,), None, id="the person themselves"),
        pytest.param(towards(0.5), GALLERY, (), None, id="below the threshold"),
        pytest.param(towards(0.99), TWINS, (), ANNA, id="one of two alike, whoever it is"),
        pytest.param(towards(0.99), TWINS, (ANNA,), BORIS, id="the other one of two alike"),
        pytest.param(towards(0.99), TWINS, (ANNA, BORIS), None, id="both known to be others"),
        pytest.param(towards(0.9), Gallery(MODEL, []), (), None, id="nobody enrolled"),
    ],
)
def test_who_is_enrolled_with_a_face_already(probe, gallery, but, duplicate):
    found = DECIDER.duplicate_of(probe, gallery, but)
    assert (found and found.employee_id) == duplicate


def test_look_alikes_are_those_who_reach_the_second_look():
    sister = Gallery(MODEL, [Template(ANNA, AXES[0]), Template(BORIS, towards(0.5, 0.6).vector)])
    assert DECIDER.thresholds(sister).review < 0.5 < DECIDER.thresholds(sister).accept
    assert [c.employee_id for c in DECIDER.look_alikes(ANNA, sister, 3)] == [BORIS]
    assert DECIDER.look_alikes(ANNA, GALLERY, 3) == ()


def test_a_part_of_a_gallery_may_be_searched_by_the_thresholds_of_the_whole():
    crowd = Gallery(MODEL, [Template(n, towards(np.cos(n), np.sin(n)).vector) for n in range(400)])
    probe = towards(DECIDER.thresholds(GALLERY).accept + 0.01)
    assert DECIDER.decide_probe(probe, GALLERY).employee_id == ANNA
    assert DECIDER.decide_probe(probe, GALLERY, DECIDER.thresholds(crowd)).employee_id is None


def test_another_face_is_noticed():
    evidence = Evidence()
    assert evidence.is_same_face(towards(0.9), GALLERY, SAME_FACE)
    evidence.add(towards(0.9), 0.8, GALLERY, 0.0)
    assert evidence.is_same_face(towards(0.8), GALLERY, SAME_FACE)
    assert not evidence.is_same_face(towards(0.0, 1.0), GALLERY, SAME_FACE)


def test_how_alike_samples_of_one_face_are_depends_on_the_network():
    other_scale = replace(DECIDER, tail=ImpostorTail((0.296, 0.364, 0.425), (1e-2, 1e-3, 1e-4)))
    evidence, sample = Evidence(), towards(0.41, 0.0, 0.9)
    evidence.add(Embedding(AXES[0], MODEL), 0.8, GALLERY, 0.0)
    assert not evidence.is_same_face(sample, Gallery(MODEL, []), SAME_FACE)
    assert evidence.is_same_face(sample, Gallery(MODEL, []), other_scale.same_face_similarity)


def test_a_look_alike_in_the_place_of_somebody_known_is_noticed():
    evidence = Evidence()
    for i in range(5):
        evidence.add(towards(0.9, 0.3), 0.8, GALLERY, i * 0.1)
    evidence.decision = DECIDER.decide(evidence, GALLERY, 0.4)
    assert evidence.decision.employee_id == ANNA
    look_alike = towards(0.40, 0.85)  # above the bar for the same face, and clearly Boris
    assert evidence.fused().vector @ look_alike.vector > SAME_FACE
    assert not evidence.is_same_face(look_alike, GALLERY, SAME_FACE)
    assert evidence.is_same_face(towards(0.75, 0.6), GALLERY, SAME_FACE)


def test_the_bar_is_higher_for_people_who_look_alike():
    twins = Gallery(MODEL, [Template(ANNA, AXES[0]), Template(BORIS, towards(0.8, 0.6).vector)])
    known, doubtful = (decide([sample] * 40, twins) for sample in (towards(0.95, 0.05), towards(0.78, -0.3)))
    assert (known.status, known.employee_id) == (DecisionStatus.MATCH, ANNA)
    assert doubtful.status is DecisionStatus.LOW_CONFIDENCE
    assert doubtful.reasons == ("look_alike",)
    assert decide([towards(0.78, -0.3)] * 40).employee_id == ANNA


def test_one_poor_sample_does_not_take_back_a_match():
    evidence = Evidence()
    for i in range(5):
        evidence.add(towards(0.95), 0.9, GALLERY, i * 0.1)
    evidence.decision = DECIDER.decide(evidence, GALLERY, 0.4)
    evidence.add(towards(0.0, 0.3), 0.1, GALLERY, 2.0)
    assert DECIDER.decide(evidence, GALLERY, 2.0).employee_id == ANNA


def test_who_has_left_the_gallery_is_asked_again():
    without_anna = Gallery(MODEL, [Template(BORIS, AXES[1])])
    evidence = Evidence()
    for i in range(20):
        evidence.add(towards(0.95), 0.9, GALLERY, i * 0.1)
    evidence.decision = DECIDER.decide(evidence, GALLERY, 2.0)
    for i in range(3):
        evidence.add(towards(0.95), 0.9, without_anna, 3 + i * 0.1)
    assert DECIDER.decide(evidence, without_anna, 3.3).status is DecisionStatus.UNKNOWN


@pytest.mark.parametrize("count", [1, 2, 100, 10_000])
def test_thresholds_keep_their_order_and_floor(count):
    limits = thresholds(TAIL, 0.001, count)
    assert TAIL.similarity_at(1e-4) <= limits.accept <= 1
    assert limits.review <= limits.accept


def test_a_visit_counts_for_more_than_a_single_search():
    """The first look of many that suffices decides, so the threshold of one look would name too many strangers."""
    assert thresholds(TAIL, 0.001, 500).accept == TAIL.threshold(0.001, 1000) > TAIL.threshold(0.001, 500)


def test_strangers_named_a_year_follow_from_the_target():
    accept = thresholds(TAIL, 0.001, 500).accept
    assert strangers_named_a_year(TAIL, accept, 500, 20) == pytest.approx(0.001 * 20 * 365.25)
    assert strangers_named_a_year(TAIL, accept + 0.05, 500, 20) < 0.3 * 0.001 * 20 * 365.25


def test_a_decider_made_from_another_one_keeps_its_own_threshold():
    lenient = Decider(TAIL, 0.1)
    crowd = Gallery(MODEL, [Template(n, towards(np.cos(n), np.sin(n)).vector) for n in range(400)])
    before = lenient.thresholds(crowd).accept
    assert replace(lenient, target_fpir=0.0001).thresholds(crowd).accept > before
    assert lenient.thresholds(crowd).accept == before


def test_single_samples_need_not_reach_what_the_fused_ones_must():
    """Half of each sample is Anna and the rest something else each time: together they are sure."""
    samples = [Embedding(0.5 * AXES[0] + np.sqrt(0.75, dtype=np.float32) * AXES[other], MODEL) for other in range(2, 7)]
    assert float(samples[0].vector @ AXES[0]) < DECIDER.thresholds(GALLERY).accept
    assert decide(samples).employee_id == ANNA


def crowd_of(count: int, similarity: float) -> Gallery:
    """The first axis, and others who all resemble a visitor of the second axis this much."""
    others = [towards(0.0, similarity, *(float(k == n) * 0.5 for k in range(count))).vector for n in range(count)]
    return Gallery(MODEL, [Template(1, AXES[0]), *(Template(2 + n, v) for n, v in enumerate(others))])


@pytest.mark.parametrize(
    ("mean", "resembles", "named"),
    [
        pytest.param(0.02, 0.0, 1, id="like one alone"),
        pytest.param(0.02, 0.45, None, id="like everybody"),
        pytest.param(None, 0.45, 1, id="a tail without a mean"),
        pytest.param(0.32, 0.45, 1, id="a network that finds everybody alike"),
    ],
)
def test_whoever_resembles_everybody_has_to_resemble_one_person_more(mean, resembles, named):
    decider = replace(DECIDER, tail=replace(TAIL, mean=mean))
    known = crowd_of(4, resembles)
    probe = towards(0.66, np.sqrt(1 - 0.66**2))
    assert decider.decide_probe(probe, known).employee_id == named


def test_a_threshold_is_careful_until_the_door_has_measured_and_follows_its_rise_then():
    floor = {
        rise: replace(DECIDER, rise=lambda rise=rise: rise).thresholds(GALLERY).accept for rise in (None, 0.0, 0.1)
    }
    assert floor[None] == pytest.approx(TAIL.similarity_at(1e-5))
    assert floor[0.0] == pytest.approx(TAIL.similarity_at(1e-4))
    assert floor[0.1] == pytest.approx(floor[0.0] + 0.1)
