"""What a visit comes to, whatever the threshold: at the door the first look that suffices decides, so the best counts.

A similarity of -1 stands for a visit that cannot come to anything.
"""

from __future__ import annotations

from kiosk.domain.gallery import Gallery
from kiosk.domain.types import Candidate
from kiosk.evaluation.protocol import Result

NEVER = -1.0


def mated_similarity(result: Result, gallery: Gallery) -> float:
    """Return the highest similarity at which the visitor ranked first themselves."""
    own = (best.similarity for best in _best(result, gallery) if best.employee_id == result.visit.person)
    return max(own, default=NEVER)


def non_mated_similarity(result: Result, gallery: Gallery) -> float:
    """Return the highest similarity to anybody."""
    return max((best.similarity for best in _best(result, gallery)), default=NEVER)


def ranks_first(result: Result, gallery: Gallery) -> bool:
    """Tell whether the last look, which weighs the most, resembles the visitor themselves most."""
    best = _best(result, gallery)
    return bool(best) and best[-1].employee_id == result.visit.person


def _best(result: Result, gallery: Gallery) -> list[Candidate]:
    """Return whom each look resembles most; nobody where nobody is enrolled."""
    return [candidate for look in result.attempts for candidate in gallery.search(look, 1)]
