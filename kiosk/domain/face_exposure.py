"""How long a camera exposes, by the brightness of the face before it rather than of the whole picture. Pure."""

from __future__ import annotations

from kiosk.domain.quality import luminance
from kiosk.domain.types import Box, Image

# Mean luminance of a well lit face: within this band nothing is changed, so that the picture does not pump.
DARKEST, BRIGHTEST = 90.0, 165.0
WANTED = 125.0
# A step is at most so large in either direction: a face that turns its shadow to the camera is no reason to dazzle it.
LARGEST_STEP = 1.5
# No longer than this, in units of 100 µs: a walking face is smeared by more.
LONGEST_UNITS = 330


def face_brightness(image_bgr: Image, box_xyxy: Box) -> float | None:
    """Return the mean luminance, in [0, 255], of the middle half of a face's box; None where it lies outside.

    image_bgr: the frame, (H, W, 3) uint8.
    """
    left, top, right, bottom = box_xyxy
    height, width = image_bgr.shape[:2]
    across, down = (right - left) / 4, (bottom - top) / 4
    x0, x1 = max(0, round(left + across)), min(width, round(right - across))
    y0, y1 = max(0, round(top + down)), min(height, round(bottom - down))
    if x1 <= x0 or y1 <= y0:
        return None
    return float(luminance(image_bgr[y0:y1, x0:x1]).mean())


def next_exposure(units: int, brightness: float, limits: tuple[int, int]) -> int:
    """Return how long to expose next, in the camera's units of 100 µs.

    Args:
        units: how long it exposes now.
        brightness: of the face in the newest picture, in [0, 255].
        limits: the camera's shortest and longest exposure.
    """
    if DARKEST <= brightness <= BRIGHTEST:
        return units
    step = min(max(WANTED / max(brightness, 1.0), 1 / LARGEST_STEP), LARGEST_STEP)
    shortest, longest = limits[0], min(limits[1], max(LONGEST_UNITS, limits[0]))
    wanted = round(units * step)
    if wanted == units:
        wanted += 1 if step > 1 else -1
    return min(max(wanted, shortest), longest)
