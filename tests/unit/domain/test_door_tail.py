"""What a door's histogram says of how much alike people are before it."""

import numpy as np
import pytest

from kiosk.domain.cohort import cohort_excess, relative_similarities
from kiosk.domain.door_tail import BIN_COUNT, DoorHistogram, measure_door_tail
from kiosk.domain.gallery import ImpostorTail

TAIL = ImpostorTail((0.204, 0.296, 0.364, 0.425, 0.476), (1e-1, 1e-2, 1e-3, 1e-4, 1e-5), 0.10)


def drawn(rise: float, count: int, generator: np.random.Generator) -> np.ndarray:
    """Similarities of different people whose tail lies this much above the catalogue's."""
    rates = generator.uniform(1e-6, 1, count)
    grid = np.linspace(-0.1, 0.6, 2000)
    fmr = ImpostorTail((0.10, *TAIL.similarities), (0.5, *TAIL.fmr)).fmrs_at(grid)
    return np.interp(-np.log(rates), -np.log(fmr), grid) + rise


def door(rise: float, people: int, days: int = 1, seed: int = 0) -> DoorHistogram:
    """Each of the people comes once a day; a pair is as much alike on every day."""
    generator = np.random.default_rng(seed)
    pairs = drawn(rise, people * people, generator).reshape(people, people)
    pairs = np.triu(pairs) + np.triu(pairs, 1).T
    histogram = DoorHistogram()
    for _ in range(days):
        for visitor in range(people):
            histogram = histogram.with_visit(np.delete(pairs[visitor], visitor), visitor + 1)
    return histogram


@pytest.mark.parametrize("rise", [0.0, 0.05, 0.2])
@pytest.mark.parametrize("people", [10, 40, 150])
def test_the_rise_is_found_and_its_bound_holds_19_times_in_20(rise, people):
    tails = [measure_door_tail(door(rise, people, seed=seed), TAIL) for seed in range(20)]
    assert np.mean([t.expected for t in tails]) == pytest.approx(rise, abs=0.012)
    assert sum(t.upper >= rise for t in tails) >= 16


def test_the_bound_comes_nearer_with_more_people_and_not_with_more_days():
    few, many = (measure_door_tail(door(0.05, people), TAIL) for people in (6, 100))
    again = measure_door_tail(door(0.05, 6, days=50), TAIL)
    assert few.upper - few.expected > 1.5 * (many.upper - many.expected)
    assert again.upper == pytest.approx(few.upper, abs=1e-6)
    assert door(0.05, 6, days=50).pairs == door(0.05, 6).pairs == 15


@pytest.mark.parametrize(
    "histogram",
    [
        pytest.param(DoorHistogram(), id="nobody"),
        pytest.param(door(0.0, 4), id="four people"),
        pytest.param(door(0.0, 4, days=100), id="four people on a hundred days"),
    ],
)
def test_a_few_people_measure_nothing(histogram):
    assert measure_door_tail(histogram, TAIL) is None


def test_five_people_measure_something():
    assert measure_door_tail(door(0.0, 5), TAIL).pairs == 10


def test_the_bound_is_never_below_the_catalogue():
    assert measure_door_tail(door(-0.1, 100), TAIL).upper == 0.0


def test_one_pair_that_is_one_person_moves_little():
    """As when somebody came under another's name all month: their own face is another's to the histogram."""
    honest = door(0.0, 150)
    spoilt = honest.with_visit(np.array([0.8] * 1 + [0.1] * 148), 150)
    assert measure_door_tail(spoilt, TAIL).upper <= measure_door_tail(honest, TAIL).upper + 0.01


def test_a_tail_without_a_mean_is_measured_from_its_first_point_on():
    plain = ImpostorTail(TAIL.similarities, TAIL.fmr)
    assert measure_door_tail(door(0.1, 40), plain).expected == pytest.approx(0.1, abs=0.02)


def test_what_lies_outside_the_bins_counts_in_the_outermost():
    histogram = DoorHistogram().with_visit(np.array([-0.9, 1.0, 0.0]), 1)
    assert histogram.counts[0] == histogram.counts[-1] == 1
    assert histogram.comparisons == 3
    assert len(histogram.counts) == BIN_COUNT


@pytest.mark.parametrize(
    ("mean", "others", "typical", "excess"),
    [
        pytest.param(0.3, 4, 0.1, 0.1, id="four others count by half"),
        pytest.param(0.3, 396, 0.1, 0.198, id="many count whole"),
        pytest.param(0.05, 4, 0.1, 0.0, id="less alike than usual"),
        pytest.param(0.3, 4, None, 0.0, id="no mean known"),
        pytest.param(0.3, 0, 0.1, 0.0, id="nobody else"),
    ],
)
def test_the_excess_over_the_cohort(mean, others, typical, excess):
    assert cohort_excess(mean, others, typical) == pytest.approx(excess)


def test_similarities_relative_to_the_others():
    assert relative_similarities(np.array([0.4, 0.2, 0.2]), 0.1) == pytest.approx(
        [0.4 - 0.1 / 3, 0.2 - 0.2 / 3, 0.2 - 0.2 / 3]
    )
    assert relative_similarities(np.array([0.4]), 0.1) == pytest.approx([0.4])
