from contextlib import closing
from pathlib import Path

import numpy as np
import photographs

from kiosk.core.types import FaceDetection
from kiosk.evaluation.walks import EYES_NEAR_PX, FRAMES, SIZE_PX, walk
from kiosk.settings import PROJECT_DIR
from kiosk.vision.model_store import ModelStore

FACE = FaceDetection(
    (352, 145, 630, 423),
    np.array([(432, 250), (550, 252), (490, 310), (490, 360), (380, 270), (610, 270)], np.float32),
    0.9,
)


def test_a_walk_is_the_same_for_the_same_seed_alone():
    photograph = photographs.picture("obama.jpg")
    first, again, other = (list(walk(photograph, FACE, seed)) for seed in (1, 1, 2))
    assert len(first) == FRAMES
    assert {frame.shape for frame in first} == {(SIZE_PX[1], SIZE_PX[0], 3)}
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))
    assert not np.array_equal(first[-1], other[-1])


def test_whoever_walks_up_grows_and_is_found():
    store = ModelStore(PROJECT_DIR / "models", Path("/nonexistent"))
    with closing(store.open_detector("blazeface-full-range")) as detector:
        seen = [detector.detect(frame) for frame in walk(photographs.picture("obama.jpg"), FACE, 3)]
    found = [faces[0].box_xyxy[2] - faces[0].box_xyxy[0] for faces in seen if faces]
    assert len(found) > FRAMES * 0.7
    assert found[-1] > 2 * found[0]
    assert found[-1] > 1.5 * EYES_NEAR_PX
