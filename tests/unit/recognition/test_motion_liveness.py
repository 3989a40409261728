"""Heads and pictures before a drawn wall, followed by their motion."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from kiosk.core.opencv import cv2
from kiosk.domain.liveness import FURNITURE_AFTER_S, LivenessAssessment, LivenessReason, LivenessVerdict
from kiosk.domain.tracking import LOST_AFTER_S, Track
from kiosk.domain.types import FaceDetection, Image
from kiosk.recognition.motion_liveness import MotionLiveness

FACE_PX = 100
FRAME_S = 0.1
RANDOM = np.random.default_rng(3)


def texture(height: int, width: int, grain_px: int = 8) -> Image:
    coarse = RANDOM.integers(30, 220, (height // grain_px, width // grain_px, 3), dtype=np.uint8)
    return np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


WALL, FACE, SHEET = texture(480, 640), texture(130, 100), texture(240, 220)


def track_at(x: float, y: float, track_id: int = 1) -> Track:
    half = FACE_PX / 2
    detection = FaceDetection((x - half, y - half, x + half, y + half), np.zeros((6, 2), np.float32), 0.9)
    return Track(track_id, detection, 0.0, 0.0)


def pasted(picture: Image, onto: Image, x: float, y: float) -> Image:
    """Lay a picture around a point, to a fraction of a pixel."""
    height, width = picture.shape[:2]
    matrix = np.array([[1.0, 0.0, x - width / 2], [0.0, 1.0, y - height / 2]])
    moved = cv2.warpAffine(picture, matrix, (onto.shape[1], onto.shape[0]))
    matte = cv2.warpAffine(np.full((height, width), 255, np.uint8), matrix, (onto.shape[1], onto.shape[0]))
    return np.where(matte[..., None] > 127, moved, onto)


def head(x: float, y: float) -> Image:
    return pasted(FACE, WALL, x, y)


def sheet(x: float, y: float) -> Image:
    return pasted(FACE, pasted(SHEET, WALL, x, y), x, y)


def shown(
    draw: Callable[[float, float], Image], lasts_s: float, sway_px: float, liveness: MotionLiveness | None = None
) -> LivenessAssessment:
    """Return what is said of something that sways before the camera."""
    liveness = liveness or MotionLiveness()
    for index in range(round(lasts_s / FRAME_S)):
        x = 320 + sway_px * np.sin(2 * np.pi * 0.5 * index * FRAME_S)
        liveness.observe(draw(x, 240), [track_at(x, 240)], index * FRAME_S)
    found = liveness.assess(1)
    assert found is not None
    return found


def test_a_head_that_moves_before_a_wall_is_live():
    found = shown(head, 3, sway_px=8)
    assert (found.verdict, found.co_motion, found.is_furniture) == (LivenessVerdict.LIVE, 0.0, False)


def test_a_picture_moves_with_its_surround():
    found = shown(sheet, 3, sway_px=8)
    assert found.verdict is LivenessVerdict.ATTACK
    assert found.reasons == (LivenessReason.MOVES_WITH_SURROUND,)


def test_a_camera_that_is_shaken_tells_nothing():
    def everything(x: float, y: float) -> Image:
        return np.roll(head(320, y), round(x - 320), axis=1)

    assert shown(everything, 3, sway_px=8).reasons == (LivenessReason.LITTLE_MOTION,)


def test_a_picture_that_hangs_does_not_change():
    assert shown(sheet, 6, sway_px=0).reasons == (LivenessReason.UNCHANGED,)


def test_two_minutes_without_any_change_are_furniture_also_when_the_face_is_lost_and_found():
    liveness, picture = MotionLiveness(), sheet(320, 240)
    for at_s in np.arange(0, FURNITURE_AFTER_S + 1, 1.0):
        liveness.observe(picture, [track_at(320, 240)], at_s)
        # Tracks that are seen so seldom are lost in between; the detector does see a poster ten times a second.
        liveness.observe(picture, [track_at(320, 240)], at_s + LOST_AFTER_S - 0.01)
    assert liveness.assess(1).is_furniture
    later_s = FURNITURE_AFTER_S + 60
    liveness.observe(picture, [track_at(321, 240, track_id=2)], later_s)
    assert liveness.assess(2).is_furniture
    for index, x in enumerate((320, 323, 326)):  # somebody stands in its place, and moves
        liveness.observe(head(x, 240), [track_at(x, 240, track_id=2)], later_s + (index + 1) * FRAME_S)
    assert not liveness.assess(2).is_furniture


@pytest.mark.parametrize("x", [-40, 0, 640, 700])
def test_a_face_at_the_edge_of_the_frame_is_looked_at_as_far_as_it_is_there(x):
    liveness = MotionLiveness()
    for index in range(3):
        liveness.observe(WALL, [track_at(x, 240)], index * FRAME_S)
    assert liveness.assess(1).verdict is LivenessVerdict.DOUBTFUL


def test_only_the_largest_faces_are_looked_at_and_nobody_is_remembered_for_good():
    liveness = MotionLiveness()
    liveness.observe(WALL, [track_at(100, 240, 1), track_at(320, 240, 2), track_at(540, 240, 3)], 0.0)
    assert [liveness.assess(i) is not None for i in (1, 2, 3)] == [True, True, False]
    liveness.observe(WALL, [], LOST_AFTER_S + 0.1)
    assert liveness.assess(1) is None
