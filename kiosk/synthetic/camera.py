"""A camera that takes pictures of people who are known from photographs, before a backdrop.

A photograph of 250 pixels, as those of LFW are, holds less than such a camera shows nearer than about 1.5 m: it is
enlarged there, and softer than a real camera's frame. What cannot be made from one photograph is another expression
and another pose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, pi, radians, sin

import numpy as np

from kiosk.core.opencv import cv2
from kiosk.domain.alignment import Matrix
from kiosk.domain.types import Image
from kiosk.synthetic.lens import Lens, Pose
from kiosk.synthetic.subjects import Subject

SHARP_FROM_M = 1.2  # nearer than this a lens of fixed focus blurs, by all of defocus_px at half of it
NOISE_SHIFT_PX = 64


@dataclass(frozen=True, slots=True)
class LightSwing:
    """Light that comes and goes: a share of it, in a period, from a phase in radians on."""

    share: float
    period_s: float
    phase: float = 0.0


@dataclass(frozen=True, slots=True)
class CameraConditions:
    """How well the camera sees; unless told otherwise, as a webcam does in a lit room.

    Attributes:
        shutter_s: open in each frame.
        softness_px: the lens's blur everywhere.
        defocus_px: more of it near by.
        brightness: what there is of the light; 1 is a lit room, 0.3 one in which a face is hard to make out.
        swings: how the light changes, as by clouds and by the camera's own exposure.
        noise: standard deviation of the sensor's, in grey levels.
        jpeg_quality: 1 to 100, as of a network camera's stream; None for no compression.
    """

    shutter_s: float = 0.012
    softness_px: float = 0.0
    defocus_px: float = 0.0
    brightness: float = 1.0
    swings: tuple[LightSwing, ...] = (LightSwing(0.11, 9.0), LightSwing(0.06, 3.7))
    noise: float = 2.5
    jpeg_quality: int | None = None

    def brightness_at(self, at_s: float) -> float:
        return self.brightness * (1 + sum(s.share * sin(2 * pi * at_s / s.period_s + s.phase) for s in self.swings))


def random_conditions(random: np.random.Generator) -> CameraConditions:
    """Return what a common camera at some door may be like."""
    return CameraConditions(
        shutter_s=float(random.uniform(0.008, 0.033)),
        softness_px=float(random.uniform(0.4, 1.0)),
        defocus_px=float(random.uniform(0, 3)),
        brightness=float(random.uniform(0.45, 1.0)),
        swings=(LightSwing(float(random.uniform(0.05, 0.35)), 2.0, float(random.uniform(0, 2 * pi))),),
        noise=float(random.uniform(2, 8)),
        jpeg_quality=int(random.integers(50, 90)),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Backdrop:
    """What is behind the people, and the light that falls on them.

    Attributes:
        image_bgr: (H, W, 3) uint8, as large as the lens's picture.
        light: (H, W, 3) uint8, how brightly and in what tint each place of the picture lights a person; 128 leaves a
            colour as it is. None for light that is the same everywhere.
    """

    image_bgr: Image
    light: Image | None = None


def grey_backdrop(lens: Lens) -> Backdrop:
    """Return an evenly lit grey wall."""
    return Backdrop(np.full((lens.height_px, lens.width_px, 3), 110, dtype=np.uint8))


class SyntheticCamera:
    """Takes pictures with the same lens under the same conditions; the same seed gives the same pictures."""

    def __init__(self, lens: Lens, backdrop: Backdrop, conditions: CameraConditions, seed: int) -> None:
        self.lens = lens
        self.conditions = conditions
        self._backdrop = backdrop
        self._random = np.random.default_rng(seed)
        # Drawn once and laid on each frame at another place: as good to look at, and far quicker.
        shape = lens.height_px + NOISE_SHIFT_PX, lens.width_px + NOISE_SHIFT_PX, 3
        self._noise = np.empty(shape, np.int16)
        cv2.setRNGSeed(int(self._random.integers(2**31)))
        cv2.randn(self._noise, 0, conditions.noise)

    def take(self, people: Sequence[tuple[Subject, Pose, Pose]], at_s: float) -> Image:
        """Return a frame, (H, W, 3) BGR uint8.

        Args:
            people: who is there, each with their pose when the shutter opens and when it closes; the nearer ones cover
                those behind them.
            at_s: by which the light changes.
        """
        frame = self._backdrop.image_bgr.copy()
        for subject, opening, closing in sorted(people, key=lambda person: -person[1].away_m):
            self._paint(frame, subject, opening, closing)
        frame = cv2.convertScaleAbs(frame, alpha=self.conditions.brightness_at(at_s))
        return self._compressed(self._noisy(frame))

    def _paint(self, frame: Image, subject: Subject, opening: Pose, closing: Pose) -> None:
        """Paint a person where they are when the shutter opens, smeared by their motion until it closes."""
        (x, y), (later_x, later_y) = self.lens.xy(opening), self.lens.xy(closing)
        width_px = self.lens.length_px(subject.width_m, opening.away_m)
        region = _region(frame, subject, (x, y), width_px)
        if region is None:
            return
        left, top, right, bottom = region
        layer, matte = _warped(subject, opening, width_px, (x - left, y - top), (right - left, bottom - top))
        layer = self._out_of_focus(_smeared(layer, (later_x - x, later_y - y)), opening.away_m)
        colours, opacity = _parted(layer, matte)
        if self._backdrop.light is not None:
            colours = cv2.multiply(colours, self._backdrop.light[top:bottom, left:right], scale=1 / 128)
        behind = frame[top:bottom, left:right]
        if opacity is None:
            behind[:] = colours
        else:
            behind[:] = cv2.add(colours, cv2.multiply(behind, 255 - opacity, scale=1 / 255))

    def _out_of_focus(self, layer: Image, away_m: float) -> Image:
        defocus_px = self.conditions.defocus_px * max(0.0, SHARP_FROM_M / away_m - 1)
        blur_px = hypot(self.conditions.softness_px, defocus_px)
        return cv2.GaussianBlur(layer, (0, 0), blur_px) if blur_px else layer

    def _noisy(self, frame: Image) -> Image:
        left, top = self._random.integers(0, NOISE_SHIFT_PX, 2)
        noise = self._noise[top : top + self.lens.height_px, left : left + self.lens.width_px]
        noisy: Image = cv2.add(frame, noise, dtype=cv2.CV_8U)
        return noisy

    def _compressed(self, frame: Image) -> Image:
        if self.conditions.jpeg_quality is None:
            return frame
        _, packed = cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, self.conditions.jpeg_quality])
        return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), dtype=np.uint8)


def _region(
    frame: Image, subject: Subject, anchor_xy: tuple[float, float], width_px: float
) -> tuple[int, int, int, int] | None:
    """Return left, top, right, bottom of what a subject covers in the frame; None when it is out of sight."""
    x, y = anchor_xy
    height, width = frame.shape[:2]
    leftwards, upwards, rightwards, downwards = (reach * width_px for reach in subject.extent)
    left, right = (int(np.clip(edge, 0, width)) for edge in (x - leftwards, x + rightwards))
    top, bottom = (int(np.clip(edge, 0, height)) for edge in (y - upwards, y + downwards))
    return (left, top, right, bottom) if right - left >= 2 and bottom - top >= 2 else None


def _warped(
    subject: Subject, pose: Pose, width_px: float, anchor_xy: tuple[float, float], size_px: tuple[int, int]
) -> tuple[Image, Image | None]:
    """Return the subject's image and matte as a part of the frame shows them.

    Args:
        subject: whose image and matte.
        pose: how the subject is held.
        width_px: of the subject in the frame.
        anchor_xy: where its anchor is in the part.
        size_px: width and height of the part.
    """
    scale = width_px / subject.width_px
    factor = max(int(1 / scale), 1)  # bilinear sampling would skip pixels
    image, matte = subject.shrunk(factor)
    x, y = (place / factor for place in subject.anchor_xy)
    matrix = _placing(pose, scale * factor, (x, y), anchor_xy)
    border = cv2.BORDER_CONSTANT if image.shape[2] == 4 else cv2.BORDER_REPLICATE
    warped_matte = None if matte is None else cv2.warpAffine(matte, matrix, size_px)
    return cv2.warpAffine(image, matrix, size_px, borderMode=border), warped_matte


def _placing(pose: Pose, scale: float, from_xy: tuple[float, float], to_xy: tuple[float, float]) -> Matrix:
    """Return the (2, 3) matrix that carries an image onto the frame, turned and turned away as the pose says."""
    turn = radians(pose.roll_degrees)
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    linear = scale * rotation @ np.diag([pose.width_share, 1.0])
    return np.column_stack([linear, np.array(to_xy) - linear @ from_xy])


def _parted(layer: Image, matte: Image | None) -> tuple[Image, Image | None]:
    """Return colours multiplied by the opacity, and the opacity, both (H, W, 3); None for what covers all behind it."""
    if layer.shape[2] == 4:
        return cv2.cvtColor(layer, cv2.COLOR_BGRA2BGR), cv2.cvtColor(cv2.extractChannel(layer, 3), cv2.COLOR_GRAY2BGR)
    if matte is None:
        return layer, None
    opacity = cv2.cvtColor(matte, cv2.COLOR_GRAY2BGR)
    return cv2.multiply(layer, opacity, scale=1 / 255), opacity


def _smeared(layer: Image, by_xy: tuple[float, float]) -> Image:
    """Return a layer as it is seen when it moves so many pixels meanwhile."""
    length = hypot(*by_xy)
    if length < 1:
        return layer
    half = int(np.ceil(length / 2))
    kernel = np.zeros((2 * half + 1, 2 * half + 1), np.float32)
    for share in np.linspace(-0.5, 0.5, 4 * len(kernel)):
        kernel[round(half + share * by_xy[1]), round(half + share * by_xy[0])] += 1
    smeared: Image = cv2.filter2D(layer, -1, kernel / kernel.sum())
    return smeared
