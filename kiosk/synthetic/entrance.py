"""An office's entrance, drawn in perspective, the light that falls on those who enter, and a camera there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kiosk.core.opencv import cv2
from kiosk.domain.types import Image
from kiosk.synthetic.camera import Backdrop, CameraConditions, SyntheticCamera
from kiosk.synthetic.lens import Lens

# The room around the camera, in metres: left and right wall, floor and ceiling from the camera's height, back wall.
LEFT_M, RIGHT_M = -2.3, 2.1
FLOOR_M, CEILING_M = -1.35, 1.45
BACK_M = 4.2
DOOR_M = (-0.95, 0.75, 0.85)  # left, right and upper edge

Colour = tuple[int, int, int]
WALL: Colour = (186, 194, 198)
LEFT_WALL: Colour = (168, 178, 184)
RIGHT_WALL: Colour = (150, 158, 166)
CEILING: Colour = (206, 210, 212)
LAMP: Colour = (246, 250, 252)
FRAME: Colour = (70, 66, 62)
LEAVES: Colour = (58, 98, 62)

Corner = tuple[float, float, float]


def door_camera(conditions: CameraConditions | None = None, lens: Lens | None = None, seed: int = 1) -> SyntheticCamera:
    """Return a camera at the entrance; unless told otherwise, one that sees as well as a webcam does."""
    lens = lens or Lens()
    backdrop = Backdrop(empty_entrance(lens), light_on_people(lens))
    return SyntheticCamera(lens, backdrop, conditions or CameraConditions(), seed)


def empty_entrance(lens: Lens) -> Image:
    """Return the empty entrance as this lens sees it."""
    # Drawn at twice the size and shrunk, so that edges come out as a lens makes them.
    big = Lens(2 * lens.width_px, 2 * lens.height_px, 2 * lens.focal_px, 2 * lens.horizon_px)
    picture = np.full((big.height_px, big.width_px, 3), WALL, np.uint8)
    _walls(picture, big)
    _door(picture, big)
    _lamps(picture, big)
    picture = cv2.resize(picture, (lens.width_px, lens.height_px), interpolation=cv2.INTER_AREA)
    shaded = picture * _shade(lens)[..., None]
    softened: Image = cv2.GaussianBlur(np.clip(shaded, 0, 255).astype(np.uint8), (0, 0), 1.2)
    return softened


def light_on_people(lens: Lens) -> Image:
    """Return how brightly and in what tint each place of the picture lights a person; 128 leaves a colour as it is.

    Daylight, a little blue, falls in from the left; the right side lies in warmer shade, and lamps shine from above.
    """
    x = np.linspace(0, 1, lens.width_px)[None, :, None]
    y = np.linspace(0, 1, lens.height_px)[:, None, None]
    daylight, lamplight = np.array([1.16, 1.10, 1.06]), np.array([0.74, 0.80, 0.86])
    light = (daylight * (1 - x) + lamplight * x) * (1.08 - 0.22 * y)
    return np.clip(128 * light, 0, 255).astype(np.uint8)


def _walls(picture: Image, lens: Lens) -> None:
    near = 0.3  # metres: well in front of whatever the lens still shows
    for colour, corners in (
        (CEILING, [(LEFT_M, CEILING_M), (RIGHT_M, CEILING_M)]),
        (LEFT_WALL, [(LEFT_M, CEILING_M), (LEFT_M, FLOOR_M)]),
        (RIGHT_WALL, [(RIGHT_M, CEILING_M), (RIGHT_M, FLOOR_M)]),
    ):
        (x0, y0), (x1, y1) = corners
        _fill(picture, lens, colour, [(x0, y0, BACK_M), (x1, y1, BACK_M), (x1, y1, near), (x0, y0, near)])


def _door(picture: Image, lens: Lens) -> None:
    """Draw a glass door with two leaves in the back wall, and the street behind it, out of focus."""
    left, right, top = DOOR_M
    x0, x1 = (round(lens.x_px(x, BACK_M)) for x in (left, right))
    y0, y1 = round(lens.y_px(top, BACK_M)), lens.height_px
    street = _street((y1 - y0) // 8, (x1 - x0) // 8)  # out of focus, it needs no more pixels
    picture[y0:y1, x0:x1] = cv2.resize(street, (x1 - x0, y1 - y0), interpolation=cv2.INTER_CUBIC)
    metre = lens.focal_px / BACK_M
    thick = round(0.06 * metre)
    middle = (x0 + x1) // 2
    for x in (x0, middle, x1):
        cv2.line(picture, (x, y0), (x, y1), FRAME, thick)
    cv2.rectangle(picture, (x0 - thick // 2, y0 - thick), (x1 + thick // 2, y0 + thick), FRAME, -1)
    handle_y = round(lens.y_px(-0.25, BACK_M))
    for side in (-1, 1):
        x = middle + side * round(0.1 * metre)
        cv2.line(picture, (x, handle_y - round(0.25 * metre)), (x, handle_y + round(0.2 * metre)), LAMP, thick // 2)


def _street(height: int, width: int) -> Image:
    random = np.random.default_rng(7)
    y = np.linspace(0, 1, height)[:, None, None]
    street = (np.array([236, 228, 214]) * (1 - y) + np.array([176, 180, 178]) * y) * np.ones((height, width, 3))
    street = street.astype(np.uint8)
    for _ in range(9):
        x, wide, top = random.integers(0, width), random.integers(width // 12, width // 4), random.uniform(0.25, 0.6)
        grey = int(random.integers(120, 185))
        cv2.rectangle(street, (int(x), int(top * height)), (int(x + wide), int(0.8 * height)), (grey, grey, grey), -1)
    for x in random.integers(0, width, 5):
        cv2.circle(street, (int(x), int(0.75 * height)), width // 14, LEAVES, -1)
    out_of_focus: Image = cv2.GaussianBlur(street, (0, 0), width / 28)
    return out_of_focus


def _lamps(picture: Image, lens: Lens) -> None:
    for near, far in ((1.6, 2.2), (2.7, 3.2), (3.6, 3.95)):
        for left, right in ((-1.5, -0.9), (0.7, 1.3)):
            corners = [(left, near), (right, near), (right, far), (left, far)]
            _fill(picture, lens, LAMP, [(x, CEILING_M, away) for x, away in corners])


def _fill(picture: Image, lens: Lens, colour: Colour, corners: Sequence[Corner]) -> None:
    seen = [(lens.x_px(x, away), lens.y_px(y, away)) for x, y, away in corners]
    cv2.fillPoly(picture, [np.round(seen).astype(np.int32)], colour, cv2.LINE_AA)


def _shade(lens: Lens) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return the falling off of light towards the picture's corners and to the right, about 1 in the middle."""
    x = np.linspace(-1, 1, lens.width_px)[None, :]
    y = np.linspace(-1, 1, lens.height_px)[:, None]
    shade: np.ndarray[tuple[int, int], np.dtype[np.float64]] = (1.02 - 0.1 * x) * (1 - 0.16 * (x**2 + y**2) / 2)
    return shade
