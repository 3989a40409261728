"""Identification error rates: at the product's own settings, and over thresholds and gallery sizes.

Terms: ISO/IEC 19795-1. A transaction is mated when the visitor is enrolled, non-mated otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kiosk.domain.decision import Decider
from kiosk.domain.gallery import Gallery
from kiosk.domain.types import Template
from kiosk.evaluation.proportion import Proportion
from kiosk.evaluation.protocol import TransactionResult
from kiosk.evaluation.scores import mated_similarity, non_mated_similarity, ranks_first

FPIRS = (0.1, 0.03, 0.01, 0.001)
SIZES = (10, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
DRAWS = 20
BANDS = ("lowest third", "middle third", "highest third")


@dataclass(frozen=True, slots=True)
class IdentificationRates:
    """Rates at the product's own settings; failures to enroll and to acquire count as not recognised.

    Attributes:
        recognised: mated transactions in which the visitor was identified.
        misidentified: mated transactions in which the visitor was taken for somebody else.
        non_mated_identified: non-mated transactions in which the visitor was taken for somebody (FPIR).
    """

    recognised: Proportion
    misidentified: Proportion
    non_mated_identified: Proportion


@dataclass(frozen=True, slots=True)
class DetPoint:
    """A point of the detection error trade-off.

    Attributes:
        fpir: proportion of non-mated transactions that the threshold lets through.
        threshold: the least similarity for that.
        fnir: proportion of mated transactions that it misses.
    """

    fpir: float
    threshold: float
    fnir: Proportion


@dataclass(frozen=True, slots=True)
class GallerySizeRates:
    """Rates with so many people enrolled, means over random draws of them.

    Attributes:
        people: enrolled.
        rank_1: proportion of mated transactions in which the visitor ranked first.
        points: of the detection error trade-off.
        threshold: the product's own.
        promised_fpir: the target FPIR that this threshold is set for.
        measured_fpir: at this threshold.
        lowest_fpir: 5 % of the draws have less.
        highest_fpir: 5 % of the draws have more.
        fnir: at this threshold.
    """

    people: int
    rank_1: Proportion
    points: tuple[DetPoint, ...]
    threshold: float
    promised_fpir: float
    measured_fpir: Proportion
    lowest_fpir: float
    highest_fpir: float
    fnir: Proportion


def identification_rates(results: Sequence[TransactionResult]) -> IdentificationRates:
    mated = [r for r in results if r.transaction.is_mated]
    non_mated = [r for r in results if not r.transaction.is_mated]
    return IdentificationRates(
        recognised=Proportion(sum(r.named == r.transaction.person for r in mated), len(mated)),
        misidentified=Proportion(sum(r.named not in (None, r.transaction.person) for r in mated), len(mated)),
        non_mated_identified=Proportion(sum(r.named is not None for r in non_mated), len(non_mated)),
    )


def count_refusals(reasons: Sequence[str | None]) -> dict[str, int]:
    """Count the reasons, the commonest first."""
    return dict(Counter(reason for reason in reasons if reason is not None).most_common())


def rates_by_quality(results: Sequence[TransactionResult]) -> dict[str, IdentificationRates]:
    """Return the rates of three equal bands of the sample's quality score, of transactions with a face in them."""
    seen = sorted((r for r in results if r.quality_score is not None), key=lambda r: r.quality_score or 0.0)
    bands = np.array_split(np.arange(len(seen)), len(BANDS))
    return {name: identification_rates([seen[i] for i in band]) for name, band in zip(BANDS, bands, strict=True)}


def gallery_sizes(people: int) -> tuple[int, ...]:
    return (*(size for size in SIZES if size < people), people)


