"""What each part of the product is worth: the same transactions with one part switched off at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kiosk.domain.gallery import Gallery
from kiosk.domain.quality import Limits
from kiosk.domain.types import Template
from kiosk.evaluation import error_rates
from kiosk.evaluation.error_rates import DetPoint, IdentificationRates
from kiosk.evaluation.models import EvaluationModels
from kiosk.evaluation.proportion import Proportion
from kiosk.evaluation.protocol import EvaluationProtocol, Progress, TransactionResult, enroll
from kiosk.evaluation.samples_cache import SamplesCache
from kiosk.evaluation.unrefined_detector import UnrefinedDetector
from kiosk.evaluation.video_protocol import SystemUnderTest, run_approach_transactions

NO_LIMITS = Limits(
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
class AblationResult:
    """What one variant of the system achieved.

    Attributes:
        name: what is different in it.
        rates: at the product's own threshold.
        rank_1: proportion of mated transactions in which the visitor ranked first.
        at_fpir: at the threshold that lets 1 % of non-mated transactions through.
        seconds: median from an enrolled visitor's first frame to the first decision.
        missed: photographs of enrolled visitors who were not identified.
    """

    name: str
    rates: IdentificationRates
    rank_1: Proportion
    at_fpir: DetPoint
    seconds: float | None
    missed: tuple[str, ...]


def run_ablation(
    protocol: EvaluationProtocol, models: EvaluationModels, progress: Progress
) -> tuple[AblationResult, ...]:
    """Run all transactions, as clips, on each variant. Raises ConfigurationError when nobody can be enrolled."""
    cache = SamplesCache(models.detector, models.embedder)
    templates = enroll(protocol, cache, progress).templates
    systems = _systems(templates, _templates_without_mirror(protocol, cache), models)
    found = run_approach_transactions(protocol.transactions, list(systems.values()), progress)
    return tuple(
        _ablation_result(name, system, results) for (name, system), results in zip(systems.items(), found, strict=True)
    )


def _systems(
    templates: Sequence[Template], unmirrored: Sequence[Template], models: EvaluationModels
) -> dict[str, SystemUnderTest]:
    version, decider = models.embedder.model_version, models.decider
    whole = SystemUnderTest(models.detector, models.embedder, Gallery(version, templates), decider)
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
        "no quality check": replace(whole, limits=NO_LIMITS),
        "no refinement pass": replace(whole, detector=UnrefinedDetector(models.detector)),
        "templates without mirror image": replace(whole, gallery=Gallery(version, unmirrored)),
    }


def _ablation_result(name: str, system: SystemUnderTest, results: tuple[TransactionResult, ...]) -> AblationResult:
    size = error_rates.rates_of_whole_gallery(results, system.gallery, system.decider)
    decided = (r.seconds_to_decision for r in results if r.transaction.is_mated)
    seconds = sorted(each for each in decided if each is not None)
    return AblationResult(
        name=name,
        rates=error_rates.identification_rates(results),
        rank_1=size.rank_1,
        at_fpir=next(point for point in size.points if point.fpir == FPIR),
        seconds=seconds[len(seconds) // 2] if seconds else None,
        missed=tuple(
            r.transaction.path.name for r in results if r.transaction.is_mated and r.named != r.transaction.person
        ),
    )


def _templates_without_mirror(protocol: EvaluationProtocol, cache: SamplesCache) -> list[Template]:
    """Return the templates of the same photographs without their mirror images."""
    photographs = [(person, path) for person, paths in protocol.enrolled.items() for path in paths]
    extracted = [
        (person, cache.probe(path)) for person, path in photographs if cache.template(path).embedding is not None
    ]
    return [Template(person, sample.embedding.vector) for person, sample in extracted if sample.embedding is not None]


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
