"""What a common camera at a door shows of people, each of whom is known from one photograph.

1280x720, a lens of 70 degrees; how long the shutter is open, how soft the lens is, how much noise and compression there
is and how the light changes is drawn anew for each clip. A photograph of 250 pixels, as those of LFW are, holds less
than such a camera shows nearer than about 1.5 m: it is enlarged there, and softer than a real camera's frame. What
cannot be made from one photograph is another expression and another pose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import hypot, pi, radians, sin, tan

import numpy as np

from kiosk.core.opencv import cv2
from kiosk.domain.alignment import Matrix
from kiosk.domain.types import FaceDetection, Image

SIZE_PX = (1280, 720)
FOCAL_PX = SIZE_PX[0] / 2 / tan(radians(70 / 2))
EYES_M = 0.063  # mean distance of grown-ups' eyes; Dodgson 2004, SPIE 5291
SHARP_FROM_M = 1.2  # nearer than this a lens of fixed focus blurs, by all of defocus_px at half of it
SHOWN_EYES = 4.0  # eye distances to each side that are seen of a photograph
HEAD_EYES = (1.6, 2.2)  # half axes of the oval that a head is cut out by, in eye distances
BACKGROUND = 110
NOISE_SHIFT_PX = 64


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody's eyes are before the camera, in metres from the lens's axis and from the camera.

    squeeze: what is left of the face's width when the head is turned.
    """

    across_m: float
    below_m: float
    away_m: float
    roll_degrees: float = 0.0
    squeeze: float = 1.0

    @property
    def eyes_px(self) -> float:
        return eyes_px_at(self.away_m)

    @property
    def x_px(self) -> float:
        return SIZE_PX[0] / 2 + self.across_m * FOCAL_PX / self.away_m

    @property
    def y_px(self) -> float:
        return SIZE_PX[1] / 2 + self.below_m * FOCAL_PX / self.away_m


def eyes_px_at(away_m: float) -> float:
    """Return how far apart a grown-up's eyes are in the frame."""
    return EYES_M * FOCAL_PX / away_m


@dataclass(frozen=True, eq=False)
class Portrait:
    """A person as the camera will see them. is_cut_out: the head alone, so that others are seen beside it."""

    photograph_bgr: Image
    face: FaceDetection
    is_cut_out: bool = False

    @cached_property
    def mask(self) -> Image:
        """How much of each pixel is the person, (H, W) uint8."""
        mask = np.full(self.photograph_bgr.shape[:2], 0 if self.is_cut_out else 255, dtype=np.uint8)
        if self.is_cut_out:
            middle, eyes_px = eyes_of(self.face)
            axes = tuple(round(half * eyes_px) for half in HEAD_EYES)
            cv2.ellipse(mask, (round(middle[0]), round(middle[1] + 0.3 * eyes_px)), axes, 0, 0, 360, 255, cv2.FILLED)
            mask = cv2.GaussianBlur(mask, (0, 0), 0.08 * eyes_px)
        return mask


def eyes_of(face: FaceDetection) -> tuple[tuple[float, float], float]:
    """Return the middle of the eyes and their distance, in pixels, the latter at least 1."""
    eyes = face.eyes_xy.astype(np.float64)
    x, y = eyes.mean(axis=0)
    return (float(x), float(y)), max(float(np.linalg.norm(eyes[1] - eyes[0])), 1.0)


@dataclass(frozen=True, slots=True)
class CameraConditions:
    """shutter_s: open in each frame. softness_px: the lens's blur everywhere. defocus_px: more of it, near by.

    darkness: what is left of the light. light: share of it that comes and goes. noise: of the sensor, in grey levels.
    """

    shutter_s: float
    softness_px: float
    defocus_px: float
    darkness: float
    light: float
    phase: float
    noise: float
    jpeg_quality: int


def any_conditions(random: np.random.Generator) -> CameraConditions:
    return CameraConditions(
        shutter_s=float(random.uniform(0.008, 0.033)),
        softness_px=float(random.uniform(0.4, 1.0)),
        defocus_px=float(random.uniform(0, 3)),
        darkness=float(random.uniform(0.45, 1.0)),
        light=float(random.uniform(0.05, 0.35)),
        phase=float(random.uniform(0, 2 * pi)),
        noise=float(random.uniform(2, 8)),
        jpeg_quality=int(random.integers(50, 90)),
    )


