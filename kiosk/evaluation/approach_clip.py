"""A photograph made into somebody who walks up to the camera: many samples of one visit, none as good as the original.

From 3 m to 0.6 m at a walking pace, from one side, the head swaying, nodding and tilting with the steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import pi, sin

import numpy as np

from kiosk.domain.types import FaceDetection, Image
from kiosk.evaluation.camera import clip_camera
from kiosk.synthetic.film import MovingSubject, film
from kiosk.synthetic.lens import Pose
from kiosk.synthetic.subjects import portrait

FRAME_S = 0.08  # a small device looks at twelve frames a second
FRAMES = 26
FAR_M, NEAR_M = 3.0, 0.6
STEPS_HZ = 1.8


@dataclass(frozen=True, slots=True)
class Approach:
    """The path of somebody's eyes who walks up to the camera.

    Attributes:
        enters_m: to the right of the lens's axis, at the beginning.
        below_m: of the eyes, under the lens's axis.
        sway_m: of the head, to each side.
        roll_degrees: by which the head tilts, to each side.
        phase: of the steps, in radians.
    """

    enters_m: float
    below_m: float
    sway_m: float
    roll_degrees: float
    phase: float

    def __call__(self, at_s: float) -> Pose:
        """Return where the eyes are at a moment; after the last frame they stay."""
        share = min(at_s / ((FRAMES - 1) * FRAME_S), 1.0)
        step = pi * STEPS_HZ * at_s + self.phase  # the head sways once in two steps and bobs at each
        return Pose(
            across_m=self.enters_m * (1 - share) ** 1.5 + self.sway_m * sin(step),
            above_m=-(self.below_m + self.sway_m * sin(2 * step) / 2),
            away_m=FAR_M + (NEAR_M - FAR_M) * share,
            roll_degrees=self.roll_degrees * sin(step + 0.6),
        )


def random_approach(random: np.random.Generator) -> Approach:
    return Approach(
        enters_m=float(random.uniform(0.2, 0.8) * random.choice([-1, 1])),
        below_m=float(random.uniform(-0.15, 0.10)),
        sway_m=float(random.uniform(0.008, 0.025)),
        roll_degrees=float(random.uniform(2, 8)),
        phase=float(random.uniform(0, 2 * pi)),
    )


def approach_clip(photograph_bgr: Image, face: FaceDetection, seed: int) -> Iterator[Image]:
    """Yield FRAMES frames, (720, 1280, 3) BGR uint8, FRAME_S apart; the same seed gives the same frames."""
    random = np.random.default_rng(seed)
    visitor = MovingSubject(portrait(photograph_bgr, face), random_approach(random))
    yield from film(clip_camera(random, seed), [visitor], FRAMES * FRAME_S, FRAME_S)


def approach_poses(seed: int) -> tuple[Pose, ...]:
    """Return where the eyes of whoever walks up are in each frame of the clip of that seed."""
    approach = random_approach(np.random.default_rng(seed))
    return tuple(approach(index * FRAME_S) for index in range(FRAMES))
