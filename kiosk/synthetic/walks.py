"""Ways of people past a camera, and where its lens shows them.

The floor is measured from the camera: `across_m` to the right as it sees it, `away_m` along its gaze.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin

from kiosk.synthetic.figures import Figure

FACE_M = 0.17  # width of a face as BlazeFace draws its box, a little more than from cheek to cheek
FACE_ABOVE_CAMERA_M = 0.25  # a grown person before a camera that stands at 1.35 m and looks up a little

STEPS_HZ = 1.9  # an ordinary walking pace
PACE_M_S = 1.2
BOB_M = 0.014  # by which head and shoulders rise and fall with each step
ROLL_DEGREES = 2.2  # by which they tilt from one step to the other
REST = 0.15  # how much of this is left in somebody who stands and waits


@dataclass(frozen=True, slots=True)
class Lens:
    """A camera at a door: a pinhole that looks up a little, so that its horizon lies low in the picture."""

    width_px: int = 1280
    height_px: int = 720
    focal_px: float = 900
    horizon_px: float = 600

    def x_px(self, across_m: float, away_m: float) -> float:
        return self.width_px / 2 + self.focal_px * across_m / away_m

    def y_px(self, above_camera_m: float, away_m: float) -> float:
        return self.horizon_px - self.focal_px * above_camera_m / away_m


@dataclass(frozen=True, slots=True)
class Waypoint:
    at_s: float
    across_m: float
    away_m: float


@dataclass(frozen=True, slots=True)
class Walk:
    """One person's way past the camera; there is nobody before the first waypoint and after the last.

    rhythm: where in a step the person begins, in steps, so that two do not walk like one.
    taller_m: than a person whose face is FACE_ABOVE_CAMERA_M above the camera.
    """

    figure: Figure
    waypoints: tuple[Waypoint, ...]
    rhythm: float = 0.0
    taller_m: float = 0.0

    @property
    def ends_s(self) -> float:
        return self.waypoints[-1].at_s


@dataclass(frozen=True, slots=True)
class Pose:
    """Where a face is in the picture: centre and width in pixels, tilt in degrees."""

    x: float
    y: float
    face_px: float
    roll_degrees: float


def pose(walk: Walk, at_s: float, lens: Lens) -> Pose | None:
    """Return where the person's face is at a moment, or None when the person is not there."""
    if not walk.waypoints[0].at_s <= at_s <= walk.ends_s:
        return None
    across_m, away_m = position(walk.waypoints, at_s)
    step = pi * (STEPS_HZ * at_s + walk.rhythm)
    vigour = REST + (1 - REST) * min(_speed_m_s(walk.waypoints, at_s) / PACE_M_S, 1.0)
    above_m = FACE_ABOVE_CAMERA_M + walk.taller_m + vigour * BOB_M * cos(2 * step)
    return Pose(
        x=lens.x_px(across_m + vigour * BOB_M * sin(step), away_m),
        y=lens.y_px(above_m, away_m),
        face_px=lens.focal_px * FACE_M / away_m,
        roll_degrees=vigour * ROLL_DEGREES * sin(step + 0.6),
    )


def position(waypoints: Sequence[Waypoint], at_s: float) -> tuple[float, float]:
    """Return (across_m, away_m) on a smooth way through the waypoints; at_s must lie between the first and the last.

    Source: cubic Hermite curve with finite differences as its slopes, the Catmull-Rom spline for uneven times.
    """
    last = len(waypoints) - 1
    leg = next((i for i in range(last) if at_s <= waypoints[i + 1].at_s), last - 1)
    start, end = waypoints[leg], waypoints[leg + 1]
    lasts_s = end.at_s - start.at_s
    t = (at_s - start.at_s) / lasts_s
    weights = (1 + 2 * t) * (1 - t) ** 2, t * (1 - t) ** 2 * lasts_s, t**2 * (3 - 2 * t), t**2 * (t - 1) * lasts_s
    here, there = _slope(waypoints, leg), _slope(waypoints, leg + 1)
    across = start.across_m, here[0], end.across_m, there[0]
    away = start.away_m, here[1], end.away_m, there[1]
    return (
        sum(weight * value for weight, value in zip(weights, across, strict=True)),
        sum(weight * value for weight, value in zip(weights, away, strict=True)),
    )


def _slope(waypoints: Sequence[Waypoint], index: int) -> tuple[float, float]:
    before, after = waypoints[max(index - 1, 0)], waypoints[min(index + 1, len(waypoints) - 1)]
    lasts_s = after.at_s - before.at_s
    return (after.across_m - before.across_m) / lasts_s, (after.away_m - before.away_m) / lasts_s


def _speed_m_s(waypoints: Sequence[Waypoint], at_s: float) -> float:
    first, last = waypoints[0].at_s, waypoints[-1].at_s
    before_s, after_s = max(at_s - 0.05, first), min(at_s + 0.05, last)
    before, after = position(waypoints, before_s), position(waypoints, after_s)
    return hypot(after[0] - before[0], after[1] - before[1]) / (after_s - before_s)
