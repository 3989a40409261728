"""The impostor tail of one door, measured by those who come through it.

Whoever is recognised is compared with everybody else who is enrolled, as a stranger would be. What is kept of it is a
histogram. The door's tail is the catalogue's, moved by a rise: how much more alike people are before this camera. The
rise has a prior distribution, so that a few visits say little, and the threshold follows its upper bound.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kiosk.domain.cohort import relative_similarities
from kiosk.domain.gallery import Gallery, ImpostorTail
from kiosk.domain.types import Embedding

BIN_COUNT = 120
LOWEST, HIGHEST = -0.2, 1.0
BIN_MIDDLES = LOWEST + (HIGHEST - LOWEST) / BIN_COUNT * (np.arange(BIN_COUNT) + 0.5)
# With fewer people, or fewer pairs of them, a door has not measured anything yet.
LEAST_PEOPLE = 5
LEAST_PAIRS = 10.0
# The part of the tail is used in which the catalogue expects so many pairs. Fewer would say nothing; and of more, of
# the bulk of the comparisons, the shape says little about the tail.
EXPECTED_PAIRS = 10.0
# Scale of the Laplace distribution of the rise before anything is measured. Known: 0 on photographs of the press, up to
# 0.07 in one collection from one camera, and more than 0.2 before a webcam in an office.
PRIOR_SCALE = 0.1
CONFIDENCE = 0.95
PASSES = 3
RISES = np.linspace(-0.15, 0.5, 651)


@dataclass(frozen=True, slots=True)
class DoorHistogram:
    """Similarities, relative to the cohort, of recognised visitors to everybody else.

    Attributes:
        visits: that were counted, one a person and day.
        people: the most different people of one day; so many visits at least are of different people.
        counts: comparisons by similarity, BIN_COUNT bins from LOWEST to HIGHEST; what lies outside is in the outermost.
    """

    visits: int = 0
    people: int = 0
    counts: tuple[int, ...] = (0,) * BIN_COUNT

    @property
    def comparisons(self) -> int:
        return sum(self.counts)

    @property
    def pairs(self) -> float:
        """Number of different pairs of people that the comparisons are worth.

        A person who comes again is compared with the same people again, and A with B is the same pair as B with A.
        """
        if not self.visits:
            return 0.0
        others = self.comparisons / self.visits
        people = min(self.people, self.visits)
        return people * others - min(people, others + 1) * max(0.0, min(people - 1, others)) / 2

    def with_visit(self, similarities: NDArray[np.float64], people_today: int) -> DoorHistogram:
        """Return the histogram with one more visit.

        Args:
            similarities: (K,), relative to the cohort, to everybody but the visitor.
            people_today: different people who were counted today, this one included.
        """
        places = np.clip((similarities - LOWEST) / (HIGHEST - LOWEST) * BIN_COUNT, 0, BIN_COUNT - 1).astype(int)
        counts = np.bincount(places, minlength=BIN_COUNT) + np.array(self.counts)
        return DoorHistogram(self.visits + 1, max(self.people, people_today), tuple(counts.tolist()))


@dataclass(frozen=True, slots=True)
class DoorTail:
    """What a histogram says of the rise, in similarity.

    Attributes:
        expected: the rise's mean.
        upper: the rise is less with a probability of CONFIDENCE; never below 0.
        pairs: of different people, that it rests on.
    """

    expected: float
    upper: float
    pairs: float


def measure_door_tail(histogram: DoorHistogram, catalogue: ImpostorTail) -> DoorTail | None:
    """Return the door's tail; None while too few people have come through the door."""
    pairs = histogram.pairs
    if histogram.people < LEAST_PEOPLE or pairs < LEAST_PAIRS:
        return None
    posterior = _posterior(histogram, catalogue, 0.0)
    for _ in range(PASSES):
        posterior = _posterior(histogram, catalogue, float(posterior @ RISES))
    upper = RISES[min(int(np.searchsorted(np.cumsum(posterior), CONFIDENCE)), len(RISES) - 1)]
    return DoorTail(float(posterior @ RISES), max(0.0, float(upper)), pairs)


