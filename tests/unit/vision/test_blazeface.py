"""Real faces found, near and far."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from kiosk.core.opencv import cv2
from kiosk.domain.types import FaceDetection, Image, Landmark, Points
from kiosk.errors import ConfigurationError
from kiosk.synthetic.photographs import photograph
from kiosk.vision.detectors.blazeface import BlazeFaceDetector
from kiosk.vision.model_kinds import InstalledDetector
from kiosk.vision.model_store import ModelStore
from support import photographs


@pytest.fixture(scope="module", params=["blazeface-short-range", "blazeface-full-range"])
def detector(request: pytest.FixtureRequest, model_store: ModelStore) -> Iterator[InstalledDetector]:
    opened = model_store.open_detector(request.param)
    yield opened
    opened.close()


@pytest.mark.parametrize("file", ["obama.jpg", "obama2.jpg", "obama3.jpg", "biden.jpg", "astronaut.png"])
def test_a_face_is_found_where_it_is(detector: InstalledDetector, file: str) -> None:
    place = photograph(file).face
    assert place is not None
    (face,) = detector.detect(photographs.picture(file))
    left, top, right, bottom = face.box_xyxy
    assert left < place.x < right
    assert top < place.y < bottom
    assert right - left == pytest.approx(place.width_px, rel=0.35)
    assert 0.5 <= face.detection_score <= 1
    assert_a_face_upright(face.landmarks_xy)


def assert_a_face_upright(landmarks_xy: Points) -> None:
    assert landmarks_xy.shape == (6, 2)
    assert landmarks_xy.dtype == np.float32
    xs, ys = landmarks_xy.T
    assert (
        xs[Landmark.RIGHT_EAR]
        < xs[Landmark.RIGHT_EYE]
        < xs[Landmark.NOSE_TIP]
        < xs[Landmark.LEFT_EYE]
        < xs[Landmark.LEFT_EAR]
    )
    assert max(ys[Landmark.RIGHT_EYE], ys[Landmark.LEFT_EYE]) < ys[Landmark.NOSE_TIP] < ys[Landmark.MOUTH_CENTRE]


def test_no_face_is_found_where_there_is_none(detector: InstalledDetector) -> None:
    assert detector.detect(photographs.without_a_face()) == ()
    assert detector.detect(np.zeros((480, 640, 3), np.uint8)) == ()


def test_of_several_faces_the_largest_comes_first(detector: InstalledDetector) -> None:
    large, small = photographs.face_picture("biden.jpg", 2.0), photographs.face_picture("obama.jpg", 2.0)
    picture = np.full((400, 800, 3), 128, np.uint8)
    picture[:, :400] = cv2.resize(large, (400, 400), interpolation=cv2.INTER_AREA)
    picture[100:300, 500:700] = cv2.resize(small, (200, 200), interpolation=cv2.INTER_AREA)
    first, second = detector.detect(picture)
    assert first.landmarks_xy[Landmark.NOSE_TIP, 0] < 400 < second.landmarks_xy[Landmark.NOSE_TIP, 0]


@pytest.mark.parametrize(
    ("detector", "eyes_px"),
    [
        pytest.param("blazeface-short-range", 90, id="short-range"),
        pytest.param("blazeface-full-range", 60, id="full-range"),
    ],
    indirect=["detector"],
)
@pytest.mark.parametrize("file", ["obama.jpg", "biden.jpg", "astronaut.png"])
def test_landmarks_are_as_right_from_afar_as_from_near(detector: InstalledDetector, eyes_px: float, file: str) -> None:
    """Seen in the whole frame alone, they are wrong by a fifth of the eyes' distance."""
    near = photographs.face_picture(file, 2.2)
    (from_near,) = detector.detect(near)
    picture, expected_xy = far_away(near, from_near, eyes_px)
    (from_afar,) = detector.detect(picture)
    errors_px = np.linalg.norm(from_afar.landmarks_xy[:4] - expected_xy[:4], axis=1)
    assert errors_px.mean() < 0.1 * eyes_px


def far_away(near: Image, face: FaceDetection, eyes_px: float) -> tuple[Image, Points]:
    """Return a picture of 1280 x 720 with the face small in it, and where its landmarks are."""
    scale = eyes_px / float(np.linalg.norm(face.eyes_xy[0] - face.eyes_xy[1]))
    small = cv2.resize(near, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    picture = cv2.resize(photographs.without_a_face(), (1280, 720), interpolation=cv2.INTER_AREA)
    picture[150 : 150 + len(small), 700 : 700 + small.shape[1]] = small
    return picture, (face.landmarks_xy + 0.5) * scale - 0.5 + (700, 150)


def test_a_face_at_the_edge_may_reach_over_it(detector: InstalledDetector) -> None:
    whole = photographs.face_picture("obama.jpg", 2.0)
    for cut in (whole[:, whole.shape[1] // 5 :], whole[: -whole.shape[0] // 5], whole[whole.shape[0] // 5 :]):
        for face in detector.detect(np.ascontiguousarray(cut)):
            assert np.isfinite(face.landmarks_xy).all()


def test_pictures_of_any_size_are_taken(detector: InstalledDetector) -> None:
    for height, width in ((1, 1), (2, 700), (33, 17), (700, 3)):
        assert detector.detect(np.full((height, width, 3), 90, np.uint8)) == ()


def test_a_picture_that_is_part_of_another_is_taken(detector: InstalledDetector) -> None:
    whole = photographs.picture("obama.jpg")
    framed = cv2.copyMakeBorder(whole, 0, 0, 50, 50, cv2.BORDER_CONSTANT)
    (face,), (expected,) = detector.detect(framed[:, 50:-50]), detector.detect(whole)
    np.testing.assert_array_equal(face.landmarks_xy, expected.landmarks_xy)


def test_a_detector_is_closed_twice_without_harm(model_store: ModelStore) -> None:
    opened = model_store.open_detector("blazeface-full-range")
    opened.close()
    opened.close()


def test_a_file_that_is_no_detector_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="MediaPipe cannot load the detector"):
        BlazeFaceDetector(b"no detector at all")


def test_a_followed_face_is_found_where_it_is_expected(detector: InstalledDetector) -> None:
    near = photographs.face_picture("obama.jpg", 2.2)
    (from_near,) = detector.detect(near)
    picture, _ = far_away(near, from_near, 90)
    (found,) = detector.detect(picture)
    left, top, right, bottom = found.box_xyxy
    by = 0.3 * (right - left)
    moved = left + by, top + by, right + by, bottom + by
    (seen,) = detector.detect_at(picture, [moved])
    assert np.abs(seen.landmarks_xy[:4] - found.landmarks_xy[:4]).mean() < 9
    assert detector.detect_at(picture, [moved, found.box_xyxy])[1:] == ()
    assert detector.detect_at(picture, [(20, 20, 200, 200), (3000, 20, 3100, 120)]) == ()


@pytest.mark.parametrize("file", ["obama.jpg", "obama2.jpg", "biden.jpg", "astronaut.png"])
def test_a_face_that_fills_the_picture_is_seen_as_surely_as_another(model_store: ModelStore, file: str) -> None:
    """The full-range network alone scores such a face 0.2 lower, or misses it."""
    opened = model_store.open_detector("blazeface-full-range")
    (face,) = opened.detect(photographs.face_picture(file, 1.4))
    opened.close()
    assert face.detection_score > 0.8
    assert_a_face_upright(face.landmarks_xy)
