"""Photographs cut so close that a detector doubts the face."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from kiosk.config.settings import Settings
from kiosk.domain.ports import FaceDetector
from kiosk.domain.quality import ENROLLMENT_LIMITS
from kiosk.vision.close_up import detect_close_up
from kiosk.vision.model_store import ModelStore
from support import photographs

# Cut to so many face widths, these are missed or doubted by the default detector.
CLOSE_UPS = [("astronaut.png", 0.9), ("obama.jpg", 0.9), ("obama2.jpg", 0.9)]


@pytest.fixture(scope="module")
def detector(model_store: ModelStore) -> Iterator[FaceDetector]:
    opened = model_store.open_detector(Settings(_env_file=None).detector)
    yield opened
    opened.close()


@pytest.mark.parametrize(("file", "reach"), CLOSE_UPS)
@pytest.mark.parametrize("scale", [1, 4], ids=["as-it-is", "larger"])
def test_a_doubted_face_is_found_surely_with_a_border(
    detector: FaceDetector, file: str, reach: float, scale: int
) -> None:
    picture = np.kron(photographs.face_picture(file, reach), np.ones((scale, scale, 1), np.uint8))
    assert all(face.detection_score < ENROLLMENT_LIMITS.detection_score for face in detector.detect(picture))
    (face,) = detect_close_up(detector, picture)
    assert face.detection_score >= ENROLLMENT_LIMITS.detection_score
    height, width = picture.shape[:2]
    left, _, right, _ = face.box_xyxy
    assert (left + right) / 2 == pytest.approx(width / 2, abs=0.1 * width)
    assert right - left == pytest.approx(width / reach, rel=0.2)
    assert np.all((face.landmarks_xy[:4] > 0) & (face.landmarks_xy[:4] < (width, height)))


def test_a_face_that_fills_less_than_half_of_the_picture_is_none(detector: FaceDetector) -> None:
    picture = photographs.far_away("obama.jpg", face_px=80, canvas_px=240)
    assert len(detector.detect(picture)) == 1
    assert detect_close_up(detector, picture) == ()


def test_a_picture_without_a_face_has_none_with_a_border_either(detector: FaceDetector) -> None:
    assert detect_close_up(detector, photographs.without_a_face()) == ()
