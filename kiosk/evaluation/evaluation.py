"""The evaluation of a folder of photographs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kiosk.domain.decision import Decider
from kiosk.domain.gallery import Gallery
from kiosk.domain.types import Template
from kiosk.evaluation import error_rates
from kiosk.evaluation.dataset import Person, Selection, read_groups, read_pairs, select_people
from kiosk.evaluation.error_rates import GallerySizeRates, IdentificationRates
from kiosk.evaluation.models import EvaluationModels
from kiosk.evaluation.protocol import (
    EnrolledTemplates,
    EvaluationProtocol,
    Progress,
    TransactionResult,
    enroll,
    run_photograph_transactions,
    split_people,
)
from kiosk.evaluation.samples_cache import SamplesCache
from kiosk.evaluation.verification import VerificationResult, verify
from kiosk.evaluation.video_protocol import SystemUnderTest, run_approach_transactions


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """What an evaluation found.

    Attributes:
        model_version: of the embedder.
        people: in the folder.
        enrolled: people who have at least one template.
        samples: photographs that each of them was to be enrolled from.
        templates: number of templates.
        threshold: similarity from which a candidate was accepted.
        target_fpir: what the threshold was set for.
        rates: at that threshold.
        refused_templates: reason -> photographs that could not be enrolled from.
        refused_probes: reason -> transactions without a sample.
        by_quality: rates of bands of the quality score.
        by_group: rates of each group of people, among itself.
        sizes: rates for several gallery sizes.
        verification: of a pairs file, if one was given.
        protocol: who was enrolled, and which transactions were made.
        enrollments: the templates.
        results: of the transactions.
    """

    model_version: str
    people: int
    enrolled: int
    samples: int
    templates: int
    threshold: float
    target_fpir: float
    rates: IdentificationRates
    refused_templates: dict[str, int]
    refused_probes: dict[str, int]
    by_quality: dict[str, IdentificationRates]
    by_group: dict[str, IdentificationRates]
    sizes: tuple[GallerySizeRates, ...]
    verification: VerificationResult | None
    protocol: EvaluationProtocol
    enrollments: EnrolledTemplates
    results: tuple[TransactionResult, ...]

    @property
    def seconds_to_decision(self) -> tuple[float, ...]:
        """Of those who walked up and were decided on, rising."""
        return tuple(sorted(r.seconds_to_decision for r in self.results if r.seconds_to_decision is not None))


def evaluate(
    folder: Path,
    models: EvaluationModels,
    selection: Selection,
    progress: Progress,
    *,
    pairs_path: Path | None = None,
    walking: bool = False,
) -> Evaluation:
    """Enroll people of a folder and run the transactions of all. Raises ConfigurationError.

    Args:
        folder: with the people's photographs, see dataset.py.
        models: of the product.
        selection: who takes part.
        progress: called with the stage, how much of it is done, and how much there is.
        pairs_path: of a pairs file to verify one photograph against one by, too.
        walking: each transaction is a walk up to the camera, made from the photograph.
    """
    cache, decider = SamplesCache(models.detector, models.embedder), models.decider
    people = select_people(folder, selection)
    groups = read_groups(folder)
    folds = read_pairs(pairs_path, people) if pairs_path else None
    protocol = split_people(people, selection.samples)
    enrollments = enroll(protocol, cache, progress)
    gallery = Gallery(cache.model_version, enrollments.templates)
    results = (
        run_approach_transactions(
            protocol.transactions, [SystemUnderTest(models.detector, models.embedder, gallery, decider)], progress
        )[0]
        if walking
        else tuple(run_photograph_transactions(protocol.transactions, cache, gallery, decider, progress))
    )
    return Evaluation(
        model_version=cache.model_version,
        people=len(people),
        enrolled=gallery.person_count,
        samples=selection.samples,
        templates=gallery.template_count,
        threshold=decider.thresholds(gallery).accept,
        target_fpir=decider.target_fpir,
        rates=error_rates.identification_rates(results),
        refused_templates=error_rates.count_refusals(enrollments.refused),
        refused_probes=error_rates.count_refusals([result.refused for result in results]),
        by_quality=error_rates.rates_by_quality(results),
        by_group=_by_group(people, groups, results, enrollments.templates, _decider_among(gallery, decider)),
        sizes=error_rates.rates_by_gallery_size(results, enrollments.templates, cache.model_version, decider),
        verification=verify(folds, cache, progress) if folds else None,
        protocol=protocol,
        enrollments=enrollments,
        results=results,
    )


def _by_group(
    people: Sequence[Person],
    groups: dict[str, str],
    results: Sequence[TransactionResult],
    templates: Sequence[Template],
    decide: Callable[[TransactionResult, Sequence[Template]], TransactionResult],
) -> dict[str, IdentificationRates]:
    """Return each group's rates among itself, at the threshold of the whole gallery.

    People of one group resemble each other more, so that is where a misidentification is likeliest.
    """
    found = {}
    for group in sorted(set(groups.values())):
        members = {n for n, person in enumerate(people) if groups.get(person.name) == group}
        own = [t for t in templates if t.employee_id in members]
        transactions = [result for result in results if result.transaction.person in members]
        if own:
            found[group] = error_rates.identification_rates([decide(result, own) for result in transactions])
    return found


def _decider_among(
    gallery: Gallery, decider: Decider
) -> Callable[[TransactionResult, Sequence[Template]], TransactionResult]:
    """Return what decides a transaction among a part of the gallery by the whole gallery's thresholds."""
    limits = decider.thresholds(gallery)

    def decide(result: TransactionResult, templates: Sequence[Template]) -> TransactionResult:
        alone = Gallery(gallery.model_version, templates)
        named = (decider.decide_probe(attempt, alone, limits).employee_id for attempt in result.attempts)
        return replace(result, named=next((person for person in named if person is not None), None))

    return decide
