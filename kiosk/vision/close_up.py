"""Photographs that show hardly more than the face, as badges do."""

from __future__ import annotations

import numpy as np

from kiosk.core.opencv import cv2
from kiosk.domain.ports import FaceDetector
from kiosk.domain.types import FaceDetection, Image
from kiosk.vision.warp import halved

# The face fills half of such a picture at least, and so still has more pixels than any network looks at.
LOOKED_AT_PX = 512
FILLED = 0.5
# Of the picture's own width and height, on each side.
BORDER = 0.5


def fills(face: FaceDetection, image_shape: tuple[int, ...]) -> bool:
    """Whether a face is at least half as wide as the photograph, (H, W, …)."""
    return face.box_xyxy[2] - face.box_xyxy[0] >= FILLED * image_shape[1]


def detect_close_up(detector: FaceDetector, image_bgr: Image) -> tuple[FaceDetection, ...]:
    """Return the faces that fill a photograph, (H, W, 3) BGR uint8, looked at with a border around it.

    Detectors are trained on faces with something around them: they miss, or doubt, one that reaches the edges.
    """
    small, scale = halved(image_bgr, LOOKED_AT_PX)
    rows, columns = (round(BORDER * side) for side in small.shape[:2])
    # Black, as the aligned face is where it reaches beyond the picture.
    bordered = cv2.copyMakeBorder(small, rows, rows, columns, columns, cv2.BORDER_CONSTANT)
    found = (_without_border(face, rows, columns, scale) for face in detector.detect(bordered))
    return tuple(face for face in found if fills(face, image_bgr.shape))


def _without_border(face: FaceDetection, rows: int, columns: int, scale: int) -> FaceDetection:
    left, top, right, bottom = face.box_xyxy
    return FaceDetection(
        box_xyxy=(
            scale * (left - columns),
            scale * (top - rows),
            scale * (right - columns),
            scale * (bottom - rows),
        ),
        landmarks_xy=(scale * (face.landmarks_xy - (columns, rows))).astype(np.float32),
        detection_score=face.detection_score,
    )
