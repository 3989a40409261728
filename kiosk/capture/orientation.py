"""How a camera is mounted: its pictures are turned, then mirrored."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.opencv import cv2
from kiosk.domain.types import Image

_TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


@dataclass(frozen=True, slots=True)
class ImageOrientation:
    """What makes a camera's pictures upright.

    Attributes:
        rotation_deg: 0, 90, 180 or 270, clockwise.
        mirror: left and right exchanged, after turning.
    """

    rotation_deg: int = 0
    mirror: bool = False

    def apply(self, image: Image) -> Image:
        """Return the picture (H, W, 3) upright; for a quarter turn, (W, H, 3)."""
        if self.rotation_deg:
            image = cv2.rotate(image, _TURNS[self.rotation_deg])
        return cv2.flip(image, 1) if self.mirror else image
