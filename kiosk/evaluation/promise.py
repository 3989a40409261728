"""Whether the promised share of strangers holds for people by whom the threshold was not set.

The folder's people are halved again and again: one half calibrates, as `--apply` does, and of the other some are
enrolled, and all others come as strangers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kiosk.core.gallery import Gallery, ImpostorTail
from kiosk.core.types import Embedding, Template
from kiosk.errors import ConfigurationError
from kiosk.evaluation.calibration import site_tail
from kiosk.evaluation.errors import FPIRS
from kiosk.evaluation.folder import Person
from kiosk.evaluation.takes import Taker
from kiosk.evaluation.visits import Progress, Result, Visit

SPLITS = 50
SIZES = (50, 200)


@dataclass(frozen=True, slots=True)
class Promise:
    """measured: mean share of strangers named, over the splits. lowest, highest: 90 % of the splits lie between.

    kept: share of the splits in which it was within a factor of two of what was promised.
    by_catalogue: the mean with the catalogue's tail in place of the calibrating half's.
    strangers: visits in all.
    """

    people: int
    promised: float
    measured: float
    lowest: float
    highest: float
    kept: float
    by_catalogue: float
    strangers: int


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """Somebody with a template and a probe; the probe is another photograph where there is one."""

    template: Template
    result: Result


def check(people: Sequence[Person], taker: Taker, catalogue: ImpostorTail, progress: Progress) -> tuple[Promise, ...]:
    """Return what became of each promise in galleries of each size. Raises ConfigurationError with too few people."""
    known = _take(people, taker, progress)
    sizes = [size for size in SIZES if size <= len(known) // 4]
    if not sizes:
        raise ConfigurationError(f"{len(known)} people are too few to halve: {4 * SIZES[0]} are needed")
    generator = np.random.default_rng(1)
    shares: dict[tuple[int, float], list[tuple[float, float]]] = {}
    strangers = dict.fromkeys(sizes, 0)
    for done in range(SPLITS):
        order = [known[i] for i in generator.permutation(len(known))]
        calibrating, others = order[: len(order) // 2], order[len(order) // 2 :]
        tail = site_tail([k.template for k in calibrating], [k.result for k in calibrating], catalogue)
        for size in sizes:
            gallery = Gallery(taker.model_version, [k.template for k in others[:size]])
            best = _best(gallery, [k.result.embedding for k in others[size:]])
            strangers[size] += len(best)
            for fpir in FPIRS:
                share = tuple(float(np.mean(best >= t.threshold(fpir, gallery.comparisons))) for t in (tail, catalogue))
                shares.setdefault((size, fpir), []).append((share[0], share[1]))
        progress("splits", done + 1, SPLITS)
    return tuple(_promise(size, fpir, found, strangers[size]) for (size, fpir), found in sorted(shares.items()))


def _take(people: Sequence[Person], taker: Taker, progress: Progress) -> list[_Known]:
    known = []
    for number, person in enumerate(people):
        template, probe = taker.template(person.photographs[0]), taker.probe(person.photographs[-1])
        if template.embedding is not None and probe.embedding is not None:
            visit = Visit(number, person.photographs[-1], is_enrolled=False)
            result = Result(visit, None, probe.embedding, None, None)
            known.append(_Known(Template(number, template.embedding.vector), result))
        progress("photographs", number + 1, len(people))
    return known


def _best(gallery: Gallery, probes: Sequence[Embedding | None]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([gallery.search(probe, 1)[0].similarity for probe in probes if probe is not None])


def _promise(people: int, fpir: float, found: Sequence[tuple[float, float]], strangers: int) -> Promise:
    own, by_catalogue = np.array(found).T
    return Promise(
        people=people,
        promised=fpir,
        measured=float(own.mean()),
        lowest=float(np.quantile(own, 0.05)),
        highest=float(np.quantile(own, 0.95)),
        kept=float(np.mean((own >= fpir / 2) & (own <= 2 * fpir))),
        by_catalogue=float(by_catalogue.mean()),
        strangers=strangers,
    )
