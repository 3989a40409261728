"""Similarity relative to the cohort: everybody else who is enrolled.

Before one camera and in one light, different people resemble each other more than on photographs from everywhere. A
visitor who resembles all the others does so for that reason, and has to resemble the best candidate by as much more.

Measured on 40 people before one camera (three templates, SFace, target FPIR 0.1 %, at the catalogue's thresholds):
0.3 % of the strangers' pictures were named with 5 enrolled and 0.7 % with 39; with the cohort 0.1 % and none, and no
known visit was missed for it. A larger margin over the second, tried beside it, refused nobody else.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# The mean of few others says little: of so many it counts by half.
HALF_TRUSTED_OTHERS = 4.0


def cohort_excess(mean_of_others: float, others: int, typical: float | None) -> float:
    """Return by how much a visitor resembles the cohort more than people of different photographs would, at least 0.

    The thresholds rise by it.

    Args:
        mean_of_others: similarity to the enrolled people but the best candidate.
        others: how many they are.
        typical: mean similarity of different people, from the embedder's impostor tail; None gives 0.
    """
    if typical is None or others < 1:
        return 0.0
    return max(0.0, mean_of_others - typical) * others / (others + HALF_TRUSTED_OTHERS)


def relative_similarities(similarities: NDArray[np.floating], typical: float | None) -> NDArray[np.float64]:
    """Return the similarities (N,) of a probe to N people, each less the excess over the N - 1 others."""
    exact, others = similarities.astype(np.float64), len(similarities) - 1
    if others < 1:
        return exact
    means = (exact.sum() - exact) / others
    excesses: NDArray[np.float64] = np.array([cohort_excess(float(mean), others, typical) for mean in means])
    return exact - excesses
