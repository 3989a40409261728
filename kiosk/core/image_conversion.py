"""From a picture of any colours, opened by Pillow, to BGR as a viewer shows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image as pillow

from kiosk.core.opencv import cv2
from kiosk.domain.image_limits import shrink_factor
from kiosk.domain.types import Image

# What is seen through the transparent parts, as most viewers show it.
WHITE = (255, 255, 255, 255)
# A picture is converted in strips of so many pixels, so that only its decoder ever holds it at full size.
_STRIP_PIXELS = 1_000_000
# Pillow's mode of a grey PNG with sixteen bits and without alpha.
DEEP_GREY = "I;16"
_MOST_SIXTEEN_BITS = 65_535
UPRIGHT = 1  # EXIF's number
_TURNS = {3: cv2.ROTATE_180, 6: cv2.ROTATE_90_CLOCKWISE, 8: cv2.ROTATE_90_COUNTERCLOCKWISE}

Strip: TypeAlias = Callable[[int, int], Image]
"""From the first row and the one after the last to these rows, (H, W, 3) BGR uint8."""


def eight_bits(picture: pillow.Image) -> Image:
    """Return a loaded picture with eight bits a colour: (H, W, 3) BGR uint8, composed onto white.

    It is averaged down to WORKING_PIXELS.
    """

    def strip(top: int, bottom: int) -> Image:
        rows = picture.crop((0, top, picture.width, bottom))
        if rows.has_transparency_data:
            ground = pillow.new("RGBA", rows.size, WHITE)
            ground.alpha_composite(rows.convert("RGBA"))
            rows = ground
        return np.asarray(cv2.cvtColor(np.asarray(rows.convert("RGB")), cv2.COLOR_RGB2BGR))

    return _joined(*picture.size, strip)


def sixteen_bits(picture: pillow.Image, png: bytes) -> Image:
    """Return a PNG with sixteen bits a colour as eight_bits does: of the bits in use the eight highest.

    Cameras give ten or twelve. Pillow has all of them for grey, but of colours only the upper byte, which is then all
    but empty; OpenCV gives all.

    Args:
        picture: loaded.
        png: the same as a file.
    """
    is_grey = picture.mode == DEEP_GREY
    transparent_grey = picture.info.get("transparency") if is_grey else None
    whole = picture if is_grey else cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_UNCHANGED)
    pixels: NDArray[np.uint16] = np.asarray(whole)
    height, width = pixels.shape[:2]
    pixels = pixels.reshape(height, width, -1)  # one, three or, with alpha, four
    spare_bits = _bits_in_use(pixels[:, :, :3]) - 8

    def strip(top: int, bottom: int) -> Image:
        rows = pixels[top:bottom]
        colours = (rows[:, :, :3] >> spare_bits).astype(np.uint8)
        if rows.shape[2] > 3:
            colours = _onto_white(colours, rows[:, :, 3:].astype(np.float32) / _MOST_SIXTEEN_BITS)
        elif transparent_grey is not None:
            colours = _onto_white(colours, (rows != transparent_grey).astype(np.float32))
        return colours if colours.shape[2] == 3 else np.repeat(colours, 3, axis=2)

    return _joined(width, height, strip)


def upright(image_bgr: Image, orientation: int) -> Image:
    """Return the picture turned and mirrored as its EXIF orientation says."""
    if orientation in (5, 7):  # exchanged along a diagonal; along the other one it is turned half around, too
        image_bgr, orientation = cv2.transpose(image_bgr), 1 if orientation == 5 else 3
    if orientation in _TURNS:
        return np.asarray(cv2.rotate(image_bgr, _TURNS[orientation]))
    if orientation in (2, 4):
        return np.asarray(cv2.flip(image_bgr, 1 if orientation == 2 else 0))
    return np.asarray(image_bgr)


def no_larger_than(image_bgr: Image, side_px: int) -> Image:
    """Return the picture, averaged down until its longer side is no more than side_px."""
    height, width = image_bgr.shape[:2]
    scale = side_px / max(height, width)
    if scale >= 1:
        return image_bgr
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(cv2.resize(image_bgr, size, interpolation=cv2.INTER_AREA))


def _joined(width_px: int, height_px: int, strip: Strip) -> Image:
    factor = shrink_factor(width_px, height_px)
    columns, rows = width_px // factor, height_px // factor
    image = np.empty((rows, columns, 3), np.uint8)
    step = max(1, _STRIP_PIXELS // (columns * factor * factor))
    for top in range(0, rows, step):
        bottom = min(top + step, rows)
        part = strip(top * factor, bottom * factor)[:, : columns * factor]
        size = (columns, bottom - top)
        image[top:bottom] = part if factor == 1 else cv2.resize(part, size, interpolation=cv2.INTER_AREA)
    return image


def _bits_in_use(colours: NDArray[np.uint16]) -> int:
    """Return 8, 10, 12, 14 or 16: what sensors give."""
    bits = int(colours.max()).bit_length()
    return max(8, bits + bits % 2)


def _onto_white(colours: Image, opacity: NDArray[np.floating]) -> Image:
    return np.asarray(colours * opacity + WHITE[0] * (1 - opacity), dtype=np.uint8)
