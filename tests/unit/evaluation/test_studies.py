"""What the studies are made of; their tables are tried out by tests/e2e/test_evaluate.py."""

from __future__ import annotations

import numpy as np
import pytest

from kiosk.domain.types import FaceDetection, Landmark
from kiosk.evaluation.camera import LENS, eyes_px
from kiosk.evaluation.encounters import Encounter, encounter_movements
from kiosk.evaluation.identity_switches import ClipVisitor, owners_of
from kiosk.evaluation.occlusions import ALTERATIONS
from kiosk.synthetic.camera import CameraConditions, SyntheticCamera, grey_backdrop
from kiosk.synthetic.film import MovingSubject
from kiosk.synthetic.lens import Pose
from kiosk.synthetic.subjects import head
from support import photographs

FACE = FaceDetection(
    (352, 145, 630, 423),
    np.array([(432, 250), (550, 252), (490, 310), (490, 360), (380, 270), (610, 270)], np.float32),
    0.9,
)
PLAIN = CameraConditions(softness_px=0.3, swings=(), noise=0, jpeg_quality=100)


def test_whoever_is_nearer_covers_the_other():
    picture = photographs.picture("obama.jpg")
    dark, bright = (np.full_like(picture, level) for level in (20, 240))
    near, far = Pose(0, 0, 0.8), Pose(0.1, 0, 1.5)
    for first, second, seen in ((dark, bright, 20), (bright, dark, 240)):
        people = [(head(first, FACE), near, near), (head(second, FACE), far, far)]
        x, y = LENS.xy(near)
        for order in (people, people[::-1]):
            frame = SyntheticCamera(LENS, grey_backdrop(LENS), PLAIN, 1).take(order, 0.0)
            assert abs(int(frame[round(y), round(x), 1]) - seen) < 8


@pytest.mark.parametrize("encounter", Encounter)
@pytest.mark.parametrize("seed", range(5))
def test_two_people_get_into_each_others_way(encounter, seed):
    first, second = encounter_movements(encounter, np.random.default_rng(seed))
    moments = np.arange(0, 4, 0.08)
    both = [(first(at_s), second(at_s)) for at_s in moments]
    if encounter is Encounter.TURNED:
        assert any(one is None for one, _ in both)
        assert both[0][0] is not None is not both[-1][0]
        assert all(other is None for _, other in both)
    elif encounter is Encounter.TAKEN_OVER:
        assert not any(one and other for one, other in both)
        assert both[0][0] is not None is not both[-1][1]
    else:
        gaps = [abs(LENS.xy(one)[0] - LENS.xy(other)[0]) / eyes_px(other) for one, other in both if one and other]
        assert min(gaps) < 1.5
        assert max(gaps) > 3


def test_a_half_covered_face_is_still_its_owners():
    """The box of the face behind has its middle on the head in front, whose own box is nearer to it."""
    picture = photographs.picture("obama.jpg")
    near, far = (ClipVisitor(person, MovingSubject(head(picture, FACE), lambda _: None)) for person in (1, 2))
    seen = [(near, Pose(-0.1, 0, 0.75)), (far, Pose(0.0, 0, 1.3))]
    in_front, behind = (410, 250, 640, 480), (585, 320, 690, 425)
    assert owners_of([in_front, behind], seen) == [near, far]
    assert owners_of([behind, in_front], seen) == [far, near]
    assert owners_of([in_front], seen) == [near]
    assert owners_of([(0, 0, 100, 100)], seen) == [None]


@pytest.mark.parametrize("name", [name for name in ALTERATIONS if name != "as they are"])
def test_an_alteration_changes_what_it_says_and_leaves_the_photograph_alone(name):
    picture = photographs.picture("obama.jpg")
    before = picture.copy()
    altered = ALTERATIONS[name](picture, FACE)
    assert np.array_equal(picture, before)
    assert altered.shape == picture.shape
    assert altered.dtype == np.uint8
    eye, mouth = (tuple(FACE.landmarks_xy[i].astype(int)[::-1]) for i in (Landmark.RIGHT_EYE, Landmark.MOUTH_CENTRE))
    changed = {
        place
        for place, at in (("eyes", eye), ("mouth", mouth))
        if np.abs(altered[at].astype(int) - before[at]).max() > 12
    }
    expected = {"glasses": set(), "sunglasses": {"eyes"}, "mask": {"mouth"}}
    assert changed == expected.get(name, {"eyes", "mouth"})
