"""An evaluation as tables for people, and as one JSON object for programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from kiosk.evaluation.clips import TrackReport
from kiosk.evaluation.error_rates import GallerySizeRates, IdentificationRates
from kiosk.evaluation.evaluation import Evaluation
from kiosk.evaluation.proportion import Proportion, risk_ratio

Row = tuple[str, ...]


def percent(share: Proportion) -> str:
    """Return the share with its interval, as in "94.2 % (92.8–95.4), 1031 of 1094"."""
    if share.value is None:
        return "—"
    low, high = share.interval
    return f"{share.value:.2%} ({100 * low:.2f}–{100 * high:.2f}), {share.count:.0f} of {share.total:,}"


def short_percent(share: Proportion) -> str:
    low, high = share.interval
    return "—" if share.value is None else f"{share.value:.2%} ({100 * low:.1f}–{100 * high:.1f})"


def exact_percent(share: Proportion) -> str:
    """Return the share with its exact interval."""
    low, high = share.exact_interval
    if share.value is None:
        return "—"
    return f"{share.value:.2%} ({100 * low:.2f}–{100 * high:.2f}), {share.count:.0f} of {share.total:,}"


def summary_rows(found: Evaluation) -> list[Row]:
    """Return what the folder says of the product at its own settings."""
    rates = found.rates
    return [
        ("people", f"{found.people:,}"),
        ("enrolled", f"{found.enrolled:,} from {_photographs(found.samples)} each, {found.templates:,} templates"),
        ("not fit for enrollment", refusal_words(found.refused_templates, found.enrollments.photographs)),
        ("not fit at the door", refusal_words(found.refused_probes, len(found.results))),
        ("threshold", f"{found.threshold:.3f}, for an FPIR of {found.target_fpir:.2%}"),
        ("recognised", percent(rates.recognised)),
        ("taken for somebody else", percent(rates.misidentified)),
        ("strangers named", percent(rates.non_mated_identified)),
        *_times_row(found.seconds_to_decision),
    ]


def rates_rows(rates_by_name: dict[str, IdentificationRates]) -> list[Row]:
    return [
        (name, short_percent(r.recognised), short_percent(r.misidentified), short_percent(r.non_mated_identified))
        for name, r in rates_by_name.items()
    ]


def ratio_rows(rates_by_name: dict[str, IdentificationRates]) -> list[Row]:
    """Return how many times as often as in the first group people of the others are missed, and strangers named."""
    (first, base), *others = rates_by_name.items()
    return [
        (
            f"{name} : {first}",
            _ratio(_missed(rates), _missed(base)),
            _ratio(rates.non_mated_identified, base.non_mated_identified),
        )
        for name, rates in others
    ]


def size_rows(size: GallerySizeRates) -> list[Row]:
    """Return a line for each FPIR that a threshold was set for, and one for the product's own threshold."""
    lines = [
        ("", "", f"{point.threshold:.3f}", f"{point.fpir:.1%}", short_percent(point.fnir)) for point in size.points
    ]
    promised = f"{short_percent(size.measured_fpir)}, promised {size.promised_fpir:.2%}"
    own = f"{size.people:,}", short_percent(size.rank_1), f"{size.threshold:.3f}", promised, short_percent(size.fnir)
    return [own, *lines]


def as_json(found: Evaluation) -> dict[str, Any]:
    """Return the figures alone, without names, pictures or embeddings."""
    return {
        "people": found.people,
        "enrolled": found.enrolled,
        "samples": found.samples,
        "templates": found.templates,
        "threshold": found.threshold,
        "target_fpir": found.target_fpir,
        **rates_json(found.rates),
        "enrollment_photographs": found.enrollments.photographs,
        "refused_templates": found.refused_templates,
        "refused_probes": found.refused_probes,
        "by_quality": {name: rates_json(rates) for name, rates in found.by_quality.items()},
        "by_group": {name: rates_json(rates) for name, rates in found.by_group.items()},
        "sizes": [_size_json(size) for size in found.sizes],
        "seconds_to_decision": found.seconds_to_decision,
        "verification": asdict(found.verification) if found.verification else None,
    }


def track_json(track: TrackReport, names: Sequence[str]) -> dict[str, Any]:
    return {
        "track": track.track_id,
        "entered_s": track.entered_s,
        "left_s": track.left_s,
        "seconds_to_decision": track.seconds_to_decision,
        "decisions": [
            {
                "status": decision.status,
                "person": None if decision.employee_id is None else names[decision.employee_id],
                "similarity": decision.similarity,
                "margin": decision.margin,
                "reasons": decision.reasons,
            }
            for decision in track.decisions
        ],
    }


def _missed(rates: IdentificationRates) -> Proportion:
    return Proportion(rates.recognised.total - rates.recognised.count, rates.recognised.total)


def _ratio(one: Proportion, other: Proportion) -> str:
    found = risk_ratio(one, other)
    return "—" if found is None else f"{found[0]:.2f} ({found[1]:.2f}–{found[2]:.2f})"


def _times_row(seconds: Sequence[float]) -> list[Row]:
    if not seconds:
        return []
    median, p95 = (seconds[int(share * (len(seconds) - 1))] for share in (0.5, 0.95))
    return [("decided after", f"{median:.2f} s, 95 of 100 within {p95:.2f} s")]


def rates_json(rates: IdentificationRates) -> dict[str, Any]:
    return {
        "recognised": proportion_json(rates.recognised),
        "misnamed": proportion_json(rates.misidentified),
        "strangers_named": proportion_json(rates.non_mated_identified),
    }


def _size_json(size: GallerySizeRates) -> dict[str, Any]:
    return {
        "people": size.people,
        "rank_1": proportion_json(size.rank_1),
        "points": [{"fpir": p.fpir, "threshold": p.threshold, "fnir": proportion_json(p.fnir)} for p in size.points],
        "threshold": size.threshold,
        "promised_fpir": size.promised_fpir,
        "measured_fpir": proportion_json(size.measured_fpir),
        "fpir_90_of_100_draws": [size.lowest_fpir, size.highest_fpir],
        "fnir": proportion_json(size.fnir),
    }


def proportion_json(share: Proportion) -> dict[str, Any]:
    return {"share": share.value, "interval": share.interval, "count": share.count, "total": share.total}


def _photographs(count: int) -> str:
    return "1 photograph" if count == 1 else f"{count} photographs"


def refusal_words(reasons: dict[str, int], total: int) -> str:
    refused = Proportion(sum(reasons.values()), total)
    return percent(refused) + "".join(f"\n{count} {reason}" for reason, count in reasons.items())
