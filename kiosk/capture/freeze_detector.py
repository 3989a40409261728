"""Whether pictures that arrive on time are still pictures of the place in front of the camera."""

from __future__ import annotations

import numpy as np

from kiosk.capture.status import CameraFaultKind
from kiosk.domain.types import Image

# Every sixteenth pixel in each direction is enough to tell two frames apart, and to tell black.
_SAMPLING = 16
_FEWEST_ALIKE = 3
_BLACK_S = 2.0
# Of 255. A covered sensor still shows some noise; a dark room has lamps, windows and edges.
_BLACK_MEAN = 12.0
_BLACK_DEVIATION = 6.0


class FreezeDetector:
    """Notices when the frames of a stream have been the same or black for too long.

    A camera on an unchanging scene never repeats a frame bit for bit, because its sensor is noisy; a stream that hangs
    does. frozen_s: seconds of identical frames after which the picture counts as frozen; 0 never.
    """

    def __init__(self, frozen_s: float) -> None:
        self._frozen_s = frozen_s
        self._last: Image | None = None
        self._same_since_s = 0.0
        self._same_count = 0
        self._black_since_s: float | None = None
        self._frozen = False

    def check(self, image: Image, now_s: float) -> CameraFaultKind | None:
        """Return what is wrong with the pictures up to this one: FROZEN, BLACK or nothing.

        image: (H, W, 3) uint8, not written to afterwards. now_s: monotonic seconds.
        """
        if self._is_new(image):
            self._same_since_s, self._same_count, self._frozen = now_s, 0, False
        self._last = image
        self._same_count += 1
        if self._black_for_s(image, now_s) >= _BLACK_S:
            return CameraFaultKind.BLACK
        return CameraFaultKind.FROZEN if self._is_frozen(now_s) else None

    def _is_new(self, image: Image) -> bool:
        last = self._last
        if last is None or last.shape != image.shape:
            return True
        sample = np.s_[::_SAMPLING, ::_SAMPLING]
        return not np.array_equal(last[sample], image[sample]) or not np.array_equal(last, image)

    def _is_frozen(self, now_s: float) -> bool:
        """A picture once found frozen stays so, across reconnections, until another one comes."""
        if self._frozen_s > 0 and self._same_count >= _FEWEST_ALIKE:
            self._frozen = self._frozen or now_s - self._same_since_s >= self._frozen_s
        return self._frozen

    def _black_for_s(self, image: Image, now_s: float) -> float:
        sample = image[::_SAMPLING, ::_SAMPLING]
        if sample.mean() > _BLACK_MEAN or sample.std() > _BLACK_DEVIATION:
            self._black_since_s = None
            return 0.0
        if self._black_since_s is None:
            self._black_since_s = now_s
        return now_s - self._black_since_s
