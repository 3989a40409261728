"""Who is judged when somebody walks up: real faces before the real networks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import numpy as np
import pytest

from kiosk.core.opencv import cv2
from kiosk.domain.decision import Decider
from kiosk.domain.gallery import Gallery
from kiosk.domain.types import DecisionStatus, Template
from kiosk.evaluation.approach_clip import approach_clip
from kiosk.evaluation.protocol import Visit
from kiosk.evaluation.samples_cache import SamplesCache, central_face
from kiosk.evaluation.video_protocol import Setup, frame_of, visit_walking
from kiosk.recognition.recognizer import Recognizer
from kiosk.vision.model_store import ModelStore
from support import photographs

OBAMA = 1


@pytest.fixture(scope="module")
def setup(model_store: ModelStore) -> Iterator[Setup]:
    embedder = model_store.open_embedder("mobilefacenet", 1)
    with closing(model_store.open_detector("blazeface-full-range")) as detector:
        take = SamplesCache(detector, embedder).template(photographs.path("obama.jpg"))
        gallery = Gallery(embedder.model_version, [Template(OBAMA, take.embedding.vector)])
        yield Setup(detector, embedder, gallery, Decider(embedder.impostor_tail, 0.001))


def visit(picture, folder, setup, *, person, is_enrolled):
    path = folder / "visitor.png"
    assert cv2.imwrite(str(path), picture)
    ((found,),) = visit_walking([Visit(person, path, is_enrolled)], [setup], lambda *_: None)
    return found


def test_whoever_is_enrolled_is_named_and_looked_at_again_and_again(tmp_path, setup):
    found = visit(photographs.picture("obama.jpg"), tmp_path, setup, person=OBAMA, is_enrolled=True)
    assert found.named == OBAMA
    assert found.refused is None
    assert len(found.attempts) >= 3


def test_somebody_known_beside_a_stranger_is_not_the_visitor(tmp_path, setup):
    stranger, known = (cv2.resize(photographs.face_picture(f, 1.2), (300, 300)) for f in ("biden.jpg", "obama.jpg"))
    picture = np.hstack([np.full_like(stranger, 110), stranger, known])
    face = central_face(setup.detector.detect(picture), picture)
    recognizer = Recognizer(setup.detector, setup.embedder, lambda: setup.gallery, setup.decider)
    frames = [frame_of(image, index) for index, image in enumerate(approach_clip(picture, face, 1))]
    seen = [o.decision for frame in frames for o in recognizer.process(frame).observations if o.decision]
    assert OBAMA in {decision.employee_id for decision in seen if decision.status is DecisionStatus.MATCH}

    found = visit(picture, tmp_path, setup, person=9, is_enrolled=False)
    assert found.named is None
    assert found.attempts
