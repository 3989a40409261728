"""Walls of an office with whatever stands and hangs there, as a background that differs from clip to clip."""

from __future__ import annotations

import numpy as np

from kiosk.core.opencv import cv2
from kiosk.domain.types import Image
from kiosk.synthetic.camera import Backdrop
from kiosk.synthetic.lens import Lens


def random_office(lens: Lens, random: np.random.Generator) -> Backdrop:
    """Return a wall with shelves, frames, a door and plants, out of focus; now and then nearly bare."""
    height, width = lens.height_px, lens.width_px
    wall = random.uniform(120, 215) * np.array([1.0, random.uniform(0.95, 1.05), random.uniform(0.95, 1.08)])
    shade = np.linspace(random.uniform(0.8, 1.1), random.uniform(0.8, 1.1), width)[None, :, None]
    picture = np.clip(wall * shade * np.ones((height, width, 1)), 0, 255).astype(np.uint8)
    for _ in range(int(random.choice([3, 12, 25, 40]))):
        _draw_thing(picture, random)
    blurred = cv2.GaussianBlur(picture, (0, 0), float(random.uniform(0.6, 2.2)))
    return Backdrop(np.asarray(blurred, np.uint8))


def _draw_thing(picture: Image, random: np.random.Generator) -> None:
    height, width = picture.shape[:2]
    x, y = int(random.integers(0, width)), int(random.integers(0, height))
    across, down = int(random.uniform(0.02, 0.25) * width), int(random.uniform(0.02, 0.4) * height)
    colour = tuple(int(level) for level in random.integers(20, 235, 3))
    kind = random.random()
    if kind < 0.6:
        cv2.rectangle(picture, (x, y), (x + across, y + down), colour, -1 if kind < 0.45 else 4)
    elif kind < 0.8:
        cv2.ellipse(picture, (x, y), (across // 2, down // 2), float(random.uniform(0, 180)), 0, 360, colour, -1)
    else:
        cv2.line(picture, (x, y), (x + across, y + int(random.integers(-20, 20))), colour, 3)
