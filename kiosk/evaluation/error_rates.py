"""Error rates: at the product's own settings, and over thresholds and sizes of the gallery."""

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
from kiosk.evaluation.protocol import Result
from kiosk.evaluation.scores import mated_similarity, non_mated_similarity, ranks_first

FPIRS = (0.1, 0.03, 0.01, 0.001)
SIZES = (10, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
DRAWS = 20
BANDS = ("lowest third", "middle third", "highest third")


@dataclass(frozen=True, slots=True)
class Rates:
    """Of those who are enrolled: recognised, taken for somebody else. Of strangers: taken for somebody.

    Whoever could not be enrolled, and whose sample was refused at the door, counts as not recognised.
    """

    recognised: Proportion
    misnamed: Proportion
    strangers_named: Proportion


@dataclass(frozen=True, slots=True)
class Point:
    """fnir: share of enrolled visitors missed when the threshold lets that share of strangers through."""

    fpir: float
    threshold: float
    fnir: Proportion


@dataclass(frozen=True, slots=True)
class Size:
    """Rates with so many people enrolled, means over draws of them.

    promised_fpir, measured_fpir, lowest_fpir, highest_fpir: at the product's threshold; the last two hold 90 % of the
        draws.
    """

    people: int
    rank_1: Proportion
    points: tuple[Point, ...]
    threshold: float
    promised_fpir: float
    measured_fpir: Proportion
    lowest_fpir: float
    highest_fpir: float
    fnir: Proportion


def rates(results: Sequence[Result]) -> Rates:
    mated = [r for r in results if r.visit.is_enrolled]
    non_mated = [r for r in results if not r.visit.is_enrolled]
    return Rates(
        recognised=Proportion(sum(r.named == r.visit.person for r in mated), len(mated)),
        misnamed=Proportion(sum(r.named not in (None, r.visit.person) for r in mated), len(mated)),
        strangers_named=Proportion(sum(r.named is not None for r in non_mated), len(non_mated)),
    )


def refusals(reasons: Sequence[str | None]) -> dict[str, int]:
    """Count the reasons, the commonest first."""
    return dict(Counter(reason for reason in reasons if reason is not None).most_common())


def by_quality(results: Sequence[Result]) -> dict[str, Rates]:
    """Return the rates of three equal bands of the sample's quality score, of those who were seen at all."""
    seen = sorted((r for r in results if r.quality_score is not None), key=lambda r: r.quality_score or 0.0)
    models = np.array_split(np.arange(len(seen)), len(BANDS))
    return {name: rates([seen[i] for i in part]) for name, part in zip(BANDS, models, strict=True)}


def sizes_up_to(people: int) -> tuple[int, ...]:
    return (*(size for size in SIZES if size < people), people)


def at_sizes(
    results: Sequence[Result], templates: Sequence[Template], model_version: str, decider: Decider
) -> tuple[Size, ...]:
    """Return the rates over several sizes of the gallery; whoever is not drawn into it is a stranger then."""
    enrolled = sorted({template.employee_id for template in templates})
    generator = np.random.default_rng(1)
    found = []
    for size in sizes_up_to(len(enrolled)):
        draws = []
        for _ in range(DRAWS if size < len(enrolled) else 1):
            chosen = set(generator.choice(enrolled, size, replace=False).tolist())
            gallery = Gallery(model_version, [t for t in templates if t.employee_id in chosen])
            draws.append(_draw(results, gallery, chosen, decider))
        found.append(_size(size, draws, decider.target_fpir))
    return tuple(found)


def at_whole_size(results: Sequence[Result], gallery: Gallery, decider: Decider) -> Size:
    """Return the rates with the whole gallery."""
    draw = _draw(results, gallery, set(gallery.people), decider)
    return _size(gallery.person_count, [draw], decider.target_fpir)


@dataclass(frozen=True, slots=True, eq=False)
class _Draw:
    """mated, non_mated: similarities, see scores.py. first: which of the mates rank first."""

    mated: NDArray[np.float64]
    first: NDArray[np.bool_]
    non_mated: NDArray[np.float64]
    threshold: float


def _draw(results: Sequence[Result], gallery: Gallery, chosen: set[int], decider: Decider) -> _Draw:
    mated = [r for r in results if r.visit.person in chosen and r.visit.is_enrolled]
    non_mated = [r for r in results if r.visit.person not in chosen]
    return _Draw(
        mated=np.array([mated_similarity(r, gallery) for r in mated], dtype=np.float64),
        first=np.array([ranks_first(r, gallery) for r in mated], dtype=np.bool_),
        non_mated=np.array([non_mated_similarity(r, gallery) for r in non_mated], dtype=np.float64),
        threshold=decider.thresholds(gallery).accept,
    )


def _size(people: int, draws: Sequence[_Draw], promised_fpir: float) -> Size:
    measured = [float(np.mean(draw.non_mated >= draw.threshold)) if len(draw.non_mated) else 0.0 for draw in draws]
    return Size(
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


def _point(draws: Sequence[_Draw], fpir: float) -> Point:
    limits = [_threshold(draw.non_mated, fpir) for draw in draws]
    missed = [draw.mated < limit for draw, limit in zip(draws, limits, strict=True)]
    return Point(fpir, float(np.mean(limits)), _mean_share(missed))


def _threshold(non_mated: NDArray[np.float64], fpir: float) -> float:
    """Return the least similarity that no more than this share of the strangers reaches."""
    if not len(non_mated):
        return 1.0
    falling = np.sort(non_mated)[::-1]
    return float(np.nextafter(falling[min(int(fpir * len(falling)), len(falling) - 1)], 2.0))


def _mean_share(draws: Sequence[NDArray[np.bool_]]) -> Proportion:
    """Return the mean over draws, known no better than from one draw: the same photographs come again in each."""
    total = round(float(np.mean([len(draw) for draw in draws])))
    shares = [float(np.mean(draw)) for draw in draws if len(draw)]
    return Proportion(float(np.mean(shares)) * total if shares else 0.0, total)
