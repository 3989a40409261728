"""The enrolled people as one matrix, and the 1:N search over it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kiosk.domain.types import Candidate, Embedding, Template


@dataclass(frozen=True, slots=True)
class ImpostorTail:
    """How often the faces of different people reach a similarity, measured for one network.

    Between the points the logarithm of the rate is taken as linear, and beyond them as going on so.

    Attributes:
        similarities: rising cosines.
        fmr: the false match rate at each, falling, in (0, 1).
        mean: mean similarity of different people, below all points; None where it was not measured.
    """

    similarities: tuple[float, ...]
    fmr: tuple[float, ...]
    mean: float | None = None

    def __post_init__(self) -> None:
        rising = all(a < b for a, b in zip(self.similarities, self.similarities[1:], strict=False))
        falling = all(a > b for a, b in zip(self.fmr, self.fmr[1:], strict=False))
        whole = len(self.similarities) == len(self.fmr) >= 2 and self.fmr[-1] > 0 and self.fmr[0] < 1
        if not (rising and falling and whole):
            raise ValueError("an impostor tail needs two or more points, similarities rising and rates falling")
        if self.mean is not None and not -1 <= self.mean < self.similarities[0]:
            raise ValueError("the mean similarity of different people lies below the impostor tail")

    def similarity_at(self, fmr: float) -> float:
        """Return the similarity that different people reach with this probability, 1.0 at the most."""
        line = _line(np.log10(self.fmr[::-1]), np.array(self.similarities[::-1]), np.log10(np.array(fmr)))
        return min(1.0, float(line))

    def fmr_at(self, similarity: float) -> float:
        """Return the probability that different people reach this similarity."""
        return float(self.fmrs_at(np.array(similarity)))

    def fmrs_at(self, similarities: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the same for an array of similarities."""
        rates: NDArray[np.float64] = 10 ** _line(np.array(self.similarities), np.log10(self.fmr), similarities)
        return np.minimum(1.0, rates)

    def threshold(self, fpir: float, comparisons: float) -> float:
        """Return the similarity at which a stranger's search of so many comparisons errs with probability fpir.

        Source: FPIR = 1 - (1 - FMR)^N for N independent comparisons (ISO/IEC 19795-1).
        """
        fmr = -np.expm1(np.log1p(-fpir) / max(1.0, comparisons))
        return self.similarity_at(float(fmr))


