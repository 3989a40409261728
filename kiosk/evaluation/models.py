"""The models that an evaluation borrows from the product."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.decision import Decider
from kiosk.domain.ports import Embedder
from kiosk.vision.face_mesh import FaceMesh
from kiosk.vision.model_kinds import InstalledDetector


@dataclass(frozen=True, slots=True)
class EvaluationModels:
    """The product's models.

    Attributes:
        detector: as installed.
        embedder: as installed.
        decider: with the site's threshold, if it has been calibrated.
        face_mesh: by which photographs are made into moving heads; None where it is not installed.
    """

    detector: InstalledDetector
    embedder: Embedder
    decider: Decider
    face_mesh: FaceMesh | None = None