def _posterior(histogram: DoorHistogram, catalogue: ImpostorTail, roughly: float) -> NDArray[np.float64]:
    """Return the probability of each of RISES; roughly: where the rise is looked for, so that the tail's part fits."""
    pairs = histogram.pairs
    edges = _on_bins(_edges(catalogue, pairs) + roughly)
    seen = _counts_between(histogram, edges) * (pairs / histogram.comparisons)
    log_posterior = seen @ np.log(_probabilities(catalogue, edges)) - np.abs(RISES) / PRIOR_SCALE
    posterior: NDArray[np.float64] = np.exp(log_posterior - log_posterior.max())
    posterior /= posterior.sum()
    return posterior


def _points(catalogue: ImpostorTail) -> ImpostorTail:
    """Return the tail from the mean similarity on, which half of all pairs exceed."""
    if catalogue.mean is None or not catalogue.fmr[0] < 0.5:
        return catalogue
    return ImpostorTail((catalogue.mean, *catalogue.similarities), (0.5, *catalogue.fmr))


def _edges(catalogue: ImpostorTail, pairs: float) -> NDArray[np.float64]:
    """Return the similarities between which pairs are counted, rising; the first is where enough pairs are expected."""
    points = _points(catalogue)
    expected = pairs * np.array(points.fmr)
    first = max(0, int(np.sum(expected >= EXPECTED_PAIRS)) - 1)
    return np.array(points.similarities[first:])


def _on_bins(similarities: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the similarities at the nearest borders of bins."""
    width = (HIGHEST - LOWEST) / BIN_COUNT
    borders: NDArray[np.float64] = LOWEST + width * np.round((similarities - LOWEST) / width)
    return borders


def _counts_between(histogram: DoorHistogram, edges: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how many comparisons lie below the first edge, between each two, and above the last one."""
    ranges = np.searchsorted(edges, BIN_MIDDLES)
    return np.bincount(ranges, weights=histogram.counts, minlength=len(edges) + 1).astype(np.float64)


def _probabilities(catalogue: ImpostorTail, edges: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the probability of each of these ranges for every rise, (ranges, len(RISES))."""
    points = _points(catalogue)
    above = points.fmrs_at(edges[:, None] - RISES)
    whole = np.vstack([np.ones(len(RISES)), above, np.zeros(len(RISES))])
    between: NDArray[np.float64] = np.array([a - b for a, b in pairwise(whole)])
    return np.maximum(between, 1e-12)


@dataclass(frozen=True, slots=True, eq=False)
class Comparisons:
    """A recognised visitor compared with everybody else.

    Attributes:
        similarities: (K,), relative to the cohort.
        suspected: people who were left out, because they and the visitor may be one.
    """

    similarities: NDArray[np.float64]
    suspected: int


def compare_with_others(
    probe: Embedding,
    employee_id: int,
    gallery: Gallery,
    typical: float | None,
    same_person: float,
    *,
    told_apart: Collection[int] = (),
) -> Comparisons:
    """Compare somebody who was recognised with everybody else in the gallery. Raises ValueError if they are not in it.

    Args:
        probe: fused samples of the visit.
        employee_id: of the visitor.
        gallery: with the visitor.
        typical: mean similarity of different people, see kiosk.domain.cohort.
        same_person: similarity of their templates from which on two people may be one.
        told_apart: who was judged to be somebody else than the visitor, however alike they are.
    """
    people = np.array(gallery.people)
    others = people != employee_id
    suspected = others & (gallery.similarities_of(employee_id) >= same_person) & ~np.isin(people, list(told_apart))
    compared = gallery.similarities(probe)[others & ~suspected]
    return Comparisons(relative_similarities(compared, typical), int(suspected.sum()))
