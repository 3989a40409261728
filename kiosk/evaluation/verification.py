"""Verification: one photograph against one, by the protocol of Labelled Faces in the Wild."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kiosk.evaluation.dataset import ComparisonPair
from kiosk.evaluation.protocol import Progress
from kiosk.evaluation.samples_cache import SamplesCache

REFUSED = -1.0  # the similarity of a pair with a photograph that did not pass: taken for two different people


@dataclass(frozen=True, slots=True)
class VerificationResult:
    """What the verification came to.

    Attributes:
        pairs: compared.
        folds: that they came in.
        accuracy: mean over folds, each judged at the threshold that is best on all others.
        deviation: standard deviation between folds, None for a single one, which is judged at its own best threshold.
        threshold: mean over folds.
        refused: pairs with a photograph that did not pass the quality check.
    """

    pairs: int
    folds: int
    accuracy: float
    deviation: float | None
    threshold: float
    refused: int


def verify(folds: Sequence[Sequence[ComparisonPair]], cache: SamplesCache, progress: Progress) -> VerificationResult:
    """Compare every pair, the first photograph as a template and the second as a probe.

    Source: Huang et al. 2007, Labelled Faces in the Wild, University of Massachusetts 07-49.
    """
    pairs = [pair for fold in folds for pair in fold]
    similarities = np.empty(len(pairs))
    for done, pair in enumerate(pairs):
        similarities[done] = _similarity(pair, cache)
        progress("pairs", done + 1, len(pairs))
    same = np.array([pair.is_same_person for pair in pairs])
    fold_of = np.repeat(np.arange(len(folds)), [len(fold) for fold in folds])
    chosen, accuracies = [], []
    for fold in range(len(folds)):
        held_out = fold_of == fold
        others = ~held_out if len(folds) > 1 else held_out
        chosen.append(best_threshold(similarities[others], same[others]))
        accuracies.append(float(np.mean((similarities[held_out] >= chosen[-1]) == same[held_out])))
    return VerificationResult(
        pairs=len(pairs),
        folds=len(folds),
        accuracy=float(np.mean(accuracies)),
        deviation=float(np.std(accuracies)) if len(folds) > 1 else None,
        threshold=float(np.mean(chosen)),
        refused=int(np.sum(similarities == REFUSED)),
    )


def best_threshold(similarities: NDArray[np.float64], same: NDArray[np.bool_]) -> float:
    """Return the similarity from which calling a pair the same person is right most often."""
    order = np.argsort(-similarities, kind="stable")
    right = np.concatenate([[0], np.cumsum(np.where(same[order], 1, -1))])
    at = int(np.argmax(right))
    falling = np.concatenate([[2.0], similarities[order], [-2.0]])
    return float((falling[at] + falling[at + 1]) / 2)


def _similarity(pair: ComparisonPair, cache: SamplesCache) -> float:
    first, second = cache.template(pair.first).embedding, cache.probe(pair.second).embedding
    if first is None:
        first = cache.probe(pair.first).embedding
    return REFUSED if first is None or second is None else float(first.vector @ second.vector)
