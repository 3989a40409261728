"""Decides who a face is: by the evidence of a track at the door, or by a single probe."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np

from kiosk.domain.cohort import cohort_excess
from kiosk.domain.decision_record import DecisionRecord, search_figures
from kiosk.domain.gallery import Gallery, ImpostorTail
from kiosk.domain.sample_tally import SampleTally
from kiosk.domain.thresholds import (
    CAREFUL_THRESHOLD_FMR,
    LOWEST_THRESHOLD_FMR,
    Thresholds,
    not_measured,
    strangers_named_a_year,
    thresholds,
)
from kiosk.domain.types import Candidate, Decision, DecisionStatus, Embedding

# A sample that is less like its track's face than the similarity of this FMR is of another face. Successive samples of
# one face are far more alike, and only one pair of strangers in a thousand is.
SAME_FACE_FMR = 1e-3
# The best samples are fused, up to so many. With three templates of each of 74 people of LFW that missed 2.8 % of the
# visits at an FPIR of 0.3 %, the best sample alone 3.3 %, the best eight 4.4 %; `kiosk evaluate FOLDER --samples 3
# --study parts` compares with the best alone.
FUSED_SAMPLES = 5
# A face without a sample of this quality is probably still far away: it is called unknown later than others.
GOOD_QUALITY = 0.5
# A single sample agrees when it names the person with the similarity of this FMR; only the fused samples have to reach
# the threshold.
AGREEING_FMR = 1e-3
# Photographs of one person that are less alike than this show two people: as often as one pair of strangers in a
# hundred lies above, one pair of the same person in a hundred lies below.
SAME_PERSON_FMR = 1e-2


Belief: TypeAlias = tuple[DecisionStatus, int | None]


class Evidence:
    """The samples of one track.

    Attributes:
        gallery: that the latest samples were searched in.
        sample_count: samples so far.
        decision: the track's present one, set by the recognizer.
        last_reported: status and person that were last reported of the track.
        mismatch_pending: the latest sample showed another face.
        has_good_sample: one was of good quality, so that the face may soon be called unknown.
        sampled_at_s: monotonic time of the latest sample.
        first_sampled_at_s: monotonic time of the first one.
        rejected: employees who the face is not, as somebody said.
        tally: of the pictures that the track gave.
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
        self.rejected: frozenset[int] = frozenset()
        self.tally = SampleTally()

    def reject(self, employee_ids: frozenset[int]) -> None:
        """Leave these employees, and no others, out of the search; what was found with them counts no more."""
        if employee_ids == self.rejected:
            return
        self.rejected = employee_ids
        self._votes.clear()
        if self.decision is not None and self.decision.employee_id in employee_ids:
            self.decision = None

    def is_same_face(self, sample: Embedding, gallery: Gallery, least_similarity: float) -> bool:
        """Return whether a sample may be of the track's face; the first one always is.

        least_similarity: to the track's face. A sample that resembles somebody else in the gallery more than it
        resembles that face and the person whom it was taken for is another face, even when the two look alike.
        """
        if not self._best:
            return True
        similarity = float(self.fused().vector @ sample.vector)
        if not similarity >= least_similarity:
            return False
        named = self.decision.employee_id if self.decision is not None else None
        best = gallery.search(sample, 1, self.rejected)
        return named is None or not best or best[0].employee_id == named or best[0].similarity <= similarity

    def add(self, sample: Embedding, quality_score: float, gallery: Gallery, at_s: float) -> None:
        """Add a sample. When the gallery has changed, the votes begin anew: it contains other people."""
        if gallery is not self.gallery:
            self._votes.clear()
            self.gallery = gallery
        self._best = sorted([*self._best, (quality_score, sample)], key=lambda pair: -pair[0])[:FUSED_SAMPLES]
        self.has_good_sample |= quality_score >= GOOD_QUALITY
        best = gallery.search(sample, 1, self.rejected)
        self._votes.append(best[0] if best else None)
        self.sample_count += 1
        self.sampled_at_s = at_s
        self.first_sampled_at_s = min(self.first_sampled_at_s, at_s)

    def fused(self, samples: int = FUSED_SAMPLES) -> Embedding:
        """Return the mean of the best samples, weighted by quality, of length 1. Raises ValueError without a sample."""
        if not self._best:
            raise ValueError("the evidence has no sample yet")
        weighted = [max(quality, 0.02) * sample.vector.astype(np.float64) for quality, sample in self._best[:samples]]
        total = np.sum(weighted, axis=0)
        mean = total / max(float(np.linalg.norm(total)), 1e-12)
        return Embedding(mean.astype(np.float32), self._best[0][1].model_version)

    def qualities(self, samples: int = FUSED_SAMPLES) -> tuple[float, ...]:
        """Return the quality scores of the best samples, the best first."""
        return tuple(quality for quality, _ in self._best[:samples])

    @property
    def vote_count(self) -> int:
        """Number of samples since the gallery last changed, up to the number of votes that are kept."""
        return len(self._votes)

    def votes_for(self, employee_id: int, similarity: float, latest: int) -> int:
        """Return how many of the latest samples named this person with at least this similarity."""
        votes = list(self._votes)[-latest:]
        return sum(v is not None and v.employee_id == employee_id and v.similarity >= similarity for v in votes)


