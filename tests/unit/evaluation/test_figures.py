"""Error rates on made embeddings, against figures worked out by hand or by the slow way."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.decision import Decider
from kiosk.domain.gallery import Gallery, ImpostorTail
from kiosk.domain.types import Embedding, Template
from kiosk.errors import ConfigurationError
from kiosk.evaluation.dataset import Person
from kiosk.evaluation.error_rates import gallery_sizes, identification_rates, rates_by_gallery_size, rates_by_quality
from kiosk.evaluation.impostor_tail import measure_impostor_tail
from kiosk.evaluation.proportion import Proportion
from kiosk.evaluation.protocol import Transaction, TransactionResult, split_people
from kiosk.evaluation.scores import mated_similarity, non_mated_similarity, ranks_first
from kiosk.evaluation.verification import best_threshold

MODEL = "model@1"
TAIL = ImpostorTail((0.349, 0.454, 0.535, 0.602), (1e-2, 1e-3, 1e-4, 1e-5))
AXES = np.eye(40, dtype=np.float32)


def near(axis: int, similarity: float) -> Embedding:
    vector = AXES[axis] * similarity + AXES[39] * np.sqrt(1 - similarity**2)
    return Embedding(vector.astype(np.float32), MODEL)


def result(
    person: int, axis: int, similarity: float, named: int | None = None, enrolled: bool = True
) -> TransactionResult:
    return TransactionResult(
        Transaction(person, Path("x.jpg"), enrolled), named, (near(axis, similarity),), similarity, None
    )


REFUSED = TransactionResult(Transaction(0, Path("x.jpg"), True), None, (), None, "too_blurred")


@pytest.mark.parametrize(
    ("share", "low", "high"),
    [
        pytest.param(Proportion(0, 10), 0.0, 0.2775, id="none of ten"),
        pytest.param(Proportion(81, 263), 0.2553, 0.3662, id="81 of 263"),
        pytest.param(Proportion(10, 10), 0.7225, 1.0, id="all of ten"),
        pytest.param(Proportion(0, 0), 0.0, 1.0, id="nothing"),
    ],
)
def test_wilson_intervals(share, low, high):
    """The second line is Newcombe's example, Statistics in Medicine 17 (1998), method 3."""
    assert share.interval == pytest.approx((low, high), abs=1e-4)


def test_a_refused_sample_counts_as_missed():
    found = identification_rates(
        [result(0, 0, 0.9, named=0), result(0, 0, 0.9, named=3), REFUSED, result(9, 5, 0.4, enrolled=False)]
    )
    assert (found.recognised, found.misidentified, found.non_mated_identified) == (
        Proportion(1, 3),
        Proportion(1, 3),
        Proportion(0, 1),
    )


def test_bands_of_quality_hold_everybody_who_was_seen():
    found = rates_by_quality([result(0, 0, quality, named=0) for quality in np.linspace(0.2, 0.9, 10)] + [REFUSED])
    assert sum(band.recognised.total for band in found.values()) == 10


def test_sizes_end_with_everybody():
    assert gallery_sizes(409) == (10, 50, 100, 200, 409)
    assert gallery_sizes(7) == (7,)


def test_error_rates_of_a_whole_gallery():
    templates = [Template(person, AXES[person]) for person in range(10)]
    mated = [result(person, person, 0.9) for person in range(9)] + [result(9, 3, 0.8), REFUSED]
    non_mated = [result(20 + i, i % 10, 0.05 * i, enrolled=False) for i in range(20)]
    (found,) = rates_by_gallery_size([*mated, *non_mated], templates, MODEL, Decider(TAIL, 0.001))
    assert found.people == 10
    assert found.rank_1.value == pytest.approx(9 / 11)
    # Two strangers of twenty, at 0.95 and 0.90, may be named at 10 %: whoever comes at 0.9 is then a close call.
    (ten_percent, *_) = found.points
    assert 0.85 < ten_percent.threshold < 0.90
    assert ten_percent.fnir.value == pytest.approx(2 / 11)
    assert found.measured_fpir.value == pytest.approx(np.mean([0.05 * i >= found.threshold for i in range(20)]))


