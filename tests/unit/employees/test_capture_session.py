"""Three to five different samples are taken of a live picture, in the poses that were asked for."""

from __future__ import annotations

import numpy as np
import pytest

from kiosk.domain.quality import Measures, Quality, turn
from kiosk.domain.types import Embedding
from kiosk.employees.capture_session import LEAST_SAMPLES, MOST_SAMPLES, PATIENCE_S, CaptureSession, HeadPose
from kiosk.employees.samples import Sample
from support.database_rows import MODEL, face

QUALITY = Quality(Measures(60, 0, 0.5, 0, 1, 120, 50, 0.6, 0.9), 0.8, ())


def sample(seed: int, turn: float = 0.0) -> Sample:
    return Sample(Embedding(face(seed), MODEL), QUALITY, turn)


@pytest.mark.parametrize(
    ("nose_x", "expected"), [(50, 0.0), (60, 0.25), (40, -0.25)], ids=["straight", "right", "left"]
)
def test_a_turn_has_the_direction_of_the_nose(nose_x: float, expected: float) -> None:
    landmarks = np.array([(30, 40), (70, 40), (nose_x, 60), (50, 80), (10, 45), (90, 45)], np.float32)
    assert turn(landmarks) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("at", "pose"),
    [(0.0, HeadPose.STRAIGHT), (0.2, HeadPose.LEFT), (-0.2, HeadPose.RIGHT)],
    ids=["ahead", "to their left", "to their right"],
)
def test_each_turn_is_one_pose(at: float, pose: HeadPose) -> None:
    assert [each for each in HeadPose if each.fits(at)] == [pose]


def test_what_is_asked_for_is_taken_one_after_the_other() -> None:
    series = CaptureSession(0.0)
    turns = {HeadPose.STRAIGHT: 0.0, HeadPose.LEFT: 0.2, HeadPose.RIGHT: -0.2}
    asked = []
    for place in range(MOST_SAMPLES):
        asked.append(series.wanted)
        assert not series.is_complete(0.0)
        wrong = next(value for pose, value in turns.items() if pose is not series.wanted)
        assert not series.offer(sample(place, wrong), 0.0)
        assert series.offer(sample(place, turns[series.wanted]), 0.0)
    assert asked[:3] == [HeadPose.STRAIGHT, HeadPose.LEFT, HeadPose.RIGHT]
    assert series.is_complete(0.0)
    assert not series.offer(sample(99), 0.0)


def test_the_same_moment_is_not_taken_twice() -> None:
    series = CaptureSession(0.0)
    assert series.offer(sample(1), 0.0)
    assert not series.offer(sample(1, 0.2), 1.0)
    assert not series.offer(sample(1, 0.2), 100.0)


def test_who_cannot_turn_is_taken_as_they_are_after_a_while() -> None:
    series, now_s = CaptureSession(0.0), 0.0
    assert series.offer(sample(1), now_s)
    assert not series.offer(sample(2), now_s + PATIENCE_S)
    assert series.offer(sample(2), now_s + PATIENCE_S + 0.1)


def test_three_are_enough_when_no_more_come() -> None:
    series = CaptureSession(0.0)
    for place in range(LEAST_SAMPLES):
        assert series.offer(sample(place, (0.0, 0.2, -0.2)[place]), 1.0)
    assert not series.is_complete(1.0 + PATIENCE_S)
    assert series.is_complete(1.1 + PATIENCE_S)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_sample_given_back_is_asked_for_again(place: int) -> None:
    series = CaptureSession(0.0)
    turns = (0.0, 0.2, -0.2)
    for seed, at in enumerate(turns):
        assert series.offer(sample(seed, at), 0.0)
    series.retake(place, 0.0)
    assert len(series.samples) == 2
    assert series.wanted.fits(turns[place])
    assert not series.is_complete(100.0)
    assert series.offer(sample(10, turns[place]), 0.0)
    assert len(series.samples) == 3
