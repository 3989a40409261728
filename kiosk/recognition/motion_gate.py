"""Whether anything has moved at the door: far cheaper than looking for faces where nobody has come."""

from __future__ import annotations

from kiosk.core.opencv import cv2
from kiosk.domain.types import Image
from kiosk.vision.warp import halved

# Pictures are compared at 64 to 127 pixels across: in 1280x720 a block of 16 pixels, a third of a face at 3 metres. Its
# average carries a sixteenth of the sensor's noise, whatever moves changes it by more than so many of 255 levels.
COMPARED_PX, MOVED_LEVELS = 64, 6


class MotionGate:
    """Remembers one picture and compares others with it; slow changes add up, because it is not replaced in between."""

    def __init__(self) -> None:
        self._remembered: Image | None = None

    def is_still(self, image_bgr: Image) -> bool:
        """Tell whether nothing has moved in an image, (H, W, 3) BGR uint8, since the remembered one.

        When something has, or nothing is remembered, it is the image to compare with from now on.
        """
        small, _ = halved(image_bgr, COMPARED_PX)
        before = self._remembered
        if before is not None and before.shape == small.shape and cv2.absdiff(small, before).max() <= MOVED_LEVELS:
            return True
        self._remembered = small
        return False
