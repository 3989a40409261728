"""What each part of the product is worth: the same visits with one of them switched off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kiosk.domain.gallery import Gallery
from kiosk.domain.quality import Limits
from kiosk.domain.types import Template
from kiosk.evaluation import error_rates
from kiosk.evaluation.error_rates import Point, Rates
from kiosk.evaluation.models import EvaluationModels
from kiosk.evaluation.proportion import Proportion
from kiosk.evaluation.protocol import Progress, Protocol, Result, enroll
from kiosk.evaluation.samples_cache import SamplesCache
from kiosk.evaluation.unrefined_detector import UnrefinedDetector
from kiosk.evaluation.video_protocol import Setup, visit_walking

ANYTHING = Limits(
    eye_distance_px=0,
    yaw=float("inf"),
    pitch=(-float("inf"), float("inf")),
    roll_degrees=180,
    inside=0,
    brightness=(0, 255),
    contrast=0,
    sharpness=0,
    detection_score=0,
)
FPIR = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """name: of what is different. rates: at the product's threshold. at_fpir: at the threshold that lets 1 % through.

    seconds: median from an enrolled visitor's first frame to the first decision.
    missed: photographs of enrolled visitors who were not named rightly.
    """

    name: str
    rates: Rates
    rank_1: Proportion
    at_fpir: Point
    seconds: float | None
    missed: tuple[str, ...]


def compare(protocol: Protocol, models: EvaluationModels, progress: Progress) -> tuple[Comparison, ...]:
    """Let everybody walk up to each setup. Raises ConfigurationError when nobody can be enrolled."""
    cache = SamplesCache(models.detector, models.embedder)
    templates = enroll(protocol, cache, progress).templates
    setups = _setups(templates, _straight(protocol, cache), models)
    found = visit_walking(protocol.visits, list(setups.values()), progress)
    return tuple(_compared(name, setup, results) for (name, setup), results in zip(setups.items(), found, strict=True))


def _setups(templates: Sequence[Template], straight: Sequence[Template], models: EvaluationModels) -> dict[str, Setup]:
    version, decider = models.embedder.model_version, models.decider
    whole = Setup(models.detector, models.embedder, Gallery(version, templates), decider)
    hasty = replace(decider, agreeing_samples=1, patience_samples=1, patience_s=0.0, long_patience_s=0.0)
    most = max(_count(templates).values())
    fewer = {
        f"{count} template{'s' * (count > 1)} each": replace(whole, gallery=Gallery(version, _first(templates, count)))
        for count in range(1, most)
    }
    return {
        "all parts": whole,
        "a tenth of the FPIR": replace(whole, decider=replace(decider, target_fpir=decider.target_fpir / 10)),
        **fewer,
        "one frame, the first that will do": replace(whole, decider=replace(hasty, fused_samples=1)),
        "the best frame alone": replace(whole, decider=replace(decider, fused_samples=1)),
        "frames need not agree": replace(whole, decider=replace(decider, agreeing_samples=1)),
        "no lead over the second": replace(whole, decider=replace(decider, minimum_margin=0.0)),
        "no quality check": replace(whole, limits=ANYTHING),
        "no refinement pass": replace(whole, detector=UnrefinedDetector(models.detector)),
        "templates without mirror image": replace(whole, gallery=Gallery(version, straight)),
    }


def _compared(name: str, setup: Setup, results: tuple[Result, ...]) -> Comparison:
    size = error_rates.at_whole_size(results, setup.gallery, setup.decider)
    decided = (r.seconds_to_decision for r in results if r.visit.is_enrolled)
    seconds = sorted(each for each in decided if each is not None)
    return Comparison(
        name=name,
        rates=error_rates.rates(results),
        rank_1=size.rank_1,
        at_fpir=next(point for point in size.points if point.fpir == FPIR),
        seconds=seconds[len(seconds) // 2] if seconds else None,
        missed=tuple(r.visit.path.name for r in results if r.visit.is_enrolled and r.named != r.visit.person),
    )


def _straight(protocol: Protocol, cache: SamplesCache) -> list[Template]:
    """Return the templates of the same photographs without their mirror images."""
    photographs = [(person, path) for person, paths in protocol.enrolled.items() for path in paths]
    takes = [(person, cache.probe(path)) for person, path in photographs if cache.template(path).embedding is not None]
    return [Template(person, take.embedding.vector) for person, take in takes if take.embedding is not None]


def _first(templates: Sequence[Template], count: int) -> list[Template]:
    seen: dict[int, int] = {}
    kept = []
    for template in templates:
        seen[template.employee_id] = seen.get(template.employee_id, 0) + 1
        if seen[template.employee_id] <= count:
            kept.append(template)
    return kept


def _count(templates: Sequence[Template]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for template in templates:
        counts[template.employee_id] = counts.get(template.employee_id, 0) + 1
    return counts
