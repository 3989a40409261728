"""The score of a transaction, whatever the threshold: that of its best attempt, because the first to suffice decides.

A similarity of -1 stands for a transaction without a candidate. typical is the mean similarity of different people, see
kiosk.domain.cohort: what exceeds it is taken off; None takes nothing off. A candidate who leads the second by less than
the margin is none.
"""

from __future__ import annotations

from kiosk.domain.cohort import cohort_excess
from kiosk.domain.gallery import Gallery
from kiosk.domain.types import Candidate
from kiosk.evaluation.protocol import TransactionResult

UNMATCHED = -1.0


def mated_similarity(
    result: TransactionResult, gallery: Gallery, typical: float | None = None, margin: float = 0.0
) -> float:
    """Return the highest similarity at which the visitor ranked first themselves."""
    best = _best(result, gallery, typical, margin)
    return max((b.similarity for b in best if b.employee_id == result.transaction.person), default=UNMATCHED)


def non_mated_similarity(
    result: TransactionResult, gallery: Gallery, typical: float | None = None, margin: float = 0.0
) -> float:
    """Return the highest similarity to anybody."""
    return max((best.similarity for best in _best(result, gallery, typical, margin)), default=UNMATCHED)


def ranks_first(result: TransactionResult, gallery: Gallery) -> bool:
    """Return whether the last attempt, which fuses the most samples, ranks the visitor first."""
    best = _best(result, gallery, None)
    return bool(best) and best[-1].employee_id == result.transaction.person


def _best(result: TransactionResult, gallery: Gallery, typical: float | None, margin: float = 0.0) -> list[Candidate]:
    """Return the best candidate of each attempt, relative to the others; none where nobody is enrolled."""
    searched = ((attempt, gallery.search(attempt)) for attempt in result.attempts)
    found = ((attempt, candidates[0]) for attempt, candidates in searched if candidates and _leads(candidates, margin))
    return [
        Candidate(
            best.employee_id,
            best.similarity - cohort_excess(gallery.mean_of_others(attempt, best), gallery.person_count - 1, typical),
        )
        for attempt, best in found
    ]


def _leads(candidates: tuple[Candidate, ...], margin: float) -> bool:
    return len(candidates) < 2 or candidates[0].similarity - candidates[1].similarity >= margin
