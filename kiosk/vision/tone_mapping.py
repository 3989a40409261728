"""A face in bad light, with the contrasts of a well lit one."""

from __future__ import annotations

import numpy as np

from kiosk.core.opencv import cv2
from kiosk.domain.quality import inner_face, luminance
from kiosk.domain.types import Image

# The luminances of an inner face, its darkest and lightest fiftieth left out, span 110 and more in good light, 30 in a
# fifth of it, 35 before a bright window. Below LEAST_SPAN there is more noise than face.
POOR_SPAN, LEAST_SPAN = 80.0, 16.0
DARKEST, LIGHTEST = 25.0, 215.0
NOISE_BLUR_PX = 0.9  # noise grows with the contrasts; blurring costs a face so small no detail that matters


def tone_mapped(aligned_bgr: Image) -> Image:
    """Return an aligned face, (S, S, 3) BGR uint8, stretched to the whole range where bad light leaves it little.

    A face in good light comes back as it is.
    """
    darkest, lightest = np.percentile(inner_face(luminance(aligned_bgr)), (2, 98))
    span = float(lightest - darkest)
    if not LEAST_SPAN <= span < POOR_SPAN:
        return aligned_bgr
    smooth = cv2.GaussianBlur(aligned_bgr.astype(np.float32), (0, 0), NOISE_BLUR_PX)
    gain = (LIGHTEST - DARKEST) / span
    mapped: Image = np.clip((smooth - float(darkest)) * gain + DARKEST, 0, 255).astype(np.uint8)
    return mapped
