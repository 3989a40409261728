"""What the camera shows of those who walk past."""

from __future__ import annotations

import numpy as np
import pytest

from kiosk.domain.types import Image
from kiosk.synthetic.figures import Figure, cut_out
from kiosk.synthetic.photographs import FacePlace
from kiosk.synthetic.rendering import FRAME_RATE_HZ, RenderConditions, render
from kiosk.synthetic.walks import Lens, Walk, Waypoint

LENS = Lens(320, 180, 225, 150)
STILL = RenderConditions(noise=0, motion_blur=0, changing_light=0)
SQUARE = [(0, 0), (120, 0), (120, 120), (0, 120)]


def person(bgr: tuple[int, int, int]) -> Figure:
    """Return a plain square as wide as three faces."""
    return cut_out(np.full((120, 120, 3), bgr, np.uint8), SQUARE, FacePlace(60, 60, 40))


RED, BLUE = person((0, 0, 230)), person((230, 0, 0))
STANDS = (Waypoint(-1, 0, 1), Waypoint(9, 0, 1))
PASSES = (Waypoint(-0.5, -1, 0.8), Waypoint(0.5, 1, 0.8))


def first(walks: tuple[Walk, ...], conditions: RenderConditions = STILL, seed: int = 1) -> Image:
    return next(render(walks, 1, LENS, conditions, seed))


def test_a_second_has_as_many_frames_as_the_rate_says() -> None:
    frames = list(render((), 1, LENS))
    assert len(frames) == FRAME_RATE_HZ
    assert {frame.shape for frame in frames} == {(180, 320, 3)}


def test_the_same_arguments_give_the_same_frames() -> None:
    walks = (Walk(RED, PASSES),)
    for one, other in zip(render(walks, 0.5, LENS), render(walks, 0.5, LENS), strict=True):
        assert np.array_equal(one, other)


def test_another_seed_gives_other_noise() -> None:
    assert not np.array_equal(first((), RenderConditions(), seed=1), first((), RenderConditions(), seed=2))


def test_the_person_stands_where_the_lens_sees_them_and_the_room_is_as_before() -> None:
    empty, frame = first(()), first((Walk(RED, STANDS),))
    assert frame[100, 160, 2] > 2 * frame[100, 160, 0]
    assert np.array_equal(empty[:, :60], frame[:, :60])


def test_the_nearer_person_covers_the_other_whatever_their_order() -> None:
    near, far = Walk(BLUE, STANDS), Walk(RED, (Waypoint(-1, 0, 2), Waypoint(9, 0, 2)))
    for walks in ((near, far), (far, near)):
        frame = first(walks)
        assert frame[120, 160, 0] > 2 * frame[120, 160, 2]


def test_who_is_out_of_sight_leaves_no_trace() -> None:
    beside = Walk(RED, (Waypoint(-1, 9, 1), Waypoint(9, 9, 1)))
    assert np.array_equal(first((beside,)), first(()))


def test_motion_smears_along_the_way() -> None:
    def steepest(conditions: RenderConditions) -> int:
        row = first((Walk(RED, PASSES),), conditions)[120, :, 1].astype(int)
        return int(np.abs(np.diff(row)).max())

    assert steepest(RenderConditions(noise=0, changing_light=0, motion_blur=3)) < 0.7 * steepest(STILL)


@pytest.mark.parametrize("brightness", [0.3, 0.6])
def test_a_darker_room_is_darker(brightness: float) -> None:
    dark = first((), RenderConditions(noise=0, changing_light=0, brightness=brightness))
    assert dark.mean() == pytest.approx(brightness * first(()).mean(), rel=0.02)


def test_light_changes_with_time_unless_it_is_told_not_to() -> None:
    def brightnesses(changing_light: float) -> float:
        conditions = RenderConditions(noise=0, changing_light=changing_light)
        return float(np.ptp([frame.mean() for frame in render((), 2, LENS, conditions)]))

    assert brightnesses(0) == 0
    assert brightnesses(1) > 5


def test_compression_loses_something() -> None:
    plain, compressed = first(()), first((), RenderConditions(noise=0, changing_light=0, jpeg_quality=10))
    assert compressed.shape == plain.shape
    assert 0 < np.abs(compressed.astype(int) - plain).mean() < 10
