"""Pictures of people that a synthetic camera can take pictures of."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from kiosk.core.opencv import cv2
from kiosk.domain.types import FaceDetection, Image

EYES_M = 0.063  # mean distance of grown-ups' eyes; source: Dodgson 2004, SPIE 5291
SHOWN_EYES = 4.0  # eye distances to each side that are seen of a photograph
HEAD_EYES = (1.6, 2.2)  # half axes of the oval that a head is cut out by, in eye distances


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """A person's picture, and how large the person is in it.

    Attributes:
        image: (H, W, 3) BGR uint8, carried on beyond its edges; or (H, W, 4), BGR already multiplied by the opacity
            that comes fourth, and nothing beyond its edges.
        anchor_xy: the point of the image, in pixels, that a Pose places.
        width_px: of something in the image whose real width is known.
        width_m: that real width.
        extent: how far the image is shown to the left of the anchor, above, to the right and below, in widths.
        matte: how much of each pixel is shown, (H, W) uint8; None for all of it.
    """

    image: Image
    anchor_xy: tuple[float, float]
    width_px: float
    width_m: float
    extent: tuple[float, float, float, float]
    matte: Image | None = None
    _shrunk: dict[int, tuple[Image, Image | None]] = field(default_factory=dict, init=False, repr=False)

    def shrunk(self, factor: int) -> tuple[Image, Image | None]:
        """Return image and matte, averaged down by a whole factor; whoever is far away is made without aliasing."""
        if factor == 1:
            return self.image, self.matte
        if factor not in self._shrunk:
            height, width = self.image.shape[:2]
            size_px = max(1, width // factor), max(1, height // factor)
            matte = None if self.matte is None else cv2.resize(self.matte, size_px, interpolation=cv2.INTER_AREA)
            self._shrunk[factor] = cv2.resize(self.image, size_px, interpolation=cv2.INTER_AREA), matte
        return self._shrunk[factor]


def portrait(photograph_bgr: Image, face: FaceDetection) -> Subject:
    """Return somebody with all that their photograph shows around them; the anchor is the middle of the eyes."""
    middle_xy, eyes_px = eye_geometry(face)
    return Subject(photograph_bgr, middle_xy, eyes_px, EYES_M, (SHOWN_EYES,) * 4)


def head(photograph_bgr: Image, face: FaceDetection) -> Subject:
    """Return somebody's head alone, so that others are seen beside it; the anchor is the middle of the eyes."""
    (x, y), eyes_px = eye_geometry(face)
    matte = np.zeros(photograph_bgr.shape[:2], dtype=np.uint8)
    axes = tuple(round(half * eyes_px) for half in HEAD_EYES)
    cv2.ellipse(matte, (round(x), round(y + 0.3 * eyes_px)), axes, 0, 0, 360, 255, cv2.FILLED)
    matte = cv2.GaussianBlur(matte, (0, 0), 0.08 * eyes_px)
    return Subject(photograph_bgr, (x, y), eyes_px, EYES_M, (SHOWN_EYES,) * 4, matte)


def eye_geometry(face: FaceDetection) -> tuple[tuple[float, float], float]:
    """Return the middle of the eyes and their distance, in pixels, the latter at least 1."""
    eyes = face.eyes_xy.astype(np.float64)
    x, y = eyes.mean(axis=0)
    return (float(x), float(y)), max(float(np.linalg.norm(eyes[1] - eyes[0])), 1.0)
