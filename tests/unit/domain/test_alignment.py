import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kiosk.domain.alignment import AlignmentTemplate, similarity_transform
from kiosk.domain.types import Landmark

TEMPLATE = AlignmentTemplate(112, ((38.2946, 51.6963), (73.5318, 51.5014), (56.0252, 71.7366), (56.1396, 92.2848)))
coordinates = st.floats(-2000, 2000, width=32)
point_sets = arrays(np.float64, (4, 2), elements=coordinates)


def apply(matrix: np.ndarray, points: np.ndarray) -> np.ndarray:
    return points @ matrix[:, :2].T + matrix[:, 2]


@given(
    points=point_sets,
    scale=st.floats(0.05, 20),
    angle=st.floats(-np.pi, np.pi),
    shift=arrays(np.float64, 2, elements=coordinates),
)
def test_an_exact_similarity_is_found_again(points, scale, angle, shift):
    assume(points.std(axis=0).max() > 1)
    rotation = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    target = scale * points @ rotation.T + shift
    matrix = similarity_transform(points, target)
    assert np.allclose(apply(matrix, points), target, atol=1e-3)
    assert np.allclose(matrix[:, :2], scale * rotation, atol=1e-4)


@given(source=point_sets, target=point_sets)
def test_never_a_reflection_and_never_worse_than_a_mere_shift(source, target):
    assume(source.std(axis=0).max() > 1)
    matrix = similarity_transform(source, target)
    assert np.linalg.det(matrix[:, :2]) >= 0
    error = ((apply(matrix, source) - target) ** 2).sum()
    shift_alone = ((target.mean(axis=0) - target) ** 2).sum()
    assert error <= shift_alone * (1 + 1e-6) + 1e-3


@pytest.mark.parametrize(
    ("source", "target"),
    [
        pytest.param(np.zeros((4, 2)), np.ones((4, 2)), id="points coincide"),
        pytest.param(np.full((4, 2), np.nan), np.ones((4, 2)), id="not a number"),
        pytest.param(np.zeros((1, 2)), np.zeros((1, 2)), id="one point"),
        pytest.param(np.zeros((3, 2)), np.zeros((4, 2)), id="unequal lists"),
    ],
)
def test_points_that_say_nothing_are_refused(source, target):
    with pytest.raises(ValueError, match="points"):
        similarity_transform(source, target)


def test_a_template_takes_the_first_landmarks_and_leaves_the_ears():
    landmarks = np.array([*TEMPLATE.points_xy, (-500.0, 3.0), (900.0, 7.0)], dtype=np.float32)
    assert np.allclose(TEMPLATE.transform(landmarks), [[1, 0, 0], [0, 1, 0]], atol=1e-4)


def test_a_template_may_name_its_landmarks_in_any_order():
    named = AlignmentTemplate(112, TEMPLATE.points_xy[::-1], TEMPLATE.landmarks[::-1])
    landmarks = np.random.default_rng(1).uniform(0, 100, (len(Landmark), 2))
    assert np.allclose(named.transform(landmarks), TEMPLATE.transform(landmarks))


def test_a_landmark_that_the_detector_does_not_find_is_refused_where_it_is_needed():
    landmarks = np.random.default_rng(1).uniform(0, 100, (len(Landmark), 2))
    landmarks[[Landmark.RIGHT_EAR, Landmark.LEFT_EAR]] = np.nan
    assert np.isfinite(TEMPLATE.transform(landmarks)).all()
    landmarks[Landmark.NOSE_TIP] = np.nan
    with pytest.raises(ValueError, match="not finite"):
        TEMPLATE.transform(landmarks)
