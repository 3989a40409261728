"""A photograph made into somebody who walks up to the camera: many samples of one visit, none as good as the original.

From 3 m to 0.6 m at a walking pace, from one side, the head swaying, nodding and tilting with the steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import pi, sin

import numpy as np

from kiosk.domain.types import FaceDetection, Image
from kiosk.synthetic.camera import Camera, Place, Portrait, any_conditions

FRAME_S = 0.08  # a small device looks at twelve frames a second
FRAMES = 26
FAR_M, NEAR_M = 3.0, 0.6
STEPS_HZ = 1.8


@dataclass(frozen=True, slots=True)
class Gait:
    """sway_m: of the head, to each side. below_m: of the eyes, under the lens's axis."""

    enters_m: float
    below_m: float
    sway_m: float
    roll_degrees: float
    phase: float


def any_gait(random: np.random.Generator) -> Gait:
    return Gait(
        enters_m=float(random.uniform(0.2, 0.8) * random.choice([-1, 1])),
        below_m=float(random.uniform(-0.15, 0.10)),
        sway_m=float(random.uniform(0.008, 0.025)),
        roll_degrees=float(random.uniform(2, 8)),
        phase=float(random.uniform(0, 2 * pi)),
    )


def walk(photograph_bgr: Image, face: FaceDetection, seed: int) -> Iterator[Image]:
    """Yield FRAMES frames, (720, 1280, 3) BGR uint8, FRAME_S apart; the same seed gives the same frames."""
    random = np.random.default_rng(seed)
    gait, camera = any_gait(random), Camera(any_conditions(random), seed)
    portrait = Portrait(photograph_bgr, face)
    for index in range(FRAMES):
        at_s = index * FRAME_S
        places = place(gait, at_s), place(gait, at_s + camera.conditions.shutter_s)
        yield camera.take([(portrait, *places)], at_s)


def way(seed: int) -> tuple[Place, ...]:
    """Return where whoever walks up is in each frame."""
    gait = any_gait(np.random.default_rng(seed))
    return tuple(place(gait, index * FRAME_S) for index in range(FRAMES))


def place(gait: Gait, at_s: float) -> Place:
    share = min(at_s / ((FRAMES - 1) * FRAME_S), 1.0)
    step = pi * STEPS_HZ * at_s + gait.phase  # the head sways once in two steps and bobs at each
    return Place(
        across_m=gait.enters_m * (1 - share) ** 1.5 + gait.sway_m * sin(step),
        below_m=gait.below_m + gait.sway_m * sin(2 * step) / 2,
        away_m=FAR_M + (NEAR_M - FAR_M) * share,
        roll_degrees=gait.roll_degrees * sin(step + 0.6),
    )
