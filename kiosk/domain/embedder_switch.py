"""The change from one embedder to another: which visits are certain, and when they make templates of the new one.

A visit counts when the old network names the person with far more certainty than the door asks for. Three such visits
on different days become templates when the new network, too, says that they show one person and nobody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from kiosk.domain.decision import GOOD_QUALITY, Decider
from kiosk.domain.gallery import Gallery, ImpostorTail
from kiosk.domain.types import Decision, DecisionStatus, Embedding

# One visit alone errs as seldom as two independent visits at the door's own threshold would: FPIR to this power.
CERTAIN_FPIR_POWER = 2.0
# The lead over everybody else: the similarity by which the tail falls from one to the other of these rates.
MARGIN_FMR = (1e-2, 1e-4)
CERTAIN_DAYS = 3
# Under the new network each visit has to resemble the mean of the others as one pair of strangers in ten thousand does,
# and each other one as one in a thousand: two people who come in turn are both near to their common mean.
MEAN_FMR = 1e-4
PAIR_FMR = 1e-3


class SwitchState(StrEnum):
    """How far the change is: the old network decides while it is gathering, the new one from finished on."""

    GATHERING = "gathering"
    FINISHED = "finished"
    CLOSED = "closed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class EmbedderSwitch:
    """A change from one embedder to another.

    Attributes:
        id: the row's number.
        old_model: id of the embedder in the catalogue, as new_model is.
        old_version: identity of its vectors, as new_version is.
        state: how far it is.
        started_at: aware UTC, as finished_at and closed_at are.
        finished_at: since when the new embedder decides; None before that.
        closed_at: when the old templates or, after a cancellation, the new ones were deleted; None before that.
    """

    id: int
    old_model: str
    old_version: str
    new_model: str
    new_version: str
    state: SwitchState
    started_at: datetime
    finished_at: datetime | None
    closed_at: datetime | None

    @property
    def deciding_model(self) -> str:
        """Id of the embedder that recognises people."""
        return self.old_model if self.state in (SwitchState.GATHERING, SwitchState.CANCELLED) else self.new_model

    @property
    def second_model(self) -> str:
        """Id of the other one, of which templates are kept beside those of the deciding one."""
        return self.new_model if self.state is SwitchState.GATHERING else self.old_model


def model_after(configured: str | None, switches: Sequence[EmbedderSwitch]) -> str | None:
    """Return the id of the embedder that decides after the office's changes, in their order.

    configured: what the settings name; None where they name none, and then what the changes lead to is taken.
    """
    model = configured
    for switch in switches:
        ends = (None, switch.old_model) if switch.state is SwitchState.CLOSED else _either(switch)
        if model in ends:
            model = switch.deciding_model
    return model


def _either(switch: EmbedderSwitch) -> tuple[str | None, ...]:
    """A change that is open decides also where the settings name the new embedder already."""
    return None, switch.old_model, switch.new_model


class Verdict(StrEnum):
    """What the certain visits of a person say."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    VISITS_DISAGREE = "visits_disagree"
    RESEMBLES_ANOTHER = "resembles_another"


@dataclass(frozen=True, slots=True, eq=False)
class CertainVisit:
    """One visit of somebody whom the old network named with certainty.

    Attributes:
        visited_on: the office's day.
        embedding: of the new network.
        quality_score: of the best sample, in [0, 1].
        similarity: with the person's templates of the old network.
    """

    employee_id: int
    visited_on: date
    embedding: Embedding
    quality_score: float
    similarity: float


class CertaintyRule:
    """Tells which visits are certain.

    Args:
        decider: of the network that decides at the door.
    """

    def __init__(self, decider: Decider) -> None:
        self._decider = decider
        self._strict = replace(decider, target_fpir=decider.target_fpir**CERTAIN_FPIR_POWER)
        tail = decider.tail
        self.least_margin = tail.similarity_at(MARGIN_FMR[1]) - tail.similarity_at(MARGIN_FMR[0])

    def least_similarity(self, gallery: Gallery) -> float:
        """Return the similarity that a visit needs."""
        return self._strict.thresholds(gallery).accept

    def is_certain(self, decision: Decision, quality_score: float, gallery: Gallery) -> bool:
        """Return whether a decision of the door leaves no doubt; a number that is missing or NaN leaves one.

        Whoever resembles somebody else enrolled so much that the door asks for a clearer look never counts.
        """
        if decision.status is not DecisionStatus.MATCH or decision.employee_id is None or decision.similarity is None:
            return False
        alone = decision.margin is None and gallery.person_count == 1
        margin_suffices = alone or (decision.margin is not None and decision.margin >= self.least_margin)
        return (
            decision.similarity >= self.least_similarity(gallery)
            and margin_suffices
            and quality_score >= GOOD_QUALITY
            and not self._decider.look_alikes(decision.employee_id, gallery, 1)
        )


def judge(visits: Sequence[CertainVisit], new_decider: Decider, others: Gallery) -> Verdict:
    """Return what one person's certain visits say under the new network.

    Args:
        visits: of one person.
        new_decider: of the new network.
        others: everybody else under the new network, by their templates or by the visits that still wait.
    """
    if len({visit.visited_on for visit in visits}) < CERTAIN_DAYS:
        return Verdict.WAITING
    if not _agree(np.stack([visit.embedding.vector for visit in visits]), new_decider.tail):
        return Verdict.VISITS_DISAGREE
    probes = [*(visit.embedding for visit in visits), _mean(visits)]
    if any(new_decider.duplicate_of(probe, others) is not None for probe in probes):
        return Verdict.RESEMBLES_ANOTHER
    return Verdict.CONFIRMED


def best_of_each_day(visits: Sequence[CertainVisit], count: int) -> tuple[CertainVisit, ...]:
    """Return the visit of the best quality of each day, count at the most, the best first."""
    by_quality = sorted(visits, key=lambda visit: -visit.quality_score)
    best: dict[date, CertainVisit] = {}
    for visit in by_quality:
        best.setdefault(visit.visited_on, visit)
    return tuple(best.values())[:count]


def _agree(vectors: NDArray[np.float32], tail: ImpostorTail) -> bool:
    """Return whether rows of length 1 show one face: each is like each other one, and like the mean of the others."""
    means = vectors.sum(axis=0) - vectors
    with_mean = np.einsum("ij,ij->i", vectors, means) / np.maximum(np.linalg.norm(means, axis=1), 1e-6)
    return bool(
        (vectors @ vectors.T >= tail.similarity_at(PAIR_FMR)).all()
        and (with_mean >= tail.similarity_at(MEAN_FMR)).all()  # false for NaN, too
    )


def _mean(visits: Sequence[CertainVisit]) -> Embedding:
    total = np.sum([visit.embedding.vector.astype(np.float64) for visit in visits], axis=0)
    mean = (total / max(float(np.linalg.norm(total)), 1e-12)).astype(np.float32)
    return Embedding(mean, visits[0].embedding.model_version)