class Camera:
    """Takes pictures under the same conditions; the same seed gives the same pictures."""

    def __init__(self, conditions: CameraConditions, seed: int) -> None:
        self.conditions = conditions
        self._random = np.random.default_rng(seed)
        self._noise = np.empty((SIZE_PX[1] + NOISE_SHIFT_PX, SIZE_PX[0] + NOISE_SHIFT_PX, 3), np.int16)
        cv2.setRNGSeed(int(self._random.integers(2**31)))
        cv2.randn(self._noise, 0, conditions.noise)

    def take(self, people: Sequence[tuple[Portrait, Place, Place]], at_s: float) -> Image:
        """Return the frame, (720, 1280, 3) BGR uint8: each person's place when the shutter opens and when it closes."""
        frame = np.full((SIZE_PX[1], SIZE_PX[0], 3), BACKGROUND, dtype=np.uint8)
        for portrait, here, there in sorted(people, key=lambda person: -person[1].away_m):
            self._paint(frame, portrait, here, there)
        how = self.conditions
        frame = cv2.convertScaleAbs(frame, alpha=how.darkness * (1 + how.light * sin(pi * at_s + how.phase)))
        left, top = self._random.integers(0, NOISE_SHIFT_PX, 2)
        noise = self._noise[top : top + SIZE_PX[1], left : left + SIZE_PX[0]]
        frame = cv2.add(frame, noise, dtype=cv2.CV_8U)
        _, packed = cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, how.jpeg_quality])
        return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), dtype=np.uint8)

    def _paint(self, frame: Image, portrait: Portrait, here: Place, there: Place) -> None:
        reach = SHOWN_EYES * here.eyes_px
        left, right = (int(np.clip(here.x_px + side * reach, 0, SIZE_PX[0])) for side in (-1, 1))
        top, bottom = (int(np.clip(here.y_px + side * reach, 0, SIZE_PX[1])) for side in (-1, 1))
        if right - left < 2 or bottom - top < 2:
            return
        size_px = right - left, bottom - top
        picture, mask, matrix = _laid_out(portrait, here, (left, top))
        person = cv2.warpAffine(picture, matrix, size_px, borderMode=cv2.BORDER_REPLICATE)
        person = _smeared(person, (there.x_px - here.x_px, there.y_px - here.y_px))
        defocus_px = self.conditions.defocus_px * max(0.0, SHARP_FROM_M / here.away_m - 1)
        person = cv2.GaussianBlur(person, (0, 0), hypot(self.conditions.softness_px, defocus_px))
        behind = frame[top:bottom, left:right]
        if portrait.is_cut_out:
            share = cv2.cvtColor(cv2.warpAffine(mask, matrix, size_px), cv2.COLOR_GRAY2BGR)
            behind[:] = cv2.add(
                cv2.multiply(person, share, scale=1 / 255), cv2.multiply(behind, 255 - share, scale=1 / 255)
            )
        else:
            behind[:] = person


def _laid_out(portrait: Portrait, place: Place, origin_xy: tuple[int, int]) -> tuple[Image, Image, Matrix]:
    """Return photograph and mask, shrunk where they are much too large, and the matrix onto the frame's part."""
    (x, y), eyes_px = eyes_of(portrait.face)
    picture, mask, scale = portrait.photograph_bgr, portrait.mask, place.eyes_px / eyes_px
    factor = int(1 / scale)
    if factor >= 2:  # bilinear sampling would skip pixels
        size_px = max(1, picture.shape[1] // factor), max(1, picture.shape[0] // factor)
        picture, mask = (cv2.resize(image, size_px, interpolation=cv2.INTER_AREA) for image in (picture, mask))
        x, y, scale = x / factor, y / factor, scale * factor
    turn = radians(place.roll_degrees)
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    linear = scale * rotation @ np.diag([place.squeeze, 1.0])
    shift = np.array([place.x_px - origin_xy[0], place.y_px - origin_xy[1]]) - linear @ (x, y)
    return picture, mask, np.column_stack([linear, shift])


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
