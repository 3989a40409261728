from contextlib import closing

import numpy as np
import pytest

from kiosk.domain.types import FaceDetection
from kiosk.evaluation.approach_clip import FAR_M, FRAMES, NEAR_M, approach_clip, random_approach
from kiosk.evaluation.camera import LENS, eyes_px
from kiosk.synthetic.lens import Pose
from kiosk.vision.model_store import ModelStore
from support import photographs

FACE = FaceDetection(
    (352, 145, 630, 423),
    np.array([(432, 250), (550, 252), (490, 310), (490, 360), (380, 270), (610, 270)], np.float32),
    0.9,
)


def test_a_walk_is_the_same_for_the_same_seed_alone():
    photograph = photographs.picture("obama.jpg")
    first, again, other = (list(approach_clip(photograph, FACE, seed)) for seed in (1, 1, 2))
    assert len(first) == FRAMES
    assert {frame.shape for frame in first} == {(LENS.height_px, LENS.width_px, 3)}
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))
    assert not np.array_equal(first[-1], other[-1])


def test_a_grown_up_at_a_metre_has_eyes_58_pixels_apart():
    """As a camera of 1280 pixels and 70 degrees shows them: 640 / tan 35° is 914 pixels, and eyes are 63 mm apart."""
    assert round(eyes_px(Pose(0, 0, 1.0))) == 58


def test_whoever_walks_up_comes_from_afar_and_ends_before_the_lens():
    approach = random_approach(np.random.default_rng(5))
    first, last = approach(0.0), approach(60.0)
    assert (first.away_m, last.away_m) == pytest.approx((FAR_M, NEAR_M))
    assert abs(first.across_m) > 0.15
    assert abs(last.across_m) < 0.03


def test_whoever_walks_up_grows_and_is_found_where_they_are(model_store: ModelStore) -> None:
    with closing(model_store.open_detector("blazeface-full-range")) as detector:
        seen = [detector.detect(frame) for frame in approach_clip(photographs.picture("obama.jpg"), FACE, 3)]
    found = [np.linalg.norm(np.diff(faces[0].eyes_xy, axis=0)) for faces in seen if faces]
    assert len(found) > FRAMES * 0.6
    assert found[-1] > 3 * found[0]
    assert abs(found[-1] / eyes_px(Pose(0, 0, NEAR_M)) - 1) < 0.2
