"""A made door: people come through it day by day, and it measures how much alike they are, as kiosk run does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from kiosk.domain.decision import Decider, Evidence
from kiosk.domain.door_tail import DoorHistogram, DoorTail, compare_with_others, measure_door_tail
from kiosk.domain.gallery import Gallery
from kiosk.domain.types import DecisionStatus, Embedding, Template
from kiosk.evaluation.proportion import Proportion

FRAME_S = 0.1
COMES = 0.9


@dataclass(frozen=True, slots=True, eq=False)
class Visit:
    """The samples of one visit with their quality scores, in order; a single one is a photograph."""

    samples: tuple[tuple[float, Embedding], ...]

    def fused(self) -> Embedding:
        return self._evidence(Gallery(self.samples[0][1].model_version, ())).fused()

    def named(self, gallery: Gallery, decider: Decider) -> int | None:
        """Return whom the product takes the visitor for."""
        if len(self.samples) == 1:
            return decider.decide_probe(self.samples[0][1], gallery).employee_id
        evidence = Evidence()
        for index, (quality, sample) in enumerate(self.samples):
            evidence.add(sample, quality, gallery, index * FRAME_S)
            decision = decider.decide(evidence, gallery, index * FRAME_S)
            if decision is not None and decision.status is DecisionStatus.MATCH:
                return decision.employee_id
        return None

    def _evidence(self, gallery: Gallery) -> Evidence:
        evidence = Evidence()
        for index, (quality, sample) in enumerate(self.samples):
            evidence.add(sample, quality, gallery, index * FRAME_S)
        return evidence


@dataclass(frozen=True, slots=True, eq=False)
class PersonSamples:
    """What one person is enrolled from, and their visits."""

    templates: tuple[Embedding, ...]
    visits: tuple[Visit, ...]

    def any_visit(self, random: np.random.Generator) -> Visit:
        return self.visits[int(random.integers(len(self.visits)))]


class SimulatedDoor:
    """A gallery, and what is measured of those who are recognised in it."""

    def __init__(self, people: dict[int, PersonSamples], decider: Decider) -> None:
        """people: by their numbers; not empty."""
        templates = [Template(n, t.vector) for n, person in people.items() for t in person.templates]
        version = next(iter(people.values())).templates[0].model_version
        self.gallery = Gallery(version, templates)
        self.histogram = DoorHistogram()
        self.door_tail: DoorTail | None = None
        self.decider = replace(decider, rise=lambda: None if self.door_tail is None else self.door_tail.upper)
        self._counted: set[int] = set()

    def begin_day(self) -> None:
        self._counted = set()

    def visit(self, visit: Visit) -> int | None:
        """Return whom the visitor is taken for, and measure."""
        named = visit.named(self.gallery, self.decider)
        if named is not None and named not in self._counted:
            same_person = self.decider.thresholds(self.gallery).accept
            typical = self.decider.tail.mean
            found = compare_with_others(visit.fused(), named, self.gallery, typical, same_person)
            if len(found.similarities):
                self._counted.add(named)
                self.histogram = self.histogram.with_visit(found.similarities, len(self._counted))
                self.door_tail = measure_door_tail(self.histogram, self.decider.tail)
        return named


@dataclass(frozen=True, slots=True)
class DoorDay:
    """A simulated door at the end of a day.

    Attributes:
        day: from 1.
        visits: that were counted.
        pairs: of different people that they are worth.
        rise: the expected one; None while too little is measured.
        upper: its upper bound, by which the threshold was raised.
        threshold: that a candidate needs.
        strangers_named: of all strangers' visits, at this threshold.
        recognised: of this day's visits.
        misidentified: visits of this day that were taken for somebody else.
    """

    day: int
    visits: int
    pairs: float
    rise: float | None
    upper: float | None
    threshold: float
    strangers_named: Proportion
    recognised: Proportion
    misidentified: Proportion


def simulate_door(
    people: dict[int, PersonSamples], strangers: Sequence[Visit], decider: Decider, days: int
) -> tuple[DoorDay, ...]:
    """Return how a door learns its tail.

    Args:
        people: who is enrolled, and comes.
        strangers: whose visits are looked up every evening and not measured.
        decider: the rule.
        days: how many.
    """
    random = np.random.default_rng(1)
    door = SimulatedDoor(people, decider)
    made = []
    for day in range(1, days + 1):
        door.begin_day()
        today = [n for n in random.permutation(list(people)).tolist() if random.random() < COMES]
        named = [door.visit(people[n].any_visit(random)) for n in today]
        made.append(_evening(door, day, list(zip(today, named, strict=True)), strangers))
    return tuple(made)


def _evening(
    door: SimulatedDoor, day: int, visits: Sequence[tuple[int, int | None]], strangers: Sequence[Visit]
) -> DoorDay:
    """Return what the door knows at the end of a day; visits: who came, and whom each was taken for."""
    right = sum(named == person for person, named in visits)
    wrong = sum(named not in (None, person) for person, named in visits)
    taken = sum(visit.named(door.gallery, door.decider) is not None for visit in strangers)
    tail = door.door_tail
    return DoorDay(
        day,
        door.histogram.visits,
        door.histogram.pairs,
        None if tail is None else tail.expected,
        None if tail is None else tail.upper,
        door.decider.thresholds(door.gallery).accept,
        Proportion(taken, len(strangers)),
        Proportion(right, len(visits)),
        Proportion(wrong, len(visits)),
    )
