"""The numbers that a decision rested on, kept beside its event: why somebody was recognised, or was not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from kiosk.domain.gallery import Gallery
from kiosk.domain.liveness import LivenessAssessment
from kiosk.domain.types import Embedding


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """What a track's samples, the gallery and the settings were when it was decided on; no vector and no picture.

    Similarities are cosines in [-1, 1].

    Attributes:
        model_version: of the embedder.
        person_count: people in the gallery.
        threshold: similarity from which the first candidate was accepted.
        threshold_fmr: how often different people reach it, by the impostor tail that was in use.
        target_fpir: the accepted probability that a stranger's visit is named.
        minimum_margin: similarity by which the first candidate had to lead the second.
        sample_count: samples of the track until then.
        qualities: quality scores of the samples that were fused, in [0, 1], the best first.
        first_id: the employee whom the fused samples resembled most; None with an empty gallery.
        first_similarity: to the mean of that employee's templates.
        second_id: the runner-up; None when nobody else was enrolled.
        second_similarity: to the mean of the runner-up's templates.
        template_id: number of the first candidate's template that resembled the samples most; None if not known.
        template_similarity: to that template alone.
        similarity_without_template: to the mean of the candidate's other templates; None when there is no other.
        reasons: stable codes, why it is not a match; empty for a match.
        refused_count: pictures of the track that were too poor to be compared.
        refused_reasons: codes of kiosk.domain.quality.Reason, why they were; the most frequent first.
        advice: such codes for what made others poor, as covered eyes do.
        face_count: of the frame with the most faces.
        liveness: a LivenessVerdict of the visit until then; None where that was not watched.
        liveness_reasons: stable codes, why it is not live.
        liveness_co_motion: share of the surround that moved with the face; None where no motion told anything.
        liveness_motions: number of motions that told something.
        liveness_unchanged_s: seconds in which the face had not changed until then.
        liveness_seen_s: seconds in which the face had been watched until then.
    """

    model_version: str
    person_count: int
    threshold: float
    threshold_fmr: float
    target_fpir: float
    minimum_margin: float
    sample_count: int
    qualities: tuple[float, ...]
    first_id: int | None = None
    first_similarity: float | None = None
    second_id: int | None = None
    second_similarity: float | None = None
    template_id: int | None = None
    template_similarity: float | None = None
    similarity_without_template: float | None = None
    reasons: tuple[str, ...] = ()
    refused_count: int = 0
    refused_reasons: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    face_count: int = 1
    liveness: str | None = None
    liveness_reasons: tuple[str, ...] | None = None
    liveness_co_motion: float | None = None
    liveness_motions: int | None = None
    liveness_unchanged_s: float | None = None
    liveness_seen_s: float | None = None

    @property
    def margin(self) -> float | None:
        """By how much the first candidate led the second; None when there was no second."""
        if self.first_similarity is None or self.second_similarity is None:
            return None
        return self.first_similarity - self.second_similarity

    def with_liveness(self, assessment: LivenessAssessment) -> DecisionRecord:
        """Return the record with what the visit says of a living person; the decision itself does not change."""
        return replace(
            self,
            liveness=assessment.verdict.value,
            liveness_reasons=tuple(reason.value for reason in assessment.reasons),
            liveness_co_motion=assessment.co_motion,
            liveness_motions=assessment.motions,
            liveness_unchanged_s=assessment.unchanged_s,
            liveness_seen_s=assessment.seen_s,
        )

    def to_fields(self) -> dict[str, Any]:
        """Return the record as values of JSON, numbers to four places."""
        return {name: _plain(value) for name, value in asdict(self).items() if value is not None}

    @classmethod
    def from_fields(cls, values: Mapping[str, Any]) -> DecisionRecord | None:
        """Return what to_fields() gave, of this version or another one; None if it cannot be understood.

        Fields that this version does not know are left out, and missing ones have their defaults.
        """
        known = {field.name for field in fields(cls)}
        try:
            read: dict[str, Any] = {
                name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
            }
            return cls(**{name: value for name, value in read.items() if name in known})
        except (TypeError, AttributeError):
            return None


def search_figures(gallery: Gallery, fused: Embedding, but: Collection[int] = ()) -> dict[str, Any]:
    """Return what a search of the fused samples gives a record: the candidates, and the first's closest template.

    but: employees who were left out of the search.
    """
    figures: dict[str, Any] = {"model_version": gallery.model_version, "person_count": gallery.person_count}
    candidates = gallery.search(fused, but=but)
    for place, candidate in zip(("first", "second"), candidates, strict=False):
        figures |= {f"{place}_id": candidate.employee_id, f"{place}_similarity": candidate.similarity}
    nearest = gallery.nearest_template(candidates[0].employee_id, fused) if candidates else None
    if nearest is not None:
        figures["template_id"] = nearest.template_id
        figures["template_similarity"] = nearest.similarity
        figures["similarity_without_template"] = nearest.similarity_without
    return figures


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, float):
        # Rates are small: four significant digits; similarities and qualities lie within -1 and 1.
        return float(f"{value:.4g}")
    return value