@dataclass(frozen=True, slots=True)
class Decider:
    """Decides whether a face is that of somebody in the gallery: at the door, for a photograph, and at enrolling.

    Attributes:
        tail: similarities that different people reach, measured for the embedder in use.
        target_fpir: accepted probability that a stranger's visit is named.
        agreeing_samples: this many of the latest samples must name the person whom the fused embedding names.
        minimum_margin: similarity by which the first candidate must lead the second.
        patience_samples: samples after which a track without a match gets another status.
        patience_s: seconds after which it does; both have to be over.
        long_patience_s: in place of patience_s for a track without a good sample.
        fused_samples: how many of the best samples are fused, FUSED_SAMPLES at the most.
        rise: returns by how much the door's own impostor tail lies above this one at most, in similarity; None until
            it has been measured.
    """

    tail: ImpostorTail
    target_fpir: float
    agreeing_samples: int = 3
    minimum_margin: float = 0.05
    patience_samples: int = 8
    patience_s: float = 1.0
    long_patience_s: float = 3.0
    fused_samples: int = FUSED_SAMPLES
    rise: Callable[[], float | None] = not_measured
    _cache: dict[tuple[float, float | None], Thresholds] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def thresholds(self, gallery: Gallery) -> Thresholds:
        """Return the gallery's thresholds; those of a visitor who resembles everybody lie higher."""
        rise = self.rise()
        key = gallery.comparisons, rise
        if key not in self._cache:
            lowest_fmr = CAREFUL_THRESHOLD_FMR if rise is None else LOWEST_THRESHOLD_FMR
            found = thresholds(self.tail, self.target_fpir, gallery.comparisons, lowest_fmr)
            self._cache[key] = found.raised_by(rise or 0.0)
        return self._cache[key]

    def strangers_named_a_year(self, gallery: Gallery, visits_a_day: float) -> float:
        """Return the expected number of strangers' visits a year that are named with this gallery, at the most."""
        accept = self.thresholds(gallery).accept - (self.rise() or 0.0)
        return strangers_named_a_year(self.tail, accept, gallery.comparisons, visits_a_day)

    @property
    def same_face_similarity(self) -> float:
        """How similar the samples of one track have to be at least."""
        return self.tail.similarity_at(SAME_FACE_FMR)

    def decide(self, evidence: Evidence, gallery: Gallery, at_s: float) -> Decision | None:
        """Return the decision on a track, or None while the evidence is not enough for one.

        The fused samples are decided on like a single probe; in addition the latest samples have to agree.
        """
        if evidence.vote_count < self.agreeing_samples:
            return None
        probe = evidence.fused(self.fused_samples)
        candidates = gallery.search(probe, but=evidence.rejected)
        limits = self._limits_of(probe, candidates, gallery, self.thresholds(gallery))
        reasons = self._doubts(candidates, gallery, limits)
        if candidates and not self._samples_agree(evidence, candidates[0].employee_id):
            reasons += ("samples_disagree",)
        if reasons and evidence.rejected:
            reasons = ("rejected", *reasons)
        decision = self._decision(candidates, reasons, limits)
        if decision.status is not DecisionStatus.MATCH and not self._is_patient(evidence, at_s):
            return None
        return replace(decision, record=self._record(evidence, gallery, limits, reasons))

    def decide_probe(self, probe: Embedding, gallery: Gallery, limits: Thresholds | None = None) -> Decision:
        """Return the decision on a single probe: that on a track whose samples are all like it.

        Args:
            probe: embedding of the face to be searched.
            gallery: to search in.
            limits: in place of the gallery's own thresholds, such as those of a larger gallery that it is a part of.
        """
        candidates = gallery.search(probe)
        limits = self._limits_of(probe, candidates, gallery, limits or self.thresholds(gallery))
        return self._decision(candidates, self._doubts(candidates, gallery, limits), limits)

    def duplicate_of(self, probe: Embedding, gallery: Gallery, but: Collection[int] = ()) -> Candidate | None:
        """Return whom in the gallery the face of a person to be enrolled belongs to already; None for nobody.

        The margin does not matter here: a face that resembles two enrolled people equally still belongs to one.
        but: employees who are left out.
        """
        best = next(iter(gallery.search(probe, 1, but)), None)
        return best if best is not None and best.similarity >= self.thresholds(gallery).accept else None

    def look_alikes(self, employee_id: int, gallery: Gallery, count: int) -> tuple[Candidate, ...]:
        """Return up to count people who resemble a person so much that the door asks both for a clearer look."""
        alike = gallery.most_alike(employee_id, count)
        return tuple(candidate for candidate in alike if candidate.similarity >= self.thresholds(gallery).review)

    def is_same_person(self, similarity: float) -> bool:
        """Return whether two photographs that are said to be of one person are alike enough."""
        return similarity >= self.tail.similarity_at(SAME_PERSON_FMR)

    def _limits_of(
        self, probe: Embedding, candidates: tuple[Candidate, ...], gallery: Gallery, limits: Thresholds
    ) -> Thresholds:
        """Return the thresholds of one probe: higher the more it resembles the others as well."""
        if not candidates:
            return limits
        mean = gallery.mean_of_others(probe, candidates[0])
        return limits.raised_by(cohort_excess(mean, gallery.person_count - 1, self.tail.mean))

    def _doubts(self, candidates: tuple[Candidate, ...], gallery: Gallery, limits: Thresholds) -> tuple[str, ...]:
        """Return why the best candidate is not accepted; a similarity that is not a number is never evidence."""
        if not candidates:
            return ("empty_gallery",)
        best = candidates[0]
        alike = gallery.nearest_other(best.employee_id)
        doubts = {
            "below_threshold": not best.similarity >= limits.accept,
            # A similarity that another person's templates reach as well is no evidence for this person.
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

    def _record(
        self, evidence: Evidence, gallery: Gallery, limits: Thresholds, reasons: tuple[str, ...]
    ) -> DecisionRecord:
        unraised = self.thresholds(gallery).accept - (self.rise() or 0.0)
        return DecisionRecord(
            **search_figures(gallery, evidence.fused(self.fused_samples), evidence.rejected),
            **evidence.tally.figures(),
            threshold=limits.accept,
            threshold_fmr=self.tail.fmr_at(unraised),
            target_fpir=self.target_fpir,
            minimum_margin=self.minimum_margin,
            sample_count=evidence.sample_count,
            qualities=evidence.qualities(self.fused_samples),
            reasons=reasons,
        )

    def _samples_agree(self, evidence: Evidence, employee_id: int) -> bool:
        """Return whether the latest samples name this person, or whether the track is matched with them already."""
        if evidence.decision is not None and evidence.decision.employee_id == employee_id:
            return True
        similarity = self.tail.similarity_at(AGREEING_FMR)
        return evidence.votes_for(employee_id, similarity, self.agreeing_samples) >= self.agreeing_samples

    def _is_patient(self, evidence: Evidence, at_s: float) -> bool:
        """Return whether there was enough time and evidence to decide without a match."""
        patience_s = self.patience_s if evidence.has_good_sample else self.long_patience_s
        return evidence.sample_count >= self.patience_samples and at_s - evidence.first_sampled_at_s >= patience_s