def rates_by_gallery_size(
    results: Sequence[TransactionResult], templates: Sequence[Template], model_version: str, decider: Decider
) -> tuple[GallerySizeRates, ...]:
    """Return the rates for several gallery sizes; transactions of people who are not drawn into it are non-mated."""
    enrolled = sorted({template.employee_id for template in templates})
    generator = np.random.default_rng(1)
    found = []
    for size in gallery_sizes(len(enrolled)):
        draws = []
        for _ in range(DRAWS if size < len(enrolled) else 1):
            chosen = set(generator.choice(enrolled, size, replace=False).tolist())
            gallery = Gallery(model_version, [t for t in templates if t.employee_id in chosen])
            draws.append(_draw_similarities(results, gallery, chosen, decider))
        found.append(_size(size, draws, decider.target_fpir))
    return tuple(found)


def rates_of_whole_gallery(
    results: Sequence[TransactionResult], gallery: Gallery, decider: Decider
) -> GallerySizeRates:
    """Return the rates with the whole gallery."""
    draw = _draw_similarities(results, gallery, set(gallery.people), decider)
    return _size(gallery.person_count, [draw], decider.target_fpir)


@dataclass(frozen=True, slots=True, eq=False)
class _DrawSimilarities:
    """Similarities with one draw of the gallery, see scores.py; first: which mated transactions rank first."""

    mated: NDArray[np.float64]
    first: NDArray[np.bool_]
    non_mated: NDArray[np.float64]
    threshold: float


def _draw_similarities(
    results: Sequence[TransactionResult], gallery: Gallery, chosen: set[int], decider: Decider
) -> _DrawSimilarities:
    mated = [r for r in results if r.transaction.person in chosen and r.transaction.is_mated]
    non_mated = [r for r in results if r.transaction.person not in chosen]
    return _DrawSimilarities(
        mated=np.array([mated_similarity(r, gallery, decider.tail.mean) for r in mated], dtype=np.float64),
        first=np.array([ranks_first(r, gallery) for r in mated], dtype=np.bool_),
        non_mated=np.array([non_mated_similarity(r, gallery, decider.tail.mean) for r in non_mated], dtype=np.float64),
        threshold=decider.thresholds(gallery).accept,
    )


def _size(people: int, draws: Sequence[_DrawSimilarities], promised_fpir: float) -> GallerySizeRates:
    measured = [float(np.mean(draw.non_mated >= draw.threshold)) if len(draw.non_mated) else 0.0 for draw in draws]
    return GallerySizeRates(
        people=people,
        rank_1=_mean_share([draw.first for draw in draws]),
        points=tuple(_point(draws, fpir) for fpir in FPIRS),
        threshold=float(np.mean([draw.threshold for draw in draws])),
        promised_fpir=promised_fpir,
        measured_fpir=_mean_share([draw.non_mated >= draw.threshold for draw in draws]),
        lowest_fpir=float(np.quantile(measured, 0.05)),
        highest_fpir=float(np.quantile(measured, 0.95)),
        fnir=_mean_share([draw.mated < draw.threshold for draw in draws]),
    )


def _point(draws: Sequence[_DrawSimilarities], fpir: float) -> DetPoint:
    limits = [threshold_of(draw.non_mated, fpir) for draw in draws]
    missed = [draw.mated < limit for draw, limit in zip(draws, limits, strict=True)]
    return DetPoint(fpir, float(np.mean(limits)), _mean_share(missed))


def threshold_of(non_mated: NDArray[np.float64], fpir: float) -> float:
    """Return the least similarity that no more than this proportion of the non-mated transactions reaches."""
    if not len(non_mated):
        return 1.0
    falling = np.sort(non_mated)[::-1]
    return float(np.nextafter(falling[min(int(fpir * len(falling)), len(falling) - 1)], 2.0))


def _mean_share(draws: Sequence[NDArray[np.bool_]]) -> Proportion:
    """Return the mean over draws, known no better than from one draw: the same photographs come again in each."""
    total = round(float(np.mean([len(draw) for draw in draws])))
    shares = [float(np.mean(draw)) for draw in draws if len(draw)]
    return Proportion(float(np.mean(shares)) * total if shares else 0.0, total)
