"""Faces found with BlazeFace, through MediaPipe."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from kiosk.core.opencv import cv2
from kiosk.core.stderr import native_stderr_silenced
from kiosk.domain.types import Box, FaceDetection, Image, Landmark
from kiosk.errors import ConfigurationError
from kiosk.vision.mediapipe import BaseOptions, Detection, FaceDetector, FaceDetectorOptions, mediapipe
from kiosk.vision.warp import halved

Middle: TypeAlias = NDArray[np.float64]

# The closer look takes in so many box widths, as wide as a photograph of one person would.
CLOSER_LOOK = 2.2
# MediaPipe samples bilinearly what it hands to its networks, of 192 and of 128 pixels, and so skips pixels of a picture
# more than twice as large. Halved down to these, averaging pixels, a picture loses nothing and is quicker to hand over.
SEARCH_PX, CLOSER_LOOK_PX = 256, 128
# What the search finds with the first of these scores is worth a closer look. What it was less than sure of must then
# reach the second: of 2,474 portraits of LFW the full-range network doubted or missed 21, which come to 0.73 or more
# from closer by; a sleeve that it took for a face comes to 0.57.
CANDIDATE_SCORE, CONFIRMED_SCORE = 0.3, 0.7


class BlazeFaceDetector:
    """Finds faces in the whole frame, then looks at each from closer by; for one thread at a time.

    To the network a face that is a tenth of the frame is a dozen pixels wide, and its landmarks are wrong by a fifth
    of the eyes' distance. With the eyes 80 pixels apart in 1280x720, MobileFaceNet then missed 27 of 100 known faces
    at an FPIR of 1 %; after the closer look, 9 (170 faces of LFW on a still life, 428 people enrolled).
    """

    def __init__(self, content: bytes, closer_content: bytes | None = None, minimum_score: float = 0.5) -> None:
        """Load the networks from the content of their .tflite files, metadata included.

        closer_content: the network for the closer look; None takes the first for both.
        minimum_score: in [0, 1]; what scores less from closer by is no face. Raises ConfigurationError when MediaPipe
        refuses a file.
        """
        self._minimum_score = minimum_score
        with native_stderr_silenced():
            self._far = _Network(content, SEARCH_PX, min(CANDIDATE_SCORE, minimum_score))
            self._near = _Network(closer_content or content, CLOSER_LOOK_PX, minimum_score)

    @property
    def network_s(self) -> float:
        """Seconds spent inside MediaPipe so far."""
        return self._far.spent_s + self._near.spent_s

    def detect(self, image_bgr: Image) -> tuple[FaceDetection, ...]:
        """Return the faces in an image, (H, W, 3) BGR uint8, the largest first.

        A face that fills the picture may be too large for the network that searches; the other one then sees it.
        """
        found = self.search(image_bgr)
        faces = [face for candidate in found if (face := self._confirmed(image_bgr, candidate)) is not None]
        if not faces:
            faces = [face for face in self._near.find(image_bgr) if _is_sure(face)]
        return _each_once(faces)

    def search(self, image_bgr: Image) -> tuple[FaceDetection, ...]:
        """Return what may be a face at a first glance, landmarks and scores being coarse."""
        return tuple(self._far.find(image_bgr))

    def look_at(self, image_bgr: Image, places: Sequence[Box]) -> tuple[FaceDetection, ...]:
        """Return the faces at these places alone, each once, the largest first; a face may have moved by its width."""
        return _each_once([self._look(image_bgr, place) for place in places])

    def close(self) -> None:
        """Release native resources; harmless when called twice."""
        with native_stderr_silenced():
            self._far.close()
            self._near.close()

    def _confirmed(self, image_bgr: Image, candidate: FaceDetection) -> FaceDetection | None:
        """Return what the search has found as a closer look shows it; None when that shows no face."""
        face = self._look(image_bgr, candidate.box_xyxy)
        was_sure = candidate.detection_score >= self._minimum_score
        return face if face is not None and (was_sure or _is_sure(face)) else None

    def _look(self, image_bgr: Image, place: Box) -> FaceDetection | None:
        """Return the face that is nearest to a place in what lies around it; None when there is none."""
        place_px = place[2] - place[0]
        middle = np.array([place[0] + place[2], place[1] + place[3]]) / 2
        height, width = image_bgr.shape[:2]
        left, top = np.clip(np.floor(middle - CLOSER_LOOK * place_px / 2).astype(int), 0, (width, height))
        right, bottom = np.clip(np.ceil(middle + CLOSER_LOOK * place_px / 2).astype(int), 0, (width, height))
        part = image_bgr[top:bottom, left:right]
        if not part.size:
            return None

        def away(face: FaceDetection) -> float:
            return float(np.linalg.norm(_middle(face) - middle))

        found = [_moved(face, 1, (left, top)) for face in self._near.find(part)]
        return min((face for face in found if away(face) < place_px), key=away, default=None)


class UnrefinedDetector:
    """A detector that goes by the first glance: what the closer look is compared with."""

    def __init__(self, detector: BlazeFaceDetector, minimum_score: float = 0.5) -> None:
        self._detector = detector
        self._minimum_score = minimum_score

    def detect(self, image_bgr: Image) -> tuple[FaceDetection, ...]:
        return _each_once([f for f in self._detector.search(image_bgr) if f.detection_score >= self._minimum_score])

    def look_at(self, image_bgr: Image, places: Sequence[Box]) -> tuple[FaceDetection, ...]:  # noqa: ARG002
        return self.detect(image_bgr)

    def close(self) -> None:
        """The detector closes itself."""


def _is_sure(face: FaceDetection) -> bool:
    return face.detection_score >= CONFIRMED_SCORE


def _each_once(faces: Iterable[FaceDetection | None]) -> tuple[FaceDetection, ...]:
    """Return the faces, the largest first, without those that are the same as a larger one."""
    seen = sorted((face for face in faces if face is not None), key=_width, reverse=True)
    return tuple(face for place, face in enumerate(seen) if not any(_same(face, other) for other in seen[:place]))


class _Network:
    """One of MediaPipe's detectors; spent_s: seconds spent in it so far."""

    def __init__(self, content: bytes, least_px: int, minimum_score: float) -> None:
        """least_px: pictures are halved as long as their longer side keeps it. Raises ConfigurationError."""
        self._least_px = least_px
        self.spent_s = 0.0
        options = FaceDetectorOptions(BaseOptions(model_asset_buffer=content), min_detection_confidence=minimum_score)
        try:
            self._detector = FaceDetector.create_from_options(options)
        except (ValueError, RuntimeError) as error:
            raise ConfigurationError("MediaPipe cannot load the detector; run: kiosk models install") from error
        # The first picture sets up the rest of the native library, with its messages.
        self.find(np.zeros((64, 64, 3), dtype=np.uint8))

    def find(self, image_bgr: Image) -> list[FaceDetection]:
        """Return what it takes for a face in an image, (H, W, 3) BGR uint8."""
        small, scale = halved(image_bgr, self._least_px)
        image_rgb = cv2.cvtColor(small, cv2.COLOR_BGR2RGB)  # contiguous, whatever it is part of
        image = mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=image_rgb)
        began_s = time.perf_counter()
        detections = self._detector.detect(image).detections
        self.spent_s += time.perf_counter() - began_s
        height, width = small.shape[:2]
        return [_moved(_translated(found, width, height), scale, (0, 0)) for found in detections]

    def close(self) -> None:
        self._detector.close()


