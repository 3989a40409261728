"""The evidence of one track, and what is believed because of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from kiosk.domain.gallery import Gallery, ImpostorTail
from kiosk.domain.types import Candidate, Decision, DecisionStatus, Embedding

# Cosine below which a sample is not taken for the face its track has shown so far. Neighbouring samples of one face
# lie far above, and only one pair of strangers in a thousand lies above.
SAME_FACE_SIMILARITY = 0.45
# So many of the best samples are fused. With three templates of each of 74 people of LFW they missed 2.8 % of walkers
# at an FPIR of 0.3 %, the best alone 3.3 %, the eight best 4.4 %.
FUSED_SAMPLES = 5
# A face that has only been seen worse than this is probably still far away: it is called unknown later than others.
GOOD_QUALITY = 0.5
LOWEST_THRESHOLD_FMR = 1e-4
# A single sample agrees when it names the person with a similarity that strangers reach this rarely; only the fused
# ones have to reach the threshold.
AGREEING_FMR = 1e-3
# Photographs of one person that are less alike than this show two people: as often as one pair of strangers in a
# hundred lies above, one pair of the same person in a hundred lies below.
SAME_PERSON_FMR = 1e-2
LOW_CONFIDENCE_FPIR = 0.01
# A visit is many looks at one face, and the first that suffices decides: it errs as often as so many independent
# comparisons with each person. Measured on 489 strangers of LFW who walked up to a gallery of 74 people: 1.4 to 1.9 at
# false match rates from 1e-2 to 1e-4, where their first sample alone erred 0.6 to 0.8 times as often as promised.
VISIT_COMPARISONS = 2.0


Belief: TypeAlias = tuple[DecisionStatus, int | None]


class Evidence:
    """The samples of one face: the mean of the best, weighted by quality, and whom the latest ones named.

    has_good_sample: one of them was good enough to call its face unknown by.
    last_reported: what was last said of the face. mismatch_pending: the latest sample showed another one.
    """

    def __init__(self) -> None:
        self._best: list[tuple[float, Embedding]] = []
        self._votes: deque[Candidate | None] = deque(maxlen=20)
        self.gallery: Gallery | None = None
        self.sample_count = 0
        self.decision: Decision | None = None
        self.last_reported: Belief | None = None
        self.mismatch_pending = False
        self.has_good_sample = False
        self.sampled_at_s = float("-inf")
        self.first_sampled_at_s = float("inf")

    def is_same_face(self, sample: Embedding, gallery: Gallery) -> bool:
        """Return whether a sample may belong to the face seen so far; the first one always does.

        What resembles somebody else in the gallery more than both the face so far and the person whom that was taken
        for is another face, even when the two look alike.
        """
        if not self._best:
            return True
        similarity = float(self.fused().vector @ sample.vector)
        if not similarity >= SAME_FACE_SIMILARITY:
            return False
        named = self.decision.employee_id if self.decision is not None else None
        best = gallery.search(sample, 1)
        return named is None or not best or best[0].employee_id == named or best[0].similarity <= similarity

    def add(self, sample: Embedding, quality_score: float, gallery: Gallery, at_s: float) -> None:
        """Count a sample in. A gallery that has changed starts the votes over: it knows other people."""
        if gallery is not self.gallery:
            self._votes.clear()
            self.gallery = gallery
        self._best = sorted([*self._best, (quality_score, sample)], key=lambda pair: -pair[0])[:FUSED_SAMPLES]
        self.has_good_sample |= quality_score >= GOOD_QUALITY
        best = gallery.search(sample, 1)
        self._votes.append(best[0] if best else None)
        self.sample_count += 1
        self.sampled_at_s = at_s
        self.first_sampled_at_s = min(self.first_sampled_at_s, at_s)

    def fused(self, samples: int = FUSED_SAMPLES) -> Embedding:
        """Return so many of the best samples as one embedding of length 1. Raises ValueError before the first."""
        if not self._best:
            raise ValueError("no sample has been counted in")
        weighted = [max(quality, 0.02) * sample.vector.astype(np.float64) for quality, sample in self._best[:samples]]
        total = np.sum(weighted, axis=0)
        mean = total / max(float(np.linalg.norm(total)), 1e-12)
        return Embedding(mean.astype(np.float32), self._best[0][1].model_version)

    @property
    def vote_count(self) -> int:
        """Samples counted in since the gallery last changed, as far back as votes are kept."""
        return len(self._votes)

    def votes_for(self, employee_id: int, similarity: float, latest: int) -> int:
        """Return how many of the latest samples named this person with at least this similarity."""
        votes = list(self._votes)[-latest:]
        return sum(v is not None and v.employee_id == employee_id and v.similarity >= similarity for v in votes)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Similarities from which a gallery's best candidate is accepted, and from which it is worth another look."""

    accept: float
    review: float