def _line(xs: NDArray[np.float64], ys: NDArray[np.float64], x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Interpolate between rising xs and go on with the outermost slope beyond them."""
    right = np.clip(np.searchsorted(xs, x), 1, len(xs) - 1)
    slope = (ys[right] - ys[right - 1]) / (xs[right] - xs[right - 1])
    y: NDArray[np.float64] = ys[right] + slope * (x - xs[right])
    return y


# A person is searched by the mean of their templates, which a stranger resembles a little sooner than a single one:
# with K of them a person is worth K to this power comparisons. Measured on LFW: three are worth 1.3.
FURTHER_TEMPLATES = 0.25


@dataclass(frozen=True, slots=True)
class NearestTemplate:
    """The template of a person that resembles a probe most.

    Attributes:
        template_id: its row's number; None if that is not known.
        similarity: to it alone.
        similarity_without: to the mean of the person's other templates; None when there is no other.
    """

    template_id: int | None
    similarity: float
    similarity_without: float | None


class Gallery:
    """The people of one model, immutable; a change makes a new gallery that replaces it whole.

    Each is searched by the mean of their templates. With three templates of each of 74 people of LFW, the best of the
    three missed 4.4 % of walkers at an FPIR of 1 %, the mean 2.8 %; and a single bad template harms less.
    """

    def __init__(self, model_version: str, templates: Sequence[Template]) -> None:
        """Raises ValueError when vectors differ in length, are not finite or not of length 1."""
        ordered = sorted(templates, key=lambda template: template.employee_id)
        self.model_version = model_version
        vectors = np.stack([t.vector for t in ordered]) if ordered else np.empty((0, 0), dtype=np.float32)
        if ordered and not np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-3):
            raise ValueError("a template is not a finite vector of length 1")
        ids = np.array([t.employee_id for t in ordered], dtype=np.int64)
        self._people, starts, counts = np.unique(ids, return_index=True, return_counts=True)
        self._means = _means(vectors, starts) if ordered else vectors
        self._vectors, self._starts, self._template_ids = vectors, starts, [template.id for template in ordered]
        self._sum = self._means.sum(axis=0)
        self._template_count = len(ordered)
        self._comparisons = float((counts**FURTHER_TEMPLATES).sum())
        self._nearest_others: dict[int, Candidate | None] = {}

    @property
    def people(self) -> tuple[int, ...]:
        """The employee ids, rising."""
        return tuple(self._people.tolist())

    @property
    def template_count(self) -> int:
        return self._template_count

    @property
    def comparisons(self) -> float:
        """How many comparisons of different people with independent outcomes a search is worth."""
        return self._comparisons

    @property
    def person_count(self) -> int:
        return len(self._people)

    def search(self, probe: Embedding, count: int = 2, but: Collection[int] = ()) -> tuple[Candidate, ...]:
        """Return the best people for a probe, best first. but: employees who are left out.

        Raises ValueError for a probe of another model: such numbers mean nothing.
        """
        if but:
            found = self.search(probe, count + len(but))
            return tuple(candidate for candidate in found if candidate.employee_id not in but)[:count]
        if probe.model_version != self.model_version:
            raise ValueError(f"a probe of {probe.model_version} cannot be searched among {self.model_version}")
        if not len(self._people):
            return ()
        similarities = self._means @ probe.vector
        count = min(count, len(similarities))
        top = np.argpartition(-similarities, count - 1)[:count]
        top = top[np.argsort(-similarities[top], kind="stable")]
        return tuple(Candidate(int(self._people[i]), float(similarities[i])) for i in top)

    def similarities(self, probe: Embedding) -> NDArray[np.float32]:
        """Return a probe's similarity to each of the people, (N,), in the order of people."""
        similarities: NDArray[np.float32] = self._means @ probe.vector if len(self._people) else np.empty(0, np.float32)
        return similarities

    def similarity_to(self, employee_id: int, probe: Embedding) -> float | None:
        """Return a probe's similarity to one person; None for somebody who is not in the gallery."""
        place = self._place(employee_id)
        return None if place is None else float(self._means[place] @ probe.vector)

    def similarities_of(self, employee_id: int) -> NDArray[np.float32]:
        """Return how much a person's templates resemble everybody's, (N,), in the order of people.

        Raises ValueError for somebody who is not in the gallery.
        """
        place = self._place(employee_id)
        if place is None:
            raise ValueError(f"employee {employee_id} is not in the gallery")
        similarities: NDArray[np.float32] = self._means @ self._means[place]
        return similarities

    def mean_of_others(self, probe: Embedding, candidate: Candidate) -> float:
        """Return the mean similarity of a probe to everybody but this candidate; 0 when there is nobody else."""
        others = len(self._people) - 1
        return (float(self._sum @ probe.vector) - candidate.similarity) / others if others > 0 else 0.0

    def nearest_other(self, employee_id: int) -> Candidate | None:
        """Return who else in the gallery resembles this person most, by their templates; None when nobody else is."""
        if employee_id not in self._nearest_others:
            self._nearest_others[employee_id] = next(iter(self.most_alike(employee_id, 1)), None)
        return self._nearest_others[employee_id]

    def nearest_template(self, employee_id: int, probe: Embedding) -> NearestTemplate | None:
        """Return which template of a person resembles a probe most; None for nobody in the gallery."""
        place = self._place(employee_id)
        if place is None:
            return None
        start = int(self._starts[place])
        end = int(self._starts[place + 1]) if place + 1 < len(self._starts) else len(self._vectors)
        own = self._vectors[start:end]
        best = int(np.argmax(own @ probe.vector))
        others = np.delete(own, best, axis=0)
        without = float(_means(others, np.array([0]))[0] @ probe.vector) if len(others) else None
        return NearestTemplate(self._template_ids[start + best], float(own[best] @ probe.vector), without)

    def alike_pairs(self, similarity: float) -> Iterator[tuple[int, int, float]]:
        """Yield each two people whose templates' means are at least so alike, with how alike they are."""
        for place in range(len(self._people) - 1):
            alike = self._means[place + 1 :] @ self._means[place]
            for other in np.flatnonzero(alike >= similarity).tolist():
                yield int(self._people[place]), int(self._people[place + 1 + other]), float(alike[other])

    def _place(self, employee_id: int) -> int | None:
        place = int(np.searchsorted(self._people, employee_id))
        return place if place < len(self._people) and self._people[place] == employee_id else None

    def most_alike(self, employee_id: int, count: int) -> tuple[Candidate, ...]:
        """Return so many others who resemble this person most, the most alike first."""
        place = self._place(employee_id)
        if place is None:
            return ()
        found = self.search(Embedding(self._means[place], self.model_version), count + 1)
        return tuple(candidate for candidate in found if candidate.employee_id != employee_id)[:count]


def _means(vectors: NDArray[np.float32], starts: NDArray[np.intp]) -> NDArray[np.float32]:
    """Return the mean of each run of rows, of length 1; rows that cancel one another give a short one."""
    sums = np.add.reduceat(vectors, starts)
    means: NDArray[np.float32] = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-6)
    return means
