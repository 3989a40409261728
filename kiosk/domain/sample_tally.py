"""What kept a track's pictures from being compared, or made them poor: counted for the record of its decision."""

from __future__ import annotations

from collections import Counter
from typing import Any

from kiosk.domain.quality import Quality, Reason


class SampleTally:
    """Counts what was seen of one track; the most frequent reason comes first."""

    def __init__(self) -> None:
        self._refused_for: Counter[Reason] = Counter()
        self._advised: Counter[Reason] = Counter()
        self._refused = 0
        self._faces = 1

    def add(self, quality: Quality, face_count: int) -> None:
        """Count one picture of the face. face_count: how many faces its frame showed."""
        self._refused_for.update(quality.reasons)
        self._advised.update(quality.advice)
        self._refused += not quality.is_sufficient
        self._faces = max(self._faces, face_count)

    def figures(self) -> dict[str, Any]:
        """Return the counts by the names that DecisionRecord has for them."""
        return {
            "refused_count": self._refused,
            "refused_reasons": _most_frequent_first(self._refused_for),
            "advice": _most_frequent_first(self._advised),
            "face_count": self._faces,
        }


def _most_frequent_first(counts: Counter[Reason]) -> tuple[str, ...]:
    return tuple(reason.value for reason, _ in counts.most_common())
