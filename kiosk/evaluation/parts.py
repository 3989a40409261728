"""The product's own parts, as an evaluation borrows them."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.decision import Decider
from kiosk.core.ports import Embedder, FaceDetector


@dataclass(frozen=True, slots=True)
class Parts:
    """decider: with the site's threshold, if it has been calibrated."""

    detector: FaceDetector
    embedder: Embedder
    decider: Decider
