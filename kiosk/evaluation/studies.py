"""Questions that go beyond the error rates at the product's settings, each answered by a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kiosk.domain.gallery import Gallery
from kiosk.domain.ports import FaceDetector
from kiosk.evaluation import ablation, error_rates, fpir_check, occlusions
from kiosk.evaluation.dataset import read_people
from kiosk.evaluation.detection_range import Found, measure
from kiosk.evaluation.identity_switches import count_identity_switches
from kiosk.evaluation.models import EvaluationModels
from kiosk.evaluation.protocol import Progress, enroll, split
from kiosk.evaluation.report import rates_json, refusal_words, share_json, short_percent
from kiosk.evaluation.samples_cache import SamplesCache
from kiosk.evaluation.study import Study


@dataclass(frozen=True, slots=True)
class Answer:
    """headings, rows: for people. figures: the same for programs, an object a row."""

    headings: tuple[str, ...]
    rows: list[tuple[str, ...]]
    figures: list[dict[str, Any]]


def answer(
    study: Study,
    folder: Path,
    models: EvaluationModels,
    detectors: Mapping[str, FaceDetector],
    progress: Progress,
    *,
    samples: int,
    walking: bool = False,
) -> Answer:
    """Return a study's table. Raises ConfigurationError when the folder's people do not suffice.

    detectors: those to be compared by distance. walking: the promise is tried on people who walk up.
    """
    match study:
        case Study.PARTS:
            return _parts(folder, models, progress, samples)
        case Study.PROMISE:
            return _promise(folder, models, progress, walking)
        case Study.CROSSINGS:
            return _crossings(folder, models, progress, samples)
        case Study.DISTANCES:
            return _distances(folder, models, detectors, progress)
        case Study.COVERINGS:
            return _coverings(folder, models, progress, samples)


def _parts(folder: Path, models: EvaluationModels, progress: Progress, samples: int) -> Answer:
    found = ablation.compare(split(read_people(folder), samples), models, progress)
    return Answer(
        ("setup", "recognised", "somebody else", "strangers named", "FNIR at FPIR 1 %", "decided after"),
        [
            (
                c.name,
                short_percent(c.rates.recognised),
                short_percent(c.rates.misnamed),
                short_percent(c.rates.strangers_named),
                short_percent(c.at_fpir.fnir),
                "—" if c.seconds is None else f"{c.seconds:.2f} s",
            )
            for c in found
        ],
        [
            {
                "setup": c.name,
                **rates_json(c.rates),
                "rank_1": share_json(c.rank_1),
                "fnir_at_fpir_0.01": share_json(c.at_fpir.fnir),
                "median_seconds_to_decision": c.seconds,
                "missed": c.missed,
            }
            for c in found
        ],
    )


def _promise(folder: Path, models: EvaluationModels, progress: Progress, walking: bool) -> Answer:
    found = fpir_check.check(read_people(folder), models, progress, walking=walking)
    return Answer(
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


def _crossings(folder: Path, models: EvaluationModels, progress: Progress, samples: int) -> Answer:
    protocol = split(read_people(folder), samples)
    enrolled = enroll(protocol, SamplesCache(models.detector, models.embedder), progress)
    gallery = Gallery(models.embedder.model_version, enrolled.templates)
    found = count_identity_switches(protocol.visits, models, gallery, progress)
    return Answer(
        ("clips", "number", "named", "names swapped", "frames with another's name"),
        [
            (kind, f"{o.clips}", f"{o.named} of {o.faces}", f"{o.swapped}", f"{o.swapped_frames}")
            for kind, o in found.items()
        ],
        [{"clips": kind, **asdict(o)} for kind, o in found.items()],
    )


def _distances(
    folder: Path, models: EvaluationModels, detectors: Mapping[str, FaceDetector], progress: Progress
) -> Answer:
    photographs = [person.photographs[0] for person in read_people(folder)]
    found = measure(photographs, detectors, models.detector, progress)
    scenes = list(dict.fromkeys((f.faces, f.away_m) for f in found))
    cells = {(f.faces, f.away_m, f.detector): f for f in found}
    return Answer(
        ("faces", "away", *detectors),
        [
            (f"{faces}", f"{away_m} m", *(_found(cells[faces, away_m, name]) for name in detectors))
            for faces, away_m in scenes
        ],
        [
            {
                "detector": f.detector,
                "faces": f.faces,
                "away_m": f.away_m,
                "found": share_json(f.found),
                "others": f.others,
            }
            for f in found
        ],
    )


def _coverings(folder: Path, models: EvaluationModels, progress: Progress, samples: int) -> Answer:
    protocol = split(read_people(folder), samples)
    enrolled = enroll(protocol, SamplesCache(models.detector, models.embedder), progress)
    gallery = Gallery(models.embedder.model_version, enrolled.templates)
    visits = [visit for visit in protocol.visits if visit.is_enrolled]
    found = occlusions.visit_altered(visits, models, gallery, progress)
    rates = {name: error_rates.rates(results) for name, results in found.items()}
    refused = {name: error_rates.refusals([r.refused for r in results]) for name, results in found.items()}
    return Answer(
        ("photographs", "recognised", "somebody else", "refused"),
        [
            (name, short_percent(r.recognised), short_percent(r.misnamed), refusal_words(refused[name], len(visits)))
            for name, r in rates.items()
        ],
        [{"photographs": name, **rates_json(r), "refused": refused[name]} for name, r in rates.items()],
    )


def _found(found: Found) -> str:
    others = f", {found.others} else" if found.others else ""
    return f"{found.found.value:.0%}{others}"
