"""What the embedders are worth on the same people: error rates side by side, their impostor tails, and the margin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from itertools import combinations

import numpy as np

from kiosk.evaluation import error_rates
from kiosk.evaluation.models import EvaluationModels
from kiosk.evaluation.person_pairs import compare_people, tail_points
from kiosk.evaluation.proportion import Proportion
from kiosk.evaluation.protocol import (
    EvaluationProtocol,
    Progress,
    TransactionResult,
    enrolled_gallery,
    run_photograph_transactions,
    split_people,
)
from kiosk.evaluation.report import exact_percent, proportion_json, rates_json, short_percent
from kiosk.evaluation.samples_cache import SamplesCache
from kiosk.evaluation.scores import mated_similarity, non_mated_similarity
from kiosk.evaluation.study import StudyInputs, StudyResult
from kiosk.evaluation.video_protocol import SystemUnderTest, run_approach_transactions

MARGINS = (0.0, 0.03, 0.05, 0.07, 0.10, 0.15, 0.20)
SHOWN_FPIRS = (0.01, 0.001)
DRAWS = 2000
NETWORK_HEADINGS = (
    "network",
    "threshold",
    "recognised",
    "somebody else",
    "strangers named",
    "FNIR at FPIR 1 %",
    "at 0.1 %",
    "decided after",
)


def network_study(inputs: StudyInputs) -> StudyResult:
    """Return the error rates of each embedder at its own settings, on the same transactions.

    Of each two of them also the difference, with its interval. Raises ConfigurationError when nobody can be enrolled.
    """
    protocol = split_people(inputs.people, inputs.samples)
    systems = {name: _system(protocol, model, inputs.progress) for name, model in inputs.models_by_embedder.items()}
    found = dict(zip(systems, _run(protocol, list(systems.values()), inputs), strict=True))
    figures = [_network_figures(name, systems[name], results) for name, results in found.items()]
    differences = [_difference(one, other, found) for one, other in combinations(found, 2)]
    return StudyResult(
        NETWORK_HEADINGS,
        [row for row, _ in figures] + [row for row, _ in differences],
        [object_ for _, object_ in figures] + [object_ for _, object_ in differences],
    )


def tail_study(inputs: StudyInputs) -> StudyResult:
    """Return how often different people reach the similarities of each embedder's impostor tail.

    All photographs of everybody, each two people counting once. Raises ConfigurationError with fewer than two people.
    """
    found = {}
    for name, model in inputs.models_by_embedder.items():
        pairs = compare_people(inputs.people, SamplesCache(model.detector, model.embedder), inputs.progress)
        found[name] = pairs, tail_points(pairs, model.embedder.impostor_tail)
    rows: list[tuple[str, ...]] = []
    for name, (pairs, points) in found.items():
        rows += [
            (
                name,
                f"{p.fmr:.0e}",
                f"{p.similarity:.3f}",
                f"{p.measured_fmr:.1e} ({p.interval[0]:.1e}–{p.interval[1]:.1e})",
                f"{p.reached:,} of {pairs.count:,}",
                f"{p.measured_similarity:.4f}",
            )
            for p in points
        ]
        rows.append((name, "mean", "", "", "", f"{pairs.mean:.4f}"))
    return StudyResult(
        ("network", "FMR of the catalogue", "similarity", "measured FMR", "pairs of photographs", "similarity of FMR"),
        rows,
        [{"network": name, "mean": pairs.mean, **asdict(p)} for name, (pairs, points) in found.items() for p in points],
    )


def margin_study(inputs: StudyInputs) -> StudyResult:
    """Return the error rates with each least margin over the second person, at the settings and at a given FPIR.

    Raises ConfigurationError when nobody can be enrolled.
    """
    protocol = split_people(inputs.people, inputs.samples)
    whole = _system(protocol, inputs.models, inputs.progress)
    systems = [replace(whole, decider=replace(whole.decider, minimum_margin=margin)) for margin in MARGINS]
    found = _run(protocol, systems, inputs)
    rows, figures = [], []
    for margin, results in zip(MARGINS, found, strict=True):
        rates = error_rates.identification_rates(results)
        missed = [_missed_at(results, whole, margin, fpir) for fpir in SHOWN_FPIRS]
        rows.append(
            (
                f"{margin:.2f}",
                *(
                    exact_percent(share)
                    for share in (rates.recognised, rates.misidentified, rates.non_mated_identified)
                ),
                *(short_percent(share) for share in missed),
            )
        )
        points = {f"fnir_at_fpir_{f}": proportion_json(share) for f, share in zip(SHOWN_FPIRS, missed, strict=True)}
        figures.append({"margin": margin, **rates_json(rates), **points})
    headings = "margin", "recognised", "somebody else", "strangers named", "FNIR at FPIR 1 %", "at 0.1 %"
    return StudyResult(headings, rows, figures)


def _system(protocol: EvaluationProtocol, models: EvaluationModels, progress: Progress) -> SystemUnderTest:
    cache = SamplesCache(models.detector, models.embedder)
    return SystemUnderTest(
        models.detector, models.embedder, enrolled_gallery(protocol, cache, progress), models.decider
    )


def _run(
    protocol: EvaluationProtocol, systems: Sequence[SystemUnderTest], inputs: StudyInputs
) -> list[tuple[TransactionResult, ...]]:
    """Return the results of all transactions with each system."""
    if inputs.is_walking:
        return run_approach_transactions(protocol.transactions, systems, inputs.progress)
    caches = {id(system.embedder): SamplesCache(system.detector, system.embedder) for system in systems}
    return [
        tuple(
            run_photograph_transactions(
                protocol.transactions, caches[id(system.embedder)], system.gallery, system.decider, inputs.progress
            )
        )
        for system in systems
    ]


def _network_figures(
    name: str, system: SystemUnderTest, results: Sequence[TransactionResult]
) -> tuple[tuple[str, ...], dict[str, object]]:
    rates = error_rates.identification_rates(results)
    size = error_rates.rates_of_whole_gallery(results, system.gallery, system.decider)
    missed = {point.fpir: point.fnir for point in size.points}
    seconds = sorted(
        r.seconds_to_decision for r in results if r.transaction.is_mated and r.seconds_to_decision is not None
    )
    median = seconds[len(seconds) // 2] if seconds else None
    row = (
        name,
        f"{size.threshold:.3f}",
        *(exact_percent(p) for p in (rates.recognised, rates.misidentified, rates.non_mated_identified)),
        *(short_percent(missed[fpir]) for fpir in SHOWN_FPIRS),
        "—" if median is None else f"{median:.2f} s",
    )
    return row, {
        "network": name,
        "enrolled": system.gallery.person_count,
        "threshold": size.threshold,
        **rates_json(rates),
        **{f"fnir_at_fpir_{fpir}": proportion_json(missed[fpir]) for fpir in SHOWN_FPIRS},
        "median_seconds_to_decision": median,
    }


def _difference(
    one: str, other: str, found: Mapping[str, Sequence[TransactionResult]]
) -> tuple[tuple[str, ...], dict[str, object]]:
    """Return by how much more of the same transactions one recognises; the interval is that of people drawn anew."""
    gains: dict[int, list[int]] = {}
    for a, b in zip(found[one], found[other], strict=True):
        if a.transaction.is_mated:
            person = a.transaction.person
            gains.setdefault(person, []).append((a.named == person) - (b.named == person))
    totals, counts = np.array([sum(g) for g in gains.values()]), np.array([len(g) for g in gains.values()])
    drawn = np.random.default_rng(1).multinomial(len(totals), np.full(len(totals), 1 / len(totals)), DRAWS)
    shares = (drawn @ totals) / (drawn @ counts)
    gain, (low, high) = float(totals.sum() / counts.sum()), np.quantile(shares, (0.025, 0.975))
    words = f"{100 * gain:+.2f} points ({100 * low:+.2f} to {100 * high:+.2f})"
    return (f"{one} less {other}", "", words, "", "", "", "", ""), {
        "network": f"{one} less {other}",
        "recognised": {"share": gain, "interval": (float(low), float(high)), "total": int(counts.sum())},
    }


def _missed_at(results: Sequence[TransactionResult], system: SystemUnderTest, margin: float, fpir: float) -> Proportion:
    """Return the FNIR at the threshold of that FPIR; whoever leads by less than the margin is not recognised."""
    gallery, typical = system.gallery, system.decider.tail.mean
    non_mated = [non_mated_similarity(r, gallery, typical, margin) for r in results if not r.transaction.is_mated]
    mated = [mated_similarity(r, gallery, typical, margin) for r in results if r.transaction.is_mated]
    limit = error_rates.threshold_of(np.array(non_mated), fpir)
    return Proportion(sum(score < limit for score in mated), len(mated))
