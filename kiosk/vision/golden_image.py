"""The image of the golden vectors: made by a formula, so that no face has to be published."""

import numpy as np

from kiosk.domain.types import Image


def golden_image(size_px: int) -> Image:
    """Return a (size, size, 3) BGR picture of ramps and edges that differ in each channel and from side to side."""
    y, x = np.indices((size_px, size_px))
    blue = 3 * x + y
    green = x * y // size_px + 40 * (x // 16 % 2)
    red = 255 - 2 * y + 64 * (y // 24 % 2)
    return (np.stack([blue, green, red], axis=2) % 256).astype(np.uint8)
