"""Samples extracted from photographs by the product's own detector, quality check and embedder, each once in a run."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from pathlib import Path

from kiosk.core.photographs import read_photograph
from kiosk.domain.ports import Embedder, FaceDetector
from kiosk.domain.quality import PROBE_LIMITS, Quality, Reason, assess
from kiosk.domain.types import Embedding, FaceDetection, Image
from kiosk.employees.samples import SampleExtractor
from kiosk.errors import SampleRefused
from kiosk.vision.tone_mapping import tone_mapped
from kiosk.vision.warp import align_face


@dataclass(frozen=True, slots=True, eq=False)
class CachedSample:
    """What a photograph gave.

    Attributes:
        embedding: None when the photograph was refused.
        quality: None when no face was found.
        refused: the reason; None when it was not.
    """

    embedding: Embedding | None
    quality: Quality | None
    refused: str | None


class SamplesCache:
    """Extracts templates from photographs, as enrollment does, and probes, as the door does."""

    def __init__(self, detector: FaceDetector, embedder: Embedder) -> None:
        self._detector = detector
        self._embedder = embedder
        self._extractor = SampleExtractor(detector, embedder)
        self._templates: dict[Path, CachedSample] = {}
        self._probes: dict[Path, CachedSample] = {}

    @property
    def model_version(self) -> str:
        return self._embedder.model_version

    def template(self, path: Path) -> CachedSample:
        if path not in self._templates:
            self._templates[path] = self._extract_template(path)
        return self._templates[path]

    def probe(self, path: Path) -> CachedSample:
        if path not in self._probes:
            self._probes[path] = self._extract_probe(path)
        return self._probes[path]

    def _extract_template(self, path: Path) -> CachedSample:
        try:
            image = read_photograph(path)
        except SampleRefused as refused:
            return CachedSample(None, None, refused.reason)
        return self.template_of(image)

    def template_of(self, image: Image) -> CachedSample:
        """Return what enrollment makes of a picture, (H, W, 3) BGR uint8."""
        try:
            sample = self._extractor.extract(image)
        except SampleRefused as refused:
            return CachedSample(None, None, refused.reason)
        return CachedSample(sample.embedding, sample.quality, None)

    def _extract_probe(self, path: Path) -> CachedSample:
        try:
            image = read_photograph(path)
        except SampleRefused as refused:
            return CachedSample(None, None, refused.reason)
        return self.probe_of(image)

    def probe_of(self, image: Image) -> CachedSample:
        """Return what the door makes of a picture, (H, W, 3) BGR uint8."""
        face = central_face(self._detector.detect(image), image)
        if face is None:
            return CachedSample(None, None, Reason.NO_FACE)
        aligned = tone_mapped(align_face(image, face.landmarks_xy, self._embedder.alignment))
        quality = assess(face, image.shape, aligned, PROBE_LIMITS)
        if not quality.is_sufficient:
            return CachedSample(None, quality, quality.reasons[0])
        return CachedSample(self._embedder.embed([aligned])[0], quality, None)


def central_face(faces: tuple[FaceDetection, ...], image: Image) -> FaceDetection | None:
    """Return the face that a photograph is of: the one nearest to its middle, as collections of faces are cut."""
    height, width = image.shape[:2]

    def eccentricity(face: FaceDetection) -> float:
        left, top, right, bottom = face.box_xyxy
        return hypot((left + right - width) / 2, (top + bottom - height) / 2)

    return min(faces, key=eccentricity, default=None)
