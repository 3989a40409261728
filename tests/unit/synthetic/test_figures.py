"""People cut out of photographs."""

from __future__ import annotations

import numpy as np
import pytest

from kiosk.domain.types import FaceDetection
from kiosk.synthetic.figures import BODY_BELOW, FACE_M, cut_out, cut_out_around, head_and_shoulders
from kiosk.synthetic.photographs import FacePosition
from kiosk.synthetic.subjects import Subject

RED, GREEN = (0, 0, 255), (0, 255, 0)
FACE = FacePosition(100, 60, 40)
BODY = [(70, 30), (130, 30), (150, 200), (50, 200)]


@pytest.fixture
def photograph() -> np.ndarray:
    """A red person, drawn as the outline says, before a green wall."""
    image = np.full((200, 200, 3), GREEN, np.uint8)
    image[30:200, 50:150] = RED
    return image


def test_the_person_is_kept_and_the_wall_is_not(photograph: np.ndarray) -> None:
    figure = cut_out(photograph, BODY, FACE)
    colours, opacity = figure.image[..., :3], figure.image[..., 3]
    middle = middle_of(figure)
    assert tuple(colours[middle]) == RED
    assert opacity[middle] == 255
    assert opacity[0].max() < 10
    assert colours[..., 1].max() < 128  # the wall shines through the soft edge alone


def test_colours_are_never_brighter_than_their_opacity_allows(photograph: np.ndarray) -> None:
    figure = cut_out(photograph, BODY, FACE)
    for factor in (1, 2, 3, 10):
        image, matte = figure.shrunk(factor)
        assert matte is None
        assert (image[..., :3] <= image[..., 3:].astype(int) + 1).all()


def test_whoever_is_far_away_is_shrunk_by_averaging_once(photograph: np.ndarray) -> None:
    figure = cut_out(photograph, BODY, FACE)
    height, width = figure.image.shape[:2]
    shrunk, _ = figure.shrunk(4)
    assert shrunk.shape == (height // 4, width // 4, 4)
    assert shrunk[..., 3].mean() == pytest.approx(figure.image[..., 3].mean(), rel=0.02)
    assert figure.shrunk(4)[0] is shrunk
    assert figure.shrunk(1)[0] is figure.image


def test_the_body_goes_on_below_the_photograph(photograph: np.ndarray) -> None:
    image = cut_out(photograph, BODY, FACE).image
    below = image[-round(BODY_BELOW * FACE.width_px / 2), image.shape[1] // 2]
    assert tuple(below) == (*RED, 255)


def test_an_outline_beside_the_photograph_is_refused(photograph: np.ndarray) -> None:
    with pytest.raises(ValueError, match="outside"):
        cut_out(photograph, [(x + 500, y) for x, y in BODY], FACE)


def test_head_and_shoulders_hold_the_face_and_widen_below_it() -> None:
    outline = np.array(head_and_shoulders(FACE))
    assert np.ptp(outline[:, 0]) > 2 * FACE.width_px
    assert outline[:, 1].min() < FACE.y - FACE.width_px / 2
    above_chin = outline[outline[:, 1] < FACE.y]
    assert FACE.width_px < np.ptp(above_chin[:, 0]) < 1.5 * FACE.width_px


def test_a_detected_face_suffices_to_cut_somebody_out(photograph: np.ndarray) -> None:
    detection = FaceDetection((80, 40, 120, 80), np.zeros((6, 2), np.float32), 0.9)
    figure = cut_out_around(photograph, detection)
    assert (figure.width_px, figure.width_m) == (40, FACE_M)
    assert figure.image[middle_of(figure)][3] == 255


def middle_of(figure: Subject) -> tuple[int, int]:
    """Return the row and the column of the middle of the face."""
    x, y = figure.anchor_xy
    return round(y), round(x)
