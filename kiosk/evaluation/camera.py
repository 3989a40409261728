"""The camera of the evaluation's clips: 1280x720, a lens of 70 degrees, and conditions that are drawn for each clip."""

from __future__ import annotations

import numpy as np

from kiosk.synthetic.camera import SyntheticCamera, grey_backdrop, random_conditions
from kiosk.synthetic.lens import Pose, level_lens
from kiosk.synthetic.subjects import EYES_M

LENS = level_lens(70)


def clip_camera(random: np.random.Generator, seed: int) -> SyntheticCamera:
    """Return a camera before a grey wall; conditions by the generator, noise by the seed."""
    return SyntheticCamera(LENS, grey_backdrop(LENS), random_conditions(random), seed)


def eyes_px(pose: Pose) -> float:
    """Return how far apart the eyes of a grown-up are in the frame."""
    return LENS.length_px(EYES_M, pose.away_m)
