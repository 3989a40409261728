"""Who is enrolled, who comes to the door, and what the product says to each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from kiosk.domain.decision import Decider
from kiosk.domain.gallery import Gallery
from kiosk.domain.types import Embedding, Template
from kiosk.errors import ConfigurationError
from kiosk.evaluation.dataset import Person
from kiosk.evaluation.samples_cache import CachedSample, SamplesCache

Progress: TypeAlias = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody's photograph at the door. person: their number; is_enrolled: they were meant to be."""

    person: int
    path: Path
    is_enrolled: bool


@dataclass(frozen=True, slots=True)
class Protocol:
    """people: everybody, numbered by their place. enrolled: number -> the photographs to enroll them from."""

    people: tuple[Person, ...]
    enrolled: dict[int, tuple[Path, ...]]
    visits: tuple[Visit, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """What became of a visit.

    named: whom the product took the visitor for; None for nobody.
    attempts: what it weighed, in order: the sample of a photograph, or the fused ones of somebody who walks up.
    refused: why no sample passed the gate; None when one did.
    seconds_to_decision: for a moving visitor, from the first frame with their face; None while there is no decision.
    """

    visit: Visit
    named: int | None
    attempts: tuple[Embedding, ...]
    quality_score: float | None
    refused: str | None
    seconds_to_decision: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Enrollments:
    """templates: of those who could be enrolled. refused: each photograph that could not become a template, and why."""

    templates: tuple[Template, ...]
    refused: tuple[str, ...]
    photographs: int


def split(people: Sequence[Person], samples: int) -> Protocol:
    """Enroll everybody who has more photographs than samples, from the first ones; all others are strangers.

    Raises ConfigurationError when nobody could be enrolled and come again.
    """
    enrolled = {n: p.photographs[:samples] for n, p in enumerate(people) if len(p.photographs) > samples}
    if not enrolled:
        raise ConfigurationError(
            f"nobody has more than {samples} photograph{'s' * (samples > 1)}: there is nobody to enroll and recognise"
        )
    visits = tuple(
        Visit(n, path, n in enrolled)
        for n, person in enumerate(people)
        for path in (person.photographs[samples:] if n in enrolled else person.photographs)
    )
    return Protocol(tuple(people), enrolled, visits)


def everybody(people: Sequence[Person]) -> Protocol:
    """Enroll all people from all their photographs; nobody visits."""
    return Protocol(tuple(people), {n: person.photographs for n, person in enumerate(people)}, ())


def enroll(protocol: Protocol, cache: SamplesCache, progress: Progress) -> Enrollments:
    """Take the templates. Raises ConfigurationError when not one photograph passes."""
    photographs = [(n, path) for n, paths in protocol.enrolled.items() for path in paths]
    templates: list[Template] = []
    refused: list[str] = []
    for done, (person, path) in enumerate(photographs, start=1):
        take = cache.template(path)
        if take.embedding is None:
            refused.append(take.refused or "")
        else:
            templates.append(Template(person, take.embedding.vector))
        progress("enrolling", done, len(photographs))
    if not templates:
        raise ConfigurationError("none of the photographs can be used to enroll anybody")
    return Enrollments(tuple(templates), tuple(refused), len(photographs))


def visit_with_photographs(
    visits: Sequence[Visit], cache: SamplesCache, gallery: Gallery, decider: Decider, progress: Progress
) -> Iterable[Result]:
    """Yield the result of each visit when a single sample must do."""
    for done, visit in enumerate(visits, start=1):
        yield decide_at_once(visit, cache.probe(visit.path), gallery, decider)
        progress("visits", done, len(visits))


def decide_at_once(visit: Visit, take: CachedSample, gallery: Gallery, decider: Decider) -> Result:
    """Return what a single sample makes the product say."""
    if take.embedding is None or take.quality is None:
        return Result(visit, None, (), None, take.refused)
    named = decider.decide_probe(take.embedding, gallery).employee_id
    return Result(visit, named, (take.embedding,), take.quality.quality_score, None)
