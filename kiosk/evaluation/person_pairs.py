"""How alike different people are: a template and a probe of each two, and how often they reach a similarity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kiosk.domain.gallery import ImpostorTail
from kiosk.errors import ConfigurationError
from kiosk.evaluation.dataset import Person
from kiosk.evaluation.protocol import Progress
from kiosk.evaluation.samples_cache import SamplesCache

DRAWS = 1000


@dataclass(frozen=True, slots=True, eq=False)
class PersonPairs:
    """Similarities of all templates to all probes of other people.

    Attributes:
        similarities: (T, P), rows are templates, columns probes.
        template_people: (T,), number of the person of each template, from 0.
        probe_people: (P,), the same of each probe.
        weights: (T, P), of each pair, so that each two people count once in all; 0 for a person with themselves.
    """

    similarities: NDArray[np.float32]
    template_people: NDArray[np.int64]
    probe_people: NDArray[np.int64]
    weights: NDArray[np.float64]

    @property
    def count(self) -> int:
        """Pairs of photographs of different people."""
        return int(np.count_nonzero(self.weights))

    @property
    def mean(self) -> float:
        return float((self.similarities * self.weights).sum() / self.weights.sum())


@dataclass(frozen=True, slots=True)
class TailPoint:
    """A point of an impostor tail, and what was measured there.

    Attributes:
        fmr: what the tail says.
        similarity: at which it says so.
        measured_fmr: at that similarity.
        interval: of it, 95 % of 1,000 draws of the people.
        reached: pairs of photographs that reach the similarity.
        measured_similarity: at which that FMR was measured.
    """

    fmr: float
    similarity: float
    measured_fmr: float
    interval: tuple[float, float]
    reached: int
    measured_similarity: float


def compare_people(people: Sequence[Person], cache: SamplesCache, progress: Progress) -> PersonPairs:
    """Compare all photographs of all people. Raises ConfigurationError when fewer than two people can be compared."""
    templates: list[tuple[int, NDArray[np.float32]]] = []
    probes: list[tuple[int, NDArray[np.float32]]] = []
    for number, person in enumerate(people):
        for path in person.photographs:
            for found, sample in ((templates, cache.template(path)), (probes, cache.probe(path))):
                if sample.embedding is not None:
                    found.append((number, sample.embedding.vector))
        progress(f"photographs, {cache.model_version}", number + 1, len(people))
    if len({number for number, _ in templates} | {number for number, _ in probes}) < 2 or not (templates and probes):
        raise ConfigurationError("photographs of two people are needed to compare different people")
    template_people, probe_people = (np.array([number for number, _ in found]) for found in (templates, probes))
    similarities = np.stack([v for _, v in templates]) @ np.stack([v for _, v in probes]).T
    shares = (1 / np.bincount(numbers, minlength=len(people))[numbers] for numbers in (template_people, probe_people))
    weights = np.outer(*shares) * (template_people[:, None] != probe_people[None, :])
    return PersonPairs(similarities, template_people, probe_people, weights)


def tail_points(pairs: PersonPairs, tail: ImpostorTail) -> tuple[TailPoint, ...]:
    """Return what was measured at each point of a tail."""
    people = int(max(pairs.template_people.max(), pairs.probe_people.max())) + 1
    drawn = np.random.default_rng(1).multinomial(people, np.full(people, 1 / people), DRAWS).astype(np.float64)
    totals = _of_draws(_by_people(pairs, pairs.weights, people), drawn)
    usable = totals > 0  # of very few people a draw may be of one alone
    found = []
    for similarity, fmr in zip(tail.similarities, tail.fmr, strict=True):
        reached = pairs.similarities >= similarity
        by_people = _by_people(pairs, pairs.weights * reached, people)
        low, high = np.quantile(_of_draws(by_people, drawn)[usable] / totals[usable], (0.025, 0.975))
        found.append(
            TailPoint(
                fmr,
                similarity,
                float(by_people.sum() / pairs.weights.sum()),
                (float(low), float(high)),
                int(np.count_nonzero(reached & (pairs.weights > 0))),
                _similarity_of(pairs, fmr),
            )
        )
    return tuple(found)


def _by_people(pairs: PersonPairs, values: NDArray[np.float64], people: int) -> NDArray[np.float64]:
    """Return the sums of a value of all pairs for each two people, (people, people)."""
    sums = np.zeros((people, people))
    np.add.at(sums, (pairs.template_people[:, None], pairs.probe_people[None, :]), values)
    return sums


def _of_draws(by_people: NDArray[np.float64], drawn: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the sum over all pairs of each draw; somebody drawn twice counts twice, never with themselves."""
    sums: NDArray[np.float64] = np.einsum("dp,pq,dq->d", drawn, by_people, drawn, optimize=True)
    return sums


def _similarity_of(pairs: PersonPairs, fmr: float) -> float:
    """Return the least similarity that no more than this share of the pairs reaches."""
    different = pairs.weights > 0
    similarities, weights = pairs.similarities[different], pairs.weights[different]
    falling = np.argsort(-similarities, kind="stable")
    above = np.cumsum(weights[falling])
    last = int(np.searchsorted(above, fmr * above[-1], side="right"))
    return float(similarities[falling[min(last, len(falling) - 1)]])
