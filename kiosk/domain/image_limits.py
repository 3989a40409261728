"""Which pictures are taken in at all: the same for files, uploads and cameras."""

from __future__ import annotations

from kiosk.domain.quality import Reason

FORMAT_NAMES = "JPEG, PNG, WebP, HEIC or AVIF"
SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".avif")
MIN_SIDE_PX = 16
# The detector's library aborts the whole process for a side over 32,767.
MAX_SIDE_PX = 16_384
# A panorama has four to six, a screenshot of a telephone two and a half.
MAX_ASPECT = 8
# What has more pixels is worked on at a half, a third … of its size; an ordinary telephone's picture is left as it is.
WORKING_PIXELS = 30_000_000


def size_fault(width_px: int, height_px: int) -> Reason | None:
    """Return why a picture of this size is not taken in, or None when it is."""
    shorter, longer = sorted((width_px, height_px))
    if longer > MAX_ASPECT * shorter:
        return Reason.IMAGE_TOO_LONG
    if longer > MAX_SIDE_PX:
        return Reason.IMAGE_TOO_LARGE
    return Reason.IMAGE_TOO_SMALL if shorter < MIN_SIDE_PX else None


def shrink_factor(width_px: int, height_px: int, pixels: int = WORKING_PIXELS) -> int:
    """Return the smallest whole number by which both sides are divided so that no more than these pixels are left."""
    factor = 1
    while (width_px // factor) * (height_px // factor) > pixels:
        factor += 1
    return factor
