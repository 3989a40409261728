"""The score of a transaction, whatever the threshold: that of its best attempt, because the first to suffice decides.

A similarity of -1 stands for a transaction without a candidate.
"""

from __future__ import annotations

from kiosk.domain.gallery import Gallery
from kiosk.domain.types import Candidate
from kiosk.evaluation.protocol import TransactionResult

UNMATCHED = -1.0


def mated_similarity(result: TransactionResult, gallery: Gallery) -> float:
    """Return the highest similarity at which the visitor ranked first themselves."""
    own = (best.similarity for best in _best(result, gallery) if best.employee_id == result.transaction.person)
    return max(own, default=UNMATCHED)


def non_mated_similarity(result: TransactionResult, gallery: Gallery) -> float:
    """Return the highest similarity to anybody."""
    return max((best.similarity for best in _best(result, gallery)), default=UNMATCHED)


def ranks_first(result: TransactionResult, gallery: Gallery) -> bool:
    """Return whether the last attempt, which fuses the most samples, ranks the visitor first."""
    best = _best(result, gallery)
    return bool(best) and best[-1].employee_id == result.transaction.person


def _best(result: TransactionResult, gallery: Gallery) -> list[Candidate]:
    """Return the best candidate of each attempt; none where nobody is enrolled."""
    return [candidate for attempt in result.attempts for candidate in gallery.search(attempt, 1)]
