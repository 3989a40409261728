"""Telling a frozen or covered camera from a quiet room."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.capture.freeze_detector import FreezeDetector
from kiosk.capture.status import CameraFaultKind

FPS = 10
SHAPE = (120, 160, 3)
noise = np.random.default_rng(7)


def scene(brightness: float = 110, deviation: float = 2.0) -> np.ndarray:
    return noise.normal(brightness, deviation, SHAPE).clip(0, 255).astype(np.uint8)


def verdicts(watch: FreezeDetector, images: list[np.ndarray], start_s: float = 0.0) -> list[CameraFaultKind | None]:
    return [watch.check(image, start_s + number / FPS) for number, image in enumerate(images)]


@pytest.mark.parametrize("brightness", [30, 110, 250], ids=["dim room", "day", "against the light"])
def test_a_still_scene_with_the_noise_of_a_sensor_is_well(brightness):
    assert set(verdicts(FreezeDetector(2.5), [scene(brightness) for _ in range(100)])) == {None}


def test_the_same_picture_again_and_again_is_frozen_after_its_time():
    found = verdicts(FreezeDetector(2.5), [scene()] * 40)
    assert found == [None] * 25 + [CameraFaultKind.FROZEN] * 15


def test_a_copy_is_the_same_picture_and_one_changed_pixel_is_another():
    image = scene()
    assert CameraFaultKind.FROZEN in verdicts(FreezeDetector(2.5), [image.copy() for _ in range(40)])
    images = [image.copy() for _ in range(40)]
    for number, changed in enumerate(images):
        changed[1, 1, 0] = number
    assert set(verdicts(FreezeDetector(2.5), images)) == {None}


def test_frozen_lasts_across_a_pause_and_ends_with_the_first_other_picture():
    watch, image = FreezeDetector(2.5), scene()
    verdicts(watch, [image] * 40)
    assert watch.check(image, 60.0) is CameraFaultKind.FROZEN
    assert watch.check(scene(), 60.1) is None
    assert watch.check(image, 60.2) is None


def test_two_pictures_far_apart_are_no_evidence_of_freezing():
    watch, image = FreezeDetector(2.5), scene()
    assert watch.check(image, 0.0) is None
    assert watch.check(image, 3.0) is None


def test_freezing_can_be_left_out():
    assert set(verdicts(FreezeDetector(0), [scene()] * 100)) == {None}


@pytest.mark.parametrize("deviation", [0.0, 3.0], ids=["digital black", "a covered sensor's noise"])
def test_black_is_told_after_two_seconds_and_not_called_frozen(deviation):
    found = verdicts(FreezeDetector(2.5), [scene(0, deviation) for _ in range(50)])
    assert found == [None] * 20 + [CameraFaultKind.BLACK] * 30


def test_a_dark_room_with_one_lamp_is_not_black():
    images = [scene(4, 2) for _ in range(50)]
    for image in images:
        image[:20, :20] = 200
    assert set(verdicts(FreezeDetector(2.5), images)) == {None}


def test_black_ends_with_the_first_picture_that_is_not():
    watch = FreezeDetector(2.5)
    verdicts(watch, [scene(0, 1) for _ in range(30)])
    assert watch.check(scene(), 3.0) is None
    assert watch.check(scene(0, 1), 3.1) is None


@given(st.lists(st.sampled_from([(120, 160), (64, 48), (1, 1), (17, 33)]), min_size=1, max_size=20))
def test_pictures_of_changing_size_are_compared_without_failing(shapes):
    images = [np.full((*shape, 3), 99, np.uint8) for shape in shapes]
    assert set(verdicts(FreezeDetector(2.5), images)) == {None}
