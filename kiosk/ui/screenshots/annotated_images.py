"""Moments of the demo's clip, with the faces in them: what the fake camera of the scenes shows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kiosk.core.opencv import cv2
from kiosk.domain.ports import FaceDetector
from kiosk.domain.types import Box, Image
from kiosk.errors import StorageError

ImageName = Literal["far", "near", "stranger", "two"]
# Each image's moment in the clip, in seconds.
MOMENTS_S: dict[ImageName, float] = {"far": 3.2, "near": 4.4, "stranger": 18.5, "two": 25.5}


@dataclass(frozen=True, slots=True, eq=False)
class AnnotatedImage:
    """A camera's image, (H, W, 3) BGR uint8, and the boxes of the faces in it, from left to right."""

    image_bgr: Image
    boxes_xyxy: tuple[Box, ...]


def read_images(clip: Path, detector: FaceDetector) -> dict[str, AnnotatedImage]:
    """Return the images at MOMENTS_S with the faces that a detector finds in them. Raises StorageError."""
    capture = cv2.VideoCapture(str(clip))
    try:
        return {name: _read(capture, at_s, detector) for name, at_s in MOMENTS_S.items()}
    finally:
        capture.release()


def _read(capture: cv2.VideoCapture, at_s: float, detector: FaceDetector) -> AnnotatedImage:
    capture.set(cv2.CAP_PROP_POS_MSEC, at_s * 1000)
    read, image = capture.read()
    if not read:
        raise StorageError("the demo's clip cannot be read; delete it, and it is made again")
    faces = sorted(detector.detect(image), key=lambda face: face.box_xyxy[0])
    return AnnotatedImage(image, tuple(face.box_xyxy for face in faces))
