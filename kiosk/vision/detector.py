"""Faces found with BlazeFace, through MediaPipe."""

from __future__ import annotations

import mediapipe
import numpy as np
from mediapipe.tasks.python import BaseOptions
from mediapipe.tasks.python.components.containers import Detection
from mediapipe.tasks.python.vision import FaceDetector, FaceDetectorOptions

from kiosk.core.types import FaceDetection, Image
from kiosk.errors import ConfigurationError
from kiosk.opencv import cv2
from kiosk.vision.chatter import without_chatter

LANDMARKS = 6


class BlazeFaceDetector:
    """One network of the catalogue, ready to run; for one thread at a time."""

    def __init__(self, content: bytes, minimum_score: float = 0.5) -> None:
        """Load a network from the content of its .tflite file, metadata included.

        minimum_score: in [0, 1]; what scores less is no face. Raises ConfigurationError when MediaPipe refuses it.
        """
        options = FaceDetectorOptions(BaseOptions(model_asset_buffer=content), min_detection_confidence=minimum_score)
        with without_chatter():
            try:
                self._detector = FaceDetector.create_from_options(options)
            except (ValueError, RuntimeError) as error:
                raise ConfigurationError("MediaPipe cannot load the detector; run: kiosk models install") from error
            # The first picture sets up the rest of the native library, with its messages.
            self.detect(np.zeros((64, 64, 3), dtype=np.uint8))

    def detect(self, image_bgr: Image) -> tuple[FaceDetection, ...]:
        """Return the faces in an image, (H, W, 3) BGR uint8, the largest first."""
        image_rgb = cv2.cvtColor(image_bgr, cv2.COLOR_BGR2RGB)
        image = mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=image_rgb)
        height, width = image_bgr.shape[:2]
        found = [_detection(one, width, height) for one in self._detector.detect(image).detections]
        return tuple(sorted(found, key=_area, reverse=True))

    def close(self) -> None:
        """Release native resources; harmless when called twice."""
        with without_chatter():
            self._detector.close()


def _detection(found: Detection, width: int, height: int) -> FaceDetection:
    """Translate MediaPipe's answer: its box is in pixels, its landmarks are shares of the frame."""
    box = found.bounding_box
    shares = [(point.x, point.y) for point in found.keypoints[:LANDMARKS]]
    return FaceDetection(
        box_xyxy=(box.origin_x, box.origin_y, box.origin_x + box.width, box.origin_y + box.height),
        landmarks_xy=(np.array(shares) * (width, height)).astype(np.float32),
        detection_score=float(found.categories[0].score),
    )


def _area(face: FaceDetection) -> float:
    left, top, right, bottom = face.box_xyxy
    return (right - left) * (bottom - top)
