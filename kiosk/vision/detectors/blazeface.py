"""Faces found with BlazeFace, through MediaPipe."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from kiosk.core.opencv import cv2
from kiosk.core.stderr import native_stderr_silenced
from kiosk.domain.types import Box, FaceDetection, Image, Landmark
from kiosk.errors import ConfigurationError
from kiosk.vision.catalogue import DetectorModel
from kiosk.vision.face_boxes import box_centre, without_duplicates
from kiosk.vision.mediapipe import BaseOptions, Detection, FaceDetector, FaceDetectorOptions, mediapipe
from kiosk.vision.model_kinds import ReadModel
from kiosk.vision.warp import halved

# The refinement pass takes in so many box widths, as much as a photograph of one person shows.
REFINEMENT_WIDTHS = 2.2
# MediaPipe samples bilinearly what it hands to its networks, of 192 and of 128 pixels, and so skips pixels of a picture
# more than twice as large. Halved down to these, averaging pixels, a picture loses nothing and is quicker to hand over.
SEARCH_PX, REFINEMENT_PX = 256, 128
# A candidate of the search needs the first of these scores to be refined; one below the minimum score must then reach
# the second. Source: measured once on 2,474 portraits of LFW, of which the full-range network doubted or missed 21;
# refined, these score 0.73 or more, and a sleeve that it took for a face scores 0.57.
CANDIDATE_SCORE, CONFIRMED_SCORE = 0.3, 0.7


def open_detector(model: DetectorModel, read: ReadModel, minimum_score: float) -> BlazeFaceDetector:
    """Load the network of a model, and that of its refinement pass. Raises ConfigurationError."""
    refinement = None if model.refinement is None else read(model.refinement)
    return BlazeFaceDetector(read(model.id), refinement, minimum_score)


class BlazeFaceDetector:
    """Searches the whole frame for faces, then refines each in what lies around it; for one thread at a time.

    To the network that searches, a face that is a tenth of the frame is a dozen pixels wide, and its landmarks are
    wrong by a fifth of the eyes' distance. `kiosk evaluate DIR --study parts` measures what the refinement pass is
    worth to those who walk up, `--study distances` how many faces are found with it and without.
    """

    def __init__(self, content: bytes, refinement: bytes | None = None, minimum_score: float = 0.5) -> None:
        """Load the networks from the content of their .tflite files, metadata included.

        Args:
            content: the network that searches.
            refinement: the network of the refinement pass; None takes the first for both.
            minimum_score: in [0, 1]; what scores less after the refinement pass is no face.

        Raises ConfigurationError when MediaPipe refuses a file.
        """
        self._minimum_score = minimum_score
        with native_stderr_silenced():
            self._search = _Network(content, SEARCH_PX, min(CANDIDATE_SCORE, minimum_score))
            self._refinement = _Network(refinement or content, REFINEMENT_PX, minimum_score)

    @property
    def network_s(self) -> float:
        """Seconds spent inside MediaPipe so far."""
        return self._search.spent_s + self._refinement.spent_s

    def detect(self, image_bgr: Image) -> tuple[FaceDetection, ...]:
        """Return the faces in an image, (H, W, 3) BGR uint8, the largest first.

        A face that fills the picture may be too large for the network that searches; the other one then finds it.
        """
        candidates = self.find_candidates(image_bgr)
        faces = [face for candidate in candidates if (face := self._confirmed(image_bgr, candidate)) is not None]
        if not faces:
            faces = [face for face in self._refinement.find(image_bgr) if _is_certain(face)]
        return without_duplicates(faces)

    def find_candidates(self, image_bgr: Image) -> tuple[FaceDetection, ...]:
        """Return what the search alone finds; landmarks and scores are coarse."""
        return tuple(self._search.find(image_bgr))

    def detect_at(self, image_bgr: Image, places: Sequence[Box]) -> tuple[FaceDetection, ...]:
        """Return the faces at these places alone, each once, the largest first; a face may have moved by its width."""
        return without_duplicates(face for place in places if (face := self._refined(image_bgr, place)) is not None)

    def close(self) -> None:
        """Release native resources; harmless when called twice."""
        with native_stderr_silenced():
            self._search.close()
            self._refinement.close()

    def _confirmed(self, image_bgr: Image, candidate: FaceDetection) -> FaceDetection | None:
        """Return a candidate refined; None when the refinement pass finds no face there or is not certain enough."""
        face = self._refined(image_bgr, candidate.box_xyxy)
        was_found = candidate.detection_score >= self._minimum_score
        return face if face is not None and (was_found or _is_certain(face)) else None

    def _refined(self, image_bgr: Image, place: Box) -> FaceDetection | None:
        """Return the face that is nearest to a place in what lies around it; None when there is none."""
        width_px = place[2] - place[0]
        centre = np.array([place[0] + place[2], place[1] + place[3]]) / 2
        height, width = image_bgr.shape[:2]
        left, top = np.clip(np.floor(centre - REFINEMENT_WIDTHS * width_px / 2).astype(int), 0, (width, height))
        right, bottom = np.clip(np.ceil(centre + REFINEMENT_WIDTHS * width_px / 2).astype(int), 0, (width, height))
        part = image_bgr[top:bottom, left:right]
        if not part.size:
            return None

        def distance(face: FaceDetection) -> float:
            return float(np.linalg.norm(box_centre(face) - centre))

        found = [_moved(face, 1, (left, top)) for face in self._refinement.find(part)]
        return min((face for face in found if distance(face) < width_px), key=distance, default=None)


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
        return [_moved(_face_detection(found, width, height), scale, (0, 0)) for found in detections]

    def close(self) -> None:
        self._detector.close()


def _face_detection(found: Detection, width: int, height: int) -> FaceDetection:
    """Convert MediaPipe's answer: its box is in pixels, its landmarks are shares of the picture's width and height."""
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


def _is_certain(face: FaceDetection) -> bool:
    return face.detection_score >= CONFIRMED_SCORE
