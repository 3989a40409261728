"""From an impostor tail to the similarities that a search is decided by."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kiosk.domain.gallery import ImpostorTail

# No threshold lies below the similarity of this FMR: in a small office a wrong name costs as much as in a large one.
LOWEST_THRESHOLD_FMR = 1e-4
# Nor below that of this one until the door's own tail has been measured. Before one webcam strangers were taken for one
# of four people by up to 0.04 more than the former.
CAREFUL_THRESHOLD_FMR = 1e-5
LOW_CONFIDENCE_FPIR = 0.01
# A visit has many samples of one face, and the first that suffices decides: it errs as often as so many independent
# comparisons with each person. Measured on 489 strangers of LFW who walked up to a gallery of 74 people: 1.4 to 1.9 at
# FMRs from 1e-2 to 1e-4, where their first sample alone erred 0.6 to 0.8 times as often as promised (`kiosk evaluate
# FOLDER --study promise --walks`).
VISIT_COMPARISONS = 2.0


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Similarities that the best candidate of a search is compared with.

    Attributes:
        accept: from here on the candidate may be accepted.
        review: from here on, up to accept, the status is low_confidence.
    """

    accept: float
    review: float

    def raised_by(self, rise: float) -> Thresholds:
        """Return thresholds that lie higher."""
        return Thresholds(self.accept + rise, self.review + rise)


def thresholds(
    tail: ImpostorTail, target_fpir: float, comparisons: float, lowest_fmr: float = LOWEST_THRESHOLD_FMR
) -> Thresholds:
    """Return the thresholds at which a stranger's visit is named with probability target_fpir.

    Args:
        tail: of the embedder.
        target_fpir: wanted FPIR of a visit.
        comparisons: Gallery.comparisons, which a visit makes VISIT_COMPARISONS times.
        lowest_fmr: the threshold never lies below its similarity.
    """
    visit = VISIT_COMPARISONS * comparisons
    accept = max(tail.threshold(target_fpir, visit), tail.similarity_at(lowest_fmr))
    review = tail.threshold(max(LOW_CONFIDENCE_FPIR, target_fpir), visit)
    return Thresholds(accept, min(review, accept))


def strangers_named(tail: ImpostorTail, similarity: float, comparisons: float) -> float:
    """Return the FPIR of this threshold: the share of strangers' visits that are named."""
    return float(-np.expm1(VISIT_COMPARISONS * comparisons * np.log1p(-tail.fmr_at(similarity))))


def strangers_named_a_year(tail: ImpostorTail, similarity: float, comparisons: float, visits_a_day: float) -> float:
    """Return the expected number of strangers' visits a year that are named at this threshold."""
    return strangers_named(tail, similarity, comparisons) * visits_a_day * 365.25


def not_measured() -> None:
    """The rise of a door that has not measured its tail."""