@given(
    st.lists(st.tuples(st.floats(-1, 1, width=32), st.booleans()), min_size=1, max_size=30),
)
def test_the_best_threshold_is_right_as_often_as_any(pairs):
    similarities = np.array([similarity for similarity, _ in pairs])
    same = np.array([is_same for _, is_same in pairs])

    def right(threshold: float) -> int:
        return int(np.sum((similarities >= threshold) == same))

    ties = len(np.unique(similarities)) < len(similarities)
    every = max(right(t) for t in [-2.0, *similarities, *np.nextafter(similarities, 2)])
    assert ties or right(best_threshold(similarities, same)) == every


def test_whoever_hardly_leads_the_second_is_not_named():
    gallery = Gallery(MODEL, [Template(0, AXES[0]), Template(1, AXES[1])])
    between = AXES[0] * 0.7 + AXES[1] * 0.6 + AXES[39] * np.sqrt(1 - 0.7**2 - 0.6**2)
    visit = TransactionResult(Transaction(0, Path("x"), True), None, (Embedding(between, MODEL),), 0.9, None)
    for similarity in (mated_similarity, non_mated_similarity):
        assert similarity(visit, gallery, margin=0.09) == pytest.approx(0.7)
        assert similarity(visit, gallery, margin=0.11) == -1


def test_whoever_has_one_photograph_is_a_stranger():
    people = [Person("Anna", (Path("a1"), Path("a2"), Path("a3"))), Person("Vera", (Path("v1"),))]
    protocol = split_people(people, 1)
    assert protocol.enrolled == {0: (Path("a1"),)}
    assert [(v.person, v.path.name, v.is_mated) for v in protocol.transactions] == [
        (0, "a2", True),
        (0, "a3", True),
        (1, "v1", False),
    ]
    with pytest.raises(ConfigurationError, match="more than 3 photographs"):
        split_people(people, 3)


def crowd(count: int, alike: float) -> tuple[list[Template], list[TransactionResult]]:
    """People whose faces share a part, so that different people are that similar on average."""
    generator = np.random.default_rng(3)
    vectors = generator.normal(size=(count, 64)) / 8
    vectors[:, 0] += np.sqrt(alike / (1 - alike)) if alike else 0
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    templates = [Template(n, vector) for n, vector in enumerate(vectors)]
    transactions = [Transaction(n, Path("x"), True) for n in range(count)]
    return templates, [
        TransactionResult(v, None, (Embedding(vectors[n], MODEL),), 0.9, None) for n, v in enumerate(transactions)
    ]


def test_the_best_of_many_looks_decides_a_visit():
    gallery = Gallery(MODEL, [Template(person, AXES[person]) for person in range(3)])
    attempts = (near(1, 0.5), near(0, 0.4), near(0, 0.8), near(2, 0.9))
    transaction = TransactionResult(Transaction(0, Path("x.jpg"), True), None, attempts, 0.9, None)
    assert non_mated_similarity(transaction, gallery) == pytest.approx(0.9)
    assert mated_similarity(transaction, gallery) == pytest.approx(0.8)
    assert not ranks_first(transaction, gallery)
    assert mated_similarity(REFUSED, gallery) == non_mated_similarity(REFUSED, gallery) == -1.0


def test_people_who_are_more_alike_raise_the_tail():
    plain, alike = (measure_impostor_tail(*crowd(300, share), TAIL) for share in (0.0, 0.2))
    assert plain.similarity_at(1e-4) < alike.similarity_at(1e-4)
    templates, results = crowd(300, 0.2)
    scores = np.array([[r.attempts[-1].vector @ t.vector for t in templates] for r in results])
    others = scores[~np.eye(300, dtype=bool)]
    assert np.mean(others >= alike.similarity_at(1e-3)) == pytest.approx(1e-3, rel=0.05)
    # 1e-5 cannot be seen among 300 people: it keeps the catalogue's distance to the rarest that can.
    assert alike.similarities[3] - alike.similarities[1] == pytest.approx(TAIL.similarities[3] - TAIL.similarities[1])


def test_too_few_people_cannot_calibrate():
    with pytest.raises(ConfigurationError, match="too few"):
        measure_impostor_tail(*crowd(20, 0.0), TAIL)
