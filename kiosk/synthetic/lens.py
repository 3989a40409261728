"""A camera's lens: where in the picture it shows what stands where."""

from __future__ import annotations

from dataclasses import dataclass
from math import radians, tan


@dataclass(frozen=True, slots=True)
class Pose:
    """Where a subject's anchor is before the camera, and how the subject is held.

    Attributes:
        across_m: to the right of the lens's axis, as the camera sees it.
        above_m: above the camera.
        away_m: from the camera, along its axis.
        roll_degrees: tilt to the side, clockwise in the picture.
        width_share: what is left of the width when the head is turned, 1 for a face that looks at the camera.
    """

    across_m: float
    above_m: float
    away_m: float
    roll_degrees: float = 0.0
    width_share: float = 1.0


@dataclass(frozen=True, slots=True)
class Lens:
    """A pinhole camera; unless told otherwise one at a door, which looks up a little.

    Attributes:
        width_px: of the picture.
        height_px: of the picture.
        focal_px: focal length in pixels.
        horizon_px: the row that shows what is as high as the camera.
    """

    width_px: int = 1280
    height_px: int = 720
    focal_px: float = 900
    horizon_px: float = 600

    def x_px(self, across_m: float, away_m: float) -> float:
        return self.width_px / 2 + self.focal_px * across_m / away_m

    def y_px(self, above_m: float, away_m: float) -> float:
        return self.horizon_px - self.focal_px * above_m / away_m

    def xy(self, pose: Pose) -> tuple[float, float]:
        """Return where the picture shows the anchor of a subject, in pixels."""
        return self.x_px(pose.across_m, pose.away_m), self.y_px(pose.above_m, pose.away_m)

    def length_px(self, length_m: float, away_m: float) -> float:
        """Return how long a length across the lens's axis is in the picture."""
        return self.focal_px * length_m / away_m


def level_lens(angle_degrees: float, width_px: int = 1280, height_px: int = 720) -> Lens:
    """Return a lens that looks straight ahead and takes in such an angle from side to side."""
    focal_px = width_px / 2 / tan(radians(angle_degrees / 2))
    return Lens(width_px, height_px, focal_px, height_px / 2)
