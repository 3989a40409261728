"""From a photograph to a sample that is fit to become a template, or a refusal with a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from kiosk.domain.face_analysis import with_analysis
from kiosk.domain.ports import Embedder, FaceAnalyser, FaceDetector
from kiosk.domain.quality import ENROLLMENT_LIMITS, Limits, Quality, Reason, assess, turn
from kiosk.domain.refusal_messages import REFUSAL_MESSAGES
from kiosk.domain.types import Embedding, FaceDetection, Image
from kiosk.employees.portraits import portrait_of
from kiosk.errors import SampleRefused
from kiosk.vision.close_up import detect_close_up, fills
from kiosk.vision.tone_mapping import tone_mapped
from kiosk.vision.warp import align_face

# A face in the background is ignored: one that is less than half as wide as the largest stands twice as far away.
BACKGROUND_FACE = 0.5
# So is a neighbour who is nearer to the picture's edge than this share of their own width, if one other face alone is
# within half its width of the middle. Both rules take the refusals of LFW's photographs, each cut out around one
# person, from 8 % to 0.8 %, and the face in the middle is always that person's; `kiosk evaluate FOLDER` counts them.
EDGE_FACE = 0.25
# Two photographs taken a second apart are less alike than this; above it, they are one file or copies of it.
SAME_PHOTOGRAPH_SIMILARITY = 0.9995


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """One face that passed the quality check.

    Attributes:
        embedding: averaged with that of the mirrored face, of length 1.
        quality: of the sample.
        turn: yaw of the head in eye distances; positive towards the right of the picture, 0 straight ahead.
        portrait_bgr: (H, W, 3) uint8, the face and its close surroundings; None where portraits are not kept.
        second: embedding of the other network, while the office changes from one to another.
        is_known: the person is enrolled from this photograph; it is new to the other network alone.
    """

    embedding: Embedding
    quality: Quality
    turn: float
    portrait_bgr: Image | None = None
    second: Embedding | None = None
    is_known: bool = False


class SampleExtractor:
    """Makes a sample of the one face in a photograph: detection, quality check, alignment, embedding.

    Args:
        detector: finds the faces.
        embedder: makes the embedding.
        limits: of the quality check.
        keep_portrait: whether samples carry a small portrait.
        second_embedder: returns the other network, while the office changes from one to another.
        analyser: tells what covers a face; None where it is not installed.
        maps_tones: whether bad light is made up for, as at the door; who is enrolled needs better light.
    """

    def __init__(
        self,
        detector: FaceDetector,
        embedder: Embedder,
        limits: Limits = ENROLLMENT_LIMITS,
        *,
        keep_portrait: bool = False,
        second_embedder: Callable[[], Embedder | None] = lambda: None,
        analyser: FaceAnalyser | None = None,
        maps_tones: bool = False,
    ) -> None:
        self._detector = detector
        self._embedder = embedder
        self._limits = limits
        self._keep_portrait = keep_portrait
        self._second_embedder = second_embedder
        self._analyser = analyser
        self._maps_tones = maps_tones

    def extract(self, image_bgr: Image) -> Sample:
        """Return the sample of a BGR uint8 photograph. Raises SampleRefused with the most serious fault."""
        detection = self._only_face(image_bgr)
        aligned = align_face(image_bgr, detection.landmarks_xy, self._embedder.alignment)
        aligned = tone_mapped(aligned) if self._maps_tones else aligned
        quality = assess(detection, image_bgr.shape, aligned, self._limits)
        if not quality.is_sufficient:
            raise refusal(quality.reasons[0])
        portrait = portrait_of(image_bgr, detection) if self._keep_portrait else None
        second = self._second(image_bgr, detection)
        if self._analyser is not None:
            quality = with_analysis(quality, self._analyser.analyse(image_bgr, detection.landmarks_xy))
        embedding = embed_both_ways(self._embedder, aligned)
        quality = quality.lowered(embedding.clarity)
        return Sample(embedding, quality, turn(detection.landmarks_xy), portrait, second)

    def _second(self, image_bgr: Image, detection: FaceDetection) -> Embedding | None:
        embedder = self._second_embedder()
        if embedder is None:
            return None
        return embed_both_ways(embedder, align_face(image_bgr, detection.landmarks_xy, embedder.alignment))

    def _only_face(self, image_bgr: Image) -> FaceDetection:
        faces = self._detector.detect(image_bgr)
        if self._may_be_close_up(faces, image_bgr.shape):
            faces = max(faces, detect_close_up(self._detector, image_bgr), key=_best_score)
        if not faces:
            raise refusal(Reason.NO_FACE)
        subject = _subject(faces, image_bgr.shape)
        if subject is None:
            raise refusal(Reason.SEVERAL_FACES)
        return subject

    def _may_be_close_up(self, faces: Sequence[FaceDetection], image_shape: tuple[int, ...]) -> bool:
        is_sure = _best_score(faces) >= self._limits.detection_score
        return not is_sure and all(fills(face, image_shape) for face in faces)


def embed_both_ways(embedder: Embedder, aligned_bgr: Image) -> Embedding:
    """Return the mean embedding of an aligned face and its mirror image, of length 1."""
    straight, mirrored = embedder.embed([aligned_bgr, np.ascontiguousarray(aligned_bgr[:, ::-1])])
    mean = straight.vector + mirrored.vector
    vector = (mean / np.linalg.norm(mean)).astype(np.float32)
    return Embedding(vector, straight.model_version, min(straight.clarity, mirrored.clarity))


def _subject(faces: Sequence[FaceDetection], image_shape: tuple[int, ...]) -> FaceDetection | None:
    """Return the face that a photograph is of, or None when it may be any of several."""
    largest = max(map(_width, faces))
    in_front = [face for face in faces if _width(face) >= BACKGROUND_FACE * largest]
    if len(in_front) == 1:
        return in_front[0]
    central = [face for face in in_front if _is_central(face, image_shape)]
    if len(central) == 1 and all(face is central[0] or _is_at_edge(face, image_shape) for face in in_front):
        return central[0]
    return None


def _best_score(faces: Sequence[FaceDetection]) -> float:
    return max((face.detection_score for face in faces), default=0.0)


def _width(face: FaceDetection) -> float:
    return face.box_xyxy[2] - face.box_xyxy[0]


def _is_central(face: FaceDetection, image_shape: tuple[int, ...]) -> bool:
    return abs((face.box_xyxy[0] + face.box_xyxy[2]) / 2 - image_shape[1] / 2) < _width(face) / 2


def _is_at_edge(face: FaceDetection, image_shape: tuple[int, ...]) -> bool:
    left, top, right, bottom = face.box_xyxy
    return min(left, top, image_shape[1] - right, image_shape[0] - bottom) < EDGE_FACE * _width(face)


def refusal(reason: Reason) -> SampleRefused:
    return SampleRefused(reason, REFUSAL_MESSAGES[reason])
