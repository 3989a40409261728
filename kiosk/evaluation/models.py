"""The product's own parts, as an evaluation borrows them."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.decision import Decider
from kiosk.domain.ports import Embedder
from kiosk.vision.model_kinds import InstalledDetector


@dataclass(frozen=True, slots=True)
class EvaluationModels:
    """decider: with the site's threshold, if it has been calibrated."""

    detector: InstalledDetector
    embedder: Embedder
    decider: Decider
