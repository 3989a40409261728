"""The frames that everything is timed on: real faces before the demo's door."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.core.types import Image
from kiosk.demo.clip import load_figure
from kiosk.demo.render import render
from kiosk.demo.walks import Lens, Walk, Waypoint
from kiosk.opencv import cv2

SIZES = ((640, 480), (1280, 720))
AWAY_M = 0.85


def frame(faces: int, width_px: int, height_px: int) -> Image:
    """Return a frame, BGR uint8, with nobody, one person or two standing before the camera."""
    picture = frame_with({0: (), 1: (("obama3.jpg", 0.0),), 2: (("obama3.jpg", -0.22), ("biden.jpg", 0.22))}[faces])
    if width_px * 720 != height_px * 1280:
        side = round((1280 - 720 * width_px / height_px) / 2)
        picture = picture[:, side : 1280 - side]
    resized: Image = cv2.resize(picture, (width_px, height_px), interpolation=cv2.INTER_AREA)
    return resized


def frame_with(places: Sequence[tuple[str, float]]) -> Image:
    """Return a 1280×720 frame, BGR uint8, with people standing there.

    places: photograph that a person is cut out of, and how many metres to the right of the camera they stand.
    """
    walks = [
        Walk(load_figure(file), (Waypoint(0, across_m, AWAY_M), Waypoint(1, across_m, AWAY_M)))
        for file, across_m in places
    ]
    return next(iter(render(walks, 0.04, Lens())))
