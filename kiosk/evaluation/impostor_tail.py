"""The impostor tail of a site: how often its own people reach a similarity with one another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kiosk.domain.gallery import ImpostorTail
from kiosk.domain.types import Template
from kiosk.errors import ConfigurationError
from kiosk.evaluation.protocol import TransactionResult

FMRS = (1e-2, 1e-3, 1e-4, 1e-5)
# An FMR is measured where at least this many non-mated pairs lie beyond its threshold; from fewer it is a guess.
LEAST_PAIRS = 30


def measure_impostor_tail(
    templates: Sequence[Template], results: Sequence[TransactionResult], catalogue: ImpostorTail
) -> ImpostorTail:
    """Return the tail of the site's people; each pair of different people counts once in each direction.

    FMRs too small to be measured with so few people are taken from the catalogue's tail, shifted by as much as the
    smallest measured one differs from it. Raises ConfigurationError when there are too few people to measure any.
    """
    similarities = _non_mated_similarities(templates, results)
    measurable = [fmr for fmr in FMRS if fmr * len(similarities) >= LEAST_PAIRS]
    if not measurable:
        raise ConfigurationError(
            f"{len(similarities):,} pairs of different people are too few to calibrate by; "
            f"{round(LEAST_PAIRS / FMRS[0]):,} are needed, as among 60 people with a photograph each"
        )
    measured = [float(np.quantile(similarities, 1 - fmr, method="higher")) for fmr in measurable]
    shift = measured[-1] - catalogue.similarity_at(measurable[-1])
    extrapolated = [catalogue.similarity_at(fmr) + shift for fmr in FMRS[len(measurable) :]]
    try:
        return ImpostorTail((*measured, *extrapolated), FMRS, float(similarities.mean()))
    except ValueError as error:
        raise ConfigurationError("the similarities of different people do not thin out: check the folders") from error


def _non_mated_similarities(templates: Sequence[Template], results: Sequence[TransactionResult]) -> NDArray[np.float32]:
    """Return the similarities of one template and one probe of each two people, so that nobody counts more."""
    first = {t.employee_id: t.vector for t in reversed(templates)}
    last = {r.transaction.person: r.attempts[-1].vector for r in results if r.attempts}
    if not last:
        return np.empty(0, np.float32)
    similarities = np.stack(list(last.values())) @ np.stack(list(first.values())).T
    different = np.array(list(last))[:, None] != np.array(list(first))[None, :]
    non_mated: NDArray[np.float32] = similarities[different]
    return non_mated
