"""From walks to frames: what a camera at the entrance would show of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians, sin, sqrt

import numpy as np

from kiosk.core.opencv import cv2
from kiosk.domain.alignment import Matrix
from kiosk.domain.types import Image
from kiosk.synthetic.entrance import entrance, light_on_people
from kiosk.synthetic.figures import Figure
from kiosk.synthetic.walks import Lens, Pose, Walk, pose

FRAME_RATE_HZ = 25
SHUTTER = 0.3  # share of a frame's time in which the shutter is open: 12 ms, what a webcam takes indoors
NOISE = 2.5  # standard deviation of the sensor's noise, in grey levels
NOISE_SHIFT_PX = 64
# (share of the brightness, seconds) by which clouds and the camera's own exposure change it.
DAYLIGHT_SWINGS = ((0.11, 9.0), (0.06, 3.7))


@dataclass(frozen=True, slots=True)
class RenderConditions:
    """What a test may make worse than it is at an ordinary door; 1 is ordinary, 0 is absent, more is harder.

    brightness: 1 is a lit room, 0.3 one in which a face is hard to make out.
    jpeg_quality: in 1 to 100, as of a network camera's stream; None for none.
    """

    noise: float = 1.0
    motion_blur: float = 1.0
    changing_light: float = 1.0
    brightness: float = 1.0
    jpeg_quality: int | None = None


def render(
    walks: Sequence[Walk],
    lasts_s: float,
    lens: Lens | None = None,
    conditions: RenderConditions | None = None,
    seed: int = 1,
) -> Iterator[Image]:
    """Yield the frames, BGR uint8, 25 a second; the same arguments give the same frames."""
    lens, conditions = lens or Lens(), conditions or RenderConditions()
    empty, light = entrance(lens), light_on_people(lens)
    noise = _Noise(lens, NOISE * conditions.noise, seed)
    for index in range(round(lasts_s * FRAME_RATE_HZ)):
        at_s = index / FRAME_RATE_HZ
        picture = empty.copy()
        present = [(walk, there) for walk in walks if (there := pose(walk, at_s, lens))]
        for walk, there in sorted(present, key=lambda pair: pair[1].face_px):  # the nearest covers the others
            _set_in(picture, walk.figure, there, light, _smear(walk, at_s, there, lens, conditions))
        brightness = conditions.brightness * _daylight(at_s, conditions.changing_light)
        taken = noise.onto(cv2.convertScaleAbs(picture, alpha=brightness))
        yield taken if conditions.jpeg_quality is None else _compressed(taken, conditions.jpeg_quality)


def _set_in(picture: Image, figure: Figure, there: Pose, light: Image, smear_px: tuple[int, int]) -> None:
    """Paint a figure into the picture, smeared by its motion and lit by the place where it stands."""
    scale = there.face_px / figure.face.width_px
    layer = next((i for i in range(len(figure.layers) - 1) if scale * 2 ** (i + 1) > 1), len(figure.layers) - 1)
    source = figure.layers[layer]
    matrix = _placing(figure, there, scale, layer)
    region = _region(matrix, source, smear_px, picture)
    if region is None:
        return
    left, top, right, bottom = region
    matrix[:, 2] -= left, top
    person = cv2.warpAffine(source, matrix, (right - left, bottom - top), flags=cv2.INTER_LINEAR)
    if smear_px != (1, 1):
        person = cv2.blur(person, smear_px)
    colours = cv2.cvtColor(person, cv2.COLOR_BGRA2BGR)
    colours = cv2.multiply(colours, light[top:bottom, left:right], scale=1 / 128)
    behind = picture[top:bottom, left:right]
    through = cv2.cvtColor(cv2.bitwise_not(cv2.extractChannel(person, 3)), cv2.COLOR_GRAY2BGR)
    behind[:] = cv2.add(cv2.multiply(behind, through, scale=1 / 255), colours)


def _placing(figure: Figure, there: Pose, scale: float, layer: int) -> Matrix:
    """Return the (2, 3) matrix that carries a layer of the figure to its place in the picture."""
    halved = 2.0**layer
    turn = radians(there.roll_degrees)
    linear = scale * halved * np.array([[cos(turn), -sin(turn)], [sin(turn), cos(turn)]])
    centre = np.array([figure.face.x, figure.face.y]) / halved
    shift = np.array([there.x, there.y]) - linear @ centre
    return np.column_stack([linear, shift])


def _region(
    matrix: Matrix, source: Image, smear_px: tuple[int, int], picture: Image
) -> tuple[int, int, int, int] | None:
    """Return left, top, right, bottom of what the figure covers in the picture, or None when it is out of sight."""
    height, width = source.shape[:2]
    corners = matrix @ np.array([[0, width, width, 0], [0, 0, height, height], [1, 1, 1, 1]])
    least, most = corners.min(axis=1) - smear_px, corners.max(axis=1) + smear_px
    left, top = (max(int(edge), 0) for edge in least)
    right, bottom = min(int(most[0]) + 1, picture.shape[1]), min(int(most[1]) + 1, picture.shape[0])
    return (left, top, right, bottom) if left < right and top < bottom else None


def _smear(walk: Walk, at_s: float, there: Pose, lens: Lens, conditions: RenderConditions) -> tuple[int, int]:
    """Return how far the person moves across the picture while the shutter is open, in whole pixels, at least 1."""
    before = pose(walk, at_s - 1 / FRAME_RATE_HZ, lens)
    if before is None:
        return 1, 1
    share = SHUTTER * conditions.motion_blur
    return 1 + round(share * abs(there.x - before.x)), 1 + round(share * abs(there.y - before.y))


def _daylight(at_s: float, changing_light: float) -> float:
    return 1 + changing_light * sum(share * sin(2 * np.pi * at_s / period_s) for share, period_s in DAYLIGHT_SWINGS)


def _compressed(picture: Image, quality: int) -> Image:
    _, jpeg = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(jpeg, cv2.IMREAD_COLOR), dtype=np.uint8)


class _Noise:
    """The sensor's noise, drawn once and laid on each frame at another place: as good to look at, and far quicker."""

    def __init__(self, lens: Lens, deviation: float, seed: int) -> None:
        self._random = np.random.default_rng(seed)
        self._height, self._width = lens.height_px, lens.width_px
        shape = self._height + NOISE_SHIFT_PX, self._width + NOISE_SHIFT_PX, 3
        grains = self._random.normal(0, deviation * sqrt(2), shape).astype(np.float32)
        # Neighbouring pixels share some of their noise, because a sensor's colours are interpolated.
        grains = np.round(cv2.GaussianBlur(grains, (0, 0), 0.5))
        self._more, self._less = np.maximum(grains, 0).astype(np.uint8), np.maximum(-grains, 0).astype(np.uint8)

    def onto(self, picture: Image) -> Image:
        top, left = self._random.integers(0, NOISE_SHIFT_PX, 2)
        here = np.s_[top : top + self._height, left : left + self._width]
        noisy: Image = cv2.subtract(cv2.add(picture, self._more[here]), self._less[here])
        return noisy
