"""Questions that go beyond the error rates at the product's settings, each answered by a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from kiosk.domain.gallery import Gallery
from kiosk.evaluation import ablation, error_rates, fpir_check, occlusions
from kiosk.evaluation.camera_studies import door_study
from kiosk.evaluation.detection_range import DetectionRate, measure_detection_range
from kiosk.evaluation.embedder_studies import margin_study, network_study, tail_study
from kiosk.evaluation.embedder_switch import simulate_switch
from kiosk.evaluation.identity_switches import count_identity_switches
from kiosk.evaluation.liveness_study import liveness_study
from kiosk.evaluation.protocol import EvaluationProtocol, enrolled_gallery, split_people
from kiosk.evaluation.report import proportion_json, rates_json, refusal_words, short_percent
from kiosk.evaluation.samples_cache import SamplesCache
from kiosk.evaluation.study import Study, StudyInputs, StudyResult

TOLD_DAYS = (3, 5, 10, 20, 30)


def run_study(study: Study, inputs: StudyInputs) -> StudyResult:
    """Return a study's table. Raises ConfigurationError when these people do not suffice."""
    return ANSWERS[study](inputs)


def _ablation(inputs: StudyInputs) -> StudyResult:
    found = ablation.run_ablation(split_people(inputs.people, inputs.samples), inputs.models, inputs.progress)
    return StudyResult(
        ("setup", "recognised", "somebody else", "strangers named", "FNIR at FPIR 1 %", "decided after"),
        [
            (
                c.name,
                short_percent(c.rates.recognised),
                short_percent(c.rates.misidentified),
                short_percent(c.rates.non_mated_identified),
                short_percent(c.at_fpir.fnir),
                "—" if c.seconds is None else f"{c.seconds:.2f} s",
            )
            for c in found
        ],
        [
            {
                "setup": c.name,
                **rates_json(c.rates),
                "rank_1": proportion_json(c.rank_1),
                "fnir_at_fpir_0.01": proportion_json(c.at_fpir.fnir),
                "median_seconds_to_decision": c.seconds,
                "missed": c.missed,
            }
            for c in found
        ],
    )


def _fpir_check(inputs: StudyInputs) -> StudyResult:
    found = fpir_check.check_fpir(inputs.people, inputs.models, inputs.progress, walking=inputs.is_walking)
    return StudyResult(
        ("enrolled", "promised", "measured (90 % of splits)", "within a factor of two", "with the catalogue's tail"),
        [
            (
                f"{p.people}",
                f"{p.promised:.1%}",
                f"{p.measured:.2%} ({100 * p.lowest:.2f}–{100 * p.highest:.2f})",
                f"{p.kept:.0%} of {fpir_check.SPLITS} splits",
                f"{p.by_catalogue:.2%}",
            )
            for p in found
        ],
        [asdict(p) for p in found],
    )


def _identity_switches(inputs: StudyInputs) -> StudyResult:
    protocol, gallery = _enroll(inputs)
    found = count_identity_switches(protocol.transactions, inputs.models, gallery, inputs.progress)
    return StudyResult(
        ("clips", "number", "named", "names swapped", "frames with another's name"),
        [
            (kind, f"{o.clips}", f"{o.named} of {o.faces}", f"{o.swapped}", f"{o.swapped_frames}")
            for kind, o in found.items()
        ],
        [{"clips": kind, **asdict(o)} for kind, o in found.items()],
    )


def _detection_range(inputs: StudyInputs) -> StudyResult:
    photographs, detectors = [person.photographs[0] for person in inputs.people], inputs.detectors
    found = measure_detection_range(photographs, detectors, inputs.models.detector, inputs.progress)
    scenes = list(dict.fromkeys((f.faces, f.away_m) for f in found))
    cells = {(f.faces, f.away_m, f.detector): f for f in found}
    return StudyResult(
        ("faces", "away", *detectors),
        [
            (f"{faces}", f"{away_m} m", *(_found_cell(cells[faces, away_m, name]) for name in detectors))
            for faces, away_m in scenes
        ],
        [
            {
                "detector": f.detector,
                "faces": f.faces,
                "away_m": f.away_m,
                "found": proportion_json(f.found),
                "others": f.others,
            }
            for f in found
        ],
    )


def _occlusions(inputs: StudyInputs) -> StudyResult:
    protocol, gallery = _enroll(inputs)
    transactions = [transaction for transaction in protocol.transactions if transaction.is_mated]
    found = occlusions.run_altered_transactions(transactions, inputs.models, gallery, inputs.progress)
    rates = {name: error_rates.identification_rates(results) for name, results in found.items()}
    refused = {name: error_rates.count_refusals([r.refused for r in results]) for name, results in found.items()}
    return StudyResult(
        ("photographs", "recognised", "somebody else", "refused"),
        [
            (
                name,
                short_percent(r.recognised),
                short_percent(r.misidentified),
                refusal_words(refused[name], len(transactions)),
            )
            for name, r in rates.items()
        ],
        [{"photographs": name, **rates_json(r), "refused": refused[name]} for name, r in rates.items()],
    )


def _embedder_switch(inputs: StudyInputs) -> StudyResult:
    found = {
        name: simulate_switch(inputs.people, inputs.models, new, inputs.progress, samples=inputs.samples)
        for name, new in inputs.other_models.items()
    }
    return StudyResult(
        ("changed to", *(f"day {day}" for day in TOLD_DAYS), "certain visits", "strangers certain", "wrong templates"),
        [
            (
                name,
                *(f"{s.changed[day - 1]} of {s.people}" for day in TOLD_DAYS),
                f"{s.certain_visits} of {s.visits}",
                f"{s.certain_strangers} of {s.strangers}",
                f"{s.wrong_templates} of {s.templates}",
            )
            for name, s in found.items()
        ],
        [{"changed_to": name, **asdict(s)} for name, s in found.items()],
    )


def _found_cell(found: DetectionRate) -> str:
    others = f", {found.others} else" if found.others else ""
    return f"{found.found.value:.0%}{others}"


def _enroll(inputs: StudyInputs) -> tuple[EvaluationProtocol, Gallery]:
    protocol = split_people(inputs.people, inputs.samples)
    cache = SamplesCache(inputs.models.detector, inputs.models.embedder)
    return protocol, enrolled_gallery(protocol, cache, inputs.progress)


ANSWERS: dict[Study, Callable[[StudyInputs], StudyResult]] = {
    Study.ABLATION: _ablation,
    Study.FPIR_CHECK: _fpir_check,
    Study.IDENTITY_SWITCHES: _identity_switches,
    Study.DETECTION_RANGE: _detection_range,
    Study.OCCLUSIONS: _occlusions,
    Study.EMBEDDER_SWITCH: _embedder_switch,
    Study.DOOR: door_study,
    Study.NETWORKS: network_study,
    Study.TAIL: tail_study,
    Study.MARGIN: margin_study,
    Study.LIVENESS: liveness_study,
}
