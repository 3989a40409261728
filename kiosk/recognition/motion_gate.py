"""Detects motion, which is far cheaper than detecting faces while nobody is at the door."""

from __future__ import annotations

from kiosk.core.opencv import cv2
from kiosk.domain.types import Image
from kiosk.vision.warp import halved

# Images are compared at a width of 64 to 127 pixels. One pixel is then the mean of 16x16 of a 1280x720 image, a third
# of a face at 3 metres: it has a sixteenth of the sensor's noise, and motion changes it by more than MOVED_LEVELS.
COMPARED_PX, MOVED_LEVELS = 64, 6


class MotionGate:
    """Compares images with a reference, which only motion replaces, so that slow changes add up."""

    def __init__(self) -> None:
        self._reference: Image | None = None

    def is_still(self, image_bgr: Image) -> bool:
        """Return whether nothing has moved in an image, (H, W, 3) BGR uint8, since the reference.

        If something has moved, or there is no reference yet, the image becomes the reference.
        """
        small, _ = halved(image_bgr, COMPARED_PX)
        before = self._reference
        if before is not None and before.shape == small.shape and cv2.absdiff(small, before).max() <= MOVED_LEVELS:
            return True
        self._reference = small
        return False
