"""Whether the target FPIR holds for people other than those that the threshold was calibrated on.

The folder's people are halved again and again: one half calibrates, as `--apply` does; of the other some are enrolled,
and the rest make non-mated transactions, with a photograph each or walking up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kiosk.domain.gallery import Gallery, ImpostorTail
from kiosk.domain.thresholds import VISIT_COMPARISONS
from kiosk.domain.types import Template
from kiosk.errors import ConfigurationError
from kiosk.evaluation.dataset import Person
from kiosk.evaluation.error_rates import FPIRS
from kiosk.evaluation.impostor_tail import measure_impostor_tail
from kiosk.evaluation.models import EvaluationModels
from kiosk.evaluation.protocol import (
    Progress,
    Transaction,
    TransactionResult,
    run_photograph_transactions,
)
from kiosk.evaluation.samples_cache import SamplesCache
from kiosk.evaluation.scores import non_mated_similarity
from kiosk.evaluation.video_protocol import SystemUnderTest, run_approach_transactions

SPLITS = 50
SIZES = (50, 200)


@dataclass(frozen=True, slots=True)
class FpirCheck:
    """How one target FPIR was kept in galleries of one size.

    Attributes:
        people: enrolled.
        promised: the target FPIR.
        measured: mean FPIR over the splits.
        lowest: 5 % of the splits have less.
        highest: 5 % of the splits have more.
        kept: proportion of the splits in which the FPIR was within a factor of two of the target.
        by_catalogue: the mean with the catalogue's impostor tail in place of the calibrated one.
        strangers: non-mated transactions in all.
    """

    people: int
    promised: float
    measured: float
    lowest: float
    highest: float
    kept: float
    by_catalogue: float
    strangers: int


@dataclass(frozen=True, slots=True, eq=False)
class TemplateAndProbe:
    """One person's template and transaction; from two photographs where there are two."""

    template: Template
    result: TransactionResult


def check_fpir(
    people: Sequence[Person], models: EvaluationModels, progress: Progress, *, walking: bool = False
) -> tuple[FpirCheck, ...]:
    """Return how each target FPIR was kept in galleries of each size. Raises ConfigurationError with too few people.

    walking: each transaction is a walk up to the camera, in place of a single photograph.
    """
    known = _collect(people, models, progress, walking)
    comparisons = VISIT_COMPARISONS if walking else 1.0
    return check_fpir_over_splits(known, models.embedder.impostor_tail, comparisons, progress)


def check_fpir_over_splits(
    known: Sequence[TemplateAndProbe], catalogue: ImpostorTail, comparisons: float, progress: Progress
) -> tuple[FpirCheck, ...]:
    """Halve the people again and again. Raises ConfigurationError with too few people.

    comparisons: how many comparisons with each person a transaction is worth.
    """
    sizes = [size for size in SIZES if size <= len(known) // 4]
    if not sizes:
        raise ConfigurationError(f"{len(known)} people are too few to halve: {4 * SIZES[0]} are needed")
    generator = np.random.default_rng(1)
    shares: dict[tuple[int, float], list[tuple[float, float]]] = {}
    non_mated = dict.fromkeys(sizes, 0)
    version = known[0].result.attempts[0].model_version
    for done in range(SPLITS):
        order = [known[i] for i in generator.permutation(len(known))]
        calibrating, others = order[: len(order) // 2], order[len(order) // 2 :]
        tail = measure_impostor_tail([k.template for k in calibrating], [k.result for k in calibrating], catalogue)
        for size in sizes:
            gallery = Gallery(version, [k.template for k in others[:size]])
            best = np.array([non_mated_similarity(k.result, gallery) for k in others[size:]])
            non_mated[size] += len(best)
            for fpir in FPIRS:
                limits = [t.threshold(fpir, comparisons * gallery.comparisons) for t in (tail, catalogue)]
                share = [float(np.mean(best >= limit)) for limit in limits]
                shares.setdefault((size, fpir), []).append((share[0], share[1]))
        progress("splits", done + 1, SPLITS)
    return tuple(_summary(size, fpir, found, non_mated[size]) for (size, fpir), found in sorted(shares.items()))


def _collect(
    people: Sequence[Person], models: EvaluationModels, progress: Progress, walking: bool
) -> list[TemplateAndProbe]:
    cache = SamplesCache(models.detector, models.embedder)
    templates: dict[int, Template] = {}
    for number, person in enumerate(people):
        sample = cache.template(person.photographs[0])
        if sample.embedding is not None:
            templates[number] = Template(number, sample.embedding.vector)
        progress("photographs", number + 1, len(people))
    transactions = [Transaction(number, people[number].photographs[-1], is_mated=False) for number in templates]
    nobody = Gallery(models.embedder.model_version, ())
    if walking:
        (results,) = run_approach_transactions(
            transactions, [SystemUnderTest(models.detector, models.embedder, nobody, models.decider)], progress
        )
    else:
        results = tuple(run_photograph_transactions(transactions, cache, nobody, models.decider, progress))
    return [TemplateAndProbe(templates[result.transaction.person], result) for result in results if result.attempts]


def _summary(people: int, fpir: float, found: Sequence[tuple[float, float]], non_mated: int) -> FpirCheck:
    own, by_catalogue = np.array(found).T
    return FpirCheck(
        people=people,
        promised=fpir,
        measured=float(own.mean()),
        lowest=float(np.quantile(own, 0.05)),
        highest=float(np.quantile(own, 0.95)),
        kept=float(np.mean((own >= fpir / 2) & (own <= 2 * fpir))),
        by_catalogue=float(by_catalogue.mean()),
        strangers=non_mated,
    )
