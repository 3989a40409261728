"""From a photograph to a sample that is fit to become a template, or a refusal with a reason."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kiosk.core.advice import ADVICE
from kiosk.core.ports import Embedder, FaceDetector
from kiosk.core.quality import ENROLLMENT_LIMITS, Limits, Quality, Reason, assess
from kiosk.core.types import Embedding, FaceDetection, Image
from kiosk.errors import SampleRefused
from kiosk.vision.warp import align_face

# A face in the background does not make a portrait a group: smaller than this share of the largest, it is passed over.
BACKGROUND_FACE = 0.35


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """One accepted face: its embedding, averaged with its mirror image's, and how good it is."""

    embedding: Embedding
    quality: Quality


class Sampler:
    """Takes the one face of a photograph through detector, gate and embedder."""

    def __init__(self, detector: FaceDetector, embedder: Embedder, limits: Limits = ENROLLMENT_LIMITS) -> None:
        self._detector = detector
        self._embedder = embedder
        self._limits = limits

    def take(self, image_bgr: Image) -> Sample:
        """Return the sample of a photograph. Raises SampleRefused naming the gravest fault."""
        detection = self._only_face(image_bgr)
        aligned = align_face(image_bgr, detection.landmarks_xy, self._embedder.alignment)
        quality = assess(detection, image_bgr.shape, aligned, self._limits)
        if not quality.is_sufficient:
            raise refusal(quality.reasons[0])
        return Sample(self._embed_both_ways(aligned), quality)

    def _only_face(self, image_bgr: Image) -> FaceDetection:
        faces = self._detector.detect(image_bgr)
        if not faces:
            raise refusal(Reason.NO_FACE)
        widths = [face.box_xyxy[2] - face.box_xyxy[0] for face in faces]
        if sum(width >= BACKGROUND_FACE * max(widths) for width in widths) > 1:
            raise refusal(Reason.SEVERAL_FACES)
        return faces[widths.index(max(widths))]

    def _embed_both_ways(self, aligned_bgr: Image) -> Embedding:
        straight, mirrored = self._embedder.embed([aligned_bgr, np.ascontiguousarray(aligned_bgr[:, ::-1])])
        mean = straight.vector + mirrored.vector
        return Embedding((mean / np.linalg.norm(mean)).astype(np.float32), straight.model_version)


def refusal(reason: Reason) -> SampleRefused:
    return SampleRefused(reason, ADVICE[reason])