def _translated(found: Detection, width: int, height: int) -> FaceDetection:
    """Take over MediaPipe's answer: its box is in pixels, its landmarks are shares of the frame."""
    box = found.bounding_box
    shares = [(point.x, point.y) for point in found.keypoints[: len(Landmark)]]  # in the order of Landmark
    return FaceDetection(
        box_xyxy=(box.origin_x, box.origin_y, box.origin_x + box.width, box.origin_y + box.height),
        landmarks_xy=(np.array(shares) * (width, height)).astype(np.float32),
        detection_score=float(found.categories[0].score),
    )


def _moved(face: FaceDetection, scale: int, origin: tuple[int, int]) -> FaceDetection:
    """Carry a face found in a shrunk part of a frame into the frame."""
    x, y = (float(start) for start in origin)
    left, top, right, bottom = (scale * edge for edge in face.box_xyxy)
    landmarks_xy = (face.landmarks_xy * scale + (x, y)).astype(np.float32)
    return FaceDetection((left + x, top + y, right + x, bottom + y), landmarks_xy, face.detection_score)


def _same(face: FaceDetection, other: FaceDetection) -> bool:
    """Tell whether two closer looks ended at the same face."""
    return float(np.linalg.norm(_middle(face) - _middle(other))) < _width(other) / 4


def _middle(face: FaceDetection) -> Middle:
    left, top, right, bottom = face.box_xyxy
    return np.array([left + right, top + bottom]) / 2


def _width(face: FaceDetection) -> float:
    return face.box_xyxy[2] - face.box_xyxy[0]
