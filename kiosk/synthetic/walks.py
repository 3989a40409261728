"""Paths of people who walk past a camera.

The floor is measured from the camera: `across_m` to the right as it sees it, `away_m` along its axis.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin

from kiosk.synthetic.lens import Pose

FACE_ABOVE_CAMERA_M = 0.25  # a grown person before a camera that stands at 1.35 m and looks up a little

STEPS_HZ = 1.9  # an ordinary walking pace
PACE_M_S = 1.2
BOB_M = 0.014  # by which head and shoulders rise and fall with each step
ROLL_DEGREES = 2.2  # by which they tilt from one step to the other
REST = 0.15  # how much of this is left in somebody who stands and waits


@dataclass(frozen=True, slots=True)
class Waypoint:
    at_s: float
    across_m: float
    away_m: float


@dataclass(frozen=True, slots=True)
class Walk:
    """The path of somebody's face past the camera; there is nobody before the first waypoint and after the last.

    Attributes:
        waypoints: at least two, in the order of their times.
        rhythm: where in a step the person begins, in steps, so that two do not walk like one.
        taller_m: than a person whose face is FACE_ABOVE_CAMERA_M above the camera.
    """

    waypoints: tuple[Waypoint, ...]
    rhythm: float = 0.0
    taller_m: float = 0.0

    def __call__(self, at_s: float) -> Pose | None:
        """Return where the face is at a moment, or None when the person is not there."""
        if not self.waypoints[0].at_s <= at_s <= self.waypoints[-1].at_s:
            return None
        across_m, away_m = position(self.waypoints, at_s)
        step = pi * (STEPS_HZ * at_s + self.rhythm)
        vigour = REST + (1 - REST) * min(_speed_m_s(self.waypoints, at_s) / PACE_M_S, 1.0)
        return Pose(
            across_m=across_m + vigour * BOB_M * sin(step),
            above_m=FACE_ABOVE_CAMERA_M + self.taller_m + vigour * BOB_M * cos(2 * step),
            away_m=away_m,
            roll_degrees=vigour * ROLL_DEGREES * sin(step + 0.6),
        )


def position(waypoints: Sequence[Waypoint], at_s: float) -> tuple[float, float]:
    """Return (across_m, away_m) on a smooth path through the waypoints; at_s must lie between the first and the last.

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
