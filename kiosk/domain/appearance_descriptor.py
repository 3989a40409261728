"""Whether a face looks as it did a frame ago: far cheaper than an embedding, and no evidence of who it is."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from kiosk.domain.block_mean import block_mean
from kiosk.domain.types import Image

AppearanceDescriptor: TypeAlias = NDArray[np.float32]

BLOCK_PX = 8
# Correlation of two looks. Of different people's aligned photographs (LFW) 99.8 % lie below it, of a walker's looks
# in two frames in a row 4 %.
SAME_APPEARANCE = 0.85


def appearance_descriptor(aligned_bgr: Image) -> AppearanceDescriptor:
    """Return the light and dark of an aligned face, (S, S, 3) BGR uint8, without brightness and contrast: length 1."""
    blocks = block_mean(aligned_bgr[:, :, 1].astype(np.float32), BLOCK_PX)[1:-1, 1:-1]
    difference = (blocks - blocks.mean()).ravel()
    made: AppearanceDescriptor = difference / max(float(np.linalg.norm(difference)), 1e-6)
    return made


def is_same_appearance(first: AppearanceDescriptor, second: AppearanceDescriptor) -> bool:
    return float(first @ second) >= SAME_APPEARANCE
