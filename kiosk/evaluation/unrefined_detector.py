"""A detector without its refinement pass, to measure what the pass is worth."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.domain.types import Box, FaceDetection, Image
from kiosk.vision.face_boxes import without_duplicates
from kiosk.vision.model_kinds import InstalledDetector


class UnrefinedDetector:
    """Takes every candidate of a detector with at least the minimum score for a face, as coarse as it is."""

    def __init__(self, detector: InstalledDetector, minimum_score: float = 0.5) -> None:
        self._detector = detector
        self._minimum_score = minimum_score

    def detect(self, image_bgr: Image) -> tuple[FaceDetection, ...]:
        candidates = self._detector.find_candidates(image_bgr)
        return without_duplicates(face for face in candidates if face.detection_score >= self._minimum_score)

    def detect_at(self, image_bgr: Image, places: Sequence[Box]) -> tuple[FaceDetection, ...]:  # noqa: ARG002
        return self.detect(image_bgr)

    def close(self) -> None:
        """The detector is closed by whoever opened it."""
