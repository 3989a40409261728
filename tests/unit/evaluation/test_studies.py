"""What the studies are made of; their tables are tried out by tests/e2e/test_evaluate.py."""

from __future__ import annotations

import numpy as np
import pytest

from kiosk.domain.types import FaceDetection, Landmark
from kiosk.evaluation.identity_switches import Actor, ClipKind, ways, whose_heads
from kiosk.evaluation.occlusions import ALTERATIONS
from kiosk.synthetic.camera import Camera, CameraConditions, Place, Portrait
from support import photographs

FACE = FaceDetection(
    (352, 145, 630, 423),
    np.array([(432, 250), (550, 252), (490, 310), (490, 360), (380, 270), (610, 270)], np.float32),
    0.9,
)
PLAIN = CameraConditions(
    shutter_s=0.01, softness_px=0.3, defocus_px=0, darkness=1, light=0, phase=0, noise=0, jpeg_quality=100
)


def test_whoever_is_nearer_covers_the_other():
    picture = photographs.picture("obama.jpg")
    dark, bright = (np.full_like(picture, level) for level in (20, 240))
    near, far = Place(0, 0, 0.8), Place(0.1, 0, 1.5)
    for first, second, seen in ((dark, bright, 20), (bright, dark, 240)):
        people = [
            (Portrait(first, FACE, is_cut_out=True), near, near),
            (Portrait(second, FACE, is_cut_out=True), far, far),
        ]
        for order in (people, people[::-1]):
            frame = Camera(PLAIN, 1).take(order, 0.0)
            assert abs(int(frame[round(near.y_px), round(near.x_px), 1]) - seen) < 8


@pytest.mark.parametrize("kind", ClipKind)
@pytest.mark.parametrize("seed", range(5))
def test_two_people_get_into_each_others_way(kind, seed):
    first, second = ways(kind, np.random.default_rng(seed))
    moments = np.arange(0, 4, 0.08)
    both = [(first(at_s), second(at_s)) for at_s in moments]
    if kind is ClipKind.TURNED:
        assert any(one is None for one, _ in both)
        assert both[0][0] is not None is not both[-1][0]
        assert all(other is None for _, other in both)
    elif kind is ClipKind.TAKEN_OVER:
        assert not any(one and other for one, other in both)
        assert both[0][0] is not None is not both[-1][1]
    else:
        gaps = [abs(one.x_px - other.x_px) / other.eyes_px for one, other in both if one and other]
        assert min(gaps) < 1.5
        assert max(gaps) > 3


def test_a_half_covered_face_is_still_its_owners():
    """The box of the face behind has its middle on the head in front, whose own box is nearer to it."""
    picture = photographs.picture("obama.jpg")
    near, far = (Actor(person, Portrait(picture, FACE), lambda _: None) for person in (1, 2))
    seen = [(near, Place(-0.1, 0, 0.75)), (far, Place(0.0, 0, 1.3))]
    in_front, behind = (410, 250, 640, 480), (585, 320, 690, 425)
    assert whose_heads([in_front, behind], seen) == [near, far]
    assert whose_heads([behind, in_front], seen) == [far, near]
    assert whose_heads([in_front], seen) == [near]
    assert whose_heads([(0, 0, 100, 100)], seen) == [None]


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
