"""People before one camera and a simulated door, of made faces."""

import numpy as np
import pytest

from kiosk.core.opencv import cv2
from kiosk.domain.decision import Decider
from kiosk.domain.gallery import ImpostorTail
from kiosk.domain.types import Embedding
from kiosk.errors import ConfigurationError
from kiosk.evaluation.door_simulation import PersonSamples, Visit, simulate_door
from kiosk.evaluation.error_rates import IdentificationRates
from kiosk.evaluation.models import EvaluationModels
from kiosk.evaluation.one_camera import leave_one_out, read_one_camera
from kiosk.evaluation.proportion import Proportion, risk_ratio
from kiosk.evaluation.report import exact_percent, ratio_rows

MODEL = "model@1"
TAIL = ImpostorTail((0.204, 0.296, 0.364, 0.425, 0.476), (1e-1, 1e-2, 1e-3, 1e-4, 1e-5), 0.10)
DECIDER = Decider(TAIL, 0.001)


def silent(*_: object) -> None:
    pass


def of_length_1(vector: np.ndarray) -> np.ndarray:
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def crowd(count: int, alike: float, visits: int = 3, seed: int = 0) -> list[PersonSamples]:
    """People whose faces are about so much alike; each visit differs a little from the template."""
    random = np.random.default_rng(seed)
    people = []
    for _ in range(count):
        own = of_length_1(random.normal(size=200))
        face = np.concatenate([[np.sqrt(alike)], np.sqrt(1 - alike) * own])
        takes = [of_length_1(face + random.normal(size=201) * 0.02) for _ in range(visits + 1)]
        seen = tuple(Visit(((0.9, Embedding(take, MODEL)),)) for take in takes[1:])
        people.append(PersonSamples((Embedding(takes[0], MODEL),), seen))
    return people


def test_each_person_is_a_stranger_once_and_known_once():
    rates = leave_one_out(crowd(8, 0.1), DECIDER, silent, after=(0, 20))
    assert {(r.enrolled, r.after, r.fpir) for r in rates} == {
        (size, after, fpir) for size in (5, 7) for after in (0, 20) for fpir in (0.01, 0.001)
    }
    for rate in rates:
        assert (rate.recognised.count, rate.recognised.total) == (24, 24)
        assert (rate.strangers_named.count, rate.strangers_named.total) == (0, 24)
        assert rate.fmr.total == 24 * rate.enrolled


def test_measuring_raises_the_threshold_where_people_are_alike():
    usual, alike = (leave_one_out(crowd(12, share), DECIDER, silent, after=(20,))[-1] for share in (0.1, 0.4))
    assert alike.threshold > usual.threshold + 0.05
    assert alike.strangers_named.count == 0


def test_a_simulated_door_learns_and_one_wrong_enrollment_changes_little():
    people = dict(enumerate(crowd(30, 0.3)))
    strangers = [visit for person in crowd(20, 0.3, visits=1, seed=9) for visit in person.visits]
    right = simulate_door(people, strangers, DECIDER, days=5)
    (_, other), *_ = people[1].visits[0].samples
    wrong = simulate_door({**people, 0: PersonSamples((other,), people[0].visits)}, strangers, DECIDER, days=5)
    assert [day.day for day in right] == [1, 2, 3, 4, 5]
    assert right[-1].visits > right[0].visits > 20
    assert right[0].upper is not None
    assert right[-1].recognised.value == 1.0
    assert right[-1].strangers_named.count == right[-1].misidentified.count == 0
    assert wrong[-1].upper == pytest.approx(right[-1].upper, abs=0.02)


def test_a_visit_of_many_samples_is_decided_on_as_at_the_door():
    person, other = crowd(2, 0.0)
    two = simulate_door({0: person, 1: other}, [], DECIDER, days=1)
    assert two[0].upper is None, "two people are too few"
    samples = tuple(sample for visit in person.visits for sample in visit.samples)
    mixed = samples[:1] + tuple(sample for visit in other.visits for sample in visit.samples)[:2]
    days = simulate_door({0: person, 1: other}, [Visit(samples), Visit(samples[:2]), Visit(mixed)], DECIDER, days=1)
    assert days[0].strangers_named.count == 1, "three samples that agree, and no fewer"


@pytest.mark.parametrize("clips", [False, True])
def test_too_few_people_are_a_wrong_folder(tmp_path, clips):
    class Nobody:
        model_version = MODEL

        def detect(self, image_bgr):  # noqa: ARG002
            return ()

    (tmp_path / "anna").mkdir()
    cv2.imwrite(str(tmp_path / "anna" / "1.pgm"), np.zeros((112, 92), np.uint8))
    models = EvaluationModels(Nobody(), Nobody(), DECIDER)  # type: ignore[arg-type]
    with pytest.raises(ConfigurationError, match="holds 0 people"):
        read_one_camera(tmp_path, models, silent, clips=clips)
    with pytest.raises(ConfigurationError, match="cannot read"):
        read_one_camera(tmp_path / "none", models, silent, clips=clips)


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [
        pytest.param(0, 280, 0.0, 0.01309, id="none"),
        pytest.param(5, 20, 0.0866, 0.4910, id="a quarter"),
        pytest.param(20, 20, 0.8316, 1.0, id="all"),
        pytest.param(1, 10_920, 2.3e-6, 5.1e-4, id="one of many"),
    ],
)
def test_exact_intervals(count, total, low, high):
    assert Proportion(count, total).exact_interval == pytest.approx((low, high), rel=0.01, abs=1e-6)


def test_an_exact_share_in_words():
    assert exact_percent(Proportion(5, 20)) == "25.00% (8.66–49.10), 5 of 20"
    assert exact_percent(Proportion(0, 0)) == "—"


def test_groups_are_compared_by_ratios_with_their_intervals():
    assert risk_ratio(Proportion(20, 100), Proportion(10, 100)) == pytest.approx((2.0, 0.988, 4.05), rel=0.01)
    assert risk_ratio(Proportion(0, 100), Proportion(10, 100)) is None
    none = Proportion(0, 50)
    rates = {
        "men": IdentificationRates(Proportion(90, 100), none, Proportion(1, 50)),
        "women": IdentificationRates(Proportion(80, 100), none, none),
    }
    assert ratio_rows(rates) == [("women : men", "2.00 (0.99–4.05)", "—")]
