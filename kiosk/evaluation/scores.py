"""What a visit comes to, whatever the threshold: at the door the first look that suffices decides, so the best counts.

A similarity of -1 stands for a visit that cannot come to anything.
"""

from __future__ import annotations

from kiosk.core.gallery import Gallery
from kiosk.evaluation.visits import Result

NEVER = -1.0


def mate_similarity(result: Result, gallery: Gallery) -> float:
    """Return the highest similarity at which the visitor ranked first themselves."""
    found = [best[0] for look in result.looks if (best := gallery.search(look, 1))]
    return max((c.similarity for c in found if c.employee_id == result.visit.person), default=NEVER)


def stranger_similarity(result: Result, gallery: Gallery) -> float:
    """Return the highest similarity to anybody."""
    found = [best[0] for look in result.looks if (best := gallery.search(look, 1))]
    return max((c.similarity for c in found), default=NEVER)


def ranks_first(result: Result, gallery: Gallery) -> bool:
    """Tell whether the last look, which weighs the most, resembles the visitor themselves most."""
    best = gallery.search(result.looks[-1], 1) if result.looks else ()
    return bool(best) and best[0].employee_id == result.visit.person
