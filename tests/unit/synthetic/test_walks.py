"""Paths past the camera."""

from __future__ import annotations

from math import hypot

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.synthetic.lens import Lens
from kiosk.synthetic.walks import Walk, Waypoint, position

LENS = Lens()


def _in_time(legs: list[tuple[float, float, float]]) -> tuple[Waypoint, ...]:
    at_s = np.cumsum([lasts_s for lasts_s, _, _ in legs])
    return tuple(Waypoint(float(at), across, away) for at, (_, across, away) in zip(at_s, legs, strict=True))


ways = st.lists(st.tuples(st.floats(0.3, 3), st.floats(-2, 2), st.floats(0.6, 3)), min_size=2, max_size=6).map(_in_time)


@given(ways)
def test_a_way_leads_through_each_of_its_points(way: tuple[Waypoint, ...]) -> None:
    for point in way:
        assert position(way, point.at_s) == pytest.approx((point.across_m, point.away_m), abs=1e-9)


@given(ways, st.floats(0, 1))
def test_nobody_jumps(way: tuple[Waypoint, ...], share: float) -> None:
    step_s = 1e-4
    at_s = way[0].at_s + share * (way[-1].at_s - way[0].at_s - step_s)
    before, after = position(way, at_s), position(way, at_s + step_s)
    assert hypot(after[0] - before[0], after[1] - before[1]) < 100 * step_s


def test_a_straight_walk_at_one_speed_stays_one() -> None:
    way = (Waypoint(0, -1, 3), Waypoint(1, 0, 2), Waypoint(3, 2, 0))
    for at_s in np.linspace(0, 3, 13):
        assert position(way, float(at_s)) == pytest.approx((at_s - 1, 3 - at_s))


@pytest.mark.parametrize("at_s", [0.99, 3.01])
def test_before_and_after_there_is_nobody(at_s: float) -> None:
    walk = Walk((Waypoint(1, 0, 2), Waypoint(3, 0, 1)))
    assert walk(at_s) is None


def test_who_comes_nearer_grows_and_rises_in_the_picture() -> None:
    walk = Walk((Waypoint(0, 0, 3), Waypoint(5, 0, 0.6)))
    poses = [pose for at_s in (0, 1, 2, 3, 4, 5) if (pose := walk(at_s))]
    sizes, heights = [LENS.length_px(0.17, pose.away_m) for pose in poses], [LENS.xy(pose)[1] for pose in poses]
    assert sizes == sorted(sizes)
    assert heights == sorted(heights, reverse=True)
    assert sizes[-1] == pytest.approx(900 * 0.17 / 0.6)


def test_who_stands_still_hardly_moves_and_who_walks_bobs() -> None:
    def heights(walk: Walk) -> float:
        return float(np.ptp([p.above_m for at_s in np.arange(0, 2, 0.04) if (p := walk(float(at_s)))]))

    standing = Walk((Waypoint(0, 0, 1), Waypoint(2, 0, 1)))
    passing = Walk((Waypoint(0, -1.2, 1), Waypoint(2, 1.2, 1)))
    assert 0 < heights(standing) < 0.3 * heights(passing)
