"""What counts as movement at the door, and what does not."""

from __future__ import annotations

import numpy as np
import pytest

from kiosk.bench.frames import frame_with_faces, frame_with_people
from kiosk.domain.types import Image
from kiosk.recognition.motion_gate import MotionGate

EMPTY = frame_with_faces(0, 1280, 720)


def noisy(picture: Image, sigma: float, seed: int, brighter: float = 0.0) -> Image:
    noise = np.random.default_rng(seed).normal(brighter, sigma, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("sigma", [0, 4, 10])
def test_a_sensors_noise_is_no_movement(sigma: float):
    gate = MotionGate()
    assert not gate.is_still(noisy(EMPTY, sigma, 0)), "nothing was there to compare with"
    assert all(gate.is_still(noisy(EMPTY, sigma, seed)) for seed in range(1, 5))


@pytest.mark.parametrize("file", ["obama3.jpg", "biden.jpg"])
def test_who_comes_moves(file: str):
    gate = MotionGate()
    gate.is_still(EMPTY)
    assert not gate.is_still(frame_with_people([(file, 0.6)])), "at the frame's edge"
    assert not gate.is_still(frame_with_people([(file, 0.55)])), "five centimetres farther"
    assert not gate.is_still(EMPTY)


def test_what_changes_slowly_adds_up():
    gate = MotionGate()
    gate.is_still(EMPTY)
    changes = [not gate.is_still(noisy(EMPTY, 0, 0, brighter)) for brighter in range(1, 11)]
    assert 1 <= sum(changes) <= 2


def test_a_picture_of_another_size_is_another_picture():
    gate = MotionGate()
    gate.is_still(EMPTY)
    assert not gate.is_still(frame_with_faces(0, 640, 480))