def thresholds(tail: ImpostorTail, target_fpir: float, comparisons: float) -> Thresholds:
    """Return the similarities that keep a stranger's visit below target_fpir.

    comparisons: Gallery.comparisons, which a visit makes VISIT_COMPARISONS times.
    Never below the similarity of FMR 1e-4: in a small office a wrong name costs as much as in a large one.
    """
    visit = VISIT_COMPARISONS * comparisons
    accept = max(tail.threshold(target_fpir, visit), tail.similarity_at(LOWEST_THRESHOLD_FMR))
    review = tail.threshold(max(LOW_CONFIDENCE_FPIR, target_fpir), visit)
    return Thresholds(accept, min(review, accept))


def strangers_named_a_year(tail: ImpostorTail, similarity: float, comparisons: float, visits_a_day: float) -> float:
    """Return how many strangers' visits a year are expected to be taken for somebody at this threshold."""
    fpir = -np.expm1(VISIT_COMPARISONS * comparisons * np.log1p(-tail.fmr_at(similarity)))
    return float(fpir) * visits_a_day * 365.25


@dataclass(frozen=True, slots=True)
class Decider:
    """Decides whether a face is that of somebody in the gallery: at the door, for a photograph, and at enrolling.

    Attributes:
        tail: similarities that different people reach, measured for the embedder in use.
        target_fpir: accepted probability that a stranger's visit is taken for somebody.
        agreeing_samples: this many of the latest samples must name the person whom the fused embedding names.
        minimum_margin: similarity by which the first candidate must lead the second.
        patience_samples: samples after which a face without a match is called unknown.
        patience_s: seconds after which a face without a match is called unknown.
        long_patience_s: the same for a face of which no good sample was seen.
        fused_samples: so many of the best samples are fused, FUSED_SAMPLES at the most.
    """

    tail: ImpostorTail
    target_fpir: float
    agreeing_samples: int = 3
    minimum_margin: float = 0.05
    patience_samples: int = 8
    patience_s: float = 1.0
    long_patience_s: float = 3.0
    fused_samples: int = FUSED_SAMPLES
    _cache: dict[float, Thresholds] = field(default_factory=dict, init=False, repr=False, compare=False)

    def thresholds(self, gallery: Gallery) -> Thresholds:
        count = gallery.comparisons
        if count not in self._cache:
            self._cache[count] = thresholds(self.tail, self.target_fpir, count)
        return self._cache[count]

    def strangers_named_a_year(self, gallery: Gallery, visits_a_day: float) -> float:
        """Return how many strangers' visits a year are expected to be taken for somebody in this gallery."""
        accept = self.thresholds(gallery).accept
        return strangers_named_a_year(self.tail, accept, gallery.comparisons, visits_a_day)

    def decide(self, evidence: Evidence, gallery: Gallery, at_s: float) -> Decision | None:
        """Return what a track's evidence says by now, or None while it says too little.

        The fused samples are decided on as a single probe would be; besides, the latest samples have to agree.
        """
        if evidence.vote_count < self.agreeing_samples:
            return None
        candidates = gallery.search(evidence.fused(self.fused_samples))
        reasons = self._doubts(candidates, gallery, self.thresholds(gallery))
        if candidates and not self._samples_agree(evidence, candidates[0].employee_id):
            reasons += ("samples_disagree",)
        decision = self._decision(candidates, reasons, self.thresholds(gallery))
        return decision if decision.status is DecisionStatus.MATCH or self._is_patient(evidence, at_s) else None

    def decide_probe(self, probe: Embedding, gallery: Gallery, limits: Thresholds | None = None) -> Decision:
        """Return what one probe alone says: the same as a track of which every sample is this one, held still.

        Args:
            probe: embedding of the face to be searched.
            gallery: whom it may be.
            limits: thresholds in place of the gallery's own, as those of a larger gallery that this is a part of.
        """
        candidates = gallery.search(probe)
        limits = limits or self.thresholds(gallery)
        return self._decision(candidates, self._doubts(candidates, gallery, limits), limits)

    def duplicate_of(self, probe: Embedding, gallery: Gallery, but: Collection[int] = ()) -> Candidate | None:
        """Return who in the gallery has the face of somebody who is to be enrolled; None for nobody.

        The lead over the second candidate does not count here: a face that resembles two enrolled people equally is
        still one of theirs. but: employees who are left out.
        """
        candidates = gallery.search(probe, 1 + len(but))
        others = (candidate for candidate in candidates if candidate.employee_id not in but)
        best = next(others, None)
        return best if best is not None and best.similarity >= self.thresholds(gallery).accept else None

    def look_alikes(self, employee_id: int, gallery: Gallery, count: int) -> tuple[Candidate, ...]:
        """Return so many of the others whom a person resembles so much that the door asks both for another look."""
        alike = gallery.most_alike(employee_id, count)
        return tuple(candidate for candidate in alike if candidate.similarity >= self.thresholds(gallery).review)

    def is_same_person(self, similarity: float) -> bool:
        """Return whether two photographs that are so alike may show one person, who is said to be on both."""
        return similarity >= self.tail.similarity_at(SAME_PERSON_FMR)

    def _doubts(self, candidates: tuple[Candidate, ...], gallery: Gallery, limits: Thresholds) -> tuple[str, ...]:
        """Return why the best candidate is not accepted; a similarity that is not a number is never evidence."""
        if not candidates:
            return ("empty_gallery",)
        best = candidates[0]
        alike = gallery.nearest_other(best.employee_id)
        doubts = {
            "below_threshold": not best.similarity >= limits.accept,
            # What another's templates reach as well is no evidence for this person.
            "look_alike": alike is not None and not best.similarity > alike.similarity,
            "small_margin": len(candidates) > 1
            and not best.similarity - candidates[1].similarity >= self.minimum_margin,
        }
        return tuple(reason for reason, doubtful in doubts.items() if doubtful)

    @staticmethod
    def _decision(candidates: tuple[Candidate, ...], reasons: tuple[str, ...], limits: Thresholds) -> Decision:
        if not candidates:
            return Decision(DecisionStatus.UNKNOWN, reasons=reasons)
        best = candidates[0]
        margin = best.similarity - candidates[1].similarity if len(candidates) > 1 else None
        if not reasons:
            return Decision(DecisionStatus.MATCH, best.employee_id, best.similarity, margin)
        doubtful = best.similarity >= limits.review
        status = DecisionStatus.LOW_CONFIDENCE if doubtful else DecisionStatus.UNKNOWN
        return Decision(status, None, best.similarity, margin, reasons)

    def _samples_agree(self, evidence: Evidence, employee_id: int) -> bool:
        """Whom the track has already been matched with need not be agreed upon again when one sample is poor."""
        if evidence.decision is not None and evidence.decision.employee_id == employee_id:
            return True
        similarity = self.tail.similarity_at(AGREEING_FMR)
        return evidence.votes_for(employee_id, similarity, self.agreeing_samples) >= self.agreeing_samples

    def _is_patient(self, evidence: Evidence, at_s: float) -> bool:
        """Return whether a face without a match has been looked at for long enough to say so."""
        patience_s = self.patience_s if evidence.has_good_sample else self.long_patience_s
        return evidence.sample_count >= self.patience_samples and at_s - evidence.first_sampled_at_s >= patience_s
