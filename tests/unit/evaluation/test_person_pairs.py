"""How often different people are alike, on made embeddings whose rates are known."""

import numpy as np
import pytest

from kiosk.domain.gallery import ImpostorTail
from kiosk.domain.types import Embedding
from kiosk.errors import ConfigurationError
from kiosk.evaluation.dataset import Person
from kiosk.evaluation.person_pairs import compare_people, tail_points
from kiosk.evaluation.samples_cache import CachedSample, SamplesCache

TAIL = ImpostorTail((0.0, 0.5, 0.8), (0.5, 0.1, 0.01), -0.5)


class MadeSamples(SamplesCache):
    """The photograph called "2-0.6" is person 2's and resembles those of the others by 0.6 squared."""

    model_version = "model@1"

    def __init__(self):
        pass

    def template(self, path):
        if path == "blurred":
            return CachedSample(None, None, "too_blurred")
        person, share = path.split("-")
        vector = np.zeros(20, np.float32)
        vector[int(person) + 1] = np.sqrt(1 - float(share) ** 2)
        vector[0] = float(share)
        return CachedSample(Embedding(vector, self.model_version), None, None)

    probe = template


def silent(*_):
    pass


def people(*photographs):
    return [Person(str(n), paths) for n, paths in enumerate(photographs)]


def test_two_people_count_once_however_many_photographs_there_are():
    """Person 0 has three photographs like person 1's, person 2 has one that is like nobody's."""
    pairs = compare_people(people(("0-0.9", "0-0.9", "0-0.9"), ("1-0.9",), ("2-0", "blurred")), MadeSamples(), silent)
    assert pairs.count == 2 * (3 * 1 + 3 * 1 + 1 * 1)
    assert pairs.mean == pytest.approx(0.81 / 3)
    _, half, strict = tail_points(pairs, TAIL)
    assert (half.fmr, half.similarity) == (0.1, 0.5)
    assert half.measured_fmr == strict.measured_fmr == pytest.approx(1 / 3)
    assert half.reached == 6
    assert strict.measured_similarity == pytest.approx(0.81)


def test_the_interval_covers_what_all_people_have_and_narrows_with_more_of_them():
    random = np.random.default_rng(3)
    widths = []
    for count in (6, 18):
        made = people(*((f"{n}-{share:.3f}",) for n, share in enumerate(random.uniform(0.5, 0.9, count))))
        point = tail_points(compare_people(made, MadeSamples(), silent), TAIL)[1]
        low, high = point.interval
        assert low <= point.measured_fmr <= high
        widths.append(high - low)
    assert widths[1] < widths[0]


@pytest.mark.parametrize("photographs", [((),), (("0-0.5",),), (("blurred",), ("blurred",))])
def test_one_person_can_be_compared_with_nobody(photographs):
    with pytest.raises(ConfigurationError, match="two people"):
        compare_people(people(*photographs), MadeSamples(), silent)
