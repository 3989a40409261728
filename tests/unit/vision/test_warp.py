"""The aligned face against pictures whose every pixel is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.alignment import AlignmentTemplate
from kiosk.domain.types import Image, Points
from kiosk.vision.warp import align_face, halved

ARCFACE = AlignmentTemplate(112, ((38.2946, 51.6963), (73.5318, 51.5014), (56.0252, 71.7366), (56.1396, 92.2848)))
HEIGHT, WIDTH = 900, 1200


def ramps() -> Image:
    """Return a picture whose blue grows to the right, whose green grows downwards, and whose red is even."""
    y, x = np.indices((HEIGHT, WIDTH), dtype=np.float64)
    return np.rint(np.stack([x * 255 / WIDTH, y * 255 / HEIGHT, np.full_like(x, 77)], axis=2)).astype(np.uint8)


RAMPS = ramps()


def turned(points_xy: Points, scale: float, radians: float, centre_xy: tuple[float, float]) -> Points:
    """Carry points of the template, whose middle is (56, 56), to a face so large, so turned and there."""
    turn = scale * np.array([[np.cos(radians), -np.sin(radians)], [np.sin(radians), np.cos(radians)]])
    return (points_xy - 56) @ turn.T + centre_xy


@settings(max_examples=60)
@given(
    scale=st.floats(0.3, 7.0),
    radians=st.floats(-3.1, 3.1),
    centre_x=st.floats(0, WIDTH),
    centre_y=st.floats(0, HEIGHT),
)
def test_each_pixel_comes_from_where_the_transform_says(
    scale: float, radians: float, centre_x: float, centre_y: float
) -> None:
    place = (scale, radians, (centre_x, centre_y))
    aligned = align_face(RAMPS, turned(np.array(ARCFACE.points_xy), *place), ARCFACE)
    assert aligned.shape == (112, 112, 3)
    assert aligned.dtype == np.uint8

    rows, columns = np.indices((112, 112), dtype=np.float64)
    source_xy = turned(np.stack([columns, rows], axis=-1), *place)
    edge_px = 3 * max(1.0, scale)  # nearer to the picture's edge, black is mixed in
    inside = ((source_xy > edge_px) & (source_xy < (WIDTH - edge_px, HEIGHT - edge_px))).all(axis=-1)
    expected = source_xy * (255 / WIDTH, 255 / HEIGHT)
    np.testing.assert_allclose(aligned[inside][:, :2], expected[inside], atol=1.1)
    np.testing.assert_array_equal(aligned[inside][:, 2], 77)


@pytest.mark.parametrize("scale", [2.0, 3.7, 6.3])
def test_a_large_face_is_averaged_and_not_thinned_out(scale: float) -> None:
    """Stripes finer than the aligned face can show become grey; a warp that skips pixels would make new ones."""
    stripes = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    stripes[:, ::2] = 255
    aligned = align_face(stripes, turned(np.array(ARCFACE.points_xy), scale, 0, (600, 450)), ARCFACE)
    np.testing.assert_allclose(aligned.astype(int), 128, atol=45)


def test_what_lies_beyond_the_frame_is_black() -> None:
    white = np.full((200, 200, 3), 255, np.uint8)
    aligned = align_face(white, turned(np.array(ARCFACE.points_xy), 1, 0, (0, 100)), ARCFACE)
    assert (aligned[:, :54] == 0).all()
    assert (aligned[:, 58:] == 255).all()


@pytest.mark.parametrize("centre_xy", [(-5000.0, 100.0), (100.0, 9000.0)])
@pytest.mark.parametrize("scale", [1.0, 5.0])
def test_a_face_wholly_beyond_the_frame_is_black(centre_xy: tuple[float, float], scale: float) -> None:
    aligned = align_face(RAMPS, turned(np.array(ARCFACE.points_xy), scale, 0.3, centre_xy), ARCFACE)
    assert (aligned == 0).all()


@pytest.mark.parametrize("value", [float("nan"), 50.0])
def test_landmarks_that_make_no_face_are_refused(value: float) -> None:
    with pytest.raises(ValueError, match="coincide or are not finite"):
        align_face(RAMPS, np.full((6, 2), value, np.float32), ARCFACE)


@pytest.mark.parametrize(
    ("size", "least_px", "expected"),
    [
        pytest.param((720, 1280), 256, ((180, 320), 4), id="720p"),
        pytest.param((481, 641), 256, ((240, 320), 2), id="odd sides"),
        pytest.param((300, 511), 256, ((300, 511), 1), id="just too small"),
        pytest.param((1, 900), 128, ((1, 900), 1), id="a single row"),
    ],
)
def test_a_picture_is_halved_as_long_as_it_is_large(size, least_px, expected) -> None:
    picture = np.zeros((*size, 3), np.uint8)
    picture[:, ::2] = 200
    small, scale = halved(picture, least_px)
    assert (small.shape[:2], scale) == expected
    if scale > 1:
        assert (small == 100).all()
