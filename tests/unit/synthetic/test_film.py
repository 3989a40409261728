"""What a camera at the door shows of those who walk past."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kiosk.domain.types import Image
from kiosk.synthetic.camera import CameraConditions
from kiosk.synthetic.entrance import door_camera
from kiosk.synthetic.figures import cut_out
from kiosk.synthetic.film import FRAME_RATE_HZ, MovingSubject, film
from kiosk.synthetic.lens import Lens
from kiosk.synthetic.photographs import FacePosition
from kiosk.synthetic.subjects import Subject
from kiosk.synthetic.walks import Walk, Waypoint

LENS = Lens(320, 180, 225, 150)
STILL = CameraConditions(noise=0, shutter_s=0, swings=())
SQUARE = [(0, 0), (120, 0), (120, 120), (0, 120)]


def person(bgr: tuple[int, int, int]) -> Subject:
    """Return a plain square as wide as three faces."""
    return cut_out(np.full((120, 120, 3), bgr, np.uint8), SQUARE, FacePosition(60, 60, 40))


RED, BLUE = person((0, 0, 230)), person((230, 0, 0))
STANDS = Walk((Waypoint(-1, 0, 1), Waypoint(9, 0, 1)))
PASSES = Walk((Waypoint(-0.5, -1, 0.8), Waypoint(0.5, 1, 0.8)))


def first(people: tuple[MovingSubject, ...], conditions: CameraConditions = STILL, seed: int = 1) -> Image:
    return next(film(door_camera(conditions, LENS, seed), people, 1))


def test_a_second_has_as_many_frames_as_the_rate_says() -> None:
    frames = list(film(door_camera(lens=LENS), (), 1))
    assert len(frames) == FRAME_RATE_HZ
    assert {frame.shape for frame in frames} == {(180, 320, 3)}


def test_the_same_arguments_give_the_same_frames() -> None:
    people = (MovingSubject(RED, PASSES),)
    one, other = (list(film(door_camera(lens=LENS), people, 0.5)) for _ in range(2))
    assert np.array_equal(one, other)


def test_another_seed_gives_other_noise() -> None:
    assert not np.array_equal(first((), CameraConditions(), seed=1), first((), CameraConditions(), seed=2))


def test_the_person_stands_where_the_lens_sees_them_and_the_room_is_as_before() -> None:
    empty, frame = first(()), first((MovingSubject(RED, STANDS),))
    assert frame[100, 160, 2] > 2 * frame[100, 160, 0]
    assert np.array_equal(empty[:, :60], frame[:, :60])


def test_the_nearer_person_covers_the_other_whatever_their_order() -> None:
    near, far = MovingSubject(BLUE, STANDS), MovingSubject(RED, Walk((Waypoint(-1, 0, 2), Waypoint(9, 0, 2))))
    for people in ((near, far), (far, near)):
        frame = first(people)
        assert frame[120, 160, 0] > 2 * frame[120, 160, 2]


def test_who_is_out_of_sight_leaves_no_trace() -> None:
    beside = MovingSubject(RED, Walk((Waypoint(-1, 9, 1), Waypoint(9, 9, 1))))
    assert np.array_equal(first((beside,)), first(()))


def test_motion_smears_along_the_way() -> None:
    def steepest(conditions: CameraConditions) -> int:
        row = first((MovingSubject(RED, PASSES),), conditions)[120, :, 1].astype(int)
        return int(np.abs(np.diff(row)).max())

    assert steepest(replace(STILL, shutter_s=0.036)) < 0.7 * steepest(STILL)


@pytest.mark.parametrize("brightness", [0.3, 0.6])
def test_a_darker_room_is_darker(brightness: float) -> None:
    dark = first((), replace(STILL, brightness=brightness))
    assert dark.mean() == pytest.approx(brightness * first(()).mean(), rel=0.02)


def test_light_changes_with_time_unless_it_is_told_not_to() -> None:
    def brightnesses(conditions: CameraConditions) -> float:
        return float(np.ptp([frame.mean() for frame in film(door_camera(conditions, LENS), (), 2)]))

    assert brightnesses(STILL) == 0
    assert brightnesses(CameraConditions(noise=0)) > 5


def test_compression_loses_something() -> None:
    plain, compressed = first(()), first((), replace(STILL, jpeg_quality=10))
    assert compressed.shape == plain.shape
    assert 0 < np.abs(compressed.astype(int) - plain).mean() < 10
