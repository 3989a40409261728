from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.gallery import Gallery, ImpostorTail
from kiosk.domain.types import Embedding, Template

MODEL = "model@1"
TAIL = ImpostorTail((0.349, 0.454, 0.535, 0.602), (1e-2, 1e-3, 1e-4, 1e-5))


def unit(rng: np.random.Generator, count: int, dimension: int = 16) -> np.ndarray:
    vectors = rng.normal(size=(count, dimension)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def slow_means(templates: list[Template]) -> dict[int, list[float]]:
    means: dict[int, list[float]] = {}
    for person in {template.employee_id for template in templates}:
        vectors = [template.vector for template in templates if template.employee_id == person]
        total = [sum(float(vector[i]) for vector in vectors) for i in range(len(vectors[0]))]
        length = sum(x * x for x in total) ** 0.5
        means[person] = [x / length for x in total]
    return means


def slow_search(templates: list[Template], probe: Sequence[float], count: int) -> list[tuple[int, float]]:
    similarities = {
        person: sum(a * float(b) for a, b in zip(mean, probe, strict=True))
        for person, mean in slow_means(templates).items()
    }
    return sorted(similarities.items(), key=lambda item: -item[1])[:count]


@given(seed=st.integers(0, 2**32 - 1), people=st.integers(1, 12), each=st.integers(1, 4), count=st.integers(1, 5))
def test_search_agrees_with_the_slow_oracle(seed, people, each, count):
    rng = np.random.default_rng(seed)
    ids = rng.permutation(np.repeat(rng.choice(10_000, people, replace=False), each))
    templates = [Template(int(i), v) for i, v in zip(ids, unit(rng, len(ids)), strict=True)]
    probe = unit(rng, 1)[0]
    found = Gallery(MODEL, templates).search(Embedding(probe, MODEL), count)
    expected = slow_search(templates, probe, count)
    assert [c.employee_id for c in found] == [employee_id for employee_id, _ in expected]
    assert np.allclose([c.similarity for c in found], [similarity for _, similarity in expected], atol=1e-5)


def test_an_empty_gallery_finds_nobody():
    gallery = Gallery(MODEL, [])
    assert gallery.search(Embedding(np.full(4, 0.5, np.float32), MODEL)) == ()
    assert (gallery.template_count, gallery.person_count) == (0, 0)


def test_a_probe_of_another_model_is_refused():
    with pytest.raises(ValueError, match="cannot be searched"):
        Gallery(MODEL, []).search(Embedding(np.full(4, 0.5, np.float32), "model@2"))


@pytest.mark.parametrize(
    "vector", [np.full(4, np.nan), np.zeros(4), np.full(4, 3.0)], ids=["not a number", "zero", "too long"]
)
def test_a_template_that_is_no_unit_vector_is_refused(vector):
    with pytest.raises(ValueError, match="length 1"):
        Gallery(MODEL, [Template(1, vector.astype(np.float32))])


def test_the_tail_passes_through_its_points():
    for similarity, fmr in zip(TAIL.similarities, TAIL.fmr, strict=True):
        assert TAIL.similarity_at(fmr) == pytest.approx(similarity)
        assert TAIL.fmr_at(similarity) == pytest.approx(fmr)


@given(st.floats(1e-9, 0.5), st.floats(1e-9, 0.5))
def test_a_rarer_error_needs_a_higher_similarity(a, b):
    low, high = sorted((a, b))
    assert TAIL.similarity_at(low) >= TAIL.similarity_at(high)


@given(st.floats(-1.0, 0.9))
def test_rate_and_similarity_are_inverse(similarity):
    fmr = TAIL.fmr_at(similarity)
    if fmr < 1:
        assert TAIL.similarity_at(fmr) == pytest.approx(similarity, abs=1e-6)


@pytest.mark.parametrize(("count", "expected"), [(100, 0.533), (1680, 0.618)])
def test_the_threshold_rises_with_the_gallery(count, expected):
    assert TAIL.threshold(0.01, count) == pytest.approx(expected, abs=0.01)
    assert 1 - (1 - TAIL.fmr_at(TAIL.threshold(0.01, count))) ** count == pytest.approx(0.01, rel=1e-3)


@pytest.mark.parametrize(
    ("similarities", "fmr"),
    [((0.3,), (0.1,)), ((0.3, 0.2), (0.1, 0.01)), ((0.2, 0.3), (0.01, 0.1)), ((0.2, 0.3), (0.1, 0.0))],
    ids=["one point", "similarities fall", "rates rise", "a rate of zero"],
)
def test_a_tail_that_makes_no_sense_is_refused(similarities, fmr):
    with pytest.raises(ValueError, match="impostor tail"):
        ImpostorTail(similarities, fmr)


@given(seed=st.integers(0, 2**32 - 1), people=st.integers(2, 9), each=st.integers(1, 4))
def test_the_nearest_other_agrees_with_the_slow_oracle(seed, people, each):
    rng = np.random.default_rng(seed)
    ids = rng.permutation(np.repeat(rng.choice(10_000, people, replace=False), each))
    templates = [Template(int(i), v) for i, v in zip(ids, unit(rng, len(ids)), strict=True)]
    person = int(ids[0])
    own = slow_means(templates)[person]
    others = [template for template in templates if template.employee_id != person]
    expected = slow_search(others, own, 1)[0]
    found = Gallery(MODEL, templates).nearest_other(person)
    assert (found.employee_id, found.similarity) == (expected[0], pytest.approx(expected[1], abs=1e-5))


def test_who_is_alone_or_not_there_has_no_nearest_other():
    rng = np.random.default_rng(1)
    first, second = unit(rng, 2)
    assert Gallery(MODEL, [Template(5, first)]).nearest_other(5) is None
    assert Gallery(MODEL, [Template(5, first), Template(7, second)]).nearest_other(6) is None
    assert Gallery(MODEL, []).nearest_other(5) is None


def test_one_bad_template_of_three_does_not_name_its_owner():
    rng = np.random.default_rng(3)
    good, bad = unit(rng, 2)
    gallery = Gallery(MODEL, [Template(1, good), Template(1, good), Template(1, bad)])
    by_bad, by_good = (gallery.search(Embedding(vector, MODEL))[0].similarity for vector in (bad, good))
    assert by_bad < 0.6
    assert by_good > 0.9


def test_templates_that_cancel_one_another_find_nobody():
    vector = unit(np.random.default_rng(4), 1)[0]
    found = Gallery(MODEL, [Template(1, vector), Template(1, -vector)]).search(Embedding(vector, MODEL))
    assert found[0].similarity == pytest.approx(0, abs=1e-3)


def test_further_templates_of_a_person_count_less_than_further_people():
    rng = np.random.default_rng(2)
    vectors = unit(rng, 6)
    six_people = Gallery(MODEL, [Template(i, v) for i, v in enumerate(vectors)])
    two_people = Gallery(MODEL, [Template(i // 3, v) for i, v in enumerate(vectors)])
    assert six_people.comparisons == 6
    assert 2 < two_people.comparisons < 6
    assert Gallery(MODEL, []).comparisons == 0
