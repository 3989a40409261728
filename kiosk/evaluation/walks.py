"""A photograph made into somebody who walks up to the camera: many samples of one visit, none as good as the original.

Everything that harms a sample at a door is in it, by a recipe that depends on the seed alone: growing and drifting,
the smear of motion, a lens out of focus near by, light that changes, noise, and a camera's compression. What cannot
be made from one photograph is another expression and another pose.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot, pi, sin

import numpy as np

from kiosk.core.quality import LEFT_EYE, RIGHT_EYE
from kiosk.core.types import FaceDetection, Image
from kiosk.opencv import cv2

FRAMES = 20
FRAME_S = 0.08
SIZE_PX = (640, 480)
EYES_FAR_PX, EYES_NEAR_PX = 16.0, 70.0  # 2.4 m and 0.55 m before a lens of 70 degrees at this width
SHUTTER = 0.35  # share of a frame's time in which the shutter is open


@dataclass(frozen=True, slots=True)
class _Recipe:
    """enters_px: how far beside the middle. sway_px: of the head. focus_px: blur near by. light: its swing."""

    enters_px: float
    sway_px: float
    roll_degrees: float
    phase: float
    focus_px: float
    light: float
    darkness: float
    noise: float
    jpeg_quality: int


def walk(photograph_bgr: Image, face: FaceDetection, seed: int) -> Iterator[Image]:
    """Yield the frames, (480, 640, 3) BGR uint8, FRAME_S apart; the same seed gives the same frames."""
    random = np.random.default_rng(seed)
    recipe = _recipe(random)
    eyes = face.landmarks_xy[[RIGHT_EYE, LEFT_EYE]].astype(np.float64)
    eye_distance = max(float(np.linalg.norm(eyes[1] - eyes[0])), 1.0)
    middle = eyes.mean(axis=0)
    before = _place(recipe, -1 / FRAMES)
    for index in range(FRAMES):
        x, y, eyes_px, roll = _place(recipe, index / FRAMES)
        picture = _set_in(photograph_bgr, middle, (x, y), eyes_px / eye_distance, roll)
        picture = _smeared(picture, ((x - before[0]) * SHUTTER, (y - before[1]) * SHUTTER))
        picture = _out_of_focus(picture, recipe.focus_px * max(0.0, eyes_px / EYES_NEAR_PX - 0.6))
        yield _through_a_camera(picture, recipe, index / FRAMES, random)
        before = x, y, eyes_px, roll


def _recipe(random: np.random.Generator) -> _Recipe:
    return _Recipe(
        enters_px=float(random.uniform(60, 200) * random.choice([-1, 1])),
        sway_px=float(random.uniform(2, 7)),
        roll_degrees=float(random.uniform(2, 8)),
        phase=float(random.uniform(0, 2 * pi)),
        focus_px=float(random.uniform(0, 4)),
        light=float(random.uniform(0.05, 0.35)),
        darkness=float(random.uniform(0.45, 1.0)),
        noise=float(random.uniform(2, 8)),
        jpeg_quality=int(random.integers(50, 90)),
    )


def _place(recipe: _Recipe, share: float) -> tuple[float, float, float, float]:
    """Return x, y of the eyes' middle, the distance of the eyes, all in pixels, and the tilt in degrees."""
    step = 2 * pi * 3 * share + recipe.phase
    eyes_px = EYES_FAR_PX * (EYES_NEAR_PX / EYES_FAR_PX) ** max(share, 0.0)
    sway = recipe.sway_px * eyes_px / 40
    x = SIZE_PX[0] / 2 + recipe.enters_px * (1 - share) ** 1.5 + sway * sin(step)
    y = SIZE_PX[1] * 0.42 + sway * sin(2 * step)
    return x, y, eyes_px, recipe.roll_degrees * sin(step + 0.6)


def _set_in(
    photograph: Image,
    middle: np.ndarray[tuple[int], np.dtype[np.float64]],
    at_xy: tuple[float, float],
    scale: float,
    roll_degrees: float,
) -> Image:
    factor = int(1 / scale)
    if factor >= 2:  # bilinear sampling would skip pixels
        size = max(1, photograph.shape[1] // factor), max(1, photograph.shape[0] // factor)
        photograph = cv2.resize(photograph, size, interpolation=cv2.INTER_AREA)
        middle, scale = middle / factor, scale * factor
    turn = np.radians(roll_degrees)
    linear = scale * np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    matrix = np.column_stack([linear, np.array(at_xy) - linear @ middle])
    picture: Image = cv2.warpAffine(photograph, matrix, SIZE_PX, borderMode=cv2.BORDER_REPLICATE)
    return picture


def _smeared(picture: Image, by_xy: tuple[float, float]) -> Image:
    length = hypot(*by_xy)
    if length < 1:
        return picture
    side = 2 * int(np.ceil(length / 2)) + 1
    kernel = np.zeros((side, side), np.float32)
    for share in np.linspace(-0.5, 0.5, 4 * side):
        kernel[round(side // 2 + share * by_xy[1]), round(side // 2 + share * by_xy[0])] += 1
    smeared: Image = cv2.filter2D(picture, -1, kernel / kernel.sum())
    return smeared


def _out_of_focus(picture: Image, deviation_px: float) -> Image:
    if deviation_px < 0.3:
        return picture
    blurred: Image = cv2.GaussianBlur(picture, (0, 0), deviation_px)
    return blurred


def _through_a_camera(picture: Image, recipe: _Recipe, share: float, random: np.random.Generator) -> Image:
    light = recipe.darkness * (1 + recipe.light * sin(2 * pi * share + recipe.phase))
    noise = np.empty(picture.shape, np.int16)
    cv2.setRNGSeed(int(random.integers(2**31)))
    cv2.randn(noise, 0, recipe.noise)
    noisy = cv2.add(cv2.convertScaleAbs(picture, alpha=light).astype(np.int16), noise)
    _, packed = cv2.imencode(
        ".jpg", np.clip(noisy, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, recipe.jpeg_quality]
    )
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), dtype=np.uint8)
