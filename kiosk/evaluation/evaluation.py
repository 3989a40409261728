"""All that an evaluation of a folder finds out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kiosk.domain.decision import Decider
from kiosk.domain.gallery import Gallery
from kiosk.domain.types import Template
from kiosk.evaluation import error_rates
from kiosk.evaluation.dataset import Person, read_groups, read_pairs, read_people
from kiosk.evaluation.error_rates import Rates, Size
from kiosk.evaluation.models import EvaluationModels
from kiosk.evaluation.protocol import Enrollments, Progress, Protocol, Result, enroll, split, visit_with_photographs
from kiosk.evaluation.samples_cache import SamplesCache
from kiosk.evaluation.verification import VerificationResult, verify
from kiosk.evaluation.video_protocol import Setup, visit_walking


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """people: in the folder. enrolled: of them, those who have at least one template now.

    threshold, target_fpir: what the visits were decided by.
    refused_templates, refused_probes: reason -> photographs.
    """

    model_version: str
    people: int
    enrolled: int
    samples: int
    templates: int
    threshold: float
    target_fpir: float
    rates: Rates
    refused_templates: dict[str, int]
    refused_probes: dict[str, int]
    by_quality: dict[str, Rates]
    by_group: dict[str, Rates]
    sizes: tuple[Size, ...]
    verification: VerificationResult | None
    protocol: Protocol
    enrollments: Enrollments
    results: tuple[Result, ...]

    @property
    def seconds_to_decision(self) -> tuple[float, ...]:
        """Of those who walked up and were decided on, rising."""
        return tuple(sorted(r.seconds_to_decision for r in self.results if r.seconds_to_decision is not None))


def evaluate(
    folder: Path,
    models: EvaluationModels,
    progress: Progress,
    *,
    samples: int,
    pairs_path: Path | None = None,
    walking: bool = False,
) -> Evaluation:
    """Enroll the people of a folder and let all come to the door. Raises ConfigurationError.

    pairs_path: of a pairs file to compare one photograph with one by, too. walking: each visit is a walk up to the
        camera, made from the photograph, in place of the photograph alone.
    """
    cache, decider = SamplesCache(models.detector, models.embedder), models.decider
    people = read_people(folder)
    groups = read_groups(folder, people)
    folds = read_pairs(pairs_path, people) if pairs_path else None
    protocol = split(people, samples)
    enrollments = enroll(protocol, cache, progress)
    gallery = Gallery(cache.model_version, enrollments.templates)
    results = (
        visit_walking(protocol.visits, [Setup(models.detector, models.embedder, gallery, decider)], progress)[0]
        if walking
        else tuple(visit_with_photographs(protocol.visits, cache, gallery, decider, progress))
    )
    return Evaluation(
        model_version=cache.model_version,
        people=len(people),
        enrolled=gallery.person_count,
        samples=samples,
        templates=gallery.template_count,
        threshold=decider.thresholds(gallery).accept,
        target_fpir=decider.target_fpir,
        rates=error_rates.rates(results),
        refused_templates=error_rates.refusals(enrollments.refused),
        refused_probes=error_rates.refusals([result.refused for result in results]),
        by_quality=error_rates.by_quality(results),
        by_group=_by_group(people, groups, results, enrollments.templates, _decider_among(gallery, decider)),
        sizes=error_rates.at_sizes(results, enrollments.templates, cache.model_version, decider),
        verification=verify(folds, cache, progress) if folds else None,
        protocol=protocol,
        enrollments=enrollments,
        results=results,
    )


def _by_group(
    people: Sequence[Person],
    groups: dict[str, str],
    results: Sequence[Result],
    templates: Sequence[Template],
    decide: Callable[[Result, Sequence[Template]], Result],
) -> dict[str, Rates]:
    """Return each group's rates when it is alone with itself, at the threshold of the whole gallery.

    Strangers are more alike to people of their own group, so that is where a wrong name is likeliest.
    """
    found = {}
    for group in sorted(set(groups.values())):
        members = {n for n, person in enumerate(people) if groups.get(person.name) == group}
        own = [t for t in templates if t.employee_id in members]
        visits = [result for result in results if result.visit.person in members]
        if own:
            found[group] = error_rates.rates([decide(result, own) for result in visits])
    return found


def _decider_among(gallery: Gallery, decider: Decider) -> Callable[[Result, Sequence[Template]], Result]:
    """Return what decides a visit among a part of the gallery by the whole gallery's thresholds."""
    limits = decider.thresholds(gallery)

    def decide(result: Result, templates: Sequence[Template]) -> Result:
        alone = Gallery(gallery.model_version, templates)
        named = (decider.decide_probe(attempt, alone, limits).employee_id for attempt in result.attempts)
        return replace(result, named=next((person for person in named if person is not None), None))

    return decide
